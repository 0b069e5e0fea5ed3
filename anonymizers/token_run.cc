// SPDX-License-Identifier: Apache-2.0
//
// The vault that lasts for one run. Values are kept as 128-bit tags under a
// key that is thrown away with it, so not even the memory holds them. A value
// takes some 60 bytes.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "anonymizers/token_random.h"
#include "anonymizers/token_vault.h"
#include "base/aes.h"
#include "base/base32.h"
#include "base/key_file.h"
#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire {
namespace {

// Tokens by tag. The tags are random: their bits are the places.
class TokenTable {
 public:
  // The token of a tag; empty when it has none.
  std::string_view Find(const AesBlock& tag) const {
    const Slot& slot = slots_[PlaceOf(tag)];
    return {slot.token, slot.size};
  }

  void Insert(const AesBlock& tag, std::string_view token) {
    if (4 * (used_ + 1) > 3 * slots_.size()) Grow();
    ++used_;
    slots_[PlaceOf(tag)] = {tag, Keep(token),
                            static_cast<std::uint32_t>(token.size())};
  }

 private:
  struct Slot {
    AesBlock tag{};
    const char* token = nullptr;
    std::uint32_t size = 0;  // 0: free
  };
  static constexpr std::size_t kChunk = 4096;

  // Where the tag is, or a free place for it.
  std::size_t PlaceOf(const AesBlock& tag) const {
    std::uint64_t bits = 0;
    std::memcpy(&bits, tag.data(), sizeof bits);
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = bits & mask;
    while (slots_[at].size != 0 && slots_[at].tag != tag) at = (at + 1) & mask;
    return at;
  }

  void Grow() {
    std::vector<Slot> old(2 * slots_.size());
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.size != 0) slots_[PlaceOf(slot.tag)] = slot;
    }
  }

  const char* Keep(std::string_view token) {
    if (chunks_.empty() || left_ < token.size()) {
      left_ = std::max(kChunk, token.size());
      chunks_.push_back(std::make_unique<char[]>(left_));
      at_ = chunks_.back().get();
    }
    char* const kept = at_;
    std::memcpy(kept, token.data(), token.size());
    at_ += token.size();
    left_ -= token.size();
    return kept;
  }

  std::vector<Slot> slots_ = std::vector<Slot>(64);  // a power of two
  std::size_t used_ = 0;
  std::vector<std::unique_ptr<char[]>> chunks_;
  char* at_ = nullptr;
  std::size_t left_ = 0;
};

class RunVault final : public TokenVault {
 public:
  RunVault(Aes tags, std::string id)
      : tags_(std::move(tags)), id_(std::move(id)) {}

  std::string_view id() const override { return id_; }

  absl::StatusOr<std::string> TokenFor(PhiType type, std::string_view value,
                                       std::string_view alphabet,
                                       std::size_t length) override {
    // Short, as most ids are: a block of AES or two. No two alphabets in use
    // are of one size.
    const char head[] = {static_cast<char>(type), static_cast<char>(length),
                         static_cast<char>(alphabet.size())};
    const std::string message = Concat({{head, sizeof head}, value});
    AesBlock tag{};
    if (!Aes::Lease(tags_).Cmac(message, &tag)) {
      return absl::InternalError("AES failed");
    }
    Part& part = parts_[tag.back() % kParts];
    const std::lock_guard lock(part.mutex);
    if (const auto known = part.tokens.Find(tag); !known.empty()) {
      return std::string(known);
    }
    PHIWIRE_ASSIGN_OR_RETURN(std::string token,
                             part.random.Text(alphabet, length));
    part.tokens.Insert(tag, token);
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
  // By the last byte of the tag: threads seldom wait for each other.
  static constexpr std::size_t kParts = 16;
  struct Part {
    std::mutex mutex;
    TokenTable tokens;
    RandomDraw random;
  };
  std::array<Part, kParts> parts_;
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
