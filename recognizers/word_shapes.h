// SPDX-License-Identifier: Apache-2.0
//
// Regular expressions that can begin in few places (`at: word` in the
// catalogue): with one of a few words (dates that begin with a month, "Apt 4B",
// "Box 12"), with a mark behind one character ("(@handle"), in a long run
// without white space (UUIDs). Given to Hyperscan, fifty of them cost more than
// all the rest of its database; but the words are found with the labels
// (phrase_table.h), the marks are tokens, and long runs are rare
// (engine/long_runs.h). There one automaton tells where they end. What is found
// is what Hyperscan would report, with the begin.
//
// Immutable once built; thread-safe with a scanner a thread.

#ifndef PHIWIRE_RECOGNIZERS_WORD_SHAPES_H_
#define PHIWIRE_RECOGNIZERS_WORD_SHAPES_H_

#include <bitset>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/document.h"
#include "recognizers/first_words.h"
#include "recognizers/shape_program.h"
#include "recognizers/shape_scanner.h"

namespace phiwire {

struct WordMatch {
  std::uint32_t shape = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

class WordShapes {
 public:
  // Bytes of a match, at most.
  static constexpr std::uint32_t kLongest = 159;

  // The shape's number, counted from 0 (equal ones share it), and the words and
  // the mark to look for; nullopt when the regex must be looked for everywhere.
  // Words with a number behind them are looked for here, before the number.
  struct Added {
    std::uint32_t shape = 0;
    std::vector<FirstWord> words;
    char mark = '\0';
  };
  std::optional<Added> Add(const std::string& regex, bool caseless,
                           std::uint32_t max_bytes);
  void Build();  // once, after the last Add
  std::size_t size() const { return shapes_.size(); }

  // The scanner of this set in *scanner, made when another's or none is there.
  ShapeScanner* ScannerIn(std::unique_ptr<ShapeScanner>* scanner) const;

  // Whether a match may begin one byte before such a mark.
  bool IsMark(unsigned char symbol) const { return marks_[symbol]; }

  // Appends to *starts where those of `tokens` begin that are mixed, and the
  // words in front of those with a digit.
  void AddStarts(const Document& d, std::span<const std::uint32_t> tokens,
                 std::vector<std::uint32_t>* starts) const;

  // Every match that begins at one of these bytes, where words begin that Add
  // named, or mixed ones.
  void Find(std::string_view text, std::span<const std::uint32_t> begins,
            ShapeScanner* scanner, std::vector<WordMatch>* matches) const;
  // And those that begin inside `tokens`: what is one word to the tokeniser
  // may be several to \b.
  void FindInside(const Document& d, std::span<const std::uint32_t> tokens,
                  ShapeScanner* scanner, std::vector<WordMatch>* matches) const;
  // Those that begin one byte before `marks`.
  void FindAtMarks(std::string_view text, std::span<const std::uint32_t> marks,
                   ShapeScanner* scanner,
                   std::vector<WordMatch>* matches) const;
  // Those in long runs of the text.
  void FindInRuns(const Document& d, ShapeScanner* scanner,
                  std::vector<WordMatch>* matches) const;

 private:
  struct Shape {
    std::string regex;
    bool caseless = false;
    std::uint32_t max_bytes = 0;
  };
  // At a word border.
  void FindAt(std::string_view text, std::size_t begin, ShapeScanner* scanner,
              std::vector<WordMatch>* matches) const;
  void Scan(std::string_view text, std::size_t begin, ShapeScanner* scanner,
            std::vector<WordMatch>* matches) const;

  std::vector<Shape> shapes_;
  std::vector<std::uint32_t> number_words_;  // hashes, sorted
  std::uint64_t number_bits_ = 0;            // by the hashes' last six bits
  std::bitset<256> marks_;
  bool in_runs_ = false;
  std::shared_ptr<ShapeProgram> program_ = std::make_shared<ShapeProgram>();
};

}  // namespace phiwire

#endif  // PHIWIRE_RECOGNIZERS_WORD_SHAPES_H_
