// SPDX-License-Identifier: Apache-2.0
//
// The evidence: which features fire at a token. One body of code serves
// scoring (keys only, nothing is allocated) and fitting or explaining (keys
// with their names), so the two can't drift apart.
//
// A sink has   template <class Describe>
//              void Add(Feature f, std::uint32_t value, Describe describe);
// describe() returns the value as text and is called by naming sinks only. A
// sink that keeps tables of small features (rules/small_domain.h) also has
//              void Small(Feature f, std::uint32_t first, std::uint32_t
//              second);
// and gets them there.

#ifndef PHIWIRE_RULES_FEATURES_H_
#define PHIWIRE_RULES_FEATURES_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/word_classes.h"
#include "rules/context_rules.h"
#include "rules/document_view.h"
#include "rules/feature_key.h"

namespace phiwire {

// A template and its printed name: see kFeatureNames in features.cc.
enum class Feature : std::uint32_t {
  kBias,
  kWord,
  kWordCase,
  kShape,
  kCase,
  kSuffix3,
  kSuffix2,
  kPrefix3,
  kFirst,
  kLast,
  kZipf,
  kRatio,
  kCity,
  kHospital,
  kMedical,
  kLexFlags,
  kCaseRatio,
  kCaseFirst,
  kCaseLast,
  kCaseFlags,
  kClass,
  kCaseClass,
  kWordM1,
  kWordM2,
  kWordP1,
  kWordP2,
  kPairAround,
  kPairBefore,
  kPairAfter,
  kCaseBefore,
  kCaseAfter,
  kRatioBefore,
  kRatioAfter,
  kShapeBefore,
  kShapeAfter,
  kNearWordM1,
  kNearWordM2,
  kNearWordM3,
  kNearWordP1,
  kNearWordP2,
  kNearWordP3,
  kNearRatioM1,
  kNearRatioM2,
  kNearRatioM3,
  kNearRatioP1,
  kNearRatioP2,
  kNearRatioP3,
  kNearCaseM1,
  kNearCaseP1,
  kNearFirstM1,
  kNearFirstP1,
  kNearLastM1,
  kNearLastP1,
  kNearCityM1,
  kNearCityP1,
  kNearFlagsM1,
  kNearFlagsP1,
  kNearClassM1,
  kNearClassM2,
  kNearClassM3,
  kNearClassP1,
  kNearClassP2,
  kNearClassP3,

  kRunShape,
  kRunIndexShape,
  kNumberValue,
  kCover,
  kCoverType,
  kCoverScore,
  kCoverValid,
  kCoverM1,
  kCoverP1,
  kContext,
  kLabel,
  kLabelCase,
  kColumn,
  kColumnCase,
  kLinePlace,
  kLineCase,
  kLineFromEnd,
  kDocumentCase,
  kSeenCaseRatio,
  // Document pass only: context rules, and what was said so far.
  kRule,
  kOwnScore,
  kOwnBest,
  kBestM1,
  kBestP1,
  kBestM2,
  kBestP2,
  kBestAround,
  kElsewhere,
  kElsewhereMean,
  kLineBest,
  kBestCase,
  kElsewhereCase,
  kInitials,
  kCount
};

std::string_view FeatureName(Feature feature);

// What the templates need besides the view; made once a rule set.
struct FeatureContext {
  explicit FeatureContext(const WordClasses& classes);
  std::vector<std::string> class_names;
  std::vector<std::uint32_t> class_hashes;    // of the 64 bits' names
  std::vector<std::uint32_t> pattern_hashes;  // by Candidate::pattern
  std::vector<std::string> pattern_names;
  std::shared_ptr<const ContextRules> rules;  // may be null
};

// 2 * log10(bearers / uses as a word), -8 .. 8: how much more a name than a
// word.
int NameRatio(const LexEntry& lex);

// Most steps of a lexicon count, of a NameRatio from 0, and of the flags that
// features look at.
inline constexpr std::uint32_t kLexSteps = 32;
inline constexpr std::uint32_t kLexFlagMask = 0x1FF;

// What a number may be by its size: a month, a day, an age, a year; leading
// zeros and more than four digits have bins of their own.
std::uint32_t NumberBin(std::string_view digits);

struct SmallDomain;  // rules/small_domain.h

// The value of a small feature as any other's, for its key.
std::uint32_t SmallValue(const SmallDomain& domain,
                         const FeatureContext& context, std::uint32_t first,
                         std::uint32_t second);

// The first look: the token's words and what is counted around it.
template <class Sink>
void ExtractWords(const DocumentView& view, const FeatureContext& context,
                  std::size_t i, Sink& sink);

// The second: all of that, and the token together with its place.
template <class Sink>
void ExtractWhole(const DocumentView& view, const FeatureContext& context,
                  std::size_t i, Sink& sink);

}  // namespace phiwire

#endif  // PHIWIRE_RULES_FEATURES_H_
