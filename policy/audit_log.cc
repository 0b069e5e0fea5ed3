// SPDX-License-Identifier: Apache-2.0

#include "policy/audit_log.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <ctime>
#include <optional>
#include <span>
#include <system_error>
#include <utility>

#include "base/keyed_hash.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "policy/policy_writer.h"

namespace phiwire {
namespace {

constexpr std::size_t kHashSize = 64;
constexpr std::string_view kHashKey = ",\"hash\":\"";
constexpr std::string_view kSeqKey = "{\"seq\":";
constexpr off_t kLongestLine = 1 << 16;

std::string Hex(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const std::uint8_t byte : bytes) {
    out += {kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return out;
}

// Empty when OpenSSL fails; no line has an empty hash.
std::string Sha256Hex(std::string_view text) {
  std::array<std::uint8_t, 32> digest{};
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(),
                 nullptr) != 1) {
    return "";
  }
  return Hex(digest);
}

std::string Quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (byte < 0x20 || byte == 0x7F) {
      constexpr std::string_view kDigits = "0123456789abcdef";
      out += Concat({"\\u00", kDigits.substr(byte >> 4, 1),
                     kDigits.substr(byte & 15, 1)});
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string Now() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  ::gmtime_r(&now, &utc);
  std::array<char, 32> text{};
  const std::size_t size =
      std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
  return std::string(text.data(), size);
}

std::string Body(const AuditRecord& record, std::size_t seq,
                 std::string_view prev) {
  std::string out = Concat(
      {kSeqKey, std::to_string(seq), ",\"time\":", Quoted(Now()),
       ",\"prev\":", Quoted(prev), ",\"action\":", Quoted(record.action),
       ",\"purpose\":", Quoted(record.purpose),
       ",\"policy\":", Quoted(record.policy),
       ",\"policy_hash\":", Quoted(record.policy_hash), ",\"key_ids\":["});
  for (std::size_t i = 0; i < record.key_ids.size(); ++i) {
    out += Concat({i == 0 ? "" : ",", Quoted(record.key_ids[i])});
  }
  out += Concat({"],\"document\":", Quoted(record.document), ",\"counts\":{"});
  bool first = true;
  for (const auto& [type, count] : record.counts) {
    out += Concat({first ? "" : ",", Quoted(type), ":", std::to_string(count)});
    first = false;
  }
  return Concat({out, "},\"refusals\":", std::to_string(record.refusals)});
}

struct Tail {
  std::size_t seq = 0;
  std::string hash = std::string(kHashSize, '0');
};

// The last line's number and hash; nullopt when it is not whole, or its hash
// not its own.
std::optional<Tail> ReadTail(int fd) {
  const off_t size = ::lseek(fd, 0, SEEK_END);
  if (size < 0) return std::nullopt;
  if (size == 0) return Tail();
  const off_t from = size > kLongestLine ? size - kLongestLine : 0;
  std::string text(static_cast<std::size_t>(size - from), '\0');
  if (::pread(fd, text.data(), text.size(), from) !=
          static_cast<ssize_t>(text.size()) ||
      text.back() != '\n') {
    return std::nullopt;
  }
  std::string_view line(text.data(), text.size() - 1);
  line.remove_prefix(line.rfind('\n') + 1);  // npos + 1 is 0
  const std::size_t end = kHashKey.size() + kHashSize + 2;
  if (!line.starts_with(kSeqKey) || line.size() < end) return std::nullopt;
  const std::string_view body = line.substr(0, line.size() - end);
  Tail tail;
  tail.hash =
      std::string(line.substr(body.size() + kHashKey.size(), kHashSize));
  if (tail.hash != Sha256Hex(body)) return std::nullopt;
  const char* number = line.data() + kSeqKey.size();
  std::from_chars(number, line.data() + line.size(), tail.seq);
  return tail;
}

bool WriteWhole(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(fd, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(fd) == 0;
}

absl::Status Bad(std::string_view path, std::string_view reason) {
  return absl::InvalidArgumentError(Concat({"audit log ", path, ": ", reason}));
}

}  // namespace

AuditLog::AuditLog(std::string path, int fd)
    : path_(std::move(path)), fd_(fd) {}
AuditLog::AuditLog(AuditLog&& other) noexcept
    : path_(std::move(other.path_)), fd_(std::exchange(other.fd_, -1)) {}
AuditLog::~AuditLog() {
  if (fd_ >= 0) ::close(fd_);
}

absl::StatusOr<AuditLog> AuditLog::Open(const std::string& path) {
  const int fd =
      ::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) {
    return Bad(path, Concat({"not writable: ",
                             std::generic_category().message(errno)}));
  }
  AuditLog log(path, fd);
  if (!ReadTail(fd).has_value()) return Bad(path, "its last line is damaged");
  return log;
}

absl::Status AuditLog::Append(const AuditRecord& record) {
  // The chain goes on from whatever stands there now.
  if (::flock(fd_, LOCK_EX) != 0) return Bad(path_, "can't be locked");
  absl::Status status = Bad(path_, "its last line is damaged");
  if (const auto tail = ReadTail(fd_)) {
    const std::string body = Body(record, tail->seq + 1, tail->hash);
    const std::string hash = Sha256Hex(body);
    const std::string line = Concat({body, kHashKey, hash, "\"}\n"});
    status = !hash.empty() && WriteWhole(fd_, line)
                 ? absl::OkStatus()
                 : Bad(path_, "can't be written");
  }
  ::flock(fd_, LOCK_UN);
  return status;
}

std::string PolicyHash(const Policy& policy) {
  return Sha256Hex(ToYaml(policy));
}

absl::StatusOr<std::string> DocumentMac(const KeyRing& keys,
                                        std::string_view document) {
  PHIWIRE_ASSIGN_OR_RETURN(const SecretKey key,
                           keys.Derive("audit-document", ""));
  PHIWIRE_ASSIGN_OR_RETURN(const Digest mac, HmacSha256(key.bytes(), document));
  return Hex(mac);
}

}  // namespace phiwire
