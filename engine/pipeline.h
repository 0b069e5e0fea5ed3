// SPDX-License-Identifier: Apache-2.0
//
// The six stages in order: canonicalise, scan, tokenise, confirm, weigh,
// resolve. Built once from the parts that policy/ chose; immutable after that
// and safe from any thread, each of which brings a Scratch of its own.
//
// Limits: max_hits bounds what one text may cost in stage 4; past it the text
// is refused (kOutOfRange), never passed on half scanned.

#ifndef PHIWIRE_ENGINE_PIPELINE_H_
#define PHIWIRE_ENGINE_PIPELINE_H_

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/lexicon.h"
#include "engine/canonical.h"
#include "engine/document.h"
#include "engine/hs_database.h"
#include "engine/stages.h"
#include "engine/word_classes.h"

namespace phiwire {

class Pipeline {
 public:
  struct Parts {
    std::unique_ptr<const Lexicon> lexicon;
    std::unique_ptr<const WordClasses> classes;
    std::unique_ptr<const Confirmer> confirmer;
    std::unique_ptr<const HsDatabase> database;  // of confirmer->patterns()
    std::unique_ptr<const Weigher> weigher;      // null: Prepare only
  };

  class Scratch {
   public:
    const Document& document() const { return document_; }
    const CanonicalText& canonical() const { return canonical_; }

   private:
    friend class Pipeline;
    explicit Scratch(HsScratch hs) : hs_(std::move(hs)) {}
    CanonicalText canonical_;
    HsScratch hs_;
    Document document_;
    std::unique_ptr<Weigher::Scratch> weigher_;
  };

  explicit Pipeline(Parts parts) : parts_(std::move(parts)) {}

  absl::StatusOr<std::unique_ptr<Scratch>> NewScratch() const;

  // Stages 1 to 4: leaves scratch->document() ready to weigh.
  absl::Status Prepare(std::string_view text, std::span<const KnownValue> known,
                       Scratch* scratch) const;

  // All six. Findings have offsets of `text`; sorted, disjoint.
  absl::Status Run(std::string_view text, std::span<const KnownValue> known,
                   const WeighOptions& options, Scratch* scratch,
                   std::vector<Finding>* findings) const;

  const Parts& parts() const { return parts_; }

 private:
  Parts parts_;
};

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_PIPELINE_H_
