// SPDX-License-Identifier: Apache-2.0

#include "formats/hl7v2/fields_table.h"

#include <algorithm>
#include <iterator>
#include <tuple>

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

}  // namespace

std::span<const LeafEntry> LeavesOf(std::string_view segment, int field) {
  const auto* found = std::lower_bound(
      std::begin(generated::kFields), std::end(generated::kFields),
      std::make_tuple(segment, field),
      [](const FieldEntry& entry, const auto& key) {
        return std::make_tuple(entry.segment, int{entry.field}) < key;
      });
  if (found == std::end(generated::kFields) || found->segment != segment ||
      found->field != field) {
    return {};
  }
  return std::span(generated::kLeaves).subspan(found->first, found->count);
}

std::span<const LeafEntry> LeavesOfType(std::string_view type) {
  for (const TypeExample& example : kTypes) {
    if (example.type == type) return LeavesOf(example.segment, example.field);
  }
  return {};
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
    return generated::kRules[leaf.rule].action == LeafAction::kSlot;
  });
}

bool IsCovered(std::string_view segment) {
  return std::binary_search(std::begin(generated::kCovered),
                            std::end(generated::kCovered), segment);
}

}  // namespace phiwire::hl7v2
