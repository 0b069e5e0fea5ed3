// SPDX-License-Identifier: Apache-2.0

#include "formats/x12/segments.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/strings.h"
#include "formats/x12/elements_table.h"
#include "formats/x12/splitter.h"

namespace phiwire::x12 {
namespace {

constexpr std::size_t kUsualElements = 32;

bool IsSegmentId(std::string_view id) {
  const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  return id.size() >= 2 && id.size() <= 3 && upper(id[0]) &&
         std::all_of(id.begin() + 1, id.end(),
                     [&](char c) { return upper(c) || IsDigit(c); });
}

}  // namespace

Walker::Walker(std::string_view record, const Delimiters& d)
    : record_(record), delimiters_(d) {
  for (std::size_t c = 0; c < 0x20; ++c) classes_[c] = kControl;
  classes_[0x7F] = kControl;
  const auto set = [this](char c, Class as) {
    classes_[static_cast<unsigned char>(c)] = as;
  };
  if (d.repetition != '\0') set(d.repetition, kInner);
  set(d.component, kInner);
  set(d.element, kElement);
  elements_.reserve(kUsualElements);
  composite_.reserve(kUsualElements);
}

void Walker::Fail(const char* reason, std::size_t begin, std::size_t end) {
  status_ = absl::DataLossError(Concat(
      {reason, " at bytes ", std::to_string(begin), "-", std::to_string(end)}));
}

bool Walker::CutElements(std::size_t begin, std::size_t end) {
  elements_.clear();
  composite_.clear();
  std::size_t from = begin;
  bool inner = false;
  const auto put = [&](std::size_t to) {
    elements_.push_back(record_.substr(from, to - from));
    composite_.push_back(inner);
    inner = false;
    from = to + 1;
  };
  for (std::size_t i = begin; i < end; ++i) {
    const std::uint8_t as = classes_[static_cast<unsigned char>(record_[i])];
    if (as == kPlain) continue;
    if (as == kElement) {
      put(i);
    } else if (as == kInner) {
      inner = true;
    } else {
      Fail("control byte or line end inside a segment", i, i + 1);
      return false;
    }
  }
  put(end);
  return true;
}

bool Walker::Next() {
  while (true) {
    at_ = SkipBlanks(record_, at_);
    if (at_ < record_.size() && record_[at_] == delimiters_.terminator) {
      ++at_;  // an empty segment
      continue;
    }
    break;
  }
  if (at_ == record_.size()) return false;
  const RecordRange segment = SegmentAt(record_, at_, delimiters_);
  at_ = segment.end;
  if (record_[segment.end - 1] != delimiters_.terminator) {
    Fail("segment without its terminator", segment.begin, segment.end);
    return false;
  }
  const std::string_view front = record_.substr(segment.begin, 4);
  if (front.substr(0, 3) == "BIN" || front.substr(0, 3) == "BDS") {
    Fail("binary segment", segment.begin, segment.end);
    return false;
  }
  if (!CutElements(segment.begin, segment.end - 1)) return false;
  if (!IsSegmentId(elements_[0])) {
    Fail("no segment name", segment.begin, segment.end);
    return false;
  }
  code_ = Code(elements_[0]);
  return true;
}

}  // namespace phiwire::x12
