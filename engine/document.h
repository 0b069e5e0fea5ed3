// SPDX-License-Identifier: Apache-2.0
//
// One text on its way through the six stages. The Document belongs to a
// Scratch, is reused from call to call, and is never shared by threads.
//
// Offsets here are bytes of the canonical text (engine/canonical.h), which for
// plain ASCII input is the input itself.

#ifndef PHIWIRE_ENGINE_DOCUMENT_H_
#define PHIWIRE_ENGINE_DOCUMENT_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/lexicon.h"
#include "engine/field.h"
#include "engine/long_runs.h"
#include "phiwire/types.h"

namespace phiwire {

// Stage 2: pattern `pattern` (index in the compiled rule set) matched up to
// `end`. Hyperscan gives no begin.
struct Hit {
  std::uint32_t pattern = 0;
  std::uint32_t end = 0;
};

// Stage 3. A word is a run of letters and digits, with apostrophes between
// letters inside ("O'Brien"), but without a final 's; everything else that is
// no white space is one token a character; a line feed is a token too.
enum class TokenKind : std::uint8_t {
  kWord,
  kNumber,
  kMixed,
  kPunct,
  kNewline
};
// Number: digits only. Mixed: letters and digits. Word: letters only.

enum class Case : std::uint8_t {
  kNone,
  kLower,
  kUpper,
  kInitial,
  kTitle,
  kMixed
};
// kInitial: a single upper-case letter; kTitle: "Doe"; kMixed: "McDonald".

// What lexicon and word classes know of a word; of a number or sign, nothing.
struct WordFacts {
  // Word classes (engine/word_classes.h), a bit each.
  std::uint64_t classes = 0;
  LexEntry lex;  // zero when the word is not in the lexicon
};

// What a word or sign is by itself (engine/word_table.h): what is asked of
// every one. The rest is asked of few, by their number (Document::facts).
struct Word {
  std::uint32_t hash = 0;  // of the folded (lower-case, unaccented) surface
  TokenKind kind = TokenKind::kPunct;
  Case letter_case = Case::kNone;
  std::uint8_t symbol = 0;  // kPunct: its ASCII byte, 0x80 for any other
};

struct Token : Word {
  bool space_before = false;  // white space or start of text before it
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};
// A text may be all tokens of one byte, and every stage reads them.
static_assert(sizeof(Token) == 16);

// Stage 4: what a recognizer made of a hit. `proof` is a candidate that needs
// no further weighing (check digit under its label, a known value).
struct Candidate {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  PhiType type = PhiType::kName;
  std::uint32_t pattern = 0;  // index in the catalogue: name, base score
  float score = 0;            // the pattern's own probability
  bool valid = false;         // its validator (check digit, calendar) agreed
  bool proof = false;
};

// Stage 4: a context word or phrase of a type ("medical record number", "mrn")
// stands at [begin, end); direction as the catalogue says.
struct ContextHit {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  PhiType type = PhiType::kName;
  bool after = false;  // it labels what stands before it: "555-0143 (fax)"
};

// Tokens [first, last] that are, or may be, a value known beforehand.
struct KnownMatch {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  PhiType type = PhiType::kName;
  float evidence = 0;  // log-odds in its favour; 0: it is proof
};

class KnownMatcher;  // engine/stages.h
using KnownMatchers = std::span<const KnownMatcher* const>;

// What a stage keeps from text to text on one thread (caches): made by the
// stage when it finds none, or another's, in the document.
class StageMemory {
 public:
  virtual ~StageMemory() = default;
};

class WordTable;  // engine/word_table.h

struct Document {
  std::string_view text;                  // canonical
  const WordTable* words = nullptr;       // that ids are of
  const WordFacts* word_facts = nullptr;  // by id
  // By id too: Word::hash, 0 where numbers share the id.
  const std::uint32_t* word_hashes = nullptr;
  KnownMatchers known;
  std::vector<Hit> hits;
  std::vector<Token> tokens;
  // By token, the number of its bytes; numbers may share one. Apart, since it
  // is all that some stages ask of every token.
  std::vector<std::uint32_t> ids;
  // Words with an apostrophe or a character beyond ASCII in them, by index.
  std::vector<std::uint32_t> compounds;
  std::vector<ByteRun> long_runs;     // found with the tokens
  std::vector<Candidate> candidates;  // sorted by begin
  std::vector<ContextHit> contexts;   // sorted by begin
  std::unique_ptr<StageMemory> confirm_memory;

  const WordFacts& facts(std::size_t token) const {
    return word_facts[ids[token]];
  }

  // Before stage 2, for each text. Tokens stay, to be written over.
  void Start(std::string_view canonical) {
    text = canonical;
    words = nullptr;
    word_facts = nullptr;
    word_hashes = nullptr;
    known = {};
    hits.clear();
    compounds.clear();
    candidates.clear();
    contexts.clear();
  }
};

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_DOCUMENT_H_
