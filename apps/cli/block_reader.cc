// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/block_reader.h"

#include <algorithm>
#include <utility>

#include "base/sniff.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace phiwire::cli {
namespace {

// What formats are told by.
constexpr std::size_t kHead = std::size_t{64} << 10;
// A writer that is silent for so long has finished its log entry...
constexpr int kPause = 5;  // milliseconds
// ...and one that is silent for so long will not soon complete the head.
constexpr int kLongPause = 200;
constexpr std::size_t kUtf8Mark = 3;

// RTF is text to its own reader.
bool IsBinary(std::string_view bytes, Format format) {
  const auto name = BinaryFormatName(bytes);
  if (!name) return false;
  return *name != "RTF" || format == Format::kText || format == Format::kLog;
}

std::size_t AfterLastLine(std::string_view text) {
  return text.rfind('\n') + 1;  // npos + 1 is 0
}

}  // namespace

BlockReader::BlockReader(const Settings& settings, ByteSource source)
    : settings_(settings),
      max_record_(settings.deid->policy().max_record),
      source_(std::move(source)) {}

absl::StatusOr<BlockReader> BlockReader::Open(const Settings& settings,
                                              const Input& input,
                                              ContentMac* mac) {
  PHIWIRE_ASSIGN_OR_RETURN(ByteSource source, ByteSource::Open(input, mac));
  BlockReader reader(settings, std::move(source));
  reader.name_ = input.path;
  PHIWIRE_RETURN_IF_ERROR(reader.ReadHead());
  PHIWIRE_ASSIGN_OR_RETURN(TextDecoder decoder,
                           TextDecoder::Create(settings.encoding, reader.raw_));
  reader.decoder_ = std::move(decoder);
  PHIWIRE_RETURN_IF_ERROR(reader.OpenFile());
  return reader;
}

// A log says nothing of itself at its front, so what is there will do.
absl::Status BlockReader::ReadHead() {
  while (raw_.size() < kHead) {
    PHIWIRE_ASSIGN_OR_RETURN(const bool more,
                             source_.Read(kHead - raw_.size(), &raw_));
    end_ = !more;
    if (end_ || settings_.format == Format::kLog) break;
    // "auto" waits: the first line alone would be a poor guess.
    if (settings_.format != Format::kAuto &&
        raw_.find_first_of("\r\n") != std::string::npos &&
        source_.Idle(kLongPause)) {
      break;
    }
  }
  return absl::OkStatus();
}

absl::Status BlockReader::OpenFile() {
  std::string head;
  std::swap(head, raw_);
  PHIWIRE_RETURN_IF_ERROR(decoder_->Decode(head, end_, &text_));
  if (bom() && encoding() == "utf-8") offset_ = kUtf8Mark;
  Format format = settings_.format;
  if (format == Format::kAuto) {
    guess_ = GuessFormat(text_, name_);
    format = guess_.format;
  }
  if (IsBinary(head, format)) return CheckNotBinary(head);
  if (text_.empty() && end_) return absl::OkStatus();
  if (format != Format::kLog) PHIWIRE_RETURN_IF_ERROR(Check(text_));
  PHIWIRE_ASSIGN_OR_RETURN(FileDeidentifier file,
                           settings_.deid->Open(text_, end_, format));
  file_ = std::move(file);
  return absl::OkStatus();
}

absl::Status BlockReader::Check(std::string_view text) const {
  const std::size_t nul = text.find('\0');
  if (nul == std::string_view::npos) return absl::OkStatus();
  return absl::DataLossError(
      Concat({"NUL at byte ", std::to_string(offset_ + nul), ": not text"}));
}

absl::Status BlockReader::ReadMore(std::size_t most) {
  raw_.clear();
  // UTF-8 needs no decoding, and its mark is behind us.
  const bool direct = encoding() == "utf-8";
  PHIWIRE_ASSIGN_OR_RETURN(const bool more,
                           source_.Read(most, direct ? &text_ : &raw_));
  end_ = !more;
  return direct ? absl::OkStatus() : decoder_->Decode(raw_, end_, &text_);
}

// Until there is a block's worth, or nothing more for now. What can't be cut
// grows by half before it is tried again: else a long record takes quadratic
// time.
absl::Status BlockReader::Fill() {
  const std::size_t want = std::min(
      std::max(settings_.block_bytes, tried_ + tried_ / 2), max_record_ + 1);
  while (!end_ && text_.size() < want) {
    if (text_.size() > tried_ && source_.Idle(0)) break;
    PHIWIRE_RETURN_IF_ERROR(ReadMore(want - text_.size()));
  }
  return absl::OkStatus();
}

absl::StatusOr<Block> BlockReader::Next() {
  if (!file_) return Take(0);
  if (!file_->streams()) return Whole();
  while (true) {
    PHIWIRE_RETURN_IF_ERROR(Fill());
    if (end_) return Take(text_.size());
    const std::size_t ready = Ready();
    if (ready > 0) return Take(ready);
    if (text_.size() <= max_record_) continue;
    if (log()) return Discard();
    return absl::OutOfRangeError(
        Concat({"the record from byte ", std::to_string(offset_),
                " on is over the limit of ", std::to_string(max_record_),
                " bytes (max_record)"}));
  }
}

// How much may be given out.
std::size_t BlockReader::Ready() {
  const std::size_t cut = file_->Cut(text_);
  if (cut > 0) return cut;
  tried_ = text_.size();
  if (!log()) return 0;
  // The entry may go on, but a reader waits for it or memory runs out.
  const std::size_t lines = AfterLastLine(text_);
  const bool due = text_.size() > max_record_ || source_.Idle(kPause);
  return due ? lines : 0;
}

absl::StatusOr<Block> BlockReader::Whole() {
  while (!end_ && text_.size() <= max_record_) {
    PHIWIRE_RETURN_IF_ERROR(
        ReadMore(std::min(std::max(settings_.block_bytes, text_.size()),
                          max_record_ + 1 - text_.size())));
  }
  if (text_.size() > max_record_) {
    return absl::OutOfRangeError(
        Concat({"larger than ", std::to_string(max_record_),
                " bytes (max_record) and read whole"}));
  }
  PHIWIRE_RETURN_IF_ERROR(Check(text_));
  if (const auto at = FirstInvalidUtf8(text_)) {
    return absl::DataLossError(
        Concat({"no valid utf-8 at byte ", std::to_string(offset_ + *at)}));
  }
  return Take(text_.size());
}

Block BlockReader::Take(std::size_t size) {
  Block block;
  block.begin = offset_;
  block.size = size;
  std::string rest = text_.substr(size);
  text_.resize(size);
  block.text = std::exchange(text_, std::move(rest));
  Number(&block);
  return block;
}

// All but its text, which text_ no longer holds.
void BlockReader::Number(Block* block) {
  offset_ += block->size;
  tried_ = 0;
  block->consumed = source_.consumed() - told_;
  told_ = source_.consumed();
  block->first = !std::exchange(begun_, true);
  block->last = end_ && text_.empty();
}

// Reads to the end of the line and keeps nothing of it.
absl::StatusOr<Block> BlockReader::Discard() {
  Block block;
  block.begin = offset_;
  block.oversized = true;
  while (true) {
    const std::size_t newline = text_.find('\n');
    const bool found = newline != std::string::npos;
    const std::size_t drop = found ? newline + 1 : text_.size();
    block.size += drop;
    text_.erase(0, drop);
    if (found || end_) break;
    PHIWIRE_RETURN_IF_ERROR(ReadMore(settings_.block_bytes));
  }
  Number(&block);
  return block;
}

}  // namespace phiwire::cli
