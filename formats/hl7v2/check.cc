// SPDX-License-Identifier: Apache-2.0

#include "formats/hl7v2/check.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "base/ascii.h"
#include "base/strings.h"
#include "formats/hl7v2/charset.h"
#include "formats/hl7v2/check_batch.h"
#include "formats/hl7v2/check_tables.h"
#include "formats/hl7v2/escape.h"
#include "formats/hl7v2/fields_table.h"
#include "formats/hl7v2/reader.h"
#include "formats/hl7v2/segments.h"
#include "formats/hl7v2/splitter.h"

namespace phiwire::hl7v2 {
namespace {

constexpr int kTruncationSince = 27;

template <class T, std::size_t N, class Pred>
const T* FindIf(const T (&table)[N], Pred pred) {
  const T* const found = std::find_if(std::begin(table), std::end(table), pred);
  return found == std::end(table) ? nullptr : found;
}

bool IsIn(std::span<const std::string_view> set, std::string_view value) {
  return std::find(set.begin(), set.end(), value) != set.end();
}

// A name that may be told: of the standard, so not a word of somebody's text.
std::string_view Told(std::string_view name) {
  const bool standard = SegmentTable::Of(SegmentCode(name)).listed() ||
                        FindIf(kRequiredFields, [&](const RequiredField& f) {
                          return f.segment == name;
                        }) != nullptr;
  return standard ? name : std::string_view();
}

std::optional<int> Number(std::string_view text) {
  int value = 0;
  const char* const end = text.data() + text.size();
  const auto [next, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || next != end) return std::nullopt;
  return value;
}

// YYYY[MM[DD[HH[MM[SS[.S...]]]]]][+ZZZZ], with a month and a day that exist.
bool IsTime(std::string_view text) {
  const std::size_t digits = DigitsAt(text, 0);
  if (digits < 4 || digits > 14 || digits % 2 != 0) return false;
  if (digits >= 6) {
    const int month = NumberAt(text, 4, 2);
    if (month < 1 || month > 12) return false;
  }
  if (digits >= 8) {
    const int day = NumberAt(text, 6, 2);
    if (day < 1 || day > 31) return false;
  }
  std::size_t at = digits;
  if (at < text.size() && text[at] == '.') at += 1 + DigitsAt(text, at + 1);
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) {
    return DigitsAt(text, at + 1) == 4 && at + 5 == text.size();
  }
  return at == text.size();
}

// Of the reader's "hl7: REASON at bytes 0-9".
std::string Reason(std::string_view message) {
  constexpr std::string_view kFormat = "hl7: ";
  message = message.substr(0, message.find(" at bytes "));
  if (message.starts_with(kFormat)) message.remove_prefix(kFormat.size());
  return std::string(message);
}

// One record.
class Checker {
 public:
  Checker(std::string_view record, std::size_t ordinal, std::size_t base,
          std::vector<Flaw>* flaws)
      : record_(record), ordinal_(ordinal), base_(base), flaws_(flaws) {}

  void Run() {
    const absl::StatusOr<RecordFields> fields = ReadFields(record_);
    if (!fields.ok()) {
      const std::string_view message = ToStd(fields.status().message());
      Add(0, record_.size(), Reason(message));
      flaws_->back().refused = true;
      return;
    }
    const absl::StatusOr<Record> parsed = ParseRecord(record_);
    if (!parsed.ok()) return;
    parsed_ = *parsed;
    const auto text =
        RecordText::Of(record_, parsed_.segments.front(), parsed_.delimiters,
                       parsed_.high_bytes, parsed_.switches);
    const bool hidden = text.ok() && !text->switches.empty();
    const std::string_view structure =
        hidden ? std::string_view(text->switches.structure()) : record_;
    if (parsed_.segments.front().name == "MSH") CheckHeader();
    Cutter cutter(parsed_.delimiters);
    for (const Segment& segment : parsed_.segments) {
      ++segment_;
      CheckSegment(segment, structure, cutter);
    }
    segment_ = 0;
    name_ = {};
    if (parsed_.segments.front().name == "MSH") CheckStructure();
  }

 private:
  void Add(std::size_t begin, std::size_t end, std::string what,
           int field = 0) {
    flaws_->push_back({ordinal_, segment_, Told(name_), field, base_ + begin,
                       base_ + end, false, std::move(what)});
  }

  void AddToSegment(const Segment& segment, std::string what, int field = 0) {
    Add(segment.begin, segment.end, std::move(what), field);
  }

