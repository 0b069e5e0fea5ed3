// SPDX-License-Identifier: Apache-2.0

#include "formats/hl7v2/fields_table.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <vector>

#include "formats/hl7v2/fields_table_generated.h"

namespace phiwire::hl7v2 {
namespace {

// A field of each data type, whose leaves stand for the type.
struct TypeExample {
  std::string_view type;
  std::string_view segment;
  int field;
};

constexpr TypeExample kTypes[] = {
    {"AD", "PID", 11},  {"CK", "PID", 3},   {"CN", "OBX", 16},
    {"CX", "PID", 3},   {"EI", "OBX", 21},  {"PL", "PV1", 3},
    {"PN", "PID", 5},   {"PPN", "OBX", 16}, {"TN", "PID", 13},
    {"XAD", "PID", 11}, {"XCN", "OBX", 16}, {"XON", "OBX", 23},
    {"XPN", "PID", 5},  {"XTN", "PID", 13}, {"HD", "MSH", 4},
};

constexpr std::size_t kFieldCount = std::size(generated::kFields);

constexpr std::span<const LeafEntry> LeavesOf(const FieldEntry& entry) {
  return std::span<const LeafEntry>(generated::kLeaves)
      .subspan(entry.first, entry.count);
}

constexpr bool IsName(const LeafEntry& entry) {
  const LeafRule& rule = generated::kRules[entry.rule];
  return rule.action == LeafAction::kSlot && rule.type == PhiType::kName &&
         rule.grammar == SlotGrammar::kName;
}

constexpr NameLayout LayoutOf(std::span<const LeafEntry> leaves) {
  NameLayout layout;
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

constexpr FoundRule Find(std::span<const LeafEntry> leaves, int component,
                         int subcomponent) {
  const LeafEntry* whole = nullptr;  // the field without components
  const LeafEntry* same = nullptr;   // another leaf of the component
  bool has_components = false;
  for (const LeafEntry& leaf : leaves) {
    if (leaf.component == 0) {
      whole = &leaf;
      continue;
    }
    has_components = true;
    if (leaf.component > component) break;  // sorted
    if (leaf.component != component) continue;
    if (leaf.subcomponent == subcomponent) {
      return {&generated::kRules[leaf.rule], true};
    }
    if (same == nullptr) same = &leaf;
  }
  if (same != nullptr) {
    return {&generated::kRules[same->rule], subcomponent == 1};
  }
  // Some versions have the field as one value, others as components.
  if (whole != nullptr && (component == 1 || !has_components)) {
    return {&generated::kRules[whole->rule], subcomponent == 1};
  }
  return {};
}

FieldInfo InfoOf(const FieldEntry& entry) {
  FieldInfo info;
  info.leaves = LeavesOf(entry);
  info.rules = ComponentRules(info.leaves);
  for (const LeafEntry& leaf : info.leaves) {
    info.has_slot = info.has_slot ||
                    generated::kRules[leaf.rule].action == LeafAction::kSlot;
  }
  const LeafRule* code = Find(info.leaves, 1, 1).rule;
  info.kept = code != nullptr && code->action == LeafAction::kKeep;
  info.layout = LayoutOf(info.leaves);
  return info;
}

// The first stands for a field without rules. Not constexpr: clang counts the
// steps of that, and these are many.
const std::vector<FieldInfo>& Infos() {
  static const std::vector<FieldInfo> infos = [] {
    std::vector<FieldInfo> out(1);
    out.reserve(kFieldCount + 1);
    for (const FieldEntry& field : generated::kFields) {
      out.push_back(InfoOf(field));
    }
    return out;
  }();
  return infos;
}

struct SegmentEntry {
  std::uint32_t code = 0;
  std::uint16_t first = 0;
  std::uint8_t fields = 0;
  bool covered = false;
};

constexpr bool StartsSegment(std::size_t i) {
  return i == 0 ||
         generated::kFields[i].segment != generated::kFields[i - 1].segment;
}

constexpr std::size_t kSegmentCount = [] {
  std::size_t count = 0;
  for (std::size_t i = 0; i < kFieldCount; ++i) count += StartsSegment(i);
  // Covered segments without a field in the table.
  for (const std::string_view covered : generated::kCovered) {
    bool listed = false;
    for (const FieldEntry& f : generated::kFields) {
      listed = listed || f.segment == covered;
    }
    count += !listed;
  }
  return count;
}();

constexpr bool IsListedAsCovered(std::string_view segment) {
  return std::find(std::begin(generated::kCovered),
                   std::end(generated::kCovered),
                   segment) != std::end(generated::kCovered);
}

constexpr auto kSegments = [] {
  std::array<SegmentEntry, kSegmentCount> segments{};
  std::size_t n = 0;
  std::uint16_t first = 0;
  for (std::size_t i = 0; i < kFieldCount; ++i) {
    const FieldEntry& f = generated::kFields[i];
    if (StartsSegment(i)) {
      segments[n++] = {SegmentCode(f.segment), first, 0,
                       IsListedAsCovered(f.segment)};
    }
    // Fields are sorted: the last of a segment has its highest number.
    segments[n - 1].fields = f.field;
    if (i + 1 == kFieldCount || StartsSegment(i + 1)) {
      first = static_cast<std::uint16_t>(first + f.field + 1);
    }
  }
  const std::size_t listed = n;
  for (const std::string_view covered : generated::kCovered) {
    const std::uint32_t code = SegmentCode(covered);
    bool found = false;
    for (std::size_t i = 0; i < listed; ++i) {
      found = found || segments[i].code == code;
    }
    if (!found) segments[n++] = {code, 0, 0, true};
  }
  std::sort(segments.begin(), segments.end(),
            [](const SegmentEntry& a, const SegmentEntry& b) {
              return a.code < b.code;
            });
  return segments;
}();

constexpr std::size_t kIndexSize = [] {
  std::size_t size = 0;
  for (const SegmentEntry& s : kSegments) {
    size = std::max<std::size_t>(size, s.first + s.fields + 1u);
  }
  return size;
}();

// By SegmentEntry::first and field: which of Infos().
constexpr auto kIndex = [] {
  std::array<std::uint16_t, kIndexSize> index{};
  std::size_t first = 0;
  for (std::size_t i = 0; i < kFieldCount; ++i) {
    if (i > 0 && StartsSegment(i)) first += generated::kFields[i - 1].field + 1;
    index[first + generated::kFields[i].field] =
        static_cast<std::uint16_t>(i + 1);
  }
  return index;
}();

}  // namespace

SegmentTable SegmentTable::Of(std::uint32_t code) {
  const auto* const found = std::lower_bound(
      kSegments.begin(), kSegments.end(), code,
      [](const SegmentEntry& s, std::uint32_t c) { return s.code < c; });
  SegmentTable table;
  table.infos_ = Infos().data();
  if (found == kSegments.end() || found->code != code) return table;
  table.index_ = kIndex.data() + found->first;
  table.fields_ = found->fields;
  table.covered_ = found->covered;
  return table;
}

std::span<const LeafEntry> LeavesOf(std::string_view segment, int field) {
  return SegmentTable::Of(SegmentCode(segment))[field].leaves;
}

const FieldInfo& InfoOfType(std::string_view type) {
  for (const TypeExample& example : kTypes) {
    if (example.type == type) {
      return SegmentTable::Of(SegmentCode(example.segment))[example.field];
    }
  }
  return Infos().front();
}

const LeafRule& RuleOf(const LeafEntry& entry) {
  return generated::kRules[entry.rule];
}

FoundRule FindRule(std::span<const LeafEntry> leaves, int component,
                   int subcomponent) {
  return Find(leaves, component, subcomponent);
}

ComponentRules::ComponentRules(std::span<const LeafEntry> leaves) {
  for (int component = 1; component <= kMost; ++component) {
    const FoundRule found = phiwire::hl7v2::Find(leaves, component, 1);
    if (found.rule == nullptr) continue;
    const LeafRule& rule = *found.rule;
    // TS.2 is a date's precision, and a phone may be an address of mail.
    const bool by_value = rule.use != LeafUse::kFixed ||
                          rule.type == PhiType::kPhone ||
                          (rule.type == PhiType::kDate && component > 1);
    entries_[static_cast<std::size_t>(component)] = {
        rule, true, found.exact,
        found.exact && rule.action == LeafAction::kSlot && !by_value};
  }
}

bool IsCovered(std::string_view segment) {
  return SegmentTable::Of(SegmentCode(segment)).covered();
}

}  // namespace phiwire::hl7v2
