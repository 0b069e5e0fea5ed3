// SPDX-License-Identifier: Apache-2.0
//
// Shapes of numbers and codes (`at: token` in the catalogue). A hundred
// digit shapes in one Hyperscan database scan at 13 MB/s, because every byte
// starts some of them; but they can begin only where a token with a digit in
// it, or a sign or capitals before one, begins. There one automaton
// (shape_scanner.h) tells which shapes stand, and how far each reaches.
//
// Immutable once built; thread-safe with a scanner a thread. A shape that the
// automaton doesn't understand is tried by RE2 at every such token: slower,
// never blind.

#ifndef PHIWIRE_RECOGNIZERS_SHAPE_SET_H_
#define PHIWIRE_RECOGNIZERS_SHAPE_SET_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/document.h"
#include "re2/re2.h"
#include "recognizers/shape_program.h"
#include "recognizers/shape_scanner.h"

namespace phiwire {

class ShapeSet {
 public:
  // Equal shapes get one number, counted from 0.
  absl::StatusOr<std::uint32_t> Add(const std::string& regex, bool caseless,
                                    std::uint32_t max_bytes);
  void Build();  // once, after the last Add

  // Whether a shape may begin at token i. Most tokens are words in lower case
  // or with a capital, told here.
  static bool MayBegin(const Document& d, std::size_t i) {
    const Token& t = d.tokens[i];
    switch (t.kind) {
      case TokenKind::kNumber:
      case TokenKind::kMixed:
        return true;
      case TokenKind::kWord:
        return (t.letter_case == Case::kUpper ||
                t.letter_case == Case::kInitial) &&
               MayBeginAtCapitals(d, i);
      case TokenKind::kPunct:
        return (t.symbol == '(' || t.symbol == '+' || t.symbol == '#') &&
               MayBeginAtSign(d, i);
      default:
        return false;
    }
  }

  // The scanner of this set in *scanner, made when another's or none is there.
  ShapeScanner* ScannerIn(std::unique_ptr<ShapeScanner>* scanner) const;

  // The shapes that stand at byte `begin` with their longest matches, into
  // *found (overwritten).
  void Match(std::string_view text, std::size_t begin, ShapeScanner* scanner,
             std::vector<ShapeMatch>* found) const;

  std::size_t size() const { return shapes_.size(); }

 private:
  static bool MayBeginAtCapitals(const Document& d, std::size_t i);
  static bool MayBeginAtSign(const Document& d, std::size_t i);
  // Few shapes are ever asked of RE2, and each takes some 50 us to compile.
  struct Longest {
    std::once_flag once;
    std::unique_ptr<RE2> regex;
  };
  struct Shape {
    std::string regex;  // with its (?i:)
    std::unique_ptr<Longest> longest;
    std::uint32_t max_bytes = 0;
  };
  static const RE2& LongestOf(const Shape& shape);
  // What RE2 makes of it: 0 when it doesn't stand there.
  std::uint32_t Length(const Shape& shape, std::string_view text,
                       std::size_t begin) const;

  std::vector<Shape> shapes_;
  std::vector<std::uint32_t> by_re2_;  // not in the program
  std::shared_ptr<ShapeProgram> program_ = std::make_shared<ShapeProgram>();
};

}  // namespace phiwire

#endif  // PHIWIRE_RECOGNIZERS_SHAPE_SET_H_
