// SPDX-License-Identifier: Apache-2.0
//
// What the features look at, worked out once a document: lines and their
// layout, runs of tokens without a space between them, labels before a colon,
// table columns, sections, how each word is used elsewhere in the document,
// and which candidates cover each token. Reused from document to document;
// belongs to one thread.

#ifndef PHIWIRE_RULES_DOCUMENT_VIEW_H_
#define PHIWIRE_RULES_DOCUMENT_VIEW_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/document.h"
#include "engine/word_classes.h"
#include "rules/groups.h"

namespace phiwire {

// Masks of the word classes the view itself uses; 0 where a class is absent.
struct ClassMasks {
  explicit ClassMasks(const WordClasses& classes);
  std::uint64_t title, credential;
  std::uint64_t calm;  // weekdays, states, countries: no PHI alone
};

struct Line {
  std::uint32_t first = 0;  // tokens [first, last), without the line feed
  std::uint32_t last = 0;
  std::uint32_t words = 0, titles = 0, uppers = 0, numbers = 0;
  std::uint32_t commas = 0, pipes = 0, tabs = 0, colons = 0;
  char delimiter = 0;         // ',', '|' or '\t' when the line is a table row
  std::uint32_t header = 0;   // line of the table's column heads, or itself
  std::uint32_t section = 0;  // hash of the heading above, 0 for none
  bool blank_before = false;
};

// How a word is used in the whole document.
struct WordUse {
  std::uint32_t hash = 0;
  std::uint32_t count = 0;
  std::uint32_t lower = 0, title = 0, upper = 0;
  std::uint32_t titled = 0;  // after a title or before a credential
};

// Per token; hashes are HashWord values, 0 for none.
struct TokenView {
  std::uint32_t line = 0;
  std::uint32_t run_first = 0;  // tokens without a space between
  std::uint32_t run_last = 0;
  std::uint32_t label = 0;          // word before the last colon on the line
  std::uint32_t column = 0;         // head word of its table column
  std::uint32_t use = 0;            // index into uses()
  std::int32_t previous_word = -1;  // word tokens, skipping punctuation
  std::int32_t next_word = -1;
  std::uint16_t label_distance = 0;
  std::uint16_t context_distance = 0;
  std::uint16_t cell = 0;
  std::uint8_t context_type = 0xFF;  // PhiType of the last context word
  std::array<std::int32_t, 3> covers = {-1, -1, -1};  // candidates, best first
};

// Hash of "Xx", "dd", "Xddd", "dd/dd/dddd": letters in runs of at most two,
// digits counted up to nine, so that 3/14 and 120/80 differ.
std::uint32_t ShapeHash(std::string_view surface);

class DocumentView {
 public:
  void Build(const Document& document, const ClassMasks& masks);

  const Document& document() const { return *document_; }
  const Token& token(std::size_t i) const { return document_->tokens[i]; }
  const TokenView& view(std::size_t i) const { return views_[i]; }
  std::size_t size() const { return views_.size(); }
  const Line& line(std::size_t i) const { return lines_[views_[i].line]; }
  const std::vector<Line>& lines() const { return lines_; }
  const WordUse& use(std::size_t i) const { return uses_[views_[i].use]; }
  std::size_t use_count() const { return uses_.size(); }
  std::string_view surface(std::size_t i) const {
    const Token& t = token(i);
    return document_->text.substr(t.begin, t.end - t.begin);
  }
  // Of one token, and of the run it stands in.
  std::uint32_t shape(std::size_t i) const { return ShapeHash(surface(i)); }
  std::uint32_t run_shape(std::size_t i) const {
    const std::uint32_t begin = token(views_[i].run_first).begin;
    return ShapeHash(
        document_->text.substr(begin, token(views_[i].run_last).end - begin));
  }
  // Share of the document's word tokens that are all lower or all upper case,
  // in tenths.
  int lower_tenths() const { return lower_tenths_; }
  int upper_tenths() const { return upper_tenths_; }

 private:
  class Pass;  // once over the tokens
  void BuildColumns();
  void BuildColumns(std::size_t line);
  void BuildCovers();

  const Document* document_ = nullptr;
  std::vector<TokenView> views_;
  std::vector<Line> lines_;
  std::vector<WordUse> uses_;
  std::vector<std::uint32_t> use_slots_;  // hash table of indices into uses_
  std::vector<std::uint32_t> heads_;      // of the table being read
  int lower_tenths_ = 0;
  int upper_tenths_ = 0;
};

inline bool IsWordLike(const Token& t) {
  return t.kind == TokenKind::kWord || t.kind == TokenKind::kNumber ||
         t.kind == TokenKind::kMixed;
}

}  // namespace phiwire

#endif  // PHIWIRE_RULES_DOCUMENT_VIEW_H_
