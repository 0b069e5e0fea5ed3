// SPDX-License-Identifier: Apache-2.0
//
// One condition of a context rule, compiled: what rules.yaml says of a word
// nearby, of the line, or of the document, as masks and sorted hash lists.
// Evaluation allocates nothing and reads only the view.
//
// A neighbour is a word of the same line; a condition on one that does not
// exist fails (and holds when it is negated).

#ifndef PHIWIRE_RULES_RULE_CONDITION_H_
#define PHIWIRE_RULES_RULE_CONDITION_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "rules/document_view.h"

namespace phiwire {

inline constexpr int kMaxRuleOffset = 6;  // words to either side
inline constexpr std::size_t kPhraseGroupCount = 6;
inline constexpr std::uint8_t kNoPhrase = 0xFF;

struct IntRange {
  int low = std::numeric_limits<int>::min();
  int high = std::numeric_limits<int>::max();
  bool Has(int value) const { return value >= low && value <= high; }
};

// What can be asked of a number of a word.
enum class WordField : std::uint8_t {
  kFirst,
  kLast,
  kZipf,
  kCity,
  kHospital,
  kMedical,  // LexEntry
  kRatio,    // NameRatio: how much more a name than a word
  kValue,    // a number of at most nine digits
  kLength,   // bytes
};

// All that is set must hold.
struct WordTest {
  std::uint64_t any_class = 0;
  std::uint64_t no_class = 0;
  std::uint8_t cases = 0xFF;  // bit per Case
  std::uint8_t kinds = 0xFF;  // bit per TokenKind
  std::uint16_t any_flag = 0;
  std::uint16_t no_flag = 0;
  std::uint32_t covered = 0;          // bit per PhiType of a candidate
  std::uint64_t marks = 0;            // prefilter of `words`
  std::vector<std::uint32_t> words;   // sorted hashes, any of them
  std::vector<std::uint32_t> shapes;  // sorted, as DocumentView::shape
  std::vector<std::uint32_t> runs;    // as DocumentView::run_shape
  bool slash_runs = false;            // a / stands beside digits in each run
  std::vector<std::pair<WordField, IntRange>> ranges;

  // marks_of: the token's bits in the rules' own word table.
  bool Holds(const DocumentView& view, std::size_t token,
             std::uint64_t marks_of) const;
};

struct LineTest {
  std::vector<std::uint32_t> sections, labels, columns, aboves;
  IntRange label_distance, words;
  std::optional<bool> start, end, blank_before, table;
};

// How the same word is used in the whole document.
struct SeenTest {
  IntRange lower, title, upper, titled;
};

// A word as rules see it.
struct LineWord {
  std::uint64_t classes = 0;
  std::uint64_t marks = 0;   // bits of the rules' own words
  std::int32_t token = -1;   // -1: the line has no word there
  std::uint16_t traits = 0;  // rules/rule_gate.cc; 0: not asked for yet
};

// What a rule sees of one token: the words of its line around it.
struct RuleWindow {
  const DocumentView* view = nullptr;
  std::size_t token = 0;
  // At index 0 the token itself; valid from -kMaxRuleOffset to
  // kMaxRuleOffset.
  const LineWord* words = nullptr;
  // Words since a phrase of each group ended, kNoPhrase for none.
  const std::uint8_t* phrase_distance = nullptr;
};

struct Condition {
  enum class Kind : std::uint8_t {
    kAt,
    kWithin,
    kBeside,
    kLine,
    kSeen,
    kPhrase
  };
  Kind kind = Kind::kAt;
  bool negate = false;
  bool edge = false;  // kBeside: a line feed or the text's edge counts
  std::int8_t offset = 0;
  std::uint8_t phrase_group = 0;
  std::uint8_t phrase_distance = 0;
  std::vector<std::uint8_t> symbols;  // kBeside
  WordTest word;
  LineTest line;
  SeenTest seen;

  bool Holds(const RuleWindow& window) const;
};

}  // namespace phiwire

#endif  // PHIWIRE_RULES_RULE_CONDITION_H_
