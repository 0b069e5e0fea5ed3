// SPDX-License-Identifier: Apache-2.0
//
// phiwire_bench_corpus KIND BYTES OUT: writes the benchmarks' inputs to disk,
// for tools/bench_disk.py. The same bytes at every run.
//
//   notes    OUT is a folder: notes of 2 to 18 kB, 10 kB in the mean, a file
//            each, 1,000 a subfolder
//   log      OUT is a file of log entries
//   ndjson   OUT is a file, a note of 2 kB a line

#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "bench/format_files.h"
#include "bench/slots.h"

namespace phiwire::bench {
namespace {

constexpr std::size_t kChunk = std::size_t{8} << 20;
constexpr std::size_t kFilesPerFolder = 1000;
constexpr std::size_t kMostNotesPerFile = 9;

bool Write(const std::filesystem::path& path, std::string_view text) {
  std::ofstream out(path, std::ios::binary);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  return out.good();
}

bool WriteNotes(std::size_t bytes, const std::filesystem::path& folder) {
  Random random(kSeed);
  std::size_t written = 0;
  std::size_t files = 0;
  for (std::uint64_t seed = kSeed; written < bytes; ++seed) {
    const Corpus corpus = MakeNotes(kChunk / 2000, seed);
    if (corpus.documents.empty()) return false;
    std::string text;
    std::size_t wanted = 0;  // notes of the file at hand
    for (const std::string& note : corpus.documents) {
      if (wanted == 0) wanted = 1 + random.Below(kMostNotesPerFile);
      text += note + "\n\n";
      if (--wanted > 0) continue;
      const auto sub = folder / std::to_string(files / kFilesPerFolder);
      std::filesystem::create_directories(sub);
      if (!Write(sub / ("note" + std::to_string(files) + ".txt"), text)) {
        return false;
      }
      ++files;
      written += text.size();
      text.clear();
      if (written >= bytes) break;
    }
  }
  return true;
}

// One made chunk after another; the generator goes on where it stopped.
bool WriteFile(Format format, std::size_t bytes,
               const std::filesystem::path& path) {
  std::ofstream out(path, std::ios::binary);
  std::size_t written = 0;
  for (std::uint64_t seed = kSeed; written < bytes && out.good(); ++seed) {
    const Corpus corpus = MakeFormatFiles(format, kChunk, seed);
    if (corpus.documents.empty()) return false;
    const std::string text = Concatenate(corpus);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    written += text.size();
  }
  return out.good();
}

bool Run(std::string_view kind, std::size_t bytes,
         const std::filesystem::path& out) {
  if (kind == "notes") return WriteNotes(bytes, out);
  if (kind == "log") return WriteFile(Format::kLog, bytes, out);
  if (kind == "ndjson") return WriteFile(Format::kNdjson, bytes, out);
  return false;
}

}  // namespace
}  // namespace phiwire::bench

int main(int argc, char** argv) {
  std::size_t bytes = 0;
  if (argc == 4) {
    const std::string_view number = argv[2];
    std::from_chars(number.data(), number.data() + number.size(), bytes);
  }
  if (bytes == 0 || !phiwire::bench::Run(argv[1], bytes, argv[3])) {
    std::fputs("usage: phiwire_bench_corpus notes|log|ndjson BYTES OUT\n",
               stderr);
    return 2;
  }
  return 0;
}
