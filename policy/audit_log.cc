// SPDX-License-Identifier: Apache-2.0

#include "policy/audit_log.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <ctime>
#include <optional>
#include <system_error>
#include <utility>

#include "base/keyed_hash.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "policy/audit_line.h"
#include "policy/policy_writer.h"

namespace phiwire {
namespace {

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

std::string Members(const AuditRecord& record) {
  std::string out = Concat({"\"action\":", Quoted(record.action),
                            ",\"purpose\":", Quoted(record.purpose),
                            ",\"policy\":", Quoted(record.policy),
                            ",\"policy_hash\":", Quoted(record.policy_hash),
                            ",\"key_ids\":["});
  for (std::size_t i = 0; i < record.key_ids.size(); ++i) {
    out += Concat({i == 0 ? "" : ",", Quoted(record.key_ids[i])});
  }
  out += Concat({"],\"document\":", Quoted(record.document),
                 ",\"output\":", Quoted(record.output), ",\"counts\":{"});
  bool first = true;
  for (const auto& [type, count] : record.counts) {
    out += Concat({first ? "" : ",", Quoted(type), ":", std::to_string(count)});
    first = false;
  }
  return Concat({out, "},\"refusals\":", std::to_string(record.refusals)});
}

struct Tail {
  off_t size = 0;  // of the file
  std::size_t seq = 0;
  std::string hash = FirstAuditPrev();
};

// The last line's number and hash; nullopt when it is not whole, or its hash
// not its own.
std::optional<Tail> ReadTail(int fd) {
  Tail tail;
  tail.size = ::lseek(fd, 0, SEEK_END);
  if (tail.size < 0) return std::nullopt;
  if (tail.size == 0) return tail;
  constexpr auto kMost = static_cast<off_t>(kLongestAuditLine);
  const off_t from = tail.size > kMost ? tail.size - kMost : 0;
  std::string text(static_cast<std::size_t>(tail.size - from), '\0');
  if (::pread(fd, text.data(), text.size(), from) !=
          static_cast<ssize_t>(text.size()) ||
      text.back() != '\n') {
    return std::nullopt;
  }
  std::string_view line(text.data(), text.size() - 1);
  line.remove_prefix(line.rfind('\n') + 1);  // npos + 1 is 0
  const auto read = ReadAuditLine(line);
  if (!read) return std::nullopt;
  tail.seq = read->seq;
  tail.hash = read->hash;
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
    : path_(std::move(path)), fd_(fd), lock_(std::make_unique<std::mutex>()) {}
AuditLog::AuditLog(AuditLog&& other) noexcept
    : path_(std::move(other.path_)),
      fd_(std::exchange(other.fd_, -1)),
      lock_(std::move(other.lock_)) {}
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
  // flock keeps processes apart, the mutex the threads of this one.
  const std::lock_guard<std::mutex> guard(*lock_);
  if (::flock(fd_, LOCK_EX) != 0) return Bad(path_, "can't be locked");
  absl::Status status = AppendLocked(record);
  ::flock(fd_, LOCK_UN);
  return status;
}

absl::Status AuditLog::AppendLocked(const AuditRecord& record) {
  // The chain goes on from whatever stands there now.
  const auto tail = ReadTail(fd_);
  if (!tail) return Bad(path_, "its last line is damaged");
  std::string line =
      SealAuditLine(tail->seq + 1, tail->hash, Now(), Members(record));
  if (line.empty()) return absl::InternalError("no SHA-256 from OpenSSL");
  line += '\n';
  if (line.size() > kLongestAuditLine) return Bad(path_, "a line is too long");
  if (WriteWhole(fd_, line)) return absl::OkStatus();
  // A disk that is full takes half a line: nothing could be added any more.
  static_cast<void>(!::ftruncate(fd_, tail->size));
  return Bad(path_, "can't be written");
}

std::string PolicyHash(const Policy& policy) {
  return Sha256Hex(ToYaml(policy));
}

absl::StatusOr<std::string> DocumentMac(const KeyRing& keys,
                                        std::string_view document) {
  PHIWIRE_ASSIGN_OR_RETURN(const SecretKey key,
                           keys.Derive("audit-document", ""));
  PHIWIRE_ASSIGN_OR_RETURN(const Digest mac, HmacSha256(key.bytes(), document));
  return AuditHex(mac);
}

}  // namespace phiwire
