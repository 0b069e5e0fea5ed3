// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/token.h"

#include <cstddef>
#include <string>
#include <utility>

#include "anonymizers/sealed_code.h"
#include "anonymizers/token_vault.h"
#include "base/base32.h"
#include "base/status_macros.h"

namespace phiwire {
namespace {

constexpr std::string_view kName = "token";
constexpr std::string_view kDigits = "0123456789";

class TokenAnonymizer : public Anonymizer {
 public:
  TokenAnonymizer(TokenVault* vault, bool digits, std::size_t length,
                  const SlotOptions& options, bool everywhere)
      : vault_(vault),
        digits_(digits),
        length_(length),
        options_(options),
        everywhere_(everywhere) {}

  std::string_view name() const override { return kName; }

  absl::StatusOr<std::string> Apply(const Target& target,
                                    Session&) const override {
    if (target.surface.empty()) return std::string();
    if (target.grammar != SlotGrammar::kIdentifier && !everywhere_) {
      if (auto form = HarborForm(target, options_)) return *std::move(form);
    }
    PHIWIRE_ASSIGN_OR_RETURN(
        std::string token,
        vault_->TokenFor(target.type, SealedText(target),
                         digits_ ? kDigits : kBase32Alphabet, length_));
    if (digits_) return token;
    return WriteCode({CodeKind::kToken, target.type, vault_->id(), token});
  }

  absl::Status Finish(Session&) const override { return vault_->Commit(); }

  absl::StatusOr<std::string> Restore(const Target& target,
                                      Session&) const override {
    std::string_view token = target.surface;
    if (const auto code = ReadCode(token)) {
      if (code->kind != CodeKind::kToken || code->size != token.size()) {
        return absl::InvalidArgumentError("no token, or a damaged one");
      }
      if (code->key_id != vault_->id()) {
        return absl::InvalidArgumentError("a token of another vault");
      }
      token = code->payload;
    }
    absl::StatusOr<TokenVault::Value> value = vault_->ValueOf(token);
    if (!value.ok()) return value.status();
    return std::move(value->text);
  }

 private:
  TokenVault* const vault_;
  const bool digits_;
  const std::size_t length_;
  const SlotOptions options_;
  const bool everywhere_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Anonymizer>> NewToken(
    const AnonymizerParams& params, const AnonymizerContext& context) {
  PHIWIRE_RETURN_IF_ERROR(AllowParams(kName, params, kTokenParams));
  PHIWIRE_ASSIGN_OR_RETURN(const bool everywhere,
                           BoolParam(kName, params, "everywhere", false));
  PHIWIRE_ASSIGN_OR_RETURN(const std::size_t length,
                           NumberParam(kName, params, "length", 8, 52, 16));
  const auto it = params.find("alphabet");
  const std::string alphabet = it == params.end() ? "base32" : it->second;
  if (alphabet != "base32" && alphabet != "digits") {
    return ParamError(kName, "alphabet", "must be base32 or digits");
  }
  if (context.vault == nullptr && !context.check_only) {
    return absl::InvalidArgumentError("anonymizer token: no vault is given");
  }
  return std::make_unique<TokenAnonymizer>(context.vault, alphabet == "digits",
                                           length, context.slots, everywhere);
}

}  // namespace phiwire