  // MSH's field `number`, as written.
  std::string_view HeaderField(int number) const {
    const Segment& header = parsed_.segments.front();
    std::string_view rest =
        record_.substr(header.begin, header.end - header.begin);
    for (int field = 1; field < number; ++field) {
      const std::size_t next = rest.find(parsed_.delimiters.field);
      if (next == std::string_view::npos) return {};
      rest.remove_prefix(next + 1);
    }
    return rest.substr(0, rest.find(parsed_.delimiters.field));
  }

  std::string_view Component(std::string_view field, int number) const {
    for (; number > 1; --number) {
      const std::size_t next = field.find(parsed_.delimiters.component);
      if (next == std::string_view::npos) return {};
      field.remove_prefix(next + 1);
    }
    return field.substr(0, field.find(parsed_.delimiters.component));
  }

  void CheckHeader() {
    const Segment& header = parsed_.segments.front();
    segment_ = 1;
    name_ = "MSH";
    const std::string_view version = Component(HeaderField(12), 1);
    const Version* const known =
        FindIf(kVersions, [&](const Version& v) { return v.name == version; });
    version_ = known == nullptr ? kTruncationSince : known->number;
    if (known == nullptr && !version.empty()) {
      AddToSegment(header, "unknown version", 12);
    }
    const std::size_t encoding = HeaderField(2).size();
    if (encoding < 4) AddToSegment(header, "delimiters left out", 2);
    if (encoding > 4 && version_ < kTruncationSince) {
      AddToSegment(header, "truncation character before version 2.7", 2);
    }
    if (CharsetOf(HeaderField(18), parsed_.delimiters).kind ==
        Charset::Kind::kUnknown) {
      AddToSegment(header, "character set that can't be read", 18);
    }
    segment_ = 0;
  }

  void CheckSegment(const Segment& segment, std::string_view structure,
                    Cutter& cutter) {
    name_ = segment.name;
    const SegmentTable table = SegmentTable::Of(SegmentCode(segment.name));
    std::vector<int> filled;
    std::string_view set_id;
    std::string_view value_type;
    bool has_value = false;
    const bool obx = segment.name == "OBX";
    int last = 0;
    cutter.ForEachRepetition(
        structure, segment, [&](const FieldRepetition& repetition) {
          const int field = repetition.field;
          for (const Leaf& leaf : repetition.leaves) {
            if (leaf.begin == leaf.end) continue;
            if (filled.empty() || filled.back() != field) {
              filled.push_back(field);
            }
            last = field;
            const std::string_view value =
                record_.substr(leaf.begin, leaf.end - leaf.begin);
            const bool first = leaf.component == 1 && leaf.subcomponent == 1;
            if (field == 1 && first) set_id = value;
            if (obx && field == 2 && first) value_type = value;
            has_value = has_value || (obx && field == 5);
            CheckLeaf(table, field, leaf, value);
          }
        });
    CheckRequired(segment, filled);
    CheckLast(segment, last);
    CheckSetId(segment, set_id);
    if (!obx) return;
    if (has_value && value_type.empty()) {
      AddToSegment(segment, "value without a type", 2);
    }
    if (!value_type.empty() && !IsIn(kValueTypes, value_type)) {
      AddToSegment(segment, "unknown value type", 2);
    }
  }

  void CheckLeaf(const SegmentTable& table, int field, const Leaf& leaf,
                 std::string_view value) {
    if (!leaf.plain) CheckEscapes(field, leaf, value);
    if (leaf.component != 1 || leaf.subcomponent != 1 || value == "\"\"") {
      return;
    }
    const LeafRule* const rule = FindRule(table[field].leaves, 1, 1).rule;
    if (rule != nullptr && rule->action == LeafAction::kSlot &&
        rule->grammar == SlotGrammar::kHl7Date && !IsTime(value)) {
      Add(leaf.begin, leaf.end, "not a date or time", field);
    }
  }

  // A sequence is a letter, a layout command, hexadecimal or the site's own.
  void CheckEscapes(int field, const Leaf& leaf, std::string_view value) {
    const char escape = parsed_.delimiters.escape;
    for (std::size_t at = value.find(escape); at != std::string_view::npos;
         at = value.find(escape, at)) {
      const std::size_t close = value.find(escape, at + 1);
      const std::string_view command =
          close == std::string_view::npos
              ? std::string_view()
              : value.substr(at + 1, close - at - 1);
      if (!IsCommand(command)) {
        Add(leaf.begin + at, leaf.end, "bad escape sequence", field);
        return;
      }
      at = close + 1;
    }
  }

