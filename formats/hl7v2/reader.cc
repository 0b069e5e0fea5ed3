// SPDX-License-Identifier: Apache-2.0

#include "formats/hl7v2/reader.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "formats/hl7v2/classify.h"
#include "formats/hl7v2/escape.h"
#include "formats/hl7v2/known_values.h"
#include "formats/hl7v2/segments.h"

namespace phiwire::hl7v2 {
namespace {

std::string Path(std::string_view segment, int field,
                 const std::vector<Leaf>& leaves, std::size_t index) {
  const Leaf& leaf = leaves[index];
  std::string path(segment);
  path += '-';
  path += std::to_string(field);
  path += '.';
  path += std::to_string(leaf.component);
  const bool several =
      leaf.subcomponent > 1 || (index + 1 < leaves.size() &&
                                leaves[index + 1].component == leaf.component);
  if (several) {
    path += '.';
    path += std::to_string(leaf.subcomponent);
  }
  return path;
}

class Reader {
 public:
  Reader(std::string_view record, const Record& parsed)
      : record_(record), parsed_(parsed) {}

  absl::StatusOr<RecordFields> Read() {
    for (const Segment& segment : parsed_.segments) {
      observation_ = {};
      ForEachRepetition(record_, segment, parsed_.delimiters,
                        [&](const FieldRepetition& repetition) {
                          Observe(segment, repetition);
                          Take(segment, repetition);
                        });
      if (!status_.ok()) return status_;
    }
    AddRepeatedValues();
    out_.known = known_.Take();
    return std::move(out_);
  }

 private:
  // Remembers what OBX-2 and OBX-3 say of the OBX-5 to come.
  void Observe(const Segment& segment, const FieldRepetition& repetition) {
    if (segment.name != "OBX" || repetition.field > 3) return;
    const Leaf& first = repetition.leaves.front();
    const std::string_view value =
        record_.substr(first.begin, first.end - first.begin);
    if (repetition.field == 2) observation_.value_type = value;
    if (repetition.field == 3) observation_.code = value;
  }

  void Take(const Segment& segment, const FieldRepetition& repetition) {
    const LeafContext context{record_, segment.name, repetition, observation_};
    for (std::size_t i = 0; i < repetition.leaves.size(); ++i) {
      const Leaf& leaf = repetition.leaves[i];
      if (leaf.begin == leaf.end) continue;
      const Decision decision = Classify(context, leaf);
      if (decision.kind == Decision::Kind::kStructure) continue;
      Field field;
      field.begin = leaf.begin;
      field.end = leaf.end;
      field.path = Path(segment.name, repetition.field, repetition.leaves, i);
      if (absl::Status s = DecodeField(record_, parsed_.delimiters, field);
          !s.ok()) {
        if (status_.ok()) status_ = s;
        return;
      }
      Put(segment, decision, std::move(field));
    }
  }

  void Put(const Segment& segment, const Decision& decision, Field field) {
    if (decision.kind == Decision::Kind::kKeep) {
      kept_.push_back(std::move(field));
      return;
    }
    if (decision.kind == Decision::Kind::kSlot) {
      field.kind = FieldKind::kSlot;
      field.type = decision.type;
      field.grammar = decision.grammar;
      field.required = decision.required;
      known_.Add(segment.name, decision.type, decision.grammar, Text(field));
    }
    out_.fields.push_back(std::move(field));
  }

  std::string_view Text(const Field& field) const {
    return field.offsets.empty()
               ? record_.substr(field.begin, field.end - field.begin)
               : std::string_view(field.decoded);
  }

  // A code that repeats a known value is no code: it is scanned after all.
  void AddRepeatedValues() {
    const std::size_t before = out_.fields.size();
    for (Field& field : kept_) {
      if (known_.IsRepeatedIn(Text(field))) {
        out_.fields.push_back(std::move(field));
      }
    }
    if (out_.fields.size() == before) return;
    std::sort(out_.fields.begin(), out_.fields.end(),
              [](const Field& a, const Field& b) { return a.begin < b.begin; });
  }

  std::string_view record_;
  const Record& parsed_;
  Observation observation_;
  KnownValues known_;
  RecordFields out_;
  std::vector<Field> kept_;
  absl::Status status_;
};

}  // namespace

absl::StatusOr<RecordFields> ReadFields(std::string_view record) {
  PHIWIRE_ASSIGN_OR_RETURN(const Record parsed, ParseRecord(record));
  return Reader(record, parsed).Read();
}

}  // namespace phiwire::hl7v2
