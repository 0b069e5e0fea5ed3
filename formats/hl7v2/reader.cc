// SPDX-License-Identifier: Apache-2.0

#include "formats/hl7v2/reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <forward_list>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "formats/hl7v2/classify.h"
#include "formats/hl7v2/escape.h"
#include "formats/hl7v2/known_values.h"
#include "formats/hl7v2/people.h"
#include "formats/hl7v2/running_text.h"
#include "formats/hl7v2/segments.h"

namespace phiwire::hl7v2 {
namespace {

// Records are small; hostile ones must not have much reserved for them.
constexpr std::size_t kBytesPerField = 10;
constexpr std::size_t kBytesPerKept = 24;
constexpr std::size_t kMostReserved = 1024;
// Shorter codes repeat no known value.
constexpr std::size_t kLeastRepeated = 3;

constexpr std::uint32_t kObx = SegmentCode("OBX");
constexpr std::uint32_t kNte = SegmentCode("NTE");

// Which leaf of the record: what its path is made of.
struct Place {
  std::string_view segment;
  int field = 1;
  int component = 1;
  int subcomponent = 0;  // 0: the component has one only
};

// Paths of leaves; one field's begin alike.
class PathWriter {
 public:
  void Write(const Place& place, std::string* out) {
    if (place.segment.data() != segment_.data() || place.field != field_) {
      Begin(place.segment, place.field);
    }
    char* at = buffer_.data() + front_;
    at = Append(place.component, at);
    if (place.subcomponent != 0) {
      *at++ = '.';
      at = Append(place.subcomponent, at);
    }
    out->assign(buffer_.data(), at);
  }

 private:
  void Begin(std::string_view segment, int field) {
    segment_ = segment;
    field_ = field;
    char* at = std::copy(segment.begin(), segment.end(), buffer_.data());
    *at++ = '-';
    at = Append(field, at);
    *at++ = '.';
    front_ = static_cast<std::size_t>(at - buffer_.data());
  }

  char* Append(int n, char* at) {
    if (n >= 100) {
      return std::to_chars(at, buffer_.data() + buffer_.size(), n).ptr;
    }
    if (n >= 10) *at++ = static_cast<char>('0' + n / 10);
    *at++ = static_cast<char>('0' + n % 10);
    return at;
  }

  // A name of three bytes and three numbers of at most ten digits.
  std::array<char, 48> buffer_;
  std::string_view segment_;  // a view of the record
  int field_ = 0;
  std::size_t front_ = 0;  // "PID-5."
};

Place PlaceOf(std::string_view segment, const FieldRepetition& repetition,
              std::size_t index) {
  const std::vector<Leaf>& leaves = repetition.leaves;
  const Leaf& leaf = leaves[index];
  const bool several =
      leaf.subcomponent > 1 ||
      (index + 1 < leaves.size() && leaves[index + 1].subcomponent > 1);
  return {segment, repetition.field, leaf.component,
          several ? leaf.subcomponent : 0};
}

std::string_view TextOf(std::string_view record, const Field& field) {
  return field.offsets.empty()
             ? record.substr(field.begin, field.end - field.begin)
             : std::string_view(field.decoded);
}

// What a message knows of its people. What no text of it can hold is not
// written out.
class MessageValues final : public KnownSource {
 public:
  explicit MessageValues(std::string_view record) : record_(record) {}

  void Add(std::string_view segment, const Decision& slot, const Field& field) {
    // Views are kept, and fields move.
    known_.Add(segment, slot.type, slot.grammar,
               field.offsets.empty() ? TextOf(record_, field)
                                     : decoded_.emplace_front(field.decoded));
  }
  bool IsRepeatedIn(std::string_view text) { return known_.IsRepeatedIn(text); }
  bool empty() const { return known_.empty(); }

  void ForEachText(Visit visit) const override { known_.ForEachText(visit); }

  std::vector<KnownValue> Take(std::span<const Field> fields) override {
    bool text = false;
    bool document = false;
    DigitPairs digits;
    for (const Field& field : fields) {
      document = document || field.kind == FieldKind::kDocument;
      if (field.kind != FieldKind::kText) continue;
      text = true;
      digits.Add(TextOf(record_, field));
    }
    if (!text && !document) return {};
    return known_.Take(document ? nullptr : &digits);
  }