  static bool IsCommand(std::string_view command) {
    if (command.empty()) return false;
    if (command.size() == 1) {
      return std::string_view("FSTREPHN").find(command[0]) !=
             std::string_view::npos;
    }
    const std::string_view rest = command.substr(1);
    switch (command[0]) {
      case 'X':
      case 'C':
      case 'M':
        return rest.size() % 2 == 0 &&
               rest.find_first_not_of("0123456789ABCDEFabcdef") ==
                   std::string_view::npos;
      case '.': {
        static constexpr std::string_view kLayout[] = {"br", "sp", "fi", "nf",
                                                       "in", "ti", "sk", "ce"};
        return IsIn(kLayout, rest.substr(0, 2));
      }
      default:
        return command[0] == 'Z';
    }
  }

  void CheckRequired(const Segment& segment, const std::vector<int>& filled) {
    for (const RequiredField& required : kRequiredFields) {
      if (required.segment != segment.name || required.since > version_) {
        continue;
      }
      if (!std::binary_search(filled.begin(), filled.end(), required.field)) {
        AddToSegment(segment, "required field is empty", required.field);
      }
    }
  }

  void CheckLast(const Segment& segment, int last) {
    const LastFieldOf* const most = FindIf(
        kLastFields, [&](const auto& f) { return f.segment == segment.name; });
    if (most != nullptr && last > most->field) {
      AddToSegment(segment, "more fields than any version has", last);
    }
  }

  // One after the other, from 1 again wherever another group begins.
  void CheckSetId(const Segment& segment, std::string_view set_id) {
    if (!IsIn(kNumbered, segment.name)) return;
    int& last = set_ids_[SegmentCode(segment.name)];
    if (segment.name == "OBR") set_ids_[SegmentCode("OBX")] = 0;
    if (set_id.empty()) return;
    const std::optional<int> number = Number(set_id);
    if (!number) {
      AddToSegment(segment, "set id that is no number", 1);
    } else if (*number != last + 1 && *number != 1) {
      AddToSegment(segment, "set id out of order", 1);
    }
    last = number.value_or(last + 1);
  }

  std::size_t PlaceOf(std::string_view name) const {
    const auto found =
        std::find_if(parsed_.segments.begin(), parsed_.segments.end(),
                     [&](const Segment& s) { return s.name == name; });
    return static_cast<std::size_t>(found - parsed_.segments.begin());
  }

  bool Has(std::string_view name) const {
    return PlaceOf(name) < parsed_.segments.size();
  }

  void CheckStructure() {
    const std::string_view message = Component(HeaderField(9), 1);
    const RequiredSegments* const required =
        FindIf(kRequiredSegments,
               [&](const RequiredSegments& r) { return r.message == message; });
    std::string_view rest = required == nullptr ? "" : required->segments;
    while (!rest.empty()) {
      const std::string_view name = rest.substr(0, kSegmentNameSize);
      if (!Has(name)) {
        Add(0, record_.size(), Concat({"required segment ", name, " missing"}));
      }
      rest.remove_prefix(std::min(rest.size(), kSegmentNameSize + 1));
    }
    CheckOrder("EVN", "PID");
    CheckOrder("PID", "PV1");
    if (message == "ORU") CheckOrder("OBR", "OBX");
  }

  void CheckOrder(std::string_view before, std::string_view after) {
    if (!Has(before) || !Has(after) || PlaceOf(before) < PlaceOf(after)) return;
    const Segment& late = parsed_.segments[PlaceOf(before)];
    segment_ = PlaceOf(before) + 1;
    name_ = before;
    AddToSegment(late, Concat({"stands after ", after}));
    segment_ = 0;
    name_ = {};
  }

  std::string_view record_;
  std::size_t ordinal_;
  std::size_t base_;
  std::vector<Flaw>* flaws_;
  Record parsed_;
  std::size_t segment_ = 0;  // from 1
  std::string_view name_;
  int version_ = 0;
  std::map<std::uint32_t, int> set_ids_;
};

}  // namespace

CheckResult CheckFile(std::string_view file) {
  CheckResult out;
  const auto records = SplitMessages(file);
  if (!records.ok()) {
    Flaw flaw;
    flaw.end = file.size();
    flaw.refused = true;
    flaw.what = "no message header";
    out.flaws.push_back(std::move(flaw));
    return out;
  }
  BatchCounter batches(&out.flaws);
  for (const RecordRange& range : *records) {
    ++out.records;
    const std::string_view record =
        file.substr(range.begin, range.end - range.begin);
    Checker(record, out.records, range.begin, &out.flaws).Run();
    batches.Take(record, out.records, range);
  }
  batches.Finish(file.size());
  return out;
}

}  // namespace phiwire::hl7v2
