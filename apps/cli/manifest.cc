// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/manifest.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>

#include "apps/cli/output_file.h"
#include "base/key_file.h"
#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire::cli {
namespace {

constexpr std::string_view kMagic = "phiwire-manifest\t1\t";
constexpr std::size_t kSaltHex = 32;
constexpr std::string_view kDone = "done";
constexpr std::string_view kNone = "-";
constexpr std::size_t kRead = std::size_t{256} << 10;

absl::Status Bad(std::string_view reason) {
  return absl::InvalidArgumentError(
      Concat({"the manifest ", kManifestName, " in -o: ", reason}));
}

// The user's own, made when it is missing. link(2) never replaces: of two
// runs that begin at once both get the same.
absl::StatusOr<SecretKey> ResumeKey(const std::string& dir) {
  const std::string path = dir + "/resume.key";
  if (::access(path.c_str(), F_OK) != 0) {
    PHIWIRE_ASSIGN_OR_RETURN(const SecretKey made, GenerateKey());
    const std::string temporary =
        Concat({path, ".", std::to_string(::getpid())});
    const int fd = ::open(temporary.c_str(),
                          O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0) {
      const bool written = WriteAll(fd, FormatKey(made)).ok();
      ::close(fd);
      if (written) static_cast<void>(::link(temporary.c_str(), path.c_str()));
      ::unlink(temporary.c_str());
    }
  }
  return ReadKeyFile(path);
}

std::string ReadAll(int fd) {
  std::string text;
  ssize_t got = 1;
  for (off_t at = 0; got > 0; at += got) {
    const std::size_t size = text.size();
    text.resize(size + kRead);
    got = ::pread(fd, text.data() + size, kRead, at);
    text.resize(size + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  }
  return text;
}

// Takes what stands before the next tab or line end off *line.
std::string_view Column(std::string_view* line) {
  const std::size_t tab = std::min(line->find('\t'), line->size());
  const std::string_view column = line->substr(0, tab);
  line->remove_prefix(std::min(tab + 1, line->size()));
  return column;
}

std::optional<int> HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return std::nullopt;
}

// All zero, which no MAC is, for anything else.
std::array<char, 16> FromHex(std::string_view hex) {
  std::array<char, 16> out{};
  if (hex.size() != 2 * out.size()) return out;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto high = HexDigit(hex[2 * i]);
    const auto low = HexDigit(hex[2 * i + 1]);
    if (!high || !low) return {};
    out[i] = static_cast<char>(*high * 16 + *low);
  }
  return out;
}

// Empty when the file can't be read.
std::string MacOf(const std::string& path, ContentMac mac) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return "";
  std::string buffer(kRead, '\0');
  ssize_t got = 0;
  while ((got = ::read(fd, buffer.data(), buffer.size())) > 0) {
    mac.Add(std::string_view(buffer).substr(0, static_cast<std::size_t>(got)));
  }
  ::close(fd);
  return got == 0 ? mac.Hex() : "";
}

}  // namespace

Manifest::~Manifest() { ::close(fd_); }

