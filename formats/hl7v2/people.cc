// SPDX-License-Identifier: Apache-2.0

#include "formats/hl7v2/people.h"

#include <cstddef>
#include <utility>

#include "base/byte_set.h"
#include "formats/hl7v2/escape.h"

namespace phiwire::hl7v2 {
namespace {

constexpr ByteSet kBlanks(" \t");

std::string_view Trim(std::string_view s) { return kBlanks.Trim(s); }

}  // namespace

void People::BeginSegment(std::uint32_t code) {
  if (code != kPid) return;
  id_rank_ = 0;
  subject_ = -1;
}

void People::Look(std::uint32_t segment, const FieldRepetition& repetition) {
  const bool pid = segment == kPid;
  if (pid && repetition.field >= 2 && repetition.field <= 4) {
    ObserveId(repetition);
  }
  if (layout_.family != 0) {
    ObserveName(pid && repetition.field == 5, repetition);
  }
}

void People::ObserveId(const FieldRepetition& repetition) {
  std::string id;
  std::string type;
  bool medical_record = false;
  for (const Leaf& leaf : repetition.leaves) {
    if (leaf.subcomponent != 1) continue;
    if (leaf.component == 1) SetText(leaf, &id);
    if (leaf.component == 5) {
      SetText(leaf, &type);
      medical_record = type == "MR";
    }
  }
  // "" is HL7's null: nobody's id, or all who have none would share one.
  if (id.empty() || id == "\"\"") return;
  const int rank = repetition.field != 3 ? 1 : medical_record ? 3 : 2;
  if (rank <= id_rank_) return;
  if (id_rank_ == 0) {
    subject_ = static_cast<std::int32_t>(subjects_.size());
    subjects_.emplace_back();
  }
  id_rank_ = rank;
  subjects_.back() = std::move(id);
}

void People::ObserveName(bool patient, const FieldRepetition& repetition) {
  constexpr std::size_t kUsual = 16;
  if (persons_.empty()) persons_.reserve(kUsual);
  PersonName& name = persons_.emplace_back();
  for (const Leaf& leaf : repetition.leaves) {
    switch (PartOf(leaf)) {
      case NamePart::kFamily:
        if (name.family.empty()) SetText(leaf, &name.family);
        break;
      case NamePart::kGiven:
        SetText(leaf, &name.given);
        break;
      case NamePart::kMiddle:
        SetText(leaf, &name.middle);
        break;
      default:
        break;
    }
  }
  if (name.family.empty() && name.given.empty()) {
    persons_.pop_back();
    return;
  }
  person_ = static_cast<std::int32_t>(persons_.size()) - 1;
  is_patient_.push_back(patient);
}

NamePart People::PartOf(const Leaf& leaf) const {
  const int at = layout_.subcomponents
                     ? (leaf.component == 1 ? leaf.subcomponent - 2 : -1)
                     : leaf.component - layout_.family;
  if (at < 0) return NamePart::kWhole;
  if (at == 0) {
    // XPN.1 is FN: surname, own prefix, own, partner's prefix, partner's.
    return layout_.subcomponents || leaf.subcomponent % 2 == 1
               ? NamePart::kFamily
               : NamePart::kAffix;
  }
  if (at == 1) return NamePart::kGiven;
  return at == 2 ? NamePart::kMiddle : NamePart::kAffix;
}

void People::SetText(const Leaf& leaf, std::string* out) const {
  if (leaf.plain) {
    out->assign(Trim(coding_.record.substr(leaf.begin, leaf.end - leaf.begin)));
    return;
  }
  FieldText text;
  // What can't be decoded has the record refused when the leaf is put.
  const bool read = DecodeText(coding_, leaf.begin, leaf.end, &text).ok();
  out->assign(read ? Trim(text.text()) : std::string_view());
}

void People::MarkName(const Leaf& leaf, Field* field) const {
  if (field->kind != FieldKind::kSlot || field->type != PhiType::kName ||
      field->grammar != SlotGrammar::kName) {
    return;
  }
  field->part = PartOf(leaf);
  field->person = person_;
}

void People::Finish(RecordFields* out) {
  out->persons.reserve(persons_.size());
  std::vector<std::int32_t> place(persons_.size());
  for (const bool patient : {true, false}) {
    for (std::size_t i = 0; i < persons_.size(); ++i) {
      if (is_patient_[i] != patient) continue;
      place[i] = static_cast<std::int32_t>(out->persons.size());
      out->persons.push_back(std::move(persons_[i]));
    }
  }
  for (Field& field : out->fields) {
    if (field.person >= 0) {
      field.person = place[static_cast<std::size_t>(field.person)];
    }
  }
  out->subjects = std::move(subjects_);
}

}  // namespace phiwire::hl7v2
