// SPDX-License-Identifier: Apache-2.0
//
// The vault that lasts for one run. Values are kept as 128-bit tags under a
// key that is thrown away with it, so not even the memory holds them.

#include <cstdint>
#include <cstring>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>

#include "anonymizers/token_random.h"
#include "anonymizers/token_vault.h"
#include "base/aes.h"
#include "base/base32.h"
#include "base/key_file.h"
#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire {
namespace {

constexpr std::string_view kNul("\0", 1);

class RunVault final : public TokenVault {
 public:
  RunVault(Aes tags, std::string id)
      : tags_(std::move(tags)), id_(std::move(id)) {}

  std::string_view id() const override { return id_; }

  absl::StatusOr<std::string> TokenFor(PhiType type, std::string_view value,
                                       std::string_view alphabet,
                                       std::size_t length) override {
    const std::string message =
        Concat({TypeName(type), kNul, std::to_string(length), kNul, alphabet,
                kNul, value});
    AesBlock tag{};
    if (!Aes::Lease(tags_).Cmac(message, &tag)) {
      return absl::InternalError("AES failed");
    }
    const std::lock_guard lock(mutex_);
    std::string& token = tokens_[std::string(tag.begin(), tag.end())];
    if (token.empty()) {
      PHIWIRE_ASSIGN_OR_RETURN(token, RandomText(alphabet, length));
    }
    return token;
  }

  absl::Status Remember(PhiType, std::string_view, std::string_view) override {
    return absl::FailedPreconditionError("no vault is given");
  }
  absl::StatusOr<Value> ValueOf(std::string_view) override {
    return absl::NotFoundError("tokens of one run have no way back");
  }
  absl::Status Commit() override { return absl::OkStatus(); }

 private:
  const Aes tags_;
  const std::string id_;
  std::mutex mutex_;
  std::unordered_map<std::string, std::string> tokens_;  // by tag
};

}  // namespace

absl::StatusOr<std::unique_ptr<TokenVault>> TokenVault::ForRun() {
  PHIWIRE_ASSIGN_OR_RETURN(const SecretKey key, GenerateKey());
  PHIWIRE_ASSIGN_OR_RETURN(Aes tags, Aes::Create(key.bytes()));
  PHIWIRE_ASSIGN_OR_RETURN(std::string id,
                           RandomText(kBase32Alphabet, KeyRing::kIdLength));
  return std::make_unique<RunVault>(std::move(tags), std::move(id));
}

}  // namespace phiwire
