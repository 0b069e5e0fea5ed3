// SPDX-License-Identifier: Apache-2.0

#include "formats/hl7v2/fields_table.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

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

constexpr std::uint32_t FieldKey(std::string_view segment, int field) {
  return SegmentCode(segment) << 8 | static_cast<std::uint32_t>(field);
}

// Segment and field of each entry as one number: every leaf is looked up.
constexpr auto kFieldKeys = [] {
  std::array<std::uint32_t, std::size(generated::kFields)> keys{};
  for (std::size_t i = 0; i < keys.size(); ++i) {
    keys[i] =
        FieldKey(generated::kFields[i].segment, generated::kFields[i].field);
  }
  return keys;
}();
static_assert(std::is_sorted(kFieldKeys.begin(), kFieldKeys.end()));

constexpr auto kCoveredCodes = [] {
  std::array<std::uint32_t, std::size(generated::kCovered)> codes{};
  for (std::size_t i = 0; i < codes.size(); ++i) {
    codes[i] = SegmentCode(generated::kCovered[i]);
  }
  return codes;
}();
static_assert(std::is_sorted(kCoveredCodes.begin(), kCoveredCodes.end()));

}  // namespace

std::span<const LeafEntry> LeavesOf(std::string_view segment, int field) {
  if (segment.size() != 3 || field < 0 || field > 0xFF) return {};
  const std::uint32_t key = FieldKey(segment, field);
  const auto* found =
      std::lower_bound(kFieldKeys.begin(), kFieldKeys.end(), key);
  if (found == kFieldKeys.end() || *found != key) return {};
  const FieldEntry& entry = generated::kFields[found - kFieldKeys.begin()];
  return std::span(generated::kLeaves).subspan(entry.first, entry.count);
}

std::span<const LeafEntry> LeavesOfType(std::string_view type) {
  for (const TypeExample& example : kTypes) {
    if (example.type == type) return LeavesOf(example.segment, example.field);
  }
  return {};
}

const LeafRule& RuleOf(const LeafEntry& entry) {
  return generated::kRules[entry.rule];
}

FoundRule FindRule(std::span<const LeafEntry> leaves, int component,
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

bool HasSlot(std::span<const LeafEntry> leaves) {
  return std::any_of(leaves.begin(), leaves.end(), [](const LeafEntry& leaf) {
    return RuleOf(leaf).action == LeafAction::kSlot;
  });
}

bool IsCovered(std::string_view segment) {
  return std::binary_search(kCoveredCodes.begin(), kCoveredCodes.end(),
                            SegmentCode(segment));
}

}  // namespace phiwire::hl7v2
