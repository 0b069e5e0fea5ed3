// SPDX-License-Identifier: Apache-2.0

#include "policy/short_texts.h"

#include <algorithm>
#include <functional>
#include <numeric>

#include "engine/embedded.h"
#include "engine/stages.h"

namespace phiwire {

ShortTexts::Entry& ShortTexts::At(std::string_view text) {
  static_assert((kEntries & (kEntries - 1)) == 0);
  return entries_[std::hash<std::string_view>()(text) & (kEntries - 1)];
}

bool ShortTexts::Holds(const Document& document, KnownMatchers known) {
  matches_.clear();
  for (const KnownMatcher* matcher : known) matcher->Find(document, &matches_);
  return !matches_.empty();
}

const std::vector<Finding>* ShortTexts::Find(std::string_view text,
                                             KnownMatchers known) {
  if (text.empty() || text.size() > kMost || entries_.empty()) return nullptr;
  Entry& entry = At(text);
  if (text != std::string_view(entry.text.data(), entry.size)) return nullptr;
  if (known.empty()) return &entry.findings;
  tokens_.text = text;
  tokens_.word_facts = entry.facts.data();
  tokens_.tokens.swap(entry.tokens);
  const bool holds = Holds(tokens_, known);
  tokens_.tokens.swap(entry.tokens);
  return holds ? nullptr : &entry.findings;
}

void ShortTexts::Remember(std::string_view text, KnownMatchers known,
                          const Pipeline::Scratch& ran,
                          const std::vector<Finding>& findings) {
  if (text.empty() || text.size() > kMost) return;
  const Document& document = ran.document();
  // Tokens are of the canonical text.
  if (!ran.canonical().identity()) return;
  if (Holds(document, known)) return;
  // Values are looked for inside packed texts too, whose tokens are elsewhere.
  if (!FindEmbedded(document.text, document.long_runs, 1).empty()) return;
  if (entries_.empty()) {
    entries_.resize(kEntries);
    tokens_.ids.resize(kMost);
    std::iota(tokens_.ids.begin(), tokens_.ids.end(), 0U);
  }
  Entry& entry = At(text);
  entry.size = static_cast<std::uint8_t>(text.size());
  std::copy(text.begin(), text.end(), entry.text.begin());
  entry.tokens = document.tokens;
  entry.facts.clear();
  for (std::size_t i = 0; i < document.tokens.size(); ++i) {
    entry.facts.push_back(document.facts(i));
  }
  entry.findings = findings;
}

}  // namespace phiwire
