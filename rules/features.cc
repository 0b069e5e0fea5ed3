// SPDX-License-Identifier: Apache-2.0

#include "rules/features.h"

#include <algorithm>
#include <array>

#include "rules/groups.h"
#include "rules/token_marks.h"

namespace phiwire {
namespace {

constexpr std::array<std::string_view,
                     static_cast<std::size_t>(Feature::kCount)>
    kFeatureNames = {
        "bias",          "word",          "word|case",      "shape",
        "case",          "suffix3",       "suffix2",        "prefix3",
        "first",         "last",          "zipf",           "ratio",
        "city",          "hospital",      "medical",        "lex",
        "case|ratio",    "case|first",    "case|last",      "case|lex",
        "class",         "class|case",    "token-1",        "token-2",
        "token+1",       "token+2",       "token-1|+1",     "token-2|-1",
        "token+1|+2",    "case|token-1",  "case|token+1",   "ratio|token-1",
        "ratio|token+1", "shape|token-1", "shape|token+1",  "word-1",
        "word-2",        "word-3",        "word+1",         "word+2",
        "word+3",        "ratio-1",       "ratio-2",        "ratio-3",
        "ratio+1",       "ratio+2",       "ratio+3",        "case-1",
        "case+1",        "first-1",       "first+1",        "last-1",
        "last+1",        "city-1",        "city+1",         "lex-1",
        "lex+1",         "class-1",       "class-2",        "class-3",
        "class+1",       "class+2",       "class+3",        "run",
        "run@",          "value",         "pattern",        "type",
        "type|score",    "type|valid",    "type-1",         "type+1",
        "context",       "label",         "label|case",     "column",
        "column|case",   "place",         "line-case",      "line-from-end",
        "document-case", "seen|ratio",    "rule",           "first-pass",
        "best",          "best-1",        "best+1",         "best-2",
        "best+2",        "best-1|+1",     "elsewhere",      "elsewhere-mean",
        "line-best",     "best|case",     "elsewhere|case", "initials"};

}  // namespace

std::string_view FeatureName(Feature feature) {
  return kFeatureNames[static_cast<std::size_t>(feature)];
}

SmallDomain DomainOf(Feature feature) {
  constexpr std::uint32_t kCases = 6, kKinds = 5, kGroups = kGroupCount;
  constexpr std::uint32_t kBins = 8;  // of probabilities
  switch (feature) {
    case Feature::kCase:
      return {kCases, kKinds};
    case Feature::kFirst:
    case Feature::kLast:
    case Feature::kZipf:
    case Feature::kRatio:
    case Feature::kCity:
    case Feature::kHospital:
    case Feature::kMedical:
    case Feature::kLexFlags:
    case Feature::kNearFirstM1:
    case Feature::kNearFirstP1:
    case Feature::kNearLastM1:
    case Feature::kNearLastP1:
    case Feature::kNearCityM1:
    case Feature::kNearCityP1:
      return {kLexSteps, 1};
    case Feature::kCaseRatio:
    case Feature::kCaseFirst:
    case Feature::kCaseLast:
      return {kCases, kLexSteps};
    case Feature::kCaseFlags:
      return {kCases, kLexFlagMask + 1};
    case Feature::kNearFlagsM1:
    case Feature::kNearFlagsP1:
      return {kLexFlagMask + 1, 1};
    case Feature::kNearRatioM1:
    case Feature::kNearRatioM2:
    case Feature::kNearRatioM3:
    case Feature::kNearRatioP1:
    case Feature::kNearRatioP2:
    case Feature::kNearRatioP3:
      return {kLexSteps, kCases};
    case Feature::kClass:
    case Feature::kNearClassM1:
    case Feature::kNearClassM2:
    case Feature::kNearClassM3:
    case Feature::kNearClassP1:
    case Feature::kNearClassP2:
    case Feature::kNearClassP3:
      return {64, 1, true};
    case Feature::kCaseClass:
      return {64, kCases + 1, true};
    case Feature::kWordM1:
    case Feature::kWordM2:
    case Feature::kWordP1:
    case Feature::kWordP2:
      return {kMarkCount, 1};
    case Feature::kContext:
      return {kLabelCount, 1};
    case Feature::kNearCaseM1:
    case Feature::kNearCaseP1:
      return {kNoneBeside + 1, kCases};
    case Feature::kCoverType:
      return {kNoCover + 1, 1};
    case Feature::kCoverScore:
      return {kPhiTypeCount, 11};
    case Feature::kCoverValid:
      return {kPhiTypeCount, 4 * kCases};
    case Feature::kCoverM1:
    case Feature::kCoverP1:
      return {kPhiTypeCount, 2};
    case Feature::kLinePlace:
      return {4, kCases};
    case Feature::kLineCase:
      return {4, kCases * kLexSteps};
    case Feature::kLineFromEnd:
      return {7, kCases};
    case Feature::kDocumentCase:
      return {kCases, 11};
    case Feature::kSeenCaseRatio:
      return {4 * kCases, kLexSteps};
    case Feature::kOwnScore:
    case Feature::kOwnBest:
      return {kGroups * kBins, 1};
    case Feature::kBestCase:
    case Feature::kElsewhereCase:
      return {kGroups * kBins, kCases};
    case Feature::kInitials:
      return {2, 2 * kCases};
    case Feature::kElsewhere:
    case Feature::kElsewhereMean:
    case Feature::kLineBest:
      return {kGroups, kGroups * kBins};
    default:
      return {};
  }
}

std::uint32_t SmallValue(const SmallDomain& domain,
                         const FeatureContext& context, std::uint32_t first,
                         std::uint32_t second) {
  if (!domain.classes) return MixValues(first, second);
  return first < context.class_hashes.size()
             ? context.class_hashes[first] + second
             : 0;
}

FeatureContext::FeatureContext(const WordClasses& classes)
    : class_names(classes.names()) {
  for (const std::string& name : class_names) {
    class_hashes.push_back(HashWord(name));
  }
}

int NameRatio(const LexEntry& lex) {
  const int name = std::max(
      {static_cast<int>(lex.first) - 1, static_cast<int>(lex.last) - 1, 3});
  const int word = std::max(static_cast<int>(lex.zipf) + 1, 3);
  return std::clamp(name - word, -8, 8);
}

std::uint32_t NumberBin(std::string_view digits) {
  const auto length = static_cast<std::uint32_t>(digits.size());
  if (length > 4) return 1000 + std::min(length, 20u);
  std::uint32_t value = 0;
  for (const char ch : digits) {
    if (ch < '0' || ch > '9') return 999;
    value = value * 10 + static_cast<std::uint32_t>(ch - '0');
  }
  const std::uint32_t zero = digits[0] == '0' ? 100 : 0;
  if (value <= 12) return 1 + zero;
  if (value <= 31) return 2 + zero;
  if (value < 90) return 3 + zero;
  if (value < 100) return 4 + zero;
  if (value < 1000) return 5 + zero;
  if (value < 1900) return 6 + zero;
  if (value <= 2035) return 7 + zero;
  return 8 + zero;
}

}  // namespace phiwire
