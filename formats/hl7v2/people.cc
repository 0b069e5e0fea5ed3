// SPDX-License-Identifier: Apache-2.0

#include "formats/hl7v2/people.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "formats/hl7v2/escape.h"

namespace phiwire::hl7v2 {
namespace {

bool IsName(const LeafEntry& entry) {
  const LeafRule& rule = RuleOf(entry);
  return rule.action == LeafAction::kSlot && rule.type == PhiType::kName &&
         rule.grammar == SlotGrammar::kName;
}

std::string_view Trim(std::string_view s) {
  const std::size_t begin = s.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return s.substr(begin, s.find_last_not_of(" \t") - begin + 1);
}

}  // namespace

void People::BeginSegment(std::string_view name) {
  if (name != "PID") return;
  id_rank_ = 0;
  subject_ = -1;
}

People::Layout People::LayoutOf(std::span<const LeafEntry> leaves) {
  Layout layout;
  for (const LeafEntry& entry : leaves) {
    if (!IsName(entry)) continue;
    const bool first = entry.component == 1;
    if (first && entry.subcomponent == 2 && layout.family == 0) {
      return {1, true};
    }
    if (entry.component == 0 || entry.component > 2) continue;
    if (layout.family == 0 || entry.component < layout.family) {
      layout.family = entry.component;
    }
  }
  return layout;
}

void People::Observe(std::string_view segment,
                     const FieldRepetition& repetition,
                     std::span<const LeafEntry> leaves) {
  person_ = -1;
  layout_ = LayoutOf(leaves);
  const bool pid = segment == "PID";
  if (pid && repetition.field >= 2 && repetition.field <= 4) {
    ObserveId(repetition);
  }
  if (layout_.family != 0) {
    ObserveName(pid && repetition.field == 5, repetition);
  }
}

void People::ObserveId(const FieldRepetition& repetition) {
  std::string id;
  bool medical_record = false;
  for (const Leaf& leaf : repetition.leaves) {
    if (leaf.subcomponent != 1) continue;
    if (leaf.component == 1) id = Text(leaf);
    if (leaf.component == 5) medical_record = Text(leaf) == "MR";
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
  PersonName name;
  for (const Leaf& leaf : repetition.leaves) {
    switch (PartOf(leaf)) {
      case NamePart::kFamily:
        if (name.family.empty()) name.family = Text(leaf);
        break;
      case NamePart::kGiven:
        name.given = Text(leaf);
        break;
      case NamePart::kMiddle:
        name.middle = Text(leaf);
        break;
      default:
        break;
    }
  }
  if (name.family.empty() && name.given.empty()) return;
  person_ = static_cast<std::int32_t>(persons_.size());
  persons_.push_back(std::move(name));
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

std::string People::Text(const Leaf& leaf) const {
  Field field;
  field.begin = leaf.begin;
  field.end = leaf.end;
  // What can't be decoded has the record refused when the leaf is put.
  if (!DecodeField(record_, delimiters_, field).ok()) return {};
  return std::string(Trim(
      field.offsets.empty() ? record_.substr(leaf.begin, leaf.end - leaf.begin)
                            : std::string_view(field.decoded)));
}

void People::Mark(const Leaf& leaf, Field* field) const {
  field->subject = subject_;
  if (field->kind != FieldKind::kSlot || field->type != PhiType::kName ||
      field->grammar != SlotGrammar::kName || layout_.family == 0) {
    return;
  }
  field->part = PartOf(leaf);
  field->person = person_;
}

void People::Finish(RecordFields* out) {
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
