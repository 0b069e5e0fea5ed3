// SPDX-License-Identifier: Apache-2.0

#include "formats/x12/reader.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "engine/decoded_text.h"
#include "formats/hl7v2/known_values.h"
#include "formats/hl7v2/values.h"
#include "formats/x12/dates.h"
#include "formats/x12/people.h"
#include "formats/x12/segments.h"

namespace phiwire::x12 {
namespace {

// Records may be hostile: no more is reserved for them.
constexpr std::size_t kBytesPerField = 24;
constexpr std::size_t kMostReserved = std::size_t{1} << 16;
constexpr std::size_t kShortCode = 4;
constexpr std::size_t kLongestCode = 30;
// Of segments that the table lacks: two bytes name nobody.
constexpr std::size_t kShortestUnknown = 3;

// A short token, or one with a digit: an amount, a code, a version.
bool LooksLikeCode(std::string_view value) {
  if (value.size() <= kShortCode) return true;
  if (value.size() > kLongestCode) return false;
  bool digit = false;
  for (const char c : value) {
    if (c == ' ' || c == '@') return false;
    digit = digit || IsDigit(c);
  }
  return digit;
}

std::string_view Trim(std::string_view s) {
  const std::size_t begin = s.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return s.substr(begin, s.find_last_not_of(' ') - begin + 1);
}

// What the record's slots say, kept until it is known that text needs it.
struct Said {
  PhiType type = PhiType::kName;
  SlotGrammar grammar = SlotGrammar::kFreeText;
  bool personal = false;
  std::string_view value;
};

class Reader {
 public:
  Reader(std::string_view record, const Delimiters& d, const Rulebook& rules)
      : record_(record), delimiters_(d), rules_(rules), walker_(record, d) {
    out_.fields.reserve(
        std::min(record.size() / kBytesPerField, kMostReserved));
  }

  absl::StatusOr<RecordFields> Read() {
    std::uint32_t first = 0;
    while (walker_.Next()) {
      if (first == 0) first = walker_.code();
      TakeSegment();
    }
    PHIWIRE_RETURN_IF_ERROR(walker_.status());
    PHIWIRE_RETURN_IF_ERROR(CheckShape(first, walker_.code()));
    FindKnown();
    people_.Finish(&out_);
    return std::move(out_);
  }

 private:
  absl::Status CheckShape(std::uint32_t first, std::uint32_t last) const {
    const std::string range =
        Concat({" at bytes 0-", std::to_string(record_.size())});
    if (first == Code("ST")) {
      if (last == Code("SE")) return absl::OkStatus();
      return absl::DataLossError(
          Concat({"transaction set without its SE", range}));
    }
    for (const std::string_view id : {"ISA", "GS", "GE", "IEA", "TA1"}) {
      if (first == Code(id) && last == first) return absl::OkStatus();
    }
    return absl::DataLossError(
        Concat({"segment outside a transaction set", range}));
  }

  void TakeSegment() {
    const std::uint32_t segment = walker_.code();
    const Elements elements = walker_.elements();
    people_.Observe(segment, elements);
    segment_rules_ = RulesOf(segment);
    for (std::size_t i = 1; i < elements.size(); ++i) {
      if (elements[i].empty()) continue;
      if (walker_.IsComposite(i) && segment != Code("ISA")) {
        TakeComposite(i);
      } else {
        Take(i, 0, elements[i],
             rules_.Decide(segment, segment_rules_, elements, i, 1));
      }
    }
  }

  void TakeComposite(std::size_t element) {
    const std::uint32_t segment = walker_.code();
    const Elements elements = walker_.elements();
    const Decision whole =
        rules_.Decide(segment, segment_rules_, elements, element, 0);
    const bool splits = whole.action == Action::kKeep ||
                        whole.action == Action::kCode ||
                        whole.action == Action::kStay ||
                        rules_.HasComponents(segment, segment_rules_, element);
    if (!splits) return Take(element, 0, elements[element], whole);
    const std::string_view value = elements[element];
    previous_ = {};
    std::size_t component = 1;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= value.size(); ++i) {
      const bool at_end = i == value.size();
      if (!at_end && value[i] != delimiters_.component &&
          (value[i] != delimiters_.repetition ||
           delimiters_.repetition == '\0')) {
        continue;
      }
      const std::string_view part = value.substr(begin, i - begin);
      if (!part.empty()) {
        Take(element, component, part,
             rules_.Decide(segment, segment_rules_, elements, element,
                           component));
      }
      previous_ = part;
      const bool again = !at_end && value[i] != delimiters_.component;
      component = again ? 1 : component + 1;
      begin = i + 1;
    }
  }

  void Take(std::size_t element, std::size_t component, std::string_view value,
            const Decision& decision) {
    switch (decision.action) {
      case Action::kKeep:
        if (!LooksLikeCode(value)) Text(element, component, value);
        return;
      case Action::kCode:
        if (!LooksLikeCode(value)) return Text(element, component, value);
        [[fallthrough]];
      case Action::kStay:
        kept_.push_back({element, component, walker_.code(), value});
        return;
      case Action::kText:
        if (decision.known || value.size() >= kShortestUnknown) {
          Text(element, component, value);
        }
        return;
      case Action::kSlot:
        return Slot(element, component, value, decision);
      case Action::kDate:
        return Date(element, component, value, decision);
    }
  }

