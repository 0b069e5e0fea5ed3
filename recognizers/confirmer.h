// SPDX-License-Identifier: Apache-2.0
//
// Stage 4 over a Catalogue: labels and anchors are found on tokens, begins of
// hits by RE2's reverse automaton, then validators, walkers and labels make
// scored candidates. Immutable, thread-safe; allocates per document, never per
// hit.
//
//   PHIWIRE_ASSIGN_OR_RETURN(auto confirmer,
//                            CatalogueConfirmer::Create(std::move(catalogue)));
//   auto db = HsDatabase::Compile(confirmer->patterns());
//   // scan and tokenise, then:
//   confirmer->Confirm(&document);
//
// A candidate is labelled when a label of its type ends at most `distance`
// bytes before it, on its line or at the end of the line before, with no digit
// between and no nearer label of another number's type.

#ifndef PHIWIRE_RECOGNIZERS_CONFIRMER_H_
#define PHIWIRE_RECOGNIZERS_CONFIRMER_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/stages.h"
#include "re2/re2.h"
#include "recognizers/catalogue.h"
#include "recognizers/confirm_memory.h"
#include "recognizers/phrase_table.h"
#include "recognizers/shape_set.h"
#include "recognizers/token_cues.h"
#include "recognizers/word_shapes.h"

namespace phiwire {

class CatalogueConfirmer : public Confirmer {
 public:
  static absl::StatusOr<std::unique_ptr<CatalogueConfirmer>> Create(
      Catalogue catalogue);

  const std::vector<PatternSpec>& patterns() const override { return specs_; }
  std::string_view PatternName(std::uint32_t pattern) const override;
  absl::Status Confirm(Document* document) const override;

  const Catalogue& catalogue() const { return catalogue_; }

 private:
  // What one regular expression of the database triggers.
  struct Trigger {
    std::unique_ptr<RE2> reverse;      // (?:regex)\z; none when all walk
    std::vector<std::uint32_t> rules;  // of equal regex
    std::uint32_t max = 0;             // bytes, of the longest rule
  };

  // What candidates are made from, of a PatternRule, side by side.
  struct Rule {
    Walker walker = nullptr;
    Validator validator = nullptr;
    const RE2* part = nullptr;
    float score = 0;
    float labelled = 0;
    float invalid = 0;
    PhiType type = PhiType::kName;
    Require require = Require::kNone;
    bool proof = false;
    bool at_labels = false;
    WalkBehind behind = WalkBehind::kAnything;
  };

  explicit CatalogueConfirmer(Catalogue catalogue)
      : catalogue_(std::move(catalogue)) {}
  absl::Status AddRule(std::uint32_t index);
  absl::Status AddRegex(std::uint32_t index);
  absl::Status AddShape(std::uint32_t index);
  // False when the regex needs Hyperscan all the same.
  bool AddWordShape(std::uint32_t index);
  void AddPhrases();

  ConfirmMemory* MemoryOf(Document* d) const;
  void FindPhrases(Document* d, ConfirmMemory* memory) const;
  void FindPhrasesIn(std::size_t first, std::size_t last, Document* d,
                     ConfirmMemory* memory) const;
  void FindPhrasesAt(std::size_t token, Document* d,
                     ConfirmMemory* memory) const;
  void FindAtLabels(Document* d, ConfirmMemory* memory) const;
  void FindShapes(Document* d, ConfirmMemory* memory) const;
  void FindWordShapes(Document* d, ConfirmMemory* memory) const;
  void ConfirmHits(Document* d, ConfirmMemory* memory) const;
  bool ConfirmHit(const Trigger& trigger, std::uint32_t end, Document* d,
                  ConfirmMemory* memory, std::uint32_t* begin) const;
  // The match [begin, end) of a regex: its rule's part, or what it walks to.
  bool AddMatch(std::uint32_t rule, std::uint32_t begin, std::uint32_t end,
                Document* d, ConfirmMemory* memory) const;
  bool Walk(std::uint32_t rule, const WalkStart& start, Document* d,
            ConfirmMemory* memory) const;
  // False when the rule rejects [begin, end).
  bool Add(std::uint32_t rule, std::uint32_t begin, std::uint32_t end,
           bool strong, Document* d, ConfirmMemory* memory) const;
  // behind: index of the first context that begins behind `begin`.
  bool Labelled(const Document& d, PhiType type, std::uint32_t begin,
                std::uint32_t end, std::size_t behind) const;
  // Bytes between the begins of a label and of its value, at most.
  std::uint32_t LabelReach() const;

  Catalogue catalogue_;
  std::vector<Rule> rules_;  // in the catalogue's order
  std::vector<PatternSpec> specs_;
  std::vector<Trigger> triggers_;                         // one a spec
  std::vector<std::unique_ptr<RE2>> parts_;               // one a rule, or none
  std::vector<std::vector<std::uint32_t>> label_rules_;   // one list a type
  std::vector<std::vector<std::uint32_t>> symbol_rules_;  // one list a byte
  std::vector<std::vector<std::uint32_t>> shape_rules_;   // one list a shape
  ShapeSet shapes_;
  std::vector<std::vector<std::uint32_t>> word_rules_;  // one list a shape
  WordShapes words_;
  PhraseTable phrases_;
  TokenCues cues_;
  std::uint32_t label_reach_ = 0;
};

}  // namespace phiwire

#endif  // PHIWIRE_RECOGNIZERS_CONFIRMER_H_
