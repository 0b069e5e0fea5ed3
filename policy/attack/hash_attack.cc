// SPDX-License-Identifier: Apache-2.0

#include "policy/attack/hash_attack.h"

#include <openssl/evp.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <iterator>
#include <memory>
#include <mutex>
#include <random>
#include <string_view>
#include <thread>
#include <unordered_set>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "policy/attack/code_set.h"

namespace phiwire {
namespace {

constexpr std::uint64_t kBlock = 1 << 14;
constexpr std::uint32_t kControl = std::uint32_t{1} << 31;  // ids of controls
constexpr std::size_t kLeastCode = 12;  // characters; 48 bits of hexadecimal

bool IsAlnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
         (c >= 'a' && c <= 'z');
}

const EVP_MD* DigestOf(std::string_view name) {
  if (name == "sha256") return EVP_sha256();
  if (name == "sha1") return EVP_sha1();
  return name == "md5" ? EVP_md5() : nullptr;
}

// One digest after another; belongs to one thread.
class Hasher {
 public:
  explicit Hasher(const EVP_MD* md) : ctx_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
    good_ = ctx_ != nullptr && EVP_DigestInit_ex(ctx_.get(), md, nullptr) == 1;
  }
  bool Hash(std::string_view text, Digest* out) {
    // A null type starts the same digest anew without looking it up.
    good_ = good_ && EVP_DigestInit_ex(ctx_.get(), nullptr, nullptr) == 1 &&
            EVP_DigestUpdate(ctx_.get(), text.data(), text.size()) == 1 &&
            EVP_DigestFinal_ex(ctx_.get(), out->data(), nullptr) == 1;
    return good_;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> ctx_;
  bool good_;
};

// The numbers below `size`, spread: neighbours come far apart, none twice.
std::uint64_t Spread(std::uint64_t i, std::uint64_t size) {
  constexpr std::uint64_t kPrimes[] = {1'000'000'007, 998'244'353};
  const std::uint64_t step = size % kPrimes[0] == 0 ? kPrimes[1] : kPrimes[0];
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::uint64_t>(Wide{i} * step % size);
}

std::string Bare(std::string_view id) {
  std::string out;
  std::copy_if(id.begin(), id.end(), std::back_inserter(out), IsAlnum);
  return out;
}

std::string HexOf(const Digest& digest) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out;
  for (const std::uint8_t byte : digest) {
    out += {kHex[byte >> 4], kHex[byte & 15]};
  }
  return out;
}

class Attack {
 public:
  Attack(const IdSpace& space, const EVP_MD* md,
         const HashAttackOptions& options)
      : space_(space), md_(md), options_(options) {
    result_.space = space.size();
    result_.tried = options.tries == 0 ? space.size()
                                       : std::min(options.tries, space.size());
    result_.threads = std::max<std::size_t>(1, options.threads);
  }

  absl::StatusOr<HashAttackResult> Run(const std::set<std::string>& values) {
    std::uint32_t id = 0;
    for (const std::string& value : values) {
      const bool code = codes_.Add(value, id++);
      ++(code ? result_.codes : result_.not_codes);
      if (space_.IsLike(value)) ++result_.alike;
    }
    bool good = AddControl();
    const auto start = std::chrono::steady_clock::now();
    {
      std::vector<std::jthread> helpers;
      for (std::size_t i = 1; i < result_.threads; ++i) {
        helpers.emplace_back([this] { Work(); });
      }
      Work();
    }
    const std::chrono::duration<double> taken =
        std::chrono::steady_clock::now() - start;
    if (!good || failed_) {
      return absl::InternalError("no digest from OpenSSL");
    }
    result_.seconds = taken.count();
    result_.whole_seconds = result_.seconds *
                            static_cast<double>(result_.space) /
                            static_cast<double>(result_.tried);
    for (const std::uint32_t found : found_) {
      ++((found & kControl) != 0 ? result_.control_recovered
                                 : result_.recovered);
    }
    return result_;
  }

 private:
  bool AddControl() {
    std::mt19937_64 random(options_.seed);
    Hasher hasher(EVP_sha256());
    std::string id;
    Digest digest{};
    const bool all = result_.tried <= options_.control;
    const std::uint64_t count = all ? result_.tried : options_.control;
    std::set<std::uint64_t> drawn;
    for (std::uint64_t i = 0; drawn.size() < count; ++i) {
      const std::uint64_t at = all ? i : random() % result_.tried;
      if (!drawn.insert(at).second) continue;
      space_.Write(Spread(at, space_.size()), &id);
      if (!hasher.Hash(id, &digest)) return false;
      control_.Add(HexOf(digest),
                   kControl | static_cast<std::uint32_t>(drawn.size()));
    }
    result_.control = drawn.size();
    return true;
  }

  void Work() {
    Hasher attack(md_);
    Hasher sha256(EVP_sha256());
    std::vector<std::uint32_t> found;
    std::string id;
    while (!failed_) {
      const std::uint64_t begin = next_.fetch_add(kBlock);
      if (begin >= result_.tried) break;
      const std::uint64_t end = std::min(result_.tried, begin + kBlock);
      for (std::uint64_t i = begin; i < end; ++i) {
        space_.Write(Spread(i, space_.size()), &id);
        if (!Try(id, &attack, &sha256, &found)) failed_ = true;
      }
    }
    const std::lock_guard<std::mutex> guard(lock_);
    found_.insert(found.begin(), found.end());
  }

  // As it is written, and without punctuation.
  bool Try(const std::string& id, Hasher* attack, Hasher* sha256,
           std::vector<std::uint32_t>* found) const {
    Digest digest{};  // SHA-1 and MD5 leave its end as it is
    if (!attack->Hash(id, &digest)) return false;
    codes_.Match(digest, found);
    if (md_ != EVP_sha256() && !sha256->Hash(id, &digest)) return false;
    control_.Match(digest, found);
    if (std::all_of(id.begin(), id.end(), IsAlnum)) return true;
    digest = {};
    if (!attack->Hash(Bare(id), &digest)) return false;
    codes_.Match(digest, found);
    return true;
  }

  const IdSpace& space_;
  const EVP_MD* const md_;
  const HashAttackOptions& options_;
  CodeSet codes_;
  CodeSet control_;
  HashAttackResult result_;
  std::atomic<std::uint64_t> next_ = 0;
  std::atomic<bool> failed_ = false;
  std::mutex lock_;
  std::unordered_set<std::uint32_t> found_;
};

}  // namespace

absl::StatusOr<HashAttackResult> AttackHashes(
    const IdSpace& space, const std::set<std::string>& values,
    const HashAttackOptions& options) {
  const EVP_MD* const md = DigestOf(options.digest);
  if (md == nullptr) {
    return absl::InvalidArgumentError("--digest: sha256, sha1 or md5");
  }
  return Attack(space, md, options).Run(values);
}

std::set<std::string> CodesIn(std::string_view text) {
  std::set<std::string> codes;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    bool digit = false;
    while (end < text.size() && IsAlnum(text[end])) {
      digit |= text[end] >= '0' && text[end] <= '9';
      ++end;
    }
    if (digit && end - at >= kLeastCode) {
      codes.emplace(text.substr(at, end - at));
    }
    at = end + 1;
  }
  return codes;
}

}  // namespace phiwire
