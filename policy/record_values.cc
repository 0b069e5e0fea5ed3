// SPDX-License-Identifier: Apache-2.0

#include "policy/record_values.h"

#include <algorithm>

#include "rules/value_words.h"

namespace phiwire {
namespace {

// In longer texts the index pays for itself.
constexpr std::size_t kFewTokens = 32;

constexpr std::size_t WordOf(std::uint32_t hash) { return hash >> 28; }
constexpr std::uint64_t BitOf(std::uint32_t hash) {
  return std::uint64_t{1} << (hash >> 22 & 63);
}

}  // namespace

void RecordValues::FillFilter() const {
  std::vector<std::uint32_t> hashes;
  hashes.reserve(2 * values_.size());
  for (const KnownValue& value : values_) {
    AppendWordHashes(value.value, &hashes);
  }
  for (const std::uint32_t hash : hashes) {
    filter_[WordOf(hash)] |= BitOf(hash);
  }
  filled_ = true;
}

bool RecordValues::MayStandIn(const Document& document) const {
  if (!filled_) FillFilter();
  return std::any_of(
      document.tokens.begin(), document.tokens.end(), [this](const Token& t) {
        return (filter_[WordOf(t.hash)] & BitOf(t.hash)) != 0 && IsWordToken(t);
      });
}

void RecordValues::Find(const Document& document,
                        std::vector<KnownMatch>* matches) const {
  if (!index_) {
    if (document.tokens.size() <= kFewTokens && !MayStandIn(document)) return;
    index_.emplace(values_);
  }
  index_->Find(document, matches);
}

}  // namespace phiwire