absl::StatusOr<std::unique_ptr<Manifest>> Manifest::Open(
    const std::string& folder, const std::string& key_dir,
    std::string_view task, bool resume) {
  PHIWIRE_ASSIGN_OR_RETURN(const SecretKey user_key, ResumeKey(key_dir));
  const std::string path = Concat({folder, "/", kManifestName});
  const int fd =
      ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) return Bad("can't be opened");
  std::unique_ptr<Manifest> manifest(new Manifest(fd));
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    return Bad("another run writes there");
  }
  const std::string text = ReadAll(fd);
  std::string_view rest = text;
  std::string_view head = rest.substr(0, rest.find('\n'));
  rest.remove_prefix(std::min(rest.size(), head.size() + 1));
  // A salt, so that the MACs of two folders can't be compared.
  std::string salt;
  if (resume && head.starts_with(kMagic)) {
    salt = head.substr(kMagic.size()).substr(0, kSaltHex);
  } else {
    PHIWIRE_ASSIGN_OR_RETURN(const SecretKey random, GenerateKey());
    salt = ContentMac(random, "salt").Hex();
  }
  ContentMac mac(user_key, "folder");
  mac.Add(salt);
  const std::string secret = mac.Hex();
  const SecretKey key(std::vector<std::uint8_t>(secret.begin(), secret.end()));
  manifest->SetKey(key);
  ContentMac about(key, "task");
  about.Add(task);
  const std::string line = Concat({kMagic, salt, "\t", about.Hex()});
  if (resume && head == line) {
    manifest->Load(rest);
    // A line that was cut off is none.
    const auto whole = static_cast<off_t>(text.rfind('\n') + 1);
    if (::ftruncate(fd, whole) != 0) return Bad("can't be written");
    ::lseek(fd, 0, SEEK_END);
    return manifest;
  }
  PHIWIRE_RETURN_IF_ERROR(manifest->Begin(line + "\n"));
  return manifest;
}

void Manifest::SetKey(const SecretKey& key) {
  path_ = ContentMac(key, "path");
  input_ = ContentMac(key, "input");
  output_ = ContentMac(key, "output");
}

absl::Status Manifest::Begin(std::string_view head) {
  if (::ftruncate(fd_, 0) != 0 || ::lseek(fd_, 0, SEEK_SET) != 0) {
    return Bad("can't be written");
  }
  return Append(head);
}

void Manifest::Load(std::string_view lines) {
  resumed_ = true;
  while (!lines.empty()) {
    const std::size_t newline = lines.find('\n');
    if (newline == std::string_view::npos) break;
    std::string_view line = lines.substr(0, newline);
    lines.remove_prefix(newline + 1);
    Entry entry{};
    entry.path = FromHex(Column(&line));
    entry.input = FromHex(Column(&line));
    entry.output = FromHex(Column(&line));
    entry.done = line == kDone;
    entries_.push_back(entry);
  }
  // Of several lines about a file the last one holds.
  std::stable_sort(
      entries_.begin(), entries_.end(),
      [](const Entry& a, const Entry& b) { return a.path < b.path; });
}

std::string Manifest::PathMac(const std::string& input,
                              const std::string& output) const {
  ContentMac mac = path_.Copy();
  mac.Add(input);
  mac.Add(std::string_view("\0", 1));
  mac.Add(output);
  return mac.Hex();
}

bool Manifest::IsDone(const std::string& input,
                      const std::string& output) const {
  const Mac path = FromHex(PathMac(input, output));
  const auto after = std::upper_bound(
      entries_.begin(), entries_.end(), path,
      [](const Mac& mac, const Entry& entry) { return mac < entry.path; });
  if (after == entries_.begin()) return false;
  const Entry& entry = *(after - 1);
  constexpr Mac kUnknown{};
  return entry.path == path && entry.done && entry.input != kUnknown &&
         entry.output != kUnknown &&
         FromHex(MacOf(output, OutputMac())) == entry.output &&
         FromHex(MacOf(input, InputMac())) == entry.input;
}

std::string Manifest::Line(const std::string& input, const std::string& output,
                           std::string_view input_mac,
                           std::string_view output_mac,
                           std::string_view outcome) const {
  const auto known = [](std::string_view mac) {
    return mac.empty() ? kNone : mac;
  };
  return Concat({PathMac(input, output), "\t", known(input_mac), "\t",
                 known(output_mac), "\t", outcome, "\n"});
}

absl::Status Manifest::Append(std::string_view lines) {
  PHIWIRE_RETURN_IF_ERROR(WriteAll(fd_, lines));
  if (::fdatasync(fd_) == 0 || errno == EINVAL) return absl::OkStatus();
  return absl::ResourceExhaustedError("the manifest can't be synced");
}

}  // namespace phiwire::cli