 private:
  std::string_view record_;
  KnownValues known_;
  std::forward_list<std::string> decoded_;  // values that had escapes
};

class Reader {
 public:
  Reader(const Coding& coding, const Record& parsed, const SiteTable& site)
      : record_(coding.record),
        coding_(coding),
        parsed_(parsed),
        site_(site),
        known_(std::make_unique<MessageValues>(coding.record)),
        people_(coding),
        running_(coding, &out_.fields) {
    out_.fields.reserve(
        std::min(record_.size() / kBytesPerField, kMostReserved));
    kept_.reserve(std::min(record_.size() / kBytesPerKept, kMostReserved));
  }

  // `structure`: the record as it is to be cut.
  absl::StatusOr<RecordFields> Read(std::string_view structure) {
    Cutter cutter(parsed_.delimiters,
                  coding_.table != nullptr || coding_.switches != nullptr);
    for (const Segment& segment : parsed_.segments) {
      observation_ = {};
      segment_.name = segment.name;
      segment_.code = SegmentCode(segment.name);
      segment_.table = SegmentTable::Of(segment_.code);
      may_run_ = segment_.code == kObx || segment_.code == kNte;
      people_.BeginSegment(segment_.code);
      // Empty lines of a text part its paragraphs.
      cutter.ForEachRepetition(
          structure, segment,
          may_run_ ? Cutter::Empty::kVisited : Cutter::Empty::kLeftOut,
          [this](const FieldRepetition& repetition) {
            if (status_.ok()) status_ = Take(repetition);
          });
      PHIWIRE_RETURN_IF_ERROR(status_);
      PHIWIRE_RETURN_IF_ERROR(running_.EndSegment());
    }
    PHIWIRE_RETURN_IF_ERROR(running_.Close());
    PHIWIRE_RETURN_IF_ERROR(AddRepeatedValues());
    if (!known_->empty()) out_.late_known = std::move(known_);
    people_.Finish(&out_);
    return std::move(out_);
  }

 private:
  std::string_view Raw(const Leaf& leaf) const {
    return record_.substr(leaf.begin, leaf.end - leaf.begin);
  }

  // Remembers what OBX-2 and OBX-3 say of the OBX-5 to come.
  void Observe(const FieldRepetition& repetition) {
    if (segment_.code != kObx || repetition.field > 3) return;
    const std::string_view value = Raw(repetition.leaves.front());
    if (repetition.field == 2) observation_.value_type = value;
    if (repetition.field == 3) observation_.code = value;
  }

  absl::Status Take(const FieldRepetition& repetition) {
    const std::vector<Leaf>& all = repetition.leaves;
    const bool empty = all.size() == 1 && all.front().begin == all.front().end;
    const bool running =
        may_run_ && IsRunningText(segment_, repetition.field, observation_);
    if (running) {
      PHIWIRE_RETURN_IF_ERROR(
          running_.BeginLine(segment_.code, observation_.code));
    }
    if (empty) return absl::OkStatus();
    Observe(repetition);
    const LeafContext context{record_, segment_, repetition, observation_,
                              site_};
    people_.Observe(segment_.code, repetition, context.info);
    if (context.structure && site_.empty()) return absl::OkStatus();
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Leaf& leaf = all[i];
      if (leaf.begin == leaf.end) continue;
      const Decision decision = Classify(context, leaf);
      if (decision.kind == Decision::Kind::kStructure) continue;
      if (decision.kind == Decision::Kind::kKeep) {
        Keep(repetition, i);
        continue;
      }
      const Place place = PlaceOf(segment_.name, repetition, i);
      PHIWIRE_RETURN_IF_ERROR(running && decision.kind == Decision::Kind::kText
                                  ? PutRunning(place, leaf)
                                  : Put(place, leaf, decision));
    }
    return absl::OkStatus();
  }

  void Keep(const FieldRepetition& repetition, std::size_t index) {
    const Leaf& leaf = repetition.leaves[index];
    if (leaf.plain && leaf.end - leaf.begin < kLeastRepeated) return;
    kept_.push_back({PlaceOf(segment_.name, repetition, index), leaf.begin,
                     leaf.end, leaf.plain});
  }

