// SPDX-License-Identifier: Apache-2.0

#include "engine/hs_cache.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "base/strings.h"

namespace phiwire {
namespace {

// Raise the number when the file's layout or HsCacheKey's input changes.
constexpr std::string_view kMagic = "phiwire-hs-1\n";
constexpr std::size_t kDigestBytes = 32;
constexpr std::size_t kMaxFileBytes = std::size_t{1} << 30;

class Fd {
 public:
  explicit Fd(int fd) : fd_(fd) {}
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  ~Fd() {
    if (fd_ >= 0) close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

// Empty on failure, which then fits no digest.
std::string Sha256(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(),
                 nullptr) != 1 ||
      size != kDigestBytes) {
    return {};
  }
  return std::string(digest.begin(), digest.begin() + kDigestBytes);
}

std::string Hex(std::string_view bytes) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out;
  for (char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out.push_back(kHex[byte >> 4]);
    out.push_back(kHex[byte & 15]);
  }
  return out;
}

// Length first, so that no two lists of strings give the same bytes.
void Put(std::string_view piece, std::string* out) {
  out->append(std::to_string(piece.size())).push_back(':');
  out->append(piece);
}

std::string FileName(std::string_view dir, std::string_view key) {
  return Concat({dir, "/", key, ".hsdb"});
}

// Not someone else's file, and not one that someone else may write.
bool Trusted(const struct stat& info) {
  return S_ISREG(info.st_mode) && info.st_uid == geteuid() &&
         (info.st_mode & (S_IWGRP | S_IWOTH)) == 0 && info.st_size > 0 &&
         static_cast<std::size_t>(info.st_size) <= kMaxFileBytes;
}

std::optional<std::string> ReadAll(int fd, std::size_t size) {
  std::string bytes(size, '\0');
  std::size_t done = 0;
  while (done < size) {
    const ssize_t n = read(fd, bytes.data() + done, size - done);
    if (n <= 0) return std::nullopt;
    done += static_cast<std::size_t>(n);
  }
  return bytes;
}

bool WriteAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = write(fd, bytes.data(), bytes.size());
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

bool EnsureFolder(const std::string& dir) {
  std::error_code error;
  if (std::filesystem::is_directory(dir, error)) return true;
  const std::filesystem::path parent = std::filesystem::path(dir).parent_path();
  if (!parent.empty()) std::filesystem::create_directories(parent, error);
  return mkdir(dir.c_str(), 0700) == 0 ||
         std::filesystem::is_directory(dir, error);
}

}  // namespace

std::string HsCacheKey(std::span<const PatternSpec> specs,
                       std::string_view hs_version, std::string_view platform) {
  std::string input;
  Put(kMagic, &input);
  Put(hs_version, &input);
  Put(platform, &input);
  for (const PatternSpec& spec : specs) {
    Put(spec.regex, &input);
    Put(spec.caseless ? "i" : "", &input);
  }
  return Hex(Sha256(input));
}

std::optional<std::string> ReadHsCache(std::string_view dir,
                                       std::string_view key) {
  if (dir.empty() || key.empty()) return std::nullopt;
  const Fd file(open(FileName(dir, key).c_str(),
                     O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  struct stat info = {};
  if (file.get() < 0 || fstat(file.get(), &info) != 0 || !Trusted(info)) {
    return std::nullopt;
  }
  std::optional<std::string> bytes =
      ReadAll(file.get(), static_cast<std::size_t>(info.st_size));
  constexpr std::size_t kHeader = kMagic.size() + kDigestBytes;
  if (!bytes || bytes->size() <= kHeader || !bytes->starts_with(kMagic)) {
    return std::nullopt;
  }
  const std::string_view payload = std::string_view(*bytes).substr(kHeader);
  if (std::string_view(*bytes).substr(kMagic.size(), kDigestBytes) !=
      Sha256(payload)) {
    return std::nullopt;
  }
  return bytes->substr(kHeader);
}

bool WriteHsCache(std::string_view dir, std::string_view key,
                  std::string_view payload) {
  const std::string digest = Sha256(payload);
  if (dir.empty() || key.empty() || digest.empty() ||
      payload.size() > kMaxFileBytes / 2 || !EnsureFolder(std::string(dir))) {
    return false;
  }
  std::string temporary = Concat({dir, "/.", key, ".XXXXXX"});
  const Fd file(mkostemp(temporary.data(), O_CLOEXEC));  // mode 0600
  if (file.get() < 0) return false;
  const bool written = WriteAll(file.get(), kMagic) &&
                       WriteAll(file.get(), digest) &&
                       WriteAll(file.get(), payload) && fsync(file.get()) == 0;
  if (written && rename(temporary.c_str(), FileName(dir, key).c_str()) == 0) {
    return true;
  }
  unlink(temporary.c_str());
  return false;
}

}  // namespace phiwire
