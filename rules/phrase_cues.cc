// SPDX-License-Identifier: Apache-2.0

#include "rules/phrase_cues.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "base/fold.h"
#include "base/lexicon.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "base/yaml.h"
#include "rules/feature_key.h"
#include "rules/rule_files.h"

namespace phiwire {
namespace {

bool IsWordByte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
         (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

// Words by their hash, punctuation by its byte: below 0x80 no word hash is
// expected, and a clash would only be evidence.
std::uint32_t KeyOf(const Token& t) {
  return t.kind == TokenKind::kPunct ? t.symbol : t.hash;
}

// End of the word at `begin`, as the tokeniser ends it: an apostrophe inside
// stays, a final 's does not.
std::size_t WordEnd(std::string_view s, std::size_t begin) {
  std::size_t i = begin;
  while (i < s.size() && IsWordByte(s[i])) ++i;
  const bool inside =
      i > begin && i + 1 < s.size() && s[i] == '\'' && IsWordByte(s[i + 1]);
  if (!inside) return i;
  const bool final_s =
      (s[i + 1] | 0x20) == 's' && (i + 2 == s.size() || !IsWordByte(s[i + 2]));
  return final_s ? i : WordEnd(s, i + 1);
}

std::vector<std::uint32_t> KeysOf(std::string_view phrase) {
  std::vector<std::uint32_t> keys;
  std::size_t i = 0;
  while (i < phrase.size()) {
    if (phrase[i] == ' ') {
      ++i;
    } else if (IsWordByte(phrase[i])) {
      const std::size_t end = WordEnd(phrase, i);
      keys.push_back(HashWord(Folded(phrase.substr(i, end - i))));
      i = end;
    } else {
      keys.push_back(static_cast<unsigned char>(phrase[i]));
      ++i;
    }
  }
  return keys;
}

// Next token of a phrase: one line feed may stand between.
std::size_t Step(std::span<const Token> tokens, std::size_t at) {
  ++at;
  const bool feed =
      at < tokens.size() && tokens[at].kind == TokenKind::kNewline;
  return feed ? at + 1 : at;
}

std::uint32_t PairOf(std::uint32_t a, std::uint32_t b) {
  const std::uint32_t pair = MixValues(a, b);
  return pair == 0 ? 1 : pair;
}

}  // namespace

absl::Status PhraseCues::Read(const YamlNode& root,
                              std::vector<Phrase>* phrases) {
  PHIWIRE_RETURN_IF_ERROR(root.AllowKeys({"version", "phrases"}));
  const YamlNode* groups = root.Get("phrases");
  if (groups == nullptr) return root.Error("no key \"phrases\"");
  PHIWIRE_RETURN_IF_ERROR(groups->AllowKeys(
      {kPhraseGroupNames[0], kPhraseGroupNames[1], kPhraseGroupNames[2],
       kPhraseGroupNames[3], kPhraseGroupNames[4], kPhraseGroupNames[5]}));
  for (std::size_t g = 0; g < kPhraseGroupCount; ++g) {
    const YamlNode* list = groups->Get(kPhraseGroupNames[g]);
    if (list == nullptr) continue;
    if (!list->is_list()) return list->Error("expected a list of phrases");
    for (const auto& [unused, node] : list->entries()) {
      PHIWIRE_ASSIGN_OR_RETURN(const std::string text, node.AsString());
      std::vector<std::uint32_t> keys = KeysOf(text);
      if (keys.size() < 2) {
        return node.Error(
            "a phrase has two words or more; a single word goes into "
            "word_classes.yaml");
      }
      const auto bit = static_cast<std::uint8_t>(1u << g);
      phrases->push_back({std::move(keys), bit});
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<PhraseCues> PhraseCues::Load(
    std::span<const std::string> folders) {
  std::vector<Phrase> phrases;
  PHIWIRE_ASSIGN_OR_RETURN(const std::vector<YamlNode> files,
                           ReadRuleFiles(folders, "phrases.yaml"));
  for (const YamlNode& root : files) {
    PHIWIRE_RETURN_IF_ERROR(Read(root, &phrases));
  }
  PhraseCues cues;
  cues.Index(std::move(phrases));
  return cues;
}

void PhraseCues::Index(std::vector<Phrase> phrases) {
  std::map<std::vector<std::uint32_t>, std::uint8_t> merged;
  for (Phrase& p : phrases) {
    for (const std::uint32_t key : p.keys) members_.set(key % kFilterBits);
    merged[std::move(p.keys)] |= p.groups;
  }
  for (const auto& [keys, groups] : merged) phrases_.push_back({keys, groups});
  const auto order = [](const Phrase& p) {
    return std::tuple(PairOf(p.keys[0], p.keys[1]),
                      -static_cast<std::ptrdiff_t>(p.keys.size()));
  };
  std::stable_sort(
      phrases_.begin(), phrases_.end(),
      [&](const Phrase& a, const Phrase& b) { return order(a) < order(b); });
  std::size_t size = 64;
  while (size < phrases_.size() * 2) size *= 2;
  slots_.assign(size, Slot{});
  std::uint32_t i = 0;
  while (i < phrases_.size()) {
    const std::vector<std::uint32_t>& keys = phrases_[i].keys;
    Slot slot{PairOf(keys[0], keys[1]), i, 0};
    while (i < phrases_.size() &&
           PairOf(phrases_[i].keys[0], phrases_[i].keys[1]) == slot.pair) {
      filter_.set(phrases_[i].keys[0] % kFilterBits);
      ++slot.count;
      ++i;
    }
    std::size_t at = slot.pair & (size - 1);
    while (slots_[at].pair != 0) at = (at + 1) & (size - 1);
    slots_[at] = slot;
  }
}

const PhraseCues::Slot* PhraseCues::Find(std::uint32_t pair) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = pair & mask; slots_[at].pair != 0;
       at = (at + 1) & mask) {
    if (slots_[at].pair == pair) return &slots_[at];
  }
  return nullptr;
}

const PhraseCues::Phrase* PhraseCues::Longest(std::span<const Token> tokens,
                                              std::size_t at,
                                              std::size_t* last) const {
  const std::size_t second = Step(tokens, at);
  if (second >= tokens.size()) return nullptr;
  const Slot* slot = Find(PairOf(KeyOf(tokens[at]), KeyOf(tokens[second])));
  if (slot == nullptr) return nullptr;
  for (std::uint32_t p = slot->first; p < slot->first + slot->count; ++p) {
    const std::vector<std::uint32_t>& keys = phrases_[p].keys;
    std::size_t token = at;
    std::size_t k = 0;
    while (token < tokens.size() && KeyOf(tokens[token]) == keys[k]) {
      *last = token;
      if (++k == keys.size()) return &phrases_[p];
      token = Step(tokens, token);
    }
  }
  return nullptr;
}

bool PhraseCues::MayBelong(const Token& token) const {
  return token.kind == TokenKind::kNewline ||
         members_[KeyOf(token) % kFilterBits];
}

std::size_t PhraseCues::MatchFrom(std::span<const Token> tokens, std::size_t at,
                                  std::size_t to,
                                  std::vector<PhraseHit>* hits) const {
  for (; at < to; ++at) {
    if (!IsWordLike(tokens[at])) continue;
    if (!filter_[tokens[at].hash % kFilterBits]) continue;
    std::size_t last = at;
    const Phrase* phrase = Longest(tokens, at, &last);
    if (phrase == nullptr) continue;
    hits->push_back({static_cast<std::uint32_t>(at),
                     static_cast<std::uint32_t>(last), phrase->groups});
    at = last;
  }
  return at;
}

void PhraseCues::Match(std::span<const Token> tokens,
                       std::vector<PhraseHit>* hits) const {
  hits->clear();
  MatchFrom(tokens, 0, tokens.size(), hits);
}

void PhraseCues::MatchNear(std::span<const Token> tokens, std::size_t from,
                           std::size_t to, std::size_t* done,
                           std::vector<PhraseHit>* hits) const {
  // Hits depend on those before them, but none reaches over a token that no
  // phrase has.
  while (from > *done && MayBelong(tokens[from - 1])) --from;
  *done = MatchFrom(tokens, std::max(from, *done), to, hits);
}

}  // namespace phiwire
