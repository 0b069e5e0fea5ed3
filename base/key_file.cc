// SPDX-License-Identifier: Apache-2.0

#include "base/key_file.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "base/strings.h"

namespace phiwire {
namespace {

constexpr std::string_view kMark = "phiwire-key-";
constexpr std::string_view kHead = "phiwire-key-1:";
constexpr std::string_view kFd = "fd:";
constexpr std::string_view kEnv = "env:";
constexpr std::string_view kFile = "file:";
// A file of kMaxKeyBytes in base64 with head and line end fits.
constexpr std::size_t kMaxFileBytes = 2 * kMaxKeyBytes;

absl::Status KeyError(std::string_view path, std::string_view reason) {
  return absl::InvalidArgumentError(Concat({"key file ", path, ": ", reason}));
}

bool IsBase64(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         (c >= '0' && c <= '9') || c == '+' || c == '/';
}

// Strict RFC 4648 section 4: OpenSSL's block decoder forgives white space and
// counts padding as bytes.
std::optional<std::vector<std::uint8_t>> DecodeBase64(std::string_view text) {
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() &&
         text[text.size() - 1 - padding] == '=') {
    ++padding;
  }
  const std::string_view body = text.substr(0, text.size() - padding);
  if (text.empty() || text.size() % 4 != 0 ||
      !std::all_of(body.begin(), body.end(), IsBase64)) {
    return std::nullopt;
  }
  std::vector<std::uint8_t> out(text.size() / 4 * 3);
  const int size = EVP_DecodeBlock(
      out.data(), reinterpret_cast<const unsigned char*>(text.data()),
      static_cast<int>(text.size()));
  if (size != static_cast<int>(out.size())) return std::nullopt;
  out.resize(out.size() - padding);
  return out;
}

std::string_view WithoutLineEnd(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

// Unbuffered, so that no stream buffer keeps a copy of the key.
std::optional<std::size_t> ReadUpTo(int fd, std::vector<char>* buffer) {
  std::size_t size = 0;
  while (size < buffer->size()) {
    const ssize_t got =
        ::read(fd, buffer->data() + size, buffer->size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::nullopt;
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  return size;
}

absl::StatusOr<SecretKey> ReadFrom(int fd, std::string_view source) {
  std::vector<char> buffer(kMaxFileBytes + 1);
  const std::optional<std::size_t> size = ReadUpTo(fd, &buffer);
  absl::StatusOr<SecretKey> key = KeyError(source, "can't be read");
  if (size.has_value()) {
    key = *size > kMaxFileBytes
              ? KeyError(source, "longer than 4096 bytes")
              : ParseKey(std::string_view(buffer.data(), *size), source);
  }
  OPENSSL_cleanse(buffer.data(), buffer.size());
  return key;
}

absl::StatusOr<SecretKey> ReadDescriptor(std::string_view source) {
  const std::string_view digits = source.substr(kFd.size());
  int fd = -1;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), fd);
  if (error != std::errc() || end != digits.data() + digits.size() || fd < 0) {
    return KeyError(source, "no file descriptor");
  }
  return ReadFrom(fd, source);
}

absl::StatusOr<SecretKey> ReadEnvironment(std::string_view source) {
  const char* value =
      std::getenv(std::string(source.substr(kEnv.size())).c_str());
  if (value == nullptr) return KeyError(source, "not set");
  return ParseKey(value, source);
}

}  // namespace

absl::StatusOr<SecretKey> ParseKey(std::string_view content,
                                   std::string_view path) {
  std::vector<std::uint8_t> bytes;
  if (content.starts_with(kMark)) {
    if (!content.starts_with(kHead)) {
      return KeyError(path, "made by another version of phiwire");
    }
    auto decoded = DecodeBase64(WithoutLineEnd(content.substr(kHead.size())));
    if (!decoded.has_value()) {
      return KeyError(path,
                      "damaged: what follows phiwire-key-1: is no base64");
    }
    bytes = *std::move(decoded);
  } else {
    // Not part of a raw key's least size: `echo password > site.key`.
    if (WithoutLineEnd(content).size() < kMinKeyBytes) {
      return KeyError(path, "shorter than 32 bytes");
    }
    bytes.assign(content.begin(), content.end());
  }
  SecretKey key(std::move(bytes));
  if (key.bytes().size() < kMinKeyBytes) {
    return KeyError(path, "shorter than 32 bytes");
  }
  if (key.bytes().size() > kMaxKeyBytes) {
    return KeyError(path, "longer than 4096 bytes");
  }
  return key;
}

absl::StatusOr<SecretKey> ReadKeyFile(std::string_view path) {
  if (path.empty()) return KeyError("(none)", "no path given");
  const int fd = ::open(std::string(path).c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    return KeyError(path, errno == ENOENT ? "missing" : "can't be read");
  }
  struct stat about {};
  absl::StatusOr<SecretKey> key = KeyError(path, "can't be read");
  if (::fstat(fd, &about) == 0) {
    if (S_ISDIR(about.st_mode)) {
      key = KeyError(path, "is a folder");
    } else if (S_ISREG(about.st_mode) &&
               (about.st_mode & (S_IROTH | S_IWOTH)) != 0) {
      key = KeyError(path, "readable or writable by everyone; chmod 600 it");
    } else {
      key = ReadFrom(fd, path);
    }
  }
  ::close(fd);
  return key;
}

bool IsKeyPath(std::string_view source) {
  return !source.starts_with(kFd) && !source.starts_with(kEnv);
}

absl::StatusOr<SecretKey> ReadKey(std::string_view source) {
  if (source.starts_with(kFd)) return ReadDescriptor(source);
  if (source.starts_with(kEnv)) return ReadEnvironment(source);
  if (source.starts_with(kFile)) source.remove_prefix(kFile.size());
  return ReadKeyFile(source);
}

absl::StatusOr<SecretKey> GenerateKey() {
  std::vector<std::uint8_t> bytes(kMinKeyBytes);
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    return absl::InternalError("no random bytes from OpenSSL");
  }
  return SecretKey(std::move(bytes));
}

std::string FormatKey(const SecretKey& key) {
  const auto bytes = key.bytes();
  // EVP_EncodeBlock writes a NUL after the text.
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes.data(),
                  static_cast<int>(bytes.size()));
  text.pop_back();
  std::string line = Concat({kHead, text, "\n"});
  OPENSSL_cleanse(text.data(), text.size());
  return line;
}

}  // namespace phiwire
