// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/file_writer.h"

#include <unistd.h>

#include <utility>

#include "base/encoding.h"
#include "base/status_macros.h"

namespace phiwire::cli {

FileWriter::FileWriter(Settings settings,
                       std::unique_ptr<Compressor> compressor, ContentMac* mac)
    : settings_(std::move(settings)),
      compressor_(std::move(compressor)),
      mac_(mac) {}

absl::StatusOr<FileWriter> FileWriter::Create(Settings settings,
                                              ContentMac* mac) {
  std::unique_ptr<Compressor> compressor;
  if (settings.compression != Compression::kNone) {
    PHIWIRE_ASSIGN_OR_RETURN(compressor,
                             Compressor::Create(settings.compression));
  }
  return FileWriter(std::move(settings), std::move(compressor), mac);
}

absl::StatusOr<Compressor::Piece> FileWriter::Prepare(std::string text) const {
  if (settings_.encoding != "utf-8") {
    PHIWIRE_ASSIGN_OR_RETURN(text, FromUtf8(text, settings_.encoding));
  }
  if (compressor_ != nullptr) return compressor_->Prepare(std::move(text));
  Compressor::Piece piece;
  piece.size = text.size();
  piece.bytes = std::move(text);
  return piece;
}

absl::Status FileWriter::Write(std::string_view bytes) {
  if (mac_ != nullptr) mac_->Add(bytes);
  return file_ ? file_->Append(bytes) : WriteAll(STDOUT_FILENO, bytes);
}

// The file, and the byte order mark.
absl::Status FileWriter::Begin() {
  if (std::exchange(begun_, true)) return absl::OkStatus();
  if (!settings_.target.empty()) {
    PHIWIRE_ASSIGN_OR_RETURN(
        OutputFile file,
        OutputFile::Create(settings_.target, settings_.number));
    file_.emplace(std::move(file));
  }
  if (!settings_.bom) return absl::OkStatus();
  PHIWIRE_ASSIGN_OR_RETURN(std::string mark,
                           FromUtf8("", settings_.encoding, /*bom=*/true));
  if (compressor_ == nullptr) return Write(mark);
  PHIWIRE_ASSIGN_OR_RETURN(const Compressor::Piece piece,
                           compressor_->Prepare(std::move(mark)));
  return Append(piece);
}

absl::Status FileWriter::Append(const Compressor::Piece& piece) {
  if (piece.size == 0) return absl::OkStatus();
  PHIWIRE_RETURN_IF_ERROR(Begin());
  if (compressor_ == nullptr) return Write(piece.bytes);
  std::string bytes;
  PHIWIRE_RETURN_IF_ERROR(compressor_->Append(piece, &bytes));
  return Write(bytes);
}

absl::Status FileWriter::Finish() {
  PHIWIRE_RETURN_IF_ERROR(Begin());
  if (compressor_ == nullptr) return absl::OkStatus();
  std::string bytes;
  PHIWIRE_RETURN_IF_ERROR(compressor_->Finish(&bytes));
  return Write(bytes);
}

}  // namespace phiwire::cli
