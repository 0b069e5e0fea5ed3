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

constexpr FieldInfo InfoOf(const FieldEntry& entry) {
  FieldInfo info;
  info.leaves = LeavesOf(entry);
  for (const LeafEntry& leaf : info.leaves) {
    info.has_slot = info.has_slot ||
                    generated::kRules[leaf.rule].action == LeafAction::kSlot;
  }
  const LeafRule* code = Find(info.leaves, 1, 1).rule;
  info.kept = code != nullptr && code->action == LeafAction::kKeep;
  info.layout = LayoutOf(info.leaves);
  return info;
}

// The first stands for a field without rules.
constexpr auto kInfos = [] {
  std::array<FieldInfo, kFieldCount + 1> infos{};
  for (std::size_t i = 0; i < kFieldCount; ++i) {
    infos[i + 1] = InfoOf(generated::kFields[i]);
  }
  return infos;
}();

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

// By SegmentEntry::first and field: which of kInfos.
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

// By component, of its first subcomponent: 0 for none, else one more than the
// rule's number, and whether it is exact.
constexpr int kDirect = 23;
constexpr std::uint8_t kExact = 0x80;
constexpr std::uint8_t kRuleBits = 0x7F;
static_assert(std::size(generated::kRules) < kRuleBits);
using DirectRules = std::array<std::uint8_t, kDirect + 1>;

// Not constexpr: clang counts the steps of that, and these are many.
std::vector<DirectRules> MakeDirectRules() {
  std::vector<DirectRules> out(kInfos.size());
  for (std::size_t i = 0; i < kInfos.size(); ++i) {
    for (int component = 1; component <= kDirect; ++component) {
      const FoundRule found = Find(kInfos[i].leaves, component, 1);
      if (found.rule == nullptr) continue;
      const auto number = found.rule - std::begin(generated::kRules);
      out[i][static_cast<std::size_t>(component)] =
          static_cast<std::uint8_t>((number + 1) | (found.exact ? kExact : 0));
    }
  }
  return out;
}

}  // namespace

SegmentTable SegmentTable::Of(std::uint32_t code) {
  const auto* const found = std::lower_bound(
      kSegments.begin(), kSegments.end(), code,
      [](const SegmentEntry& s, std::uint32_t c) { return s.code < c; });
  SegmentTable table;
  if (found == kSegments.end() || found->code != code) return table;
  table.first_ = found->first;
  table.fields_ = found->fields;
  table.covered_ = found->covered;
  return table;
}

const FieldInfo& SegmentTable::operator[](int field) const {
  if (field < 1 || field > fields_) return kInfos[0];
  return kInfos[kIndex[first_ + static_cast<std::size_t>(field)]];
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
  return kInfos[0];
}

const LeafRule& RuleOf(const LeafEntry& entry) {
  return generated::kRules[entry.rule];
}

FoundRule FindRule(std::span<const LeafEntry> leaves, int component,
                   int subcomponent) {
  return Find(leaves, component, subcomponent);
}

FoundRule FindRule(const FieldInfo& info, int component, int subcomponent) {
  static const std::vector<DirectRules> direct = MakeDirectRules();
  if (subcomponent != 1 || component < 1 || component > kDirect) {
    return Find(info.leaves, component, subcomponent);
  }
  const auto which = static_cast<std::size_t>(&info - kInfos.data());
  const std::uint8_t rule = direct[which][static_cast<std::size_t>(component)];
  if (rule == 0) return {};
  return {&generated::kRules[(rule & kRuleBits) - 1], (rule & kExact) != 0};
}

bool IsCovered(std::string_view segment) {
  return SegmentTable::Of(SegmentCode(segment)).covered();
}

}  // namespace phiwire::hl7v2
