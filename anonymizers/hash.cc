// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/hash.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "base/keyed_hash.h"
#include "base/status_macros.h"

namespace phiwire {
namespace {

constexpr std::string_view kName = "hash";

bool DigitsOnly(std::string_view s) {
  return !s.empty() && std::all_of(s.begin(), s.end(),
                                   [](char c) { return c >= '0' && c <= '9'; });
}

class Hash : public Anonymizer {
 public:
  Hash(SecretKey key, std::size_t length, const SlotOptions& options)
      : hash_(std::move(key)), length_(length), options_(options) {}

  std::string_view name() const override { return kName; }

  absl::StatusOr<std::string> Apply(const Target& target,
                                    Session&) const override {
    if (target.surface.empty()) return std::string();
    if (target.grammar != SlotGrammar::kIdentifier) {
      if (auto form = HarborForm(target, options_)) return *std::move(form);
    }
    const std::string_view type = TypeName(target.type);
    if (DigitsOnly(target.surface)) {
      return hash_.Digits(type, target.surface,
                          std::min(length_, KeyedHash::kMaxDigits));
    }
    return hash_.Token(type, target.surface, length_);
  }

 private:
  const KeyedHash hash_;
  const std::size_t length_;
  const SlotOptions options_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Anonymizer>> NewHash(
    const AnonymizerParams& params, const AnonymizerContext& context) {
  PHIWIRE_RETURN_IF_ERROR(AllowParams(kName, params, kHashParams));
  PHIWIRE_ASSIGN_OR_RETURN(
      const std::size_t length,
      NumberParam(kName, params, "length", KeyedHash::kMinLength,
                  KeyedHash::kMaxLength, KeyedHash::kDefaultLength));
  if (context.keys == nullptr) {
    return absl::InvalidArgumentError("anonymizer hash: no key is given");
  }
  PHIWIRE_ASSIGN_OR_RETURN(SecretKey key, context.keys->Derive("hash", ""));
  return std::make_unique<Hash>(std::move(key), length, context.slots);
}

}  // namespace phiwire
