// SPDX-License-Identifier: Apache-2.0
//
// What the features look at in a document: lines and their layout, runs of
// tokens without a space between them, labels before a colon, table columns,
// sections, how each word is used elsewhere in the document, and which
// candidates cover each token. One pass writes down what every token is asked
// for, and where lines, labels and contexts begin; the rest is worked out for
// the few tokens that are asked. Reused from document to document; belongs to
// one thread.

#ifndef PHIWIRE_RULES_DOCUMENT_VIEW_H_
#define PHIWIRE_RULES_DOCUMENT_VIEW_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/ask_ahead.h"
#include "engine/document.h"
#include "engine/word_classes.h"
#include "rules/groups.h"
#include "rules/token_numbers.h"

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
  std::uint32_t letter_words = 0;
  std::uint32_t words = 0;       // numbers too
  std::uint32_t delimiters = 0;  // how many there are of this:
  char delimiter = 0;  // ',', '|' or '\t' when the line is a table row
  bool blank_before = false;
  bool upper = false;         // more than 7 in 10 words are in capitals
  bool lower = false;         // no word is, nor begins with one
  std::uint32_t header = 0;   // line of the table's column heads, or itself
  std::uint32_t section = 0;  // hash of the heading above, 0 for none
};
// A text may be all empty lines.
static_assert(sizeof(Line) == 32);

// How a word is used in the whole document.
struct WordUse {
  std::uint32_t hash = 0;
  std::uint32_t count = 0;
  std::uint32_t lower = 0, title = 0, upper = 0;
  std::uint32_t titled = 0;  // after a title or before a credential
};

// Candidates over a token, best first, -1 behind the last.
using Covers = std::array<std::int32_t, 3>;

// What is asked of the best one.
struct BestCover {
  std::uint8_t type = kPhiTypeCount;  // PhiType; kPhiTypeCount: no candidate
  std::uint8_t tenths = 0;            // of its score
  std::uint8_t flags = 0;             // 1: valid, 2: proof
};

// Tokens [first, last] without a space between; long ones are cut.
struct TokenRun {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

// The word before the last colon on the line, and words since.
struct LabelBefore {
  std::uint32_t hash = 0;  // 0: none
  std::uint32_t distance = 0;
};

// The last context that reaches a token, and tokens since.
struct ContextBefore {
  std::uint8_t type = 0xFF;  // PhiType; 0xFF: none
  std::uint32_t distance = 0;
};

// Hash of "Xx", "dd", "Xddd", "dd/dd/dddd": letters in runs of at most two,
// digits counted up to nine, so that 3/14 and 120/80 differ.
std::uint32_t ShapeHash(std::string_view surface);

class DocumentView {
 public:
  void Build(const Document& document, const ClassMasks& masks);
  // The same in two steps, as most words' uses are never asked for: use() then
  // is of the words of `tokens` only, 0 of others.
  void BuildWithoutUses(const Document& document);
  void CountUses(std::span<const std::uint32_t> tokens,
                 const ClassMasks& masks);

  const Document& document() const { return *document_; }
  const Token& token(std::size_t i) const { return tokens_[i]; }
  std::uint32_t id(std::size_t i) const { return document_->ids[i]; }
  const WordFacts& facts(std::size_t i) const { return document_->facts(i); }
  std::size_t size() const { return size_; }
  std::uint32_t line_of(std::size_t i) const {
    return stretches_[i / kStretch].lines + places_[i].line;
  }
  const Line& line(std::size_t i) const { return lines_[line_of(i)]; }
  const std::vector<Line>& lines() const { return lines_; }
  const WordUse& use(std::size_t i) const { return uses_[use_at_[i]]; }
  // Of uses, 0 for what is no word.
  std::uint32_t use_index(std::size_t i) const { return use_at_[i]; }
  std::size_t use_count() const { return uses_.size(); }
  // Tokens that are words, numbers or both, and the place of one among them.
  std::span<const std::uint32_t> words() const {
    return {words_.data(), word_count_};
  }
  std::size_t word_of(std::size_t i) const {
    return stretches_[i / kStretch].words + places_[i].word;
  }
  // Of a word; punctuation is skipped, -1 at the edge.
  std::int32_t previous_word(std::size_t i) const {
    const std::size_t w = word_of(i);
    return w == 0 ? -1 : static_cast<std::int32_t>(words_[w - 1]);
  }
  std::int32_t next_word(std::size_t i) const {
    const std::size_t w = word_of(i) + 1;
    return w == word_count_ ? -1 : static_cast<std::int32_t>(words_[w]);
  }
  const Covers& covers(std::size_t i) const { return covers_[cover_at_[i]]; }
  // The first token that candidate c lies over, or would.
  std::size_t first_under(std::size_t c) const { return first_under_[c]; }
  const BestCover& best_cover(std::size_t i) const {
    return best_covers_[cover_at_[i]];
  }

