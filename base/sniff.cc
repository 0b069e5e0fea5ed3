// SPDX-License-Identifier: Apache-2.0

#include "base/sniff.h"

#include <cstddef>

namespace phiwire {
namespace {

using namespace std::string_view_literals;

struct Magic {
  std::size_t offset;
  std::string_view bytes;
  std::string_view name;
};

// "BM", "MZ" and other marks of two letters are left out: text begins so too.
constexpr Magic kMagics[] = {
    {0, "%PDF-"sv, "PDF"},
    {128, "DICM"sv, "DICOM"},
    {0, "PK\x03\x04"sv, "ZIP or Office (docx, xlsx, pptx)"},
    {0, "PK\x05\x06"sv, "ZIP or Office (docx, xlsx, pptx)"},
    {0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, "OLE Office (doc, xls)"},
    {0, "{\\rtf"sv, "RTF"},
    {0, "\x89PNG\r\n\x1A\n"sv, "PNG"},
    {0, "\xFF\xD8\xFF"sv, "JPEG"},
    {0, "\0\0\0\x0CjP  "sv, "JPEG 2000"},
    {0, "GIF87a"sv, "GIF"},
    {0, "GIF89a"sv, "GIF"},
    {0, "II*\0"sv, "TIFF"},
    {0, "MM\0*"sv, "TIFF"},
    {8, "WEBPVP8"sv, "WebP"},
    {8, "WAVEfmt "sv, "WAV"},
    {8, "AVI LIST"sv, "AVI"},
    {4, "ftyp"sv, "MP4"},
    {0, "ID3\x03"sv, "MP3"},
    {0, "ID3\x04"sv, "MP3"},
    {0, "OggS\0"sv, "Ogg"},
    {0, "fLaC\0"sv, "FLAC"},
    {0, "\x1A\x45\xDF\xA3"sv, "Matroska"},
    {0, "\x1F\x8B\x08"sv, "gzip"},
    {0,
     "\xFD"
     "7zXZ\0"sv,
     "xz"},
    {0, "\x28\xB5\x2F\xFD"sv, "zstd"},
    {0, "\x04\x22\x4D\x18"sv, "LZ4"},
    {0, "7z\xBC\xAF\x27\x1C"sv, "7-Zip"},
    {0, "Rar!\x1A\x07"sv, "RAR"},
    {257, "ustar"sv, "tar"},
    {0,
     "\x7F"
     "ELF"sv,
     "ELF"},
    {0, "MZ\x90\0"sv, "Windows program"},
    {0, "\xCF\xFA\xED\xFE"sv, "Mach-O"},
    {0, "\xCA\xFE\xBA\xBE"sv, "Java class"},
    {0, "\0asm"sv, "WebAssembly"},
    {0, "SQLite format 3\0"sv, "SQLite"},
    {0, "PAR1"sv, "Parquet"},
    {0, "ARROW1\0\0"sv, "Arrow"},
    {0, "ORC\x08"sv, "ORC"},
    {0, "Obj\x01"sv, "Avro"},
    {0, "\x89HDF\r\n\x1A\n"sv, "HDF5"},
    {344, "n+1\0"sv, "NIfTI"},
    {0, "$FL2@(#)"sv, "SPSS"},
    {0, "<stata_dta>"sv, "Stata"},
    {0, "\x80\x04\x95"sv, "Python pickle"},
    {0, "%!PS-Adobe"sv, "PostScript"},
};

}  // namespace

std::optional<std::string_view> BinaryFormatName(std::string_view bytes) {
  for (const Magic& magic : kMagics) {
    if (bytes.size() > magic.offset &&
        bytes.substr(magic.offset).starts_with(magic.bytes)) {
      return magic.name;
    }
  }
  // Every bzip2 block size, not only the usual one of 900 kB.
  if (bytes.size() >= 10 && bytes.starts_with("BZh") && bytes[3] >= '1' &&
      bytes[3] <= '9' && bytes.substr(4).starts_with("1AY&SY")) {
    return "bzip2";
  }
  return std::nullopt;
}

}  // namespace phiwire
