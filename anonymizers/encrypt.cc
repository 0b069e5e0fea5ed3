// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/encrypt.h"

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "anonymizers/sealed_code.h"
#include "base/base32.h"
#include "base/siv.h"
#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire {
namespace {

constexpr std::string_view kName = "encrypt";
constexpr std::size_t kMaxValue = 600;  // its code fits into one length field

class Encrypt : public Anonymizer {
 public:
  using Ciphers =
      std::map<std::string, std::unique_ptr<const Siv>, std::less<>>;

  Encrypt(Ciphers ciphers, std::string current, const SlotOptions& options,
          bool everywhere)
      : ciphers_(std::move(ciphers)),
        current_(std::move(current)),
        options_(options),
        everywhere_(everywhere) {}

  std::string_view name() const override { return kName; }

  absl::StatusOr<std::string> Apply(const Target& target,
                                    Session&) const override {
    if (target.surface.empty()) return std::string();
    if (target.grammar != SlotGrammar::kIdentifier && !everywhere_) {
      if (auto form = HarborForm(target, options_)) return *std::move(form);
    }
    const std::string text = SealedText(target);
    if (text.size() > kMaxValue) {
      return absl::OutOfRangeError("encrypt: a value of over 600 bytes");
    }
    const std::array associated = {TypeName(target.type)};
    PHIWIRE_ASSIGN_OR_RETURN(
        const std::vector<std::uint8_t> sealed,
        ciphers_.find(current_)->second->Seal(associated, text));
    const std::string payload = Base32(sealed);
    return WriteCode({CodeKind::kEncrypted, target.type, current_, payload});
  }

  absl::StatusOr<std::string> Restore(const Target& target,
                                      Session&) const override {
    const auto code = ReadCode(target.surface);
    if (!code || code->kind != CodeKind::kEncrypted ||
        code->size != target.surface.size()) {
      return absl::InvalidArgumentError("no encrypted value, or a damaged one");
    }
    const auto cipher = ciphers_.find(code->key_id);
    if (cipher == ciphers_.end()) {
      return absl::InvalidArgumentError(
          Concat({"encrypted with the key of id ", code->key_id,
                  ", which is not given"}));
    }
    const auto sealed = DecodeBase32(code->payload);
    if (!sealed.has_value()) {
      return absl::InvalidArgumentError("a damaged encrypted value");
    }
    const std::array associated = {TypeName(code->type)};
    return cipher->second->Open(associated, *sealed);
  }

 private:
  const Ciphers ciphers_;  // by key id
  const std::string current_;
  const SlotOptions options_;
  const bool everywhere_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Anonymizer>> NewEncrypt(
    const AnonymizerParams& params, const AnonymizerContext& context) {
  PHIWIRE_RETURN_IF_ERROR(AllowParams(kName, params, kEncryptParams));
  PHIWIRE_ASSIGN_OR_RETURN(const bool everywhere,
                           BoolParam(kName, params, "everywhere", false));
  if (context.keys == nullptr) {
    return absl::InvalidArgumentError("anonymizer encrypt: no key is given");
  }
  Encrypt::Ciphers ciphers;
  for (std::string& id : context.keys->ids()) {
    PHIWIRE_ASSIGN_OR_RETURN(
        SecretKey key, context.keys->DeriveFrom(id, kName, "", Siv::kKeyBytes));
    PHIWIRE_ASSIGN_OR_RETURN(ciphers[id], Siv::Create(std::move(key)));
  }
  return std::make_unique<Encrypt>(std::move(ciphers),
                                   context.keys->current_id(), context.slots,
                                   everywhere);
}

}  // namespace phiwire
