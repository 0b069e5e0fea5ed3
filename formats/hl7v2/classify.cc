// SPDX-License-Identifier: Apache-2.0

#include "formats/hl7v2/classify.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <vector>

#include "formats/hl7v2/encapsulated.h"
#include "formats/hl7v2/field_path.h"
#include "formats/hl7v2/values.h"
#include "formats/hl7v2/word_set.h"

namespace phiwire::hl7v2 {
namespace {

using Kind = Decision::Kind;

// Codes are short; an unlisted component beside a name or an id is a type
// code of table 0200, 0203 or 0301 (at most five characters).
constexpr std::size_t kMaxCode = 20;
constexpr std::size_t kMaxTypeCode = 5;

struct IdType {
  constexpr IdType(std::string_view code, PhiType of)
      : key(KeyOf(code)), size(code.size()), type(of) {}
  std::uint64_t key;
  std::size_t size;
  PhiType type;
};

// HL7 table 0203, where the table's own class is not good enough.
constexpr IdType kIdTypes[] = {
    {"AN", PhiType::kAccount},
    {"ANON", PhiType::kId},
    {"DL", PhiType::kLicense},
    {"DN", PhiType::kLicense},
    {"DEA", PhiType::kLicense},
    {"HC", PhiType::kHealthPlan},
    {"LN", PhiType::kLicense},
    {"MA", PhiType::kHealthPlan},
    {"MB", PhiType::kHealthPlan},
    {"MC", PhiType::kHealthPlan},
    {"MCD", PhiType::kHealthPlan},
    {"MCR", PhiType::kHealthPlan},
    {"MR", PhiType::kMedicalRecord},
    {"MRN", PhiType::kMedicalRecord},
    {"NI", PhiType::kId},
    {"NPI", PhiType::kLicense},
    {"PHC", PhiType::kHealthPlan},
    {"PI", PhiType::kMedicalRecord},
    {"PPN", PhiType::kId},
    {"PT", PhiType::kMedicalRecord},
    {"SN", PhiType::kHealthPlan},
    {"SS", PhiType::kSsn},
    {"VN", PhiType::kAccount},
};

// LOINC codes of ages; over 89 they identify (45 CFR 164.514(b)(2)(i)(C)).
constexpr std::string_view kAges[] = {"30525-0", "21612-7", "29553-5"};
constexpr int kOldestAge = 89;
// LOINC codes whose answer is a name: first, last, and the SSN.
constexpr std::string_view kNames[] = {"45392-8", "45393-6", "45394-4"};
constexpr std::string_view kSsnCode = "45396-9";

constexpr std::uint32_t kNte = SegmentCode("NTE");
constexpr std::uint32_t kObx = SegmentCode("OBX");
constexpr std::uint32_t kQueries[] = {SegmentCode("QPD"), SegmentCode("SPR"),
                                      SegmentCode("ERQ")};

template <typename T, std::size_t N>
bool Contains(const T (&set)[N], const T& value) {
  return std::find(std::begin(set), std::end(set), value) != std::end(set);
}

std::string_view Value(const LeafContext& c, const Leaf& leaf) {
  return c.record.substr(leaf.begin, leaf.end - leaf.begin);
}

// The first leaf of a component; empty when the repetition ends before it.
std::string_view Component(const LeafContext& c, int component) {
  const std::vector<Leaf>& leaves = c.repetition.leaves;
  const auto likely = static_cast<std::size_t>(component) - 1;
  if (likely >= leaves.size() && leaves.back().component < component) return {};
  if (likely < leaves.size() && leaves[likely].component == component &&
      leaves[likely].subcomponent == 1) {
    return Value(c, leaves[likely]);
  }
  // By bisection: hostile messages have a million subcomponents.
  const auto found = std::lower_bound(
      leaves.begin(), leaves.end(), component,
      [](const Leaf& leaf, int n) { return leaf.component < n; });
  if (found == leaves.end() || found->component != component) return {};
  return Value(c, *found);
}

Decision Slot(PhiType type, SlotGrammar grammar) {
  Decision out;
  out.kind = Kind::kSlot;
  out.type = type;
  out.grammar = grammar;
  return out;
}

Decision Document(Wrapping wrapping, std::string_view media_type) {
  Decision out;
  out.kind = Kind::kDocument;
  out.type = PhiType::kId;
  out.wrapping = wrapping;
  out.media_type = media_type;
  return out;
}

// Text, unless its shape says better.
Decision Scan(std::string_view value) {
  if (IsDateShaped(value)) return Slot(PhiType::kDate, SlotGrammar::kHl7Date);
  if (IsBinaryText(value)) return Document(WrappingOfRun(value), {});
  return {Kind::kText};
}

Decision KeepCode(std::string_view value, std::size_t max_size) {
  if (IsDateShaped(value) || !IsPlainCode(value, max_size)) {
    return Scan(value);
  }
  return {Kind::kKeep};
}

// CE, CWE: text (2, 5, 11) beside a code (1, 4, 10) of a system (3, 6, 12).
// Local systems are "L" or "99...", table 0396.
bool HasStandardCode(const LeafContext& c, int component) {
  if (component != 2 && component != 5 && component != 11) return false;
  const std::string_view code = Component(c, component - 1);
  const std::string_view system = Component(c, component + 1);
  return !code.empty() && code != "\"\"" && !system.empty() && system != "L" &&
         system.substr(0, 2) != "99";
}

// Sex, race, state, country: words and short codes.
Decision KeepWord(const LeafContext& c, const Leaf& leaf) {
  const std::string_view value = Value(c, leaf);
  // Senders shift the ZIP into the state or country (XAD.4, XAD.6).
  if (leaf.component > 2 && IsZipShaped(value)) {
    return Slot(PhiType::kZip, SlotGrammar::kZip);
  }
  const bool word = value.find_first_of("0123456789") == std::string_view::npos;
  return word || IsShortNumber(value) ? Decision{Kind::kKeep}
                                      : KeepCode(value, kMaxCode);
}

Decision FromRule(const LeafContext& c, const Leaf& leaf,
                  const LeafRule& rule) {
  const std::string_view value = Value(c, leaf);
  switch (rule.action) {
    case LeafAction::kKeep:
      return KeepWord(c, leaf);
    case LeafAction::kText:
      return Scan(value);
    case LeafAction::kCodedText:
      // One character is a code; it names nobody.
      return HasStandardCode(c, leaf.component) || value.size() == 1
                 ? Decision{Kind::kKeep}
                 : Scan(value);
    case LeafAction::kSlot:
      break;
  }
  if (rule.type == PhiType::kDate && leaf.component > 1 &&
      !(value.front() >= '0' && value.front() <= '9') && value.size() == 1) {
    return {Kind::kKeep};  // TS.2, the degree of precision
  }
  if (rule.type == PhiType::kPhone &&
      value.find('@') != std::string_view::npos) {
    return Slot(PhiType::kEmail, SlotGrammar::kName);
  }
  if (rule.use == LeafUse::kByIdType) {
    const std::string_view code = Component(c, 5);
    const std::uint64_t key = code.size() <= kMostBytes ? KeyOf(code) : 0;
    for (const IdType& id : kIdTypes) {
      if (id.key == key && id.size == code.size()) {
        return Slot(id.type, rule.grammar);
      }
    }
  }
  if (rule.use == LeafUse::kByEquipment && Component(c, 3) == "FX") {
    return Slot(PhiType::kFax, rule.grammar);
  }
  return Slot(rule.type, rule.grammar);
}

// A code with its system beside it: "418471000^Food allergy^SNM3".
bool IsCodeOfStandardSystem(const LeafContext& c, const Leaf& leaf) {
  const int place = leaf.component;
  return (place == 1 || place == 4 || place == 10) &&
         Value(c, leaf).find(' ') == std::string_view::npos &&
         IsStandardSystem(Component(c, place + 2));
}

bool IsSystem(const LeafContext& c, const Leaf& leaf) {
  const int place = leaf.component;
  return (place == 3 || place == 6 || place == 12) &&
         IsStandardSystem(Value(c, leaf));
}

// The components of a coded field that hold no text.
Decision CodedComponent(const LeafContext& c, const Leaf& leaf) {
  const std::string_view value = Value(c, leaf);
  const int place = leaf.component;
  const bool code = place == 1 || place == 4 || place == 10;
  const bool system = place == 3 || place == 6 || place == 12;
  if (IsCodeOfStandardSystem(c, leaf) || (code && IsLocalCode(value)) ||
      (system && IsSystemName(value))) {
    return {Kind::kKeep};
  }
  return KeepCode(value, kMaxCode);
}

Decision ByTable(const LeafContext& c, const Leaf& leaf,
                 const FieldInfo& info) {
  const std::string_view value = Value(c, leaf);
  const FoundRule found = FindRule(info, leaf.component, leaf.subcomponent);
  if (found.rule != nullptr && !found.exact && IsUniversalIdType(value)) {
    return {Kind::kKeep};
  }
  if (found.rule != nullptr) return FromRule(c, leaf, *found.rule);
  if (info.has_slot) {
    const LeafRule* id = info.rules.Find(1).rule;
    const bool id_type =
        leaf.component == 5 && id != nullptr && id->use == LeafUse::kByIdType;
    return id_type && IsSystemName(value) ? Decision{Kind::kKeep}
                                          : KeepCode(value, kMaxTypeCode);
  }
  return info.kept ? KeepWord(c, leaf) : CodedComponent(c, leaf);
}

// QPD-3 and the like: "@PID.5.1^SMITH" asks for a field by its place.
Decision QueryParameter(const LeafContext& c, const Leaf& leaf) {
  const std::optional<FieldPath> path = ParseFieldPath(Component(c, 1));
  if (!path || leaf.component > 2) return Scan(Value(c, leaf));
  if (leaf.component == 1) return {Kind::kKeep};
  const FoundRule found = FindRule(LeavesOf(path->segment, path->field),
                                   path->component, path->subcomponent);
  return found.rule == nullptr ? Scan(Value(c, leaf))
                               : FromRule(c, leaf, *found.rule);
}

// ED: source^type^subtype^encoding^data.
Decision Encapsulated(const LeafContext& c, const Leaf& leaf) {
  const std::string_view value = Value(c, leaf);
  if (leaf.component < 5) {
    return IsTableWord(leaf.component, value) ? Decision{Kind::kKeep}
                                              : KeepCode(value, kMaxCode);
  }
  const Wrapping wrapping = WrappingOf(Component(c, 4), value);
  const std::string_view media = MediaTypeOf(Component(c, 2), Component(c, 3));
  const bool text = media.empty() || media == "text/plain";
  if (wrapping == Wrapping::kNone && text) return Scan(value);
  return Document(wrapping, media);
}

// RP: pointer^application^type^subtype.
Decision Pointer(const LeafContext& c, const Leaf& leaf) {
  const std::string_view value = Value(c, leaf);
  if (leaf.component > 1) return KeepCode(value, kMaxCode);
  if (IsBinaryText(value)) {
    return Document(WrappingOfRun(value),
                    MediaTypeOf(Component(c, 3), Component(c, 4)));
  }
  return Slot(PhiType::kUrl, SlotGrammar::kName);
}

Decision ObservedNumber(const LeafContext& c, std::string_view value) {
  if (!IsShortNumber(value)) return Scan(value);
  if (!Contains(kAges, c.observation.code)) return {Kind::kKeep};
  int age = 0;
  for (const char ch : value) {
    if (ch < '0' || ch > '9') break;
    age = age * 10 + (ch - '0');
  }
  return age > kOldestAge ? Slot(PhiType::kAge, SlotGrammar::kEmpty)
                          : Decision{Kind::kKeep};
}

Decision ObservedDate(std::string_view type, const Leaf& leaf,
                      std::string_view value) {
  if (leaf.component == 1 || type == "DR") {
    return Slot(PhiType::kDate, SlotGrammar::kHl7Date);
  }
  return KeepCode(value, kMaxTypeCode);
}

// OBX-5 by OBX-2 (table 0125).
Decision Observed(const LeafContext& c, const Leaf& leaf) {
  static constexpr std::string_view kDates[] = {"DT", "TS", "DTM", "DR"};
  static constexpr std::string_view kNumbers[] = {"NM", "SN", "SI", "MO", "CP"};
  static constexpr std::string_view kCodes[] = {"ID", "IS"};
  const std::string_view type = c.observation.value_type;
  const std::string_view value = Value(c, leaf);
  if (Contains(kNames, c.observation.code)) {
    return Slot(PhiType::kName, SlotGrammar::kName);
  }
  if (c.observation.code == kSsnCode) {
    return Slot(PhiType::kSsn, SlotGrammar::kIdentifier);
  }
  if (type == "ED") return Encapsulated(c, leaf);
  if (type == "RP") return Pointer(c, leaf);
  if (Contains(kDates, type)) return ObservedDate(type, leaf, value);
  if (Contains(kNumbers, type)) return ObservedNumber(c, value);
  if (Contains(kCodes, type)) return KeepCode(value, kMaxCode);
  if (type == "TM" && IsShortNumber(value)) return {Kind::kKeep};
  const FieldInfo& info = InfoOfType(type);
  if (!info.leaves.empty()) return ByTable(c, leaf, info);
  // Text, coded text (a code in OBX-5 is often free text), unknown types.
  const bool coded =
      type == "CE" || type == "CWE" || type == "CNE" || type == "CF";
  const int place = leaf.component;
  if (coded && (place == 1 || place == 3 || place == 4 || place == 6)) {
    return IsCodeOfStandardSystem(c, leaf) ? Decision{Kind::kKeep}
                                           : KeepCode(value, kMaxCode);
  }
  return Scan(value);
}

// Z segments, segments outside the table.
Decision Unlisted(const LeafContext& c, const Leaf& leaf) {
  if (Contains(kQueries, c.segment.code)) return QueryParameter(c, leaf);
  if (IsCodeOfStandardSystem(c, leaf) || IsSystem(c, leaf)) {
    return {Kind::kKeep};
  }
  return Scan(Value(c, leaf));
}

// What a site says. A text may still be a date or a document by its shape.
Decision BySite(const SiteTable::Rule& rule, std::string_view value) {
  switch (rule.as) {
    case SiteRule::As::kKeep:
      return {Kind::kKeep};
    case SiteRule::As::kDrop:
      return Slot(PhiType::kId, SlotGrammar::kEmpty);
    case SiteRule::As::kSlot:
      return Slot(rule.type, GrammarOf(rule.type));
    case SiteRule::As::kText:
      break;
  }
  return Scan(value);
}

Decision ByFormat(const LeafContext& c, const Leaf& leaf) {
  const int field = c.repetition.field;
  const std::string_view value = Value(c, leaf);
  if (c.segment.code == kObx) {
    if (field == 5) return Observed(c, leaf);
    // OBX-4 numbers observations within a message; long ones are real ids.
    if (field == 4 && IsShortNumber(value)) return {Kind::kKeep};
    // "1-15" is no date there.
    if (field == 7 && IsRange(value)) return {Kind::kKeep};
  }
  if (!c.info.leaves.empty()) return ByTable(c, leaf, c.info);
  return c.segment.table.covered() ? KeepCode(value, kMaxCode)
                                   : Unlisted(c, leaf);
}

// By a site's rule, or by the format where there is none. A function of its
// own, so that the decision is made where it is returned: a copy of what was
// just written byte by byte has to wait for it.
Decision Decide(const LeafContext& c, const Leaf& leaf,
                const SiteTable::Rule* rule) {
  Decision decision =
      rule == nullptr ? ByFormat(c, leaf) : BySite(*rule, Value(c, leaf));
  decision.required = decision.kind == Kind::kSlot &&
                      IsRequired(c.segment.code, c.repetition.field);
  return decision;
}

bool IsBlank(std::string_view value) {
  if (value.empty()) return true;
  if (value.front() != ' ' && value.front() != '"') return false;
  return value == "\"\"" ||
         value.find_first_not_of(' ') == std::string_view::npos;
}

}  // namespace

bool IsRunningText(const SegmentContext& segment, int field,
                   const Observation& observation) {
  if (segment.code == kNte) return field == 3;
  const std::string_view type = observation.value_type;
  return segment.code == kObx && field == 5 &&
         (type == "TX" || type == "FT" || type == "ST");
}

Decision ClassifyByValue(const LeafContext& c, const Leaf& leaf) {
  const std::string_view value = Value(c, leaf);
  if (IsBlank(value)) return {Kind::kStructure};
  const SiteTable::Rule* const rule =
      c.site.empty() ? nullptr
                     : c.site.Find(c.segment.name, c.repetition.field,
                                   leaf.component, leaf.subcomponent);
  if (rule == nullptr && c.structure) return {Kind::kStructure};
  return Decide(c, leaf, rule);
}

}  // namespace phiwire::hl7v2
