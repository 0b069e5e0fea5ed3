// SPDX-License-Identifier: Apache-2.0

#include "recognizers/start_places.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "engine/long_runs.h"
#include "recognizers/shape_regex.h"

namespace phiwire {
namespace {

using ByteSet = std::bitset<256>;
using Kind = ShapeNode::Kind;

// The fewest bytes that a match takes.
std::size_t Shortest(const ShapeNode& node) {
  std::size_t out = 0;
  switch (node.kind) {
    case Kind::kBytes:
      return 1;
    case Kind::kSequence:
      for (const ShapeNode& child : node.children) out += Shortest(child);
      return out;
    case Kind::kEither:
      out = Shortest(node.children[0]);
      for (const ShapeNode& child : node.children) {
        out = std::min(out, Shortest(child));
      }
      return out;
    case Kind::kRepeat:
      return node.min * Shortest(node.children[0]);
    default:
      return 0;
  }
}

ByteSet AllBytes(const ShapeNode& node) {
  ByteSet out = node.bytes;
  for (const ShapeNode& child : node.children) out |= AllBytes(child);
  return out;
}

// The parts of a regex without alternatives, in order; none for another.
std::vector<ShapeNode> PartsOf(std::string_view regex, bool caseless) {
  std::optional<ShapeNode> tree = ParseShape(regex, caseless);
  if (!tree || tree->children.size() != 1) return {};
  return std::move(tree->children[0].children);
}

// The only byte of a part that is one, '\0' for another.
char OnlyByte(const ShapeNode& part) {
  const bool one = part.kind == Kind::kBytes && part.bytes.count() == 1;
  return one ? static_cast<char>(part.bytes._Find_first()) : '\0';
}

char MarkOf(const std::vector<ShapeNode>& parts) {
  if (parts.size() < 2 || parts[0].kind != Kind::kBytes ||
      (parts[0].bytes & WordBytes()).any()) {
    return '\0';
  }
  const char mark = OnlyByte(parts[1]);
  const bool known = mark > ' ' && mark < 0x7F &&
                     !WordBytes()[static_cast<unsigned char>(mark)];
  // An apostrophe may be inside a word, and no token then.
  return known && mark != '\'' ? mark : '\0';
}

bool OnlyInLongRuns(const std::vector<ShapeNode>& parts) {
  if (parts.size() < 2 || parts[0].kind != Kind::kBoundary) return false;
  ByteSet first;
  if (parts[1].kind == Kind::kBytes) first = parts[1].bytes;
  if (parts[1].kind == Kind::kRepeat && parts[1].min > 0) {
    first = AllBytes(parts[1]);
  }
  if (first.none() || (first & ~WordBytes()).any()) return false;
  ByteSet bytes;
  std::size_t shortest = 0;
  for (const ShapeNode& part : parts) {
    shortest += Shortest(part);
    bytes |= AllBytes(part);
  }
  for (std::size_t b = 0; b < 256; ++b) {
    if (bytes[b] && !IsLongRunPart(static_cast<char>(b))) return false;
  }
  return shortest >= kShortestLongRun;
}

}  // namespace

std::optional<StartPlaces> FindStartPlaces(std::string_view regex,
                                           bool caseless) {
  if (auto words = FirstWords(regex, caseless)) {
    return StartPlaces{.words = *std::move(words)};
  }
  const std::vector<ShapeNode> parts = PartsOf(regex, caseless);
  if (const char mark = MarkOf(parts); mark != '\0') {
    return StartPlaces{.words = {}, .mark = mark};
  }
  if (OnlyInLongRuns(parts)) return StartPlaces{.words = {}, .long_runs = true};
  return std::nullopt;
}

}  // namespace phiwire
