// SPDX-License-Identifier: Apache-2.0

#include "formats/rtf/parts.h"

#include <algorithm>
#include <utility>

#include "base/strings.h"

namespace phiwire::rtf {
namespace {

// Shorter authors ("MD", "User") are no evidence for the text.
constexpr std::size_t kShortestKnownName = 6;

}  // namespace

void Parts::EndSlot(Word destination, std::string_view name) {
  if (slot.empty()) return;
  Field field;
  const bool any =
      slot.text().find_first_not_of(" ;") != std::string_view::npos;
  slot.Finish(&field);
  if (!any) return;
  // The entries of \revtbl end so.
  if (field.decoded.ends_with(';')) {
    field.decoded.pop_back();
    field.offsets.pop_back();
    field.end = field.offsets.back();
  }
  field.kind = FieldKind::kSlot;
  field.path = Concat({"info.", name});
  if (destination == Word::kStamp) {
    field.type = PhiType::kId;
    field.grammar = SlotGrammar::kEmpty;
  } else if (destination == Word::kEmployer) {
    field.type = PhiType::kEmployer;
  } else if (field.decoded.size() >= kShortestKnownName &&
             field.decoded.find(' ') != std::string::npos) {
    out_.known.push_back({field.decoded, PhiType::kName});
  }
  out_.fields.push_back(std::move(field));
}

void Parts::AddDatePart(RecordRange number, std::string_view name) {
  Field field;
  field.begin = number.begin;
  field.end = number.end;
  field.kind = FieldKind::kSlot;
  field.type = PhiType::kDate;
  field.grammar = SlotGrammar::kEmpty;
  field.path = Concat({"info.", name});
  out_.fields.push_back(std::move(field));
}

void Parts::AddData(std::string_view record, RecordRange range,
                    std::string_view media_type) {
  if (data_.end == 0) {
    const std::size_t begin = record.find_first_not_of(" \t", range.begin);
    if (begin >= range.end) return;
    data_.begin = begin;
    media_type_ = media_type;
  }
  data_.end = range.end;
}

void Parts::EndData() {
  if (data_.end == 0) return;
  Field field;
  field.begin = data_.begin;
  field.end = data_.end;
  field.kind = FieldKind::kDocument;
  field.wrapping = Wrapping::kHex;
  field.media_type = media_type_;
  field.path = media_type_.starts_with("image/") ? "pict" : "objdata";
  out_.fields.push_back(std::move(field));
  data_ = {};
}

void Parts::AddText(std::string_view path, Stream& stream) {
  if (stream.empty()) return;
  Field field;
  stream.Finish(&field);
  field.path = path;
  out_.fields.push_back(std::move(field));
}

RecordFields Parts::Finish() {
  AddText("text", main);
  AddText("text/@", aside);
  std::stable_sort(
      out_.fields.begin(), out_.fields.end(),
      [](const Field& a, const Field& b) { return a.begin < b.begin; });
  return std::move(out_);
}

}  // namespace phiwire::rtf