  // For passes from left to right over some of the tokens: asks memory for what
  // they will reach (base/ask_ahead.h). Any i will do, also none of a token's.
  //
  // Who is at token i and knows no other: as if the next ones were close by.
  void AskBehind(std::size_t i) const {
    AskAhead(tokens_ + i, kCloseBy);
    AskForMarks(i + 2 * kCloseBy);
    use_at_.AskFor(i + 2 * kCloseBy);
  }
  // Who is at the k-th token of a list: the very one that comes so much later,
  // since of few tokens each stands in another cache line.
  void AskBehind(std::span<const std::uint32_t> list, std::size_t k,
                 std::size_t ahead = kFewAhead) const {
    if (k + ahead < list.size()) AskFor(list[k + ahead]);
  }
  static constexpr std::size_t kFewAhead = 16;
  static constexpr std::size_t kFastAhead = 48;  // at less than 10 ns each
  // Token i with the two beside it, and what each pass asks of it.
  void AskFor(std::size_t i) const {
    AskAhead(tokens_, i - 1);
    AskAhead(tokens_, i + 1);
    AskForMarks(i);
    use_at_.AskFor(i);
  }
  // What best_cover and label_value read first.
  void AskForMarks(std::size_t i) const {
    AskAhead(places_.data(), i);
    cover_at_.AskFor(i);
  }
  // The tokens up to `reach` before token i and behind it.
  void AskAround(std::size_t i, std::size_t reach) const {
    constexpr std::size_t kLine = 64 / sizeof(Token);
    for (std::size_t k = 0; k <= 2 * reach; k += kLine) {
      AskAhead(tokens_, i - reach + k);
    }
  }
  // Of a token that is here already (of the text, this time): its bytes and its
  // covers; and once these are here, the best of the candidates over it.
  void AskForCovers(std::size_t i) const {
    AskAhead(document_->text.data(), tokens_[i].begin);
    AskAhead(covers_.data(), cover_at_[i]);
  }
  void AskForCandidate(std::size_t i) const {
    AskAhead(document_->candidates.data(),
             static_cast<std::size_t>(covers(i)[0]));
  }

  TokenRun run(std::size_t i) const;
  std::size_t run_first(std::size_t i) const {
    return i - places_[i].run_place;
  }
  // Of a word.
  LabelBefore label(std::size_t i) const;
  ContextBefore context(std::size_t i) const;
  // The same in one number, 0 for none (rules/token_marks.h).
  std::uint32_t label_value(std::size_t i) const {  // of a word
    return places_[i].label_value;
  }
  // Head word of its table column, 0 for none.
  std::uint32_t column(std::size_t i) const {
    return columns_.empty() ? 0 : columns_[i];
  }
  std::string_view surface(std::size_t i) const {
    const Token& t = token(i);
    return document_->text.substr(t.begin, t.end - t.begin);
  }
  // Of one token, and of the run it stands in.
  std::uint32_t shape(std::size_t i) const { return ShapeHash(surface(i)); }
  std::uint32_t run_shape(std::size_t i) const {
    const TokenRun r = run(i);
    const std::uint32_t begin = token(r.first).begin;
    return ShapeHash(document_->text.substr(begin, token(r.last).end - begin));
  }
  // Share of the document's word tokens that are all lower case, in tenths.
  int lower_tenths() const { return lower_tenths_; }

 private:
  static constexpr std::size_t kCloseBy = 64;  // tokens

  class Pass;     // once over the tokens
  class Counter;  // of uses
  void BuildColumns();
  void BuildColumns(std::size_t line);
  void BuildCovers();
  void Cover(std::size_t i, std::int32_t id);
  bool HasThree(std::size_t i, float score) const;

  // What every token is asked for, in as few bytes as there can be: a text may
  // be all tokens of one byte, and then memory is what it waits for. Lines and
  // words are counted from the beginning of the token's stretch.
  static constexpr std::size_t kStretch = 256;
  struct Stretch {
    std::uint32_t lines = 0;
    std::uint32_t words = 0;
  };
  struct Place {
    std::uint8_t line = 0;
    std::uint8_t word = 0;  // of words_; what is no word has the next one's
    std::uint8_t run_place = 0;  // tokens of its run before it
    std::uint8_t label_value = 0;
  };
  // A colon behind a word.
  struct LabelSign {
    std::uint32_t token = 0;
    std::uint32_t hash = 0;
    std::uint32_t words = 0;  // before it, in the document
  };
  struct ContextStart {
    std::uint32_t token = 0;  // the first behind it
    std::uint8_t type = 0;
  };

  const Document* document_ = nullptr;
  const Token* tokens_ = nullptr;
  std::size_t size_ = 0;  // of tokens and places
  std::vector<Place> places_;
  std::vector<Stretch> stretches_;
  std::vector<std::uint32_t> words_;  // the first word_count_; then room
  std::size_t word_count_ = 0;
  TokenNumbers use_at_;    // of uses_
  TokenNumbers cover_at_;  // of covers_
  std::vector<Line> lines_;
  std::vector<std::uint32_t> rows_;  // lines of tables
  std::vector<LabelSign> labels_;
  std::vector<ContextStart> contexts_;
  std::vector<Covers> covers_;  // the first covers nothing
  std::vector<BestCover> best_covers_;
  std::vector<std::uint32_t> first_under_;  // by candidate
  std::vector<std::uint32_t> columns_;      // by token; empty without a table
  std::vector<WordUse> uses_;
  std::vector<std::uint32_t> use_slots_;  // hash table of indices into uses_
  std::vector<std::uint64_t> use_bits_;   // hashes that may be in it
  std::vector<std::uint32_t> heads_;      // of the table being read
  int lower_tenths_ = 0;
};

inline bool IsWordLike(const Token& t) {
  return t.kind == TokenKind::kWord || t.kind == TokenKind::kNumber ||
         t.kind == TokenKind::kMixed;
}

}  // namespace phiwire

#endif  // PHIWIRE_RULES_DOCUMENT_VIEW_H_
