// SPDX-License-Identifier: Apache-2.0

#include "formats/ccda/path_table.h"

#include <cstddef>
#include <iterator>

#include "formats/ccda/path_table_generated.h"

namespace phiwire::ccda {
namespace {

using generated::kBelow;
using generated::kNodes;
using generated::kTails;

static_assert(std::size(kNodes) < PathPlace::kOutside);
static_assert(std::size(generated::kSymbols) < 0xFF);

// Tails are sorted by symbol: where each one's begin.
constexpr auto kFirstTail = [] {
  struct {
    std::uint8_t at[std::size(generated::kSymbols) + 1] = {};
  } first;
  std::size_t tail = 0;
  for (std::size_t symbol = 0; symbol <= std::size(generated::kSymbols);
       ++symbol) {
    while (tail < std::size(kTails) && kTails[tail].symbol < symbol) ++tail;
    first.at[symbol] = static_cast<std::uint8_t>(tail);
  }
  return first;
}();

// Of tails with and without the parent the one with it.
PathRule TailRule(std::uint8_t parent, std::uint8_t symbol) {
  PathRule found;
  for (std::size_t i = kFirstTail.at[symbol]; i < kFirstTail.at[symbol + 1];
       ++i) {
    if (kTails[i].parent == parent) return kTails[i].rule;
    if (kTails[i].parent == 0) found = kTails[i].rule;
  }
  return found;
}

std::uint8_t ChildOf(const PathNode& node, std::uint8_t symbol) {
  for (std::size_t i = node.first; i < std::size_t{node.first} + node.count;
       ++i) {
    if (kNodes[i].symbol == symbol) return static_cast<std::uint8_t>(i);
  }
  return PathPlace::kOutside;
}

PathPlace At(std::uint8_t node, std::uint8_t below) {
  PathPlace place;
  place.node = node;
  place.below = below;
  if (node == PathPlace::kOutside) return place;
  place.rule = kNodes[node].rule;
  if (kNodes[node].below_count > 0) place.below = node;
  return place;
}

}  // namespace

std::span<const std::string_view> PathSymbols() { return generated::kSymbols; }

PathPlace Step(const PathPlace& from, std::uint8_t parent,
               std::uint8_t symbol) {
  const bool inside = from.node != PathPlace::kOutside && symbol != 0;
  PathPlace to =
      At(inside ? ChildOf(kNodes[from.node], symbol) : PathPlace::kOutside,
         from.below);
  if (symbol == 0 || to.rule.use != PathUse::kNone) return to;
  if (from.below != PathPlace::kOutside) {
    const PathNode& node = kNodes[from.below];
    for (std::size_t i = node.below;
         i < std::size_t{node.below} + node.below_count; ++i) {
      if (kBelow[i].symbol == symbol) {
        to.rule = kBelow[i].rule;
        return to;
      }
    }
  }
  to.rule = TailRule(parent, symbol);
  return to;
}

PathPlace StepIntoFragment(std::uint8_t symbol) {
  PathPlace to = At(PathPlace::kOutside, PathPlace::kOutside);
  if (symbol == 0) return to;
  for (std::size_t i = 1; i < std::size(kNodes); ++i) {
    if (kNodes[i].symbol == symbol) {
      to = At(static_cast<std::uint8_t>(i), PathPlace::kOutside);
      break;
    }
  }
  if (to.rule.use == PathUse::kNone) to.rule = TailRule(0, symbol);
  return to;
}

}  // namespace phiwire::ccda
