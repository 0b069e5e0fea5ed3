// SPDX-License-Identifier: Apache-2.0
//
// The six stages in order: canonicalise, scan, tokenise, confirm, weigh,
// resolve. Built once from the parts that policy/ chose; immutable after that
// and safe from any thread, each of which brings a Scratch of its own.
//
// Text in base64 or hexadecimal (engine/embedded.h) goes through the stages
// too; a run with anything in it to find becomes one finding, "embedded text",
// of the type of the likeliest thing inside.
//
// Limits: a text with more hits (stage 4) or more embedded texts than its size
// allows is refused (kOutOfRange), never passed on half scanned. Embedded
// texts are opened to a depth of three; what is packed deeper is not seen.

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
#include "engine/tokenizer.h"
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
    Scratch(HsScratch hs, const Parts& parts)
        : hs_(std::move(hs)), words_(*parts.lexicon, *parts.classes) {}
    CanonicalText canonical_;
    HsScratch hs_;
    WordTable words_;
    Document document_;
    std::unique_ptr<Weigher::Scratch> weigher_;
    // For texts embedded in this one, made when the first is met.
    std::unique_ptr<Scratch> inner_;
    std::vector<Finding> inner_findings_;
  };

  explicit Pipeline(Parts parts) : parts_(std::move(parts)) {}

  absl::StatusOr<std::unique_ptr<Scratch>> NewScratch() const;

  // Stages 1 to 4: leaves scratch->document() ready to weigh.
  absl::Status Prepare(std::string_view text, KnownMatchers known,
                       Scratch* scratch) const;

  // All six. Findings have offsets of `text`; sorted, disjoint.
  absl::Status Run(std::string_view text, KnownMatchers known,
                   const WeighOptions& options, Scratch* scratch,
                   std::vector<Finding>* findings) const;

  const Parts& parts() const { return parts_; }

 private:
  absl::Status RunAt(int depth, std::string_view text, KnownMatchers known,
                     const WeighOptions& options, Scratch* scratch,
                     std::vector<Finding>* findings) const;
  // Adds what is embedded in the canonical text of scratch; canonical offsets.
  absl::Status RunEmbedded(int depth, KnownMatchers known,
                           const WeighOptions& options, Scratch* scratch,
                           std::vector<Finding>* findings) const;

  Parts parts_;
};

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_PIPELINE_H_
