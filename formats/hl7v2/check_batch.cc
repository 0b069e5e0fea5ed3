// SPDX-License-Identifier: Apache-2.0

#include "formats/hl7v2/check_batch.h"

#include <charconv>
#include <string>

#include "formats/hl7v2/segments.h"

namespace phiwire::hl7v2 {

void BatchCounter::Add(std::string_view name, int field,
                       std::string_view what) {
  flaws_->push_back({ordinal_, 1, name, field, range_.begin, range_.end, false,
                     std::string(what)});
}

void BatchCounter::Open(std::string_view name, std::size_t* open) {
  if (*open != 0) Add(name, 0, "begins inside another");
  *open = ordinal_;
}

void BatchCounter::Close(std::string_view name, std::string_view record,
                         std::size_t count, std::size_t* open) {
  if (*open == 0) Add(name, 0, "trailer without its header");
  *open = 0;
  const auto header = ParseHeader(record);
  if (!header.ok()) return;
  std::string_view number =
      record.substr(header->first.begin + kSegmentNameSize,
                    header->first.end - header->first.begin - kSegmentNameSize);
  if (number.empty()) return;
  number.remove_prefix(1);
  number = number.substr(0, number.find(header->delimiters.field));
  if (number.empty()) return;
  std::size_t said = 0;
  const char* const end = number.data() + number.size();
  const auto [next, error] = std::from_chars(number.data(), end, said);
  if (error != std::errc() || next != end) {
    Add(name, 1, "count that is no number");
  } else if (said != count) {
    Add(name, 1, "count that is wrong");
  }
}

void BatchCounter::Take(std::string_view record, std::size_t ordinal,
                        RecordRange range) {
  ordinal_ = ordinal;
  range_ = range;
  const auto header = ParseHeader(record);
  if (!header.ok()) {
    // A message all the same, for those who counted.
    ++messages_;
    return;
  }
  const std::string_view name = header->first.name;
  if (name == "FHS") {
    Open(name, &file_);
    batches_ = 0;
  } else if (name == "BHS") {
    Open(name, &batch_);
    ++batches_;
    messages_ = 0;
  } else if (name == "BTS") {
    Close("BTS", record, messages_, &batch_);
    messages_ = 0;
  } else if (name == "FTS") {
    Close("FTS", record, batches_, &file_);
    batches_ = 0;
  } else {
    ++messages_;
  }
}

void BatchCounter::Finish(std::size_t size) {
  range_ = {size, size};
  ordinal_ = batch_;
  if (batch_ != 0) Add("BHS", 0, "header without its trailer");
  ordinal_ = file_;
  if (file_ != 0) Add("FHS", 0, "header without its trailer");
}

}  // namespace phiwire::hl7v2
