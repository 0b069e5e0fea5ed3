// SPDX-License-Identifier: Apache-2.0

#include "base/key_file.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "base/strings.h"

namespace phiwire {
namespace {

constexpr std::string_view kMark = "phiwire-key-";
constexpr std::string_view kHead = "phiwire-key-1:";
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
std::optional<std::size_t> ReadUpTo(const char* path,
                                    std::vector<char>* buffer) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(
      std::fopen(path, "rb"), &std::fclose);
  if (file == nullptr) return std::nullopt;
  std::setvbuf(file.get(), nullptr, _IONBF, 0);
  const std::size_t size =
      std::fread(buffer->data(), 1, buffer->size(), file.get());
  if (std::ferror(file.get()) != 0) return std::nullopt;
  return size;
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
  const std::string name(path);
  std::error_code error;
  if (!std::filesystem::exists(name, error)) return KeyError(path, "missing");
  if (std::filesystem::is_directory(name, error)) {
    return KeyError(path, "is a folder");
  }
  std::vector<char> buffer(kMaxFileBytes + 1);
  const std::optional<std::size_t> size = ReadUpTo(name.c_str(), &buffer);
  absl::StatusOr<SecretKey> key = KeyError(path, "can't be read");
  if (size.has_value()) {
    key = *size > kMaxFileBytes
              ? KeyError(path, "longer than 4096 bytes")
              : ParseKey(std::string_view(buffer.data(), *size), path);
  }
  OPENSSL_cleanse(buffer.data(), buffer.size());
  return key;
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
