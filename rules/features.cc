// SPDX-License-Identifier: Apache-2.0

#include "rules/features.h"

#include <algorithm>
#include <array>

#include "rules/small_domain.h"

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
  const int bearers = std::max<int>(lex.first, lex.last);
  const int name = std::max(bearers - 1, 3);
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
