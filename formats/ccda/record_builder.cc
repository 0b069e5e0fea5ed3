// SPDX-License-Identifier: Apache-2.0

#include "formats/ccda/record_builder.h"

#include <algorithm>
#include <utility>

#include "base/strings.h"
#include "engine/decoded_text.h"
#include "formats/ccda/values.h"
#include "formats/xml/reference.h"

namespace phiwire::ccda {
namespace {

std::string PathOf(const Value& value) {
  return value.attribute.empty() ? std::string(value.owner)
                                 : Concat({value.owner, "/@", value.attribute});
}

// HL7 v2's segments say whose a value is to KnownValues: the patient's, the
// family's, the visit's. Staff sign texts, so theirs are looked for as well.
std::string_view SegmentOf(Party party) {
  switch (party) {
    case Party::kPatient:
      return "PID";
    case Party::kRelative:
      return "NK1";
    case Party::kVisit:
      return "OBR";
    case Party::kStaff:
      break;
  }
  return "PV1";
}

}  // namespace

RecordBuilder::RecordBuilder(std::string_view document) : document_(document) {
  // Fields are large to move; hostile documents must not have much reserved.
  constexpr std::size_t kBytesPerField = 150;
  constexpr std::size_t kMostReserved = 4096;
  out_.fields.reserve(
      std::min(document.size() / kBytesPerField, kMostReserved));
}

Field RecordBuilder::Make(const Value& value) const {
  Field field;
  field.begin = value.raw.begin;
  field.end = value.raw.end;
  field.subject = subject_;
  const std::string_view raw =
      document_.substr(field.begin, field.end - field.begin);
  if (value.references && raw.find('&') != std::string_view::npos) {
    FieldText text;
    xml::Decode(document_, field.begin, field.end, &text);
    text.Finish(field.end, &field);
  }
  return field;
}

Field& RecordBuilder::Push(Field field) {
  out_.fields.push_back(std::move(field));
  return out_.fields.back();
}

std::string RecordBuilder::Text(const Value& value) const {
  const Field field = Make(value);
  return field.offsets.empty() ? std::string(document_.substr(
                                     field.begin, field.end - field.begin))
                               : field.decoded;
}

void RecordBuilder::AddText(const Value& value) {
  Push(Make(value)).path = PathOf(value);
}

void RecordBuilder::AddSlot(const Value& value, const SlotUse& use) {
  Field& field = Push(Make(value));
  field.kind = FieldKind::kSlot;
  field.type = use.type;
  field.grammar = use.grammar;
  field.spelling = use.spelling;
  field.part = use.part;
  field.person = use.person;
  field.path = PathOf(value);
}

void RecordBuilder::AddDocument(const Value& value, std::string media_type) {
  Field& field = Push(Make(value));
  field.kind = FieldKind::kDocument;
  field.wrapping = Wrapping::kBase64;
  field.media_type = std::move(media_type);
  field.path = PathOf(value);
}

void RecordBuilder::EmptyDocument(std::size_t index) {
  Field& field = out_.fields[index];
  field.kind = FieldKind::kSlot;
  field.type = PhiType::kId;
  field.grammar = SlotGrammar::kEmpty;
}

void RecordBuilder::Keep(const Value& value) {
  kept_.push_back(
      {value.raw, PathOf(value), subject_, value.references, false});
}

void RecordBuilder::AddAnchor(const Value& value) {
  kept_.push_back({value.raw, PathOf(value), subject_, value.references, true});
}

std::size_t RecordBuilder::Reserve() {
  out_.fields.emplace_back();
  return out_.fields.size() - 1;
}

void RecordBuilder::Fill(std::size_t index, Field field) {
  field.subject = subject_;
  out_.fields[index] = std::move(field);
}

void RecordBuilder::Know(const Value& value, const SlotUse& use, Party party) {
  const Field field = Make(value);
  const std::string_view text =
      field.offsets.empty()
          ? document_.substr(field.begin, field.end - field.begin)
          : std::string_view(decoded_.emplace_back(field.decoded));
  // "[NAME]" of a first pass is nobody's name, nor is "name" in a heading.
  if (text.starts_with("[") && text.ends_with("]")) return;
  known_.Add(SegmentOf(party), use.type, use.grammar, text);
}

std::int32_t RecordBuilder::BeginPerson(bool patient) {
  out_.persons.emplace_back();
  is_patient_.push_back(patient);
  return static_cast<std::int32_t>(out_.persons.size() - 1);
}

void RecordBuilder::AddNamePart(std::int32_t person, NamePart part,
                                const Value& value) {
  PersonName& name = out_.persons[static_cast<std::size_t>(person)];
  std::string* to = nullptr;
  if (part == NamePart::kFamily) to = &name.family;
  if (part == NamePart::kGiven) to = &name.given;
  if (part == NamePart::kMiddle) to = &name.middle;
  if (to != nullptr && to->empty()) *to = Text(value);
}

void RecordBuilder::OfferId(int rank, const Value& value) {
  if (rank <= patient_rank_) return;
  std::string id(TrimBlanks(Text(value)));
  if (id.empty()) return;
  if (patient_rank_ == 0) {
    subject_ = static_cast<std::int32_t>(out_.subjects.size());
    out_.subjects.emplace_back();
  }
  patient_rank_ = rank;
  out_.subjects.back() = std::move(id);
}

void RecordBuilder::AddPatientId(std::string text, const SlotUse& use) {
  patient_ids_.emplace_back(std::move(text), use);
}

const SlotUse* RecordBuilder::PatientId(std::string_view text) const {
  for (const auto& [id, use] : patient_ids_) {
    if (id == text) return &use;
  }
  return nullptr;
}

void RecordBuilder::SettleKept() {
  for (Pending& kept : kept_) {
    Value value;
    value.raw = kept.raw;
    value.references = kept.references;
    const std::string text = Text(value);
    const bool repeats = known_.IsRepeatedIn(text);
    if (!repeats && !(kept.anchor && HasLongNumber(text))) continue;
    Field field = Make(value);
    field.subject = kept.subject;
    field.path = std::move(kept.path);
    if (kept.anchor) {
      field.kind = FieldKind::kSlot;
      field.type = PhiType::kId;
      field.grammar = SlotGrammar::kIdentifier;
      field.spelling = Spelling::kResourceId;
    }
    Push(std::move(field));
  }
}

void RecordBuilder::SortFields() {
  std::erase_if(out_.fields,
                [](const Field& field) { return field.begin == field.end; });
  const auto before = [](const Field& a, const Field& b) {
    return a.begin < b.begin;
  };
  if (!std::is_sorted(out_.fields.begin(), out_.fields.end(), before)) {
    std::sort(out_.fields.begin(), out_.fields.end(), before);
  }
}

// The patient first; a name without parts is nobody's.
void RecordBuilder::OrderPersons() {
  std::vector<PersonName> ordered;
  std::vector<std::int32_t> place(out_.persons.size(), -1);
  for (const bool patient : {true, false}) {
    for (std::size_t i = 0; i < out_.persons.size(); ++i) {
      PersonName& name = out_.persons[i];
      if (is_patient_[i] != patient ||
          (name.family.empty() && name.given.empty())) {
        continue;
      }
      place[i] = static_cast<std::int32_t>(ordered.size());
      ordered.push_back(std::move(name));
    }
  }
  for (Field& field : out_.fields) {
    if (field.person >= 0) {
      field.person = place[static_cast<std::size_t>(field.person)];
    }
  }
  out_.persons = std::move(ordered);
}

RecordFields RecordBuilder::Finish() {
  SettleKept();
  SortFields();
  OrderPersons();
  out_.known = known_.Take();
  return std::move(out_);
}

}  // namespace phiwire::ccda
