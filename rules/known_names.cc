// SPDX-License-Identifier: Apache-2.0

#include "rules/known_names.h"

#include <algorithm>

#include "rules/edit_distance.h"
#include "rules/known_names_reader.h"
#include "rules/value_words.h"

namespace phiwire {
namespace {

constexpr std::size_t kMostPartWords = 4;

// Words inside a surname that are no name by themselves.
constexpr std::string_view kParticles[] = {
    "al",  "am",    "ben", "bin", "d",   "da",  "das", "de",
    "del", "della", "den", "der", "di",  "do",  "dos", "du",
    "el",  "ibn",   "la",  "las", "le",  "los", "of",  "st",
    "san", "ten",   "the", "van", "ver", "von", "y",   "zu"};

bool IsParticle(std::string_view word) {
  return std::find(std::begin(kParticles), std::end(kParticles), word) !=
         std::end(kParticles);
}

std::uint64_t PairKey(std::uint32_t first, std::uint32_t last) {
  return (std::uint64_t{first} << 32) | last;
}

}  // namespace

std::uint32_t KnownNames::AddWord(const std::string& word, std::uint32_t hash) {
  words_.push_back({static_cast<std::uint32_t>(letters_.size()), hash});
  letters_ += word;
  return static_cast<std::uint32_t>(words_.size());
}

std::string_view KnownNames::Word(std::uint32_t id) const {
  const std::size_t begin = words_[id].begin;
  const std::size_t end =
      id + 1 < words_.size() ? words_[id + 1].begin : letters_.size();
  return std::string_view(letters_).substr(begin, end - begin);
}

std::uint32_t KnownNames::AddPart(const std::vector<std::string>& words,
                                  std::uint8_t role) {
  std::uint32_t hash = HashWord(words.front());
  for (std::size_t w = 1; w < words.size(); ++w) {
    parts_.Insert(hash).roles |= kPrefix;
    hash = JoinHashes(hash, HashWord(words[w]));
  }
  Part& part = parts_.Insert(hash);
  part.roles |= role;
  if (words.size() == 1) {
    if (part.word == 0) part.word = AddWord(words.front(), hash);
    if (words.front().size() >= 3) part.roles |= kLone;
  } else {
    part.roles |= kLone;
  }
  return hash;
}

// The whole name and each telling word of it.
std::vector<std::uint32_t> KnownNames::AddParts(std::string_view name,
                                                std::uint8_t role) {
  std::vector<std::string> words = SplitWords(name);
  std::vector<std::uint32_t> hashes;
  if (words.empty()) return hashes;
  if (words.size() > kMostPartWords) words.resize(kMostPartWords);
  hashes.push_back(AddPart(words, role));
  if (words.size() == 1) return hashes;
  for (const std::string& word : words) {
    if (word.size() >= 3 && !IsParticle(word)) {
      hashes.push_back(AddPart({word}, role));
    }
  }
  return hashes;
}

void KnownNames::AddPair(std::uint32_t first, std::uint32_t last) {
  pairs_.Insert(PairKey(first, last)) = 1;
}

void KnownNames::Add(std::string_view first, std::string_view middle,
                     std::string_view last) {
  std::vector<std::uint32_t> firsts = AddParts(first, kFirst);
  const std::vector<std::uint32_t> lasts = AddParts(last, kLast);
  // A middle name that is more than an initial may be the one in use.
  for (const std::string& word : SplitWords(middle)) {
    if (word.size() >= 3) firsts.push_back(AddPart({word}, kFirst));
  }
  const std::vector<std::string> words = SplitWords(first);
  if (!words.empty() && static_cast<unsigned char>(words[0][0]) < 0x80) {
    firsts.push_back(HashWord(words[0].substr(0, 1)));
  }
  for (const std::uint32_t f : firsts) {
    for (const std::uint32_t l : lasts) AddPair(f, l);
  }
}

bool KnownNames::HasPair(std::uint32_t first, std::uint32_t last) const {
  return pairs_.Find(PairKey(first, last)) != nullptr;
}

void KnownNames::Finish(std::size_t people) {
  few_ = people <= kFewPeople;
  std::vector<std::uint32_t> hashes;
  for (std::uint32_t id = 0; id < words_.size(); ++id) {
    const std::string_view word = Word(id);
    const int most = EditsAllowed(word.size());
    if (most == 0 || word.size() > kMaxEditWord) continue;
    hashes.clear();
    DeletionHashes(word, most, &hashes);
    for (const std::uint32_t hash : hashes) variants_.push_back({hash, id});
  }
  std::sort(variants_.begin(), variants_.end(),
            [](const Variant& a, const Variant& b) {
              return a.hash != b.hash ? a.hash < b.hash : a.word < b.word;
            });
  // About two variants a bucket.
  while (shift_ > 8 &&
         (std::size_t{1} << (32 - shift_)) < variants_.size() / 2) {
    --shift_;
  }
  buckets_.assign((std::size_t{1} << (32 - shift_)) + 1, 0);
  for (const Variant& v : variants_) ++buckets_[(v.hash >> shift_) + 1];
  for (std::size_t b = 1; b < buckets_.size(); ++b)
    buckets_[b] += buckets_[b - 1];
}

void KnownNames::Similar(std::string_view folded, int most,
                         std::vector<std::uint32_t>* hashes) const {
  hashes->clear();
  if (folded.size() > kMaxEditWord || buckets_.empty()) return;
  std::vector<std::uint32_t> deletions;
  DeletionHashes(folded, most, &deletions);
  for (const std::uint32_t deletion : deletions) {
    const std::size_t bucket = deletion >> shift_;
    for (std::uint32_t v = buckets_[bucket]; v < buckets_[bucket + 1]; ++v) {
      if (variants_[v].hash != deletion) continue;
      const std::string_view word = Word(variants_[v].word);
      if (WithinEdits(folded, word,
                      std::min(most, EditsAllowed(word.size())))) {
        hashes->push_back(words_[variants_[v].word].hash);
      }
    }
  }
  std::sort(hashes->begin(), hashes->end());
  hashes->erase(std::unique(hashes->begin(), hashes->end()), hashes->end());
}

KnownMatch KnownNames::Match(const Document& document, std::size_t i) const {
  return Reader(*this, document).Match(i);
}

std::size_t KnownNames::bytes() const {
  return parts_.bytes() + pairs_.bytes() + letters_.size() +
         words_.size() * sizeof(WordEntry) +
         variants_.size() * sizeof(Variant) +
         buckets_.size() * sizeof(std::uint32_t);
}

}  // namespace phiwire
