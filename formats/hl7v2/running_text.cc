// SPDX-License-Identifier: Apache-2.0

#include "formats/hl7v2/running_text.h"

#include <utility>

#include "base/status_macros.h"

namespace phiwire::hl7v2 {

absl::Status RunningText::BeginLine(std::uint32_t segment,
                                    std::string_view key) {
  if (open_ && (segment != segment_ || key != key_)) {
    PHIWIRE_RETURN_IF_ERROR(Close());
  }
  segment_ = segment;
  key_ = key;
  in_segment_ = true;
  ++lines_;
  return absl::OkStatus();
}

void RunningText::Open(Field field, const Leaf& leaf) {
  open_ = true;
  index_ = fields_->size();
  fields_->push_back(std::move(field));
  first_ = leaf;
  pieces_ = 1;
  end_ = leaf.end;
  lines_ = 0;
}

absl::Status RunningText::Add(const Leaf& leaf) {
  if (pieces_++ == 1) PHIWIRE_RETURN_IF_ERROR(Append(first_));
  // Empty lines part paragraphs.
  for (; lines_ > 1; --lines_) text_.Put("\n", end_);
  // Unescaped delimiters are mostly meant as characters; a caret parts words.
  const char before = coding_.record[leaf.begin - 1];
  const char as = lines_ == 1                               ? '\n'
                  : before == coding_.delimiters->component ? ' '
                                                            : before;
  text_.Separate(as, end_, leaf.begin);
  lines_ = 0;
  end_ = leaf.end;
  return Append(leaf);
}

absl::Status RunningText::Append(const Leaf& leaf) {
  if (!leaf.plain) return DecodeText(coding_, leaf.begin, leaf.end, &text_);
  text_.Copy(coding_.record.substr(leaf.begin, leaf.end - leaf.begin),
             leaf.begin);
  return absl::OkStatus();
}

absl::Status RunningText::EndSegment() {
  const bool over = open_ && !in_segment_;
  in_segment_ = false;
  if (!open_) lines_ = 0;
  return over ? Close() : absl::OkStatus();
}

absl::Status RunningText::Close() {
  if (!open_) return absl::OkStatus();
  open_ = false;
  lines_ = 0;
  Field& field = (*fields_)[index_];
  field.end = end_;
  if (pieces_ == 1) {
    return first_.plain ? absl::OkStatus() : DecodeField(coding_, field);
  }
  text_.Finish(end_, &field);
  return absl::OkStatus();
}

}  // namespace phiwire::hl7v2