  absl::Status PutRunning(const Place& place, const Leaf& leaf) {
    if (running_.open()) return running_.Add(leaf);
    Field field;
    field.begin = leaf.begin;
    field.end = leaf.end;
    paths_.Write(place, &field.path);
    people_.Mark(leaf, &field);
    running_.Open(std::move(field), leaf);
    return absl::OkStatus();
  }

  absl::Status Put(const Place& place, const Leaf& leaf,
                   const Decision& decision) {
    Field& field = out_.fields.emplace_back();
    field.begin = leaf.begin;
    field.end = leaf.end;
    if (!leaf.plain) PHIWIRE_RETURN_IF_ERROR(DecodeField(coding_, field));
    paths_.Write(place, &field.path);
    if (decision.kind == Decision::Kind::kSlot) {
      field.kind = FieldKind::kSlot;
      field.type = decision.type;
      field.grammar = decision.grammar;
      field.required = decision.required;
      known_->Add(place.segment, decision, field);
    } else if (decision.kind == Decision::Kind::kDocument) {
      field.kind = FieldKind::kDocument;
      field.wrapping = decision.wrapping;
      field.media_type = decision.media_type;
    }
    people_.Mark(leaf, &field);
    return absl::OkStatus();
  }

  // A code that repeats a known value is no code: it is scanned after all.
  absl::Status AddRepeatedValues() {
    const std::size_t before = out_.fields.size();
    for (const Kept& kept : kept_) {
      const std::string_view raw =
          record_.substr(kept.begin, kept.end - kept.begin);
      if (kept.plain && !known_->IsRepeatedIn(raw)) continue;
      Field field;
      field.begin = kept.begin;
      field.end = kept.end;
      if (!kept.plain) {
        PHIWIRE_RETURN_IF_ERROR(DecodeField(coding_, field));
        if (!known_->IsRepeatedIn(TextOf(record_, field))) continue;
      }
      paths_.Write(kept.place, &field.path);
      out_.fields.push_back(std::move(field));
    }
    if (out_.fields.size() == before) return absl::OkStatus();
    std::sort(out_.fields.begin(), out_.fields.end(),
              [](const Field& a, const Field& b) { return a.begin < b.begin; });
    return absl::OkStatus();
  }

  // A leaf that stays unless it repeats a known value.
  struct Kept {
    Place place;
    std::size_t begin = 0;
    std::size_t end = 0;
    bool plain = true;
  };

  std::string_view record_;
  const Coding& coding_;
  const Record& parsed_;
  const SiteTable& site_;
  SegmentContext segment_;
  bool may_run_ = false;  // NTE and OBX hold running text
  Observation observation_;
  std::unique_ptr<MessageValues> known_;
  People people_;
  PathWriter paths_;
  RecordFields out_;
  RunningText running_;
  std::vector<Kept> kept_;
  absl::Status status_;
};

}  // namespace

absl::StatusOr<RecordFields> ReadFields(std::string_view record,
                                        const SiteTable& site) {
  PHIWIRE_ASSIGN_OR_RETURN(RecordFields out, ReadLateFields(record, site));
  if (out.late_known == nullptr) return out;
  out.known = out.late_known->Take(out.fields);
  out.late_known = nullptr;
  return out;
}

absl::StatusOr<RecordFields> ReadLateFields(std::string_view record,
                                            const SiteTable& site) {
  if (record.size() > std::numeric_limits<std::uint32_t>::max()) {
    return Refuse("message over 4 GiB", 0, record.size());
  }
  PHIWIRE_ASSIGN_OR_RETURN(const Record parsed, ParseRecord(record));
  PHIWIRE_ASSIGN_OR_RETURN(
      const RecordText text,
      RecordText::Of(record, parsed.segments.front(), parsed.delimiters,
                     parsed.high_bytes, parsed.switches));
  const Coding coding = text.CodingOf(record, parsed.delimiters);
  return Reader(coding, parsed, site)
      .Read(text.switches.empty() ? record : text.switches.structure());
}

}  // namespace phiwire::hl7v2