  Field& Put(std::size_t element, std::size_t component,
             std::string_view value) {
    Field& field = out_.fields.emplace_back();
    field.begin = static_cast<std::size_t>(value.data() - record_.data());
    field.end = field.begin + value.size();
    field.path = Path(walker_.code(), element, component);
    field.subject = people_.subject();
    return field;
  }

  static std::string Path(std::uint32_t segment, std::size_t element,
                          std::size_t component) {
    std::string path;
    for (int shift = 24; shift >= 0; shift -= 8) {
      const char c = static_cast<char>(segment >> shift & 0xFF);
      if (c != '\0') path += c;
    }
    path += element < 10 ? "-0" : "-";
    path += std::to_string(element);
    if (component != 0) {
      path += '.';
      path += std::to_string(component);
    }
    return path;
  }

  void Text(std::size_t element, std::size_t component,
            std::string_view value) {
    if (hl7v2::IsDateShaped(value)) {
      Decision date;
      return Date(element, component, value, date);
    }
    Put(element, component, value);
    has_text_ = true;
  }

  void Slot(std::size_t element, std::size_t component, std::string_view value,
            const Decision& decision) {
    const std::string_view trimmed = Trim(value);
    if (trimmed.empty()) return;
    Field& field = Put(element, component, trimmed);
    field.kind = FieldKind::kSlot;
    field.type = decision.type;
    field.grammar = decision.grammar;
    if (walker_.code() == Code("NM1") && people_.person() >= 0) {
      constexpr std::array<NamePart, 8> kParts = {
          NamePart::kWhole,  NamePart::kWhole, NamePart::kWhole,
          NamePart::kFamily, NamePart::kGiven, NamePart::kMiddle,
          NamePart::kAffix,  NamePart::kAffix};
      if (field.type == PhiType::kName && element >= 3 &&
          element < kParts.size()) {
        field.person = people_.person();
        field.part = kParts[element];
      }
    }
    said_.push_back({field.type, field.grammar,
                     people_.personal() && people_.subject() >= 0, trimmed});
  }

  // The element or component before tells the format: TM is a time.
  std::string_view FormatOf(std::size_t element, std::size_t component) const {
    if (component != 0) return previous_;
    return element > 1 ? walker_.elements()[element - 1] : std::string_view();
  }

  void Date(std::size_t element, std::size_t component, std::string_view value,
            const Decision& decision) {
    const std::string_view format = FormatOf(element, component);
    if (format == "TM" && value.size() <= 8 && LooksLikeCode(value)) return;
    const std::size_t hyphen = RangeHyphen(value);
    if (hyphen != 0) {
      DateSlot(element, component, value.substr(0, hyphen), false);
      DateSlot(element, component, value.substr(hyphen + 1), false);
      return;
    }
    DateSlot(element, component, value,
             (decision.short_year || format == "D6") && value.size() == 6);
  }

  void DateSlot(std::size_t element, std::size_t component,
                std::string_view value, bool short_year) {
    Field& field = Put(element, component, value);
    field.kind = FieldKind::kSlot;
    field.type = PhiType::kDate;
    field.grammar = SlotGrammar::kHl7Date;
    if (short_year && IsDateDigits(value)) {
      DecodedText text;
      text.Put(WithCentury(value), field.begin);
      text.Finish(field.end, &field);
    }
    const std::uint32_t code = walker_.code();
    const bool personal =
        code == Code("DMG") || code == Code("PAT") || code == Code("INS");
    if (personal) {
      said_.push_back(
          {PhiType::kDate, SlotGrammar::kHl7Date, people_.personal(), value});
    }
  }

  // What the transaction says of its people, for its texts; a code that repeats
  // such a value is scanned after all.
  void FindKnown() {
    if (!has_text_ && kept_.empty()) return;
    hl7v2::KnownValues known;
    for (const Said& said : said_) {
      known.Add(said.personal ? "PID" : "MSH", said.type, said.grammar,
                said.value);
    }
    const std::size_t before = out_.fields.size();
    for (const Kept& kept : kept_) {
      if (!known.IsRepeatedIn(kept.value)) continue;
      Field& field = out_.fields.emplace_back();
      field.begin =
          static_cast<std::size_t>(kept.value.data() - record_.data());
      field.end = field.begin + kept.value.size();
      field.path = Path(kept.segment, kept.element, kept.component);
      has_text_ = true;
    }
    if (out_.fields.size() != before) {
      std::sort(
          out_.fields.begin(), out_.fields.end(),
          [](const Field& a, const Field& b) { return a.begin < b.begin; });
    }
    if (has_text_) out_.known = known.Take();
  }

  // A code that stays unless it repeats a known value.
  struct Kept {
    std::size_t element = 0;
    std::size_t component = 0;
    std::uint32_t segment = 0;
    std::string_view value;
  };

  std::string_view record_;
  const Delimiters& delimiters_;
  const Rulebook& rules_;
  Walker walker_;
  People people_;
  std::span<const ElementRule> segment_rules_;
  std::string_view previous_;  // the component before, in a composite
  RecordFields out_;
  std::vector<Said> said_;
  std::vector<Kept> kept_;
  bool has_text_ = false;
};

}  // namespace

absl::StatusOr<RecordFields> ReadFields(std::string_view record,
                                        const Delimiters& d,
                                        const Rulebook& rules) {
  return Reader(record, d, rules).Read();
}

}  // namespace phiwire::x12
