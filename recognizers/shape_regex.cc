// SPDX-License-Identifier: Apache-2.0

#include "recognizers/shape_regex.h"

#include <cstddef>
#include <utility>

namespace phiwire {
namespace {

using ByteSet = std::bitset<256>;
using Kind = ShapeNode::Kind;

constexpr int kMaxDepth = 40;              // groups in groups
constexpr std::uint32_t kMaxCount = 1000;  // RE2's own limit

std::size_t Index(char c) { return static_cast<unsigned char>(c); }

ByteSet Range(std::size_t from, std::size_t to) {
  ByteSet out;
  for (std::size_t b = from; b <= to; ++b) out.set(b);
  return out;
}

ByteSet Only(char c) { return Range(Index(c), Index(c)); }

// Both cases of every letter in it, as Latin-1 has them.
ByteSet BothCases(ByteSet set) {
  const auto pair = [&set](std::size_t upper, std::size_t lower) {
    if (set[upper] || set[lower]) set.set(upper).set(lower);
  };
  for (std::size_t b = 'A'; b <= 'Z'; ++b) pair(b, b + 0x20);
  for (std::size_t b = 0xC0; b <= 0xDE; ++b) {
    if (b != 0xD7) pair(b, b + 0x20);  // the multiplication sign is no letter
  }
  return set;
}

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool IsAlnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z');
}

class Parser {
 public:
  explicit Parser(std::string_view regex) : rest_(regex) {}

  std::optional<ShapeNode> Whole(bool caseless) {
    std::optional<ShapeNode> node = Either(caseless, 0);
    if (!rest_.empty()) return std::nullopt;
    return node;
  }

 private:
  using Result = std::optional<ShapeNode>;

  bool Take(std::string_view token) {
    if (rest_.substr(0, token.size()) != token) return false;
    rest_.remove_prefix(token.size());
    return true;
  }

  char Next() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }

  Result Either(bool caseless, int depth) {
    ShapeNode out{.kind = Kind::kEither};
    do {
      Result branch = Sequence(caseless, depth);
      if (!branch) return std::nullopt;
      out.children.push_back(*std::move(branch));
    } while (Take("|"));
    return out;
  }

  Result Sequence(bool caseless, int depth) {
    ShapeNode out{.kind = Kind::kSequence};
    while (!rest_.empty() && rest_[0] != '|' && rest_[0] != ')') {
      Result atom = Atom(caseless, depth);
      if (!atom || !Repeat(&*atom)) return std::nullopt;
      out.children.push_back(*std::move(atom));
    }
    return out;
  }

  Result Atom(bool caseless, int depth) {
    if (rest_[0] == '(') return Group(caseless, depth);
    if (rest_[0] == '[') return Class(caseless);
    if (Take("\\b")) return ShapeNode{.kind = Kind::kBoundary};
    if (Take("\\B")) return ShapeNode{.kind = Kind::kInside};
    if (Take(".")) return Bytes(~Only('\n'), false);
    if (rest_[0] == '\\') {
      const std::optional<ByteSet> set = Escape();
      if (!set) return std::nullopt;
      return Bytes(*set, caseless);
    }
    const char c = Next();
    if (std::string_view("^$*+?{}])").find(c) != std::string_view::npos) {
      return std::nullopt;
    }
    return Bytes(Only(c), caseless);
  }

  static ShapeNode Bytes(const ByteSet& set, bool caseless) {
    return {.kind = Kind::kBytes, .bytes = caseless ? BothCases(set) : set};
  }

  Result Group(bool caseless, int depth) {
    if (depth == kMaxDepth) return std::nullopt;
    if (Take("(?i:")) {
      caseless = true;
    } else if (!Take("(?:") && (!Take("(") || Take("?"))) {
      return std::nullopt;
    }
    Result inner = Either(caseless, depth + 1);
    if (!Take(")")) return std::nullopt;
    return inner;
  }

  // Behind a backslash, in a class or out of it.
  std::optional<ByteSet> Escape() {
    if (!Take("\\") || rest_.empty()) return std::nullopt;
    const char c = Next();
    switch (c) {
      case 'd':
        return Range('0', '9');
      case 'w':
        return WordBytes();
      case 's':
        return Only(' ') | Only('\t') | Only('\n') | Only('\f') | Only('\r');
      case 'n':
        return Only('\n');
      case 't':
        return Only('\t');
      case 'r':
        return Only('\r');
      case 'x':
        return HexEscape();
      default:
        if (IsAlnum(c) || Index(c) >= 0x80) return std::nullopt;
        return Only(c);
    }
  }

  std::optional<ByteSet> HexEscape() {
    if (rest_.size() < 2) return std::nullopt;
    const int high = HexValue(Next());
    const int low = HexValue(Next());
    if (high < 0 || low < 0) return std::nullopt;
    const auto byte = static_cast<std::size_t>(high * 16 + low);
    return Range(byte, byte);
  }

  Result Class(bool caseless) {
    Next();
    const bool negated = Take("^");
    ByteSet set;
    bool first = true;
    while (!rest_.empty() && (first || rest_[0] != ']')) {
      first = false;
      const std::optional<ByteSet> from = ClassItem();
      if (!from) return std::nullopt;
      if (rest_.size() < 2 || rest_[0] != '-' || rest_[1] == ']') {
        set |= *from;
        continue;
      }
      Next();
      const std::optional<ByteSet> to = ClassItem();
      if (!to || from->count() != 1 || to->count() != 1) return std::nullopt;
      set |= Range(from->_Find_first(), to->_Find_first());
    }
    if (!Take("]")) return std::nullopt;
    if (caseless) set = BothCases(set);
    return Bytes(negated ? ~set : set, false);
  }

  std::optional<ByteSet> ClassItem() {
    if (rest_.substr(0, 2) == "[:") return std::nullopt;
    if (rest_[0] == '\\') return Escape();
    return Only(Next());
  }

  bool Number(std::uint32_t* out) {
    std::size_t digits = 0;
    *out = 0;
    while (!rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9' &&
           *out <= kMaxCount) {
      *out = *out * 10 + static_cast<std::uint32_t>(Next() - '0');
      ++digits;
    }
    return digits > 0 && *out <= kMaxCount;
  }

  // The count behind *node, if there is one. False: not understood.
  bool Repeat(ShapeNode* node) {
    std::uint32_t min = 0;
    std::uint32_t max = ShapeNode::kNoLimit;
    if (Take("?")) {
      max = 1;
    } else if (Take("+")) {
      min = 1;
    } else if (Take("{")) {
      if (!Number(&min)) return false;
      if (!Take(",")) {
        max = min;
      } else if (!rest_.empty() && rest_[0] != '}' && !Number(&max)) {
        return false;
      }
      if (!Take("}") || max < min) return false;
    } else if (!Take("*")) {
      return true;
    }
    Take("?");  // the shortest first: of the same language
    ShapeNode repeat{.kind = Kind::kRepeat, .min = min, .max = max};
    repeat.children.push_back(std::move(*node));
    *node = std::move(repeat);
    return rest_.empty() ||
           std::string_view("*+?{").find(rest_[0]) == std::string_view::npos;
  }

  std::string_view rest_;
};

}  // namespace

std::bitset<256> WordBytes() {
  return Range('0', '9') | Range('A', 'Z') | Range('a', 'z') | Only('_');
}

std::optional<ShapeNode> ParseShape(std::string_view regex, bool caseless) {
  return Parser(regex).Whole(caseless);
}

}  // namespace phiwire
