// SPDX-License-Identifier: Apache-2.0
//
// The engine's extension points. What a stage knows of identifiers and rules
// is implemented in recognizers/ (Confirmer) and rules/ (Weigher, Resolver);
// policy/ puts them together. All are immutable and thread-safe.

#ifndef PHIWIRE_ENGINE_STAGES_H_
#define PHIWIRE_ENGINE_STAGES_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "engine/document.h"
#include "phiwire/finding.h"

namespace phiwire {

// One pattern of the Hyperscan database, in catalogue order.
struct PatternSpec {
  std::string id;     // "date/numeric": stands in errors and explain
  std::string regex;  // ASCII bytes; no look-around, no back-reference
  bool caseless = false;
};

// Stage 4: hits (sorted by end) -> document->candidates and ->contexts.
class Confirmer {
 public:
  virtual ~Confirmer() = default;
  // The patterns it wants scanned; Hit::pattern is an index into these.
  virtual const std::vector<PatternSpec>& patterns() const = 0;
  // Name of a Candidate::pattern, for evidence ("mrn/labelled").
  virtual std::string_view PatternName(std::uint32_t pattern) const = 0;
  // kOutOfRange when the hits pass the flood limit.
  virtual absl::Status Confirm(Document* document) const = 0;
};

// Values known beforehand (of the record, a roster, a deny list), prepared for
// looking up: built once, immutable, safe from any thread.
class KnownMatcher {
 public:
  virtual ~KnownMatcher() = default;
  // Appends what stands in document.tokens.
  virtual void Find(const Document& document,
                    std::vector<KnownMatch>* matches) const = 0;
};

struct WeighOptions {
  bool explain = false;
  bool near_misses = false;
};

// Stages 5 and 6: evidence -> findings, sorted and disjoint, offsets of the
// canonical text.
class Weigher {
 public:
  virtual ~Weigher() = default;
  // Per-thread working memory, made once and handed back to Weigh.
  class Scratch {
   public:
    virtual ~Scratch() = default;
  };
  virtual std::unique_ptr<Scratch> NewScratch() const = 0;
  virtual absl::Status Weigh(const Document& document,
                             const WeighOptions& options, Scratch* scratch,
                             std::vector<Finding>* findings) const = 0;
};

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_STAGES_H_
