// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/hash.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "anonymizers/identity.h"
#include "anonymizers/token_vault.h"
#include "base/base32.h"
#include "base/keyed_hash.h"
#include "base/status_macros.h"

namespace phiwire {
namespace {

constexpr std::string_view kName = "hash";
constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::size_t kMark = 4;
constexpr std::size_t kLeast = 12;
constexpr std::size_t kMost = 42;
constexpr std::size_t kDefault = 20;
static_assert(kMost - kMark <= KeyedHash::kMaxDigits);

struct Settings {
  std::size_t length = kDefault;
  std::string_view alphabet;  // empty: by the value
  bool mark = true;
};

bool DigitsOnly(std::string_view s) {
  return !s.empty() && std::all_of(s.begin(), s.end(),
                                   [](char c) { return c >= '0' && c <= '9'; });
}

// The first four characters of the key's id, in an alphabet.
std::string MarkOf(std::string_view key_id, std::string_view alphabet) {
  std::size_t number = 0;
  for (std::size_t i = 0; i < kMark; ++i) {
    number = number * kBase32Alphabet.size() + kBase32Alphabet.find(key_id[i]);
  }
  std::string mark(kMark, alphabet.front());
  for (std::size_t i = kMark; i-- > 0; number /= alphabet.size()) {
    mark[i] = alphabet[number % alphabet.size()];
  }
  return mark;
}

class Hash : public Anonymizer {
 public:
  Hash(SecretKey key, std::string_view key_id, const Settings& settings,
       TokenVault* vault, const SlotOptions& options)
      : hash_(std::move(key)),
        settings_(settings),
        marks_{MarkOf(key_id, kBase32Alphabet), MarkOf(key_id, kDigits),
               MarkOf(key_id, kHex)},
        vault_(vault),
        options_(options) {}

  std::string_view name() const override { return kName; }

  absl::StatusOr<std::string> Apply(const Target& target,
                                    Session& session) const override {
    if (target.surface.empty() || target.part == NamePart::kMiddle ||
        target.part == NamePart::kAffix) {
      return std::string();
    }
    if (target.grammar != SlotGrammar::kIdentifier) {
      if (auto form = HarborForm(target, options_)) return *std::move(form);
    }
    const std::string identity = ValueIdentity(target, session);
    PHIWIRE_ASSIGN_OR_RETURN(const Digest digest,
                             hash_.Hash(TypeName(target.type), identity));
    std::string token = Spell(digest, identity);
    if (vault_ != nullptr) {
      PHIWIRE_RETURN_IF_ERROR(
          vault_->Remember(target.type, target.surface, token));
    }
    return token;
  }

  absl::Status Finish(Session&) const override {
    return vault_ == nullptr ? absl::OkStatus() : vault_->Commit();
  }

  absl::StatusOr<std::string> Restore(const Target& target,
                                      Session&) const override {
    if (vault_ == nullptr) {
      return absl::FailedPreconditionError(
          "hash: no vault remembers its tokens (remember: true)");
    }
    absl::StatusOr<TokenVault::Value> value = vault_->ValueOf(target.surface);
    if (!value.ok()) return value.status();
    return std::move(value->text);
  }

 private:
  // By the identity, so that every spelling of a value gets the same.
  std::string Spell(const Digest& digest, std::string_view identity) const {
    std::string_view alphabet = settings_.alphabet;
    if (alphabet.empty()) {
      alphabet = DigitsOnly(identity) ? kDigits : kBase32Alphabet;
    }
    const std::size_t which = alphabet == kBase32Alphabet ? 0
                              : alphabet == kDigits       ? 1
                                                          : 2;
    std::string out = settings_.mark ? marks_[which] : std::string();
    const std::size_t size = settings_.length - out.size();
    if (which == 1) {
      out += DigitsOf(digest, std::min(size, KeyedHash::kMaxDigits));
    } else if (which == 0) {
      out += Base32(digest).substr(0, size);
    } else {
      for (std::size_t i = 0; i < size; ++i) {
        out += kHex[i % 2 == 0 ? digest[i / 2] >> 4 : digest[i / 2] & 15];
      }
    }
    return out;
  }

  const KeyedHash hash_;
  const Settings settings_;
  const std::array<std::string, 3> marks_;  // base32, digits, hex
  TokenVault* const vault_;                 // null: nothing is remembered
  const SlotOptions options_;
};

absl::StatusOr<std::string_view> ReadAlphabet(const AnonymizerParams& params) {
  const auto it = params.find("alphabet");
  if (it == params.end() || it->second == "auto") return std::string_view();
  if (it->second == "base32") return kBase32Alphabet;
  if (it->second == "digits") return kDigits;
  if (it->second == "hex") return kHex;
  return ParamError(kName, "alphabet", "must be auto, base32, digits or hex");
}

}  // namespace

absl::StatusOr<std::unique_ptr<Anonymizer>> NewHash(
    const AnonymizerParams& params, const AnonymizerContext& context) {
  PHIWIRE_RETURN_IF_ERROR(AllowParams(kName, params, kHashParams));
  Settings settings;
  PHIWIRE_ASSIGN_OR_RETURN(
      settings.length,
      NumberParam(kName, params, "length", kLeast, kMost, kDefault));
  PHIWIRE_ASSIGN_OR_RETURN(settings.alphabet, ReadAlphabet(params));
  PHIWIRE_ASSIGN_OR_RETURN(settings.mark,
                           BoolParam(kName, params, "key_id", true));
  PHIWIRE_ASSIGN_OR_RETURN(const bool remember,
                           BoolParam(kName, params, "remember", false));
  if (context.keys == nullptr) {
    return absl::InvalidArgumentError("anonymizer hash: no key is given");
  }
  if (remember && context.vault == nullptr && !context.check_only) {
    return ParamError(kName, "remember", "the policy names no vault");
  }
  PHIWIRE_ASSIGN_OR_RETURN(SecretKey key, context.keys->Derive(kName, ""));
  return std::make_unique<Hash>(std::move(key), context.keys->current_id(),
                                settings, remember ? context.vault : nullptr,
                                context.slots);
}

}  // namespace phiwire
