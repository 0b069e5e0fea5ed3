// SPDX-License-Identifier: Apache-2.0

#include "formats/hl7v2/reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "formats/hl7v2/classify.h"
#include "formats/hl7v2/escape.h"
#include "formats/hl7v2/known_values.h"
#include "formats/hl7v2/people.h"
#include "formats/hl7v2/segments.h"

namespace phiwire::hl7v2 {
namespace {

// Records are small; hostile ones must not have much reserved for them.
constexpr std::size_t kBytesPerField = 16;
constexpr std::size_t kMostReserved = 256;
// Shorter text can't hide digits in base64 (engine/embedded.h).
constexpr std::size_t kShortestEmbedded = 16;

// Which leaf of the record: what its path is made of.
struct Place {
  std::string_view segment;
  int field = 1;
  int component = 1;
  int subcomponent = 0;  // 0: the component has one only
};

std::string Path(const Place& place) {
  // A name of three bytes and three numbers of at most ten digits.
  std::array<char, 48> buffer;
  char* at =
      std::copy(place.segment.begin(), place.segment.end(), buffer.data());
  char* const end = buffer.data() + buffer.size();
  char mark = '-';
  for (const int n : {place.field, place.component, place.subcomponent}) {
    if (n == 0) break;
    *at++ = mark;
    at = std::to_chars(at, end, n).ptr;
    mark = '.';
  }
  return std::string(buffer.data(), at);
}

Place PlaceOf(const Segment& segment, const FieldRepetition& repetition,
              std::size_t index) {
  const std::vector<Leaf>& leaves = repetition.leaves;
  const Leaf& leaf = leaves[index];
  const bool several =
      leaf.subcomponent > 1 || (index + 1 < leaves.size() &&
                                leaves[index + 1].component == leaf.component);
  return {segment.name, repetition.field, leaf.component,
          several ? leaf.subcomponent : 0};
}

// Whether the canonical text may hold a digit: itself, by an escape that the
// engine undoes, or as a digit of another script.
bool MayHoldDigits(std::string_view text) {
  return text.size() >= kShortestEmbedded ||
         std::any_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || c == '&' || c == '%' || c == '\\' ||
                  c == '=' || static_cast<unsigned char>(c) >= 0x80;
         });
}

class Reader {
 public:
  Reader(std::string_view record, const Record& parsed)
      : record_(record), parsed_(parsed), people_(record, parsed.delimiters) {
    out_.fields.reserve(
        std::min(record.size() / kBytesPerField, kMostReserved));
    kept_.reserve(std::min(record.size() / kBytesPerField, kMostReserved));
  }

  absl::StatusOr<RecordFields> Read() {
    for (const Segment& segment : parsed_.segments) {
      observation_ = {};
      people_.BeginSegment(segment.name);
      ForEachRepetition(record_, segment, parsed_.delimiters,
                        [&](const FieldRepetition& repetition) {
                          Observe(segment, repetition);
                          Take(segment, repetition);
                        });
      if (!status_.ok()) return status_;
    }
    PHIWIRE_RETURN_IF_ERROR(AddRepeatedValues());
    TakeKnown();
    people_.Finish(&out_);
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
    const std::vector<Leaf>& all = repetition.leaves;
    if (all.size() == 1 && all.front().begin == all.front().end) return;
    const LeafContext context{record_, segment.name, repetition, observation_,
                              LeavesOf(segment.name, repetition.field)};
    people_.Observe(segment.name, repetition, context.leaves);
    for (std::size_t i = 0; i < repetition.leaves.size(); ++i) {
      const Leaf& leaf = repetition.leaves[i];
      if (leaf.begin == leaf.end) continue;
      const Decision decision = Classify(context, leaf);
      if (decision.kind == Decision::Kind::kStructure) continue;
      const Place place = PlaceOf(segment, repetition, i);
      if (absl::Status s = Put(place, leaf, decision); !s.ok()) {
        if (status_.ok()) status_ = s;
        return;
      }
    }
  }

  absl::Status Put(const Place& place, const Leaf& leaf,
                   const Decision& decision) {
    Field field;
    field.begin = leaf.begin;
    field.end = leaf.end;
    PHIWIRE_RETURN_IF_ERROR(DecodeField(record_, parsed_.delimiters, field));
    if (decision.kind == Decision::Kind::kKeep) {
      kept_.push_back({place, leaf.begin, leaf.end});
      return absl::OkStatus();
    }
    field.path = Path(place);
    if (decision.kind == Decision::Kind::kSlot) {
      field.kind = FieldKind::kSlot;
      field.type = decision.type;
      field.grammar = decision.grammar;
      field.required = decision.required;
      // The collector keeps views, and fields move.
      known_.Add(place.segment, decision.type, decision.grammar,
                 field.offsets.empty() ? Text(field)
                                       : decoded_.emplace_back(field.decoded));
    }
    people_.Mark(leaf, &field);
    out_.fields.push_back(std::move(field));
    return absl::OkStatus();
  }

  std::string_view Text(const Field& field) const {
    return field.offsets.empty()
               ? record_.substr(field.begin, field.end - field.begin)
               : std::string_view(field.decoded);
  }

  // A code that repeats a known value is no code: it is scanned after all.
  absl::Status AddRepeatedValues() {
    const std::size_t before = out_.fields.size();
    for (const Kept& kept : kept_) {
      Field field;
      field.begin = kept.begin;
      field.end = kept.end;
      PHIWIRE_RETURN_IF_ERROR(DecodeField(record_, parsed_.delimiters, field));
      if (!known_.IsRepeatedIn(Text(field))) continue;
      field.path = Path(kept.place);
      out_.fields.push_back(std::move(field));
    }
    if (out_.fields.size() == before) return absl::OkStatus();
    std::sort(out_.fields.begin(), out_.fields.end(),
              [](const Field& a, const Field& b) { return a.begin < b.begin; });
    return absl::OkStatus();
  }

  // What no text of the record can hold is not written out.
  void TakeKnown() {
    bool any = false;
    bool digits = false;
    for (const Field& field : out_.fields) {
      if (field.kind != FieldKind::kText) continue;
      any = true;
      digits = digits || MayHoldDigits(Text(field));
    }
    if (!any) return;
    out_.known = known_.Take(digits ? KnownValues::Wanted::kAll
                                    : KnownValues::Wanted::kWithoutDigits);
  }

  // A leaf that stays unless it repeats a known value.
  struct Kept {
    Place place;
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  std::string_view record_;
  const Record& parsed_;
  Observation observation_;
  std::deque<std::string> decoded_;  // values of known_ that had escapes
  KnownValues known_;
  People people_;
  RecordFields out_;
  std::vector<Kept> kept_;
  absl::Status status_;
};

}  // namespace

absl::StatusOr<RecordFields> ReadFields(std::string_view record) {
  PHIWIRE_ASSIGN_OR_RETURN(const Record parsed, ParseRecord(record));
  return Reader(record, parsed).Read();
}

}  // namespace phiwire::hl7v2
