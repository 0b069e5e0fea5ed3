// SPDX-License-Identifier: Apache-2.0

#include "base/lexicon.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "absl/status/status.h"
#include "base/strings.h"

namespace phiwire {

// The file is written by tools/build_lexicon.py and read in place.
static_assert(std::endian::native == std::endian::little);

struct LexSlot {
  std::uint32_t hash;
  std::uint8_t length;
  std::uint8_t zero[3];
  LexEntry entry;
};
static_assert(sizeof(LexSlot) == 16);

namespace {

constexpr char kMagic[8] = {'P', 'H', 'I', 'W', 'L', 'E', 'X', '\0'};
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kMaxBytes = std::size_t{1} << 30;

struct LexHeader {
  char magic[8];
  std::uint32_t version;
  std::uint32_t slots;
  std::uint32_t entries;
  std::uint32_t slot_bytes;
  std::uint64_t checksum;
  std::uint64_t file_bytes;
  std::uint8_t zero[24];
};
static_assert(sizeof(LexHeader) == 64);

// Eight independent lanes, so that all 16 MB are read at the speed of memory.
// Against damage, not against an attacker. Also in tools/build_lexicon.py.
std::uint64_t Checksum(const unsigned char* data, std::size_t size) {
  constexpr std::uint64_t kPrime = 0x9E3779B97F4A7C15u;
  std::array<std::uint64_t, 8> lanes = {1, 2, 3, 4, 5, 6, 7, 8};
  for (std::size_t i = 0; i + 64 <= size; i += 64) {
    std::array<std::uint64_t, 8> words;
    std::memcpy(words.data(), data + i, 64);
    for (std::size_t k = 0; k < 8; ++k) {
      lanes[k] = (lanes[k] ^ words[k]) * kPrime;
    }
  }
  std::uint64_t total = 0;
  for (std::uint64_t h : lanes) total = (total ^ h ^ (h >> 32)) * kPrime;
  return total;
}

class File {
 public:
  explicit File(const std::string& path)
      : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int fd() const { return fd_; }

 private:
  int fd_;
};

absl::Status Damaged(std::string_view path, std::string_view what) {
  return absl::DataLossError(ToAbsl(Concat({"lexicon ", path, ": ", what})));
}

absl::Status CheckFile(std::string_view path, const void* map,
                       std::size_t bytes) {
  const auto& header = *static_cast<const LexHeader*>(map);
  if (std::memcmp(header.magic, kMagic, sizeof kMagic) != 0) {
    return Damaged(path, "not a lexicon");
  }
  if (header.version != kVersion || header.slot_bytes != sizeof(LexSlot)) {
    return Damaged(path, "of another version; run tools/build_lexicon.py");
  }
  // An empty slot has to exist, or a search for an absent word never ends.
  if (!std::has_single_bit(header.slots) || header.slots < 4 ||
      header.entries >= header.slots || header.file_bytes != bytes ||
      sizeof(LexHeader) + header.slots * sizeof(LexSlot) != bytes) {
    return Damaged(path, "sizes do not agree");
  }
  const auto* body = static_cast<const unsigned char*>(map) + sizeof(LexHeader);
  if (Checksum(body, bytes - sizeof(LexHeader)) != header.checksum) {
    return Damaged(path, "checksum does not agree");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Lexicon> Lexicon::Open(std::string_view path) {
  const File file{std::string(path)};
  struct stat info {};
  if (file.fd() < 0 || ::fstat(file.fd(), &info) != 0 ||
      !S_ISREG(info.st_mode)) {
    return absl::NotFoundError(
        ToAbsl(Concat({"lexicon ", path, ": cannot be opened"})));
  }
  const auto bytes = static_cast<std::size_t>(info.st_size);
  if (bytes < sizeof(LexHeader) || bytes > kMaxBytes) {
    return Damaged(path, "sizes do not agree");
  }
  void* map = ::mmap(nullptr, bytes, PROT_READ, MAP_SHARED | MAP_POPULATE,
                     file.fd(), 0);
  if (map == MAP_FAILED) {
    return absl::UnavailableError(
        ToAbsl(Concat({"lexicon ", path, ": cannot be mapped"})));
  }
  Lexicon lexicon;
  lexicon.map_ = map;
  lexicon.bytes_ = bytes;
  if (absl::Status status = CheckFile(path, map, bytes); !status.ok()) {
    return status;
  }
  const auto* header = static_cast<const LexHeader*>(map);
  lexicon.slots_ = reinterpret_cast<const LexSlot*>(header + 1);
  lexicon.mask_ = header->slots - 1;
  return lexicon;
}

Lexicon::Lexicon(Lexicon&& other) noexcept { *this = std::move(other); }

Lexicon& Lexicon::operator=(Lexicon&& other) noexcept {
  std::swap(map_, other.map_);
  std::swap(bytes_, other.bytes_);
  std::swap(slots_, other.slots_);
  std::swap(mask_, other.mask_);
  return *this;
}

Lexicon::~Lexicon() {
  if (map_ != nullptr) ::munmap(const_cast<void*>(map_), bytes_);
}

LexEntry Lexicon::Find(std::uint32_t hash, std::uint8_t length) const {
  for (std::uint32_t i = hash & mask_; slots_[i].hash != 0;
       i = (i + 1) & mask_) {
    if (slots_[i].hash == hash && slots_[i].length == length) {
      return slots_[i].entry;
    }
  }
  return {};
}

void Lexicon::Prefetch(std::uint32_t hash) const {
  __builtin_prefetch(&slots_[hash & mask_]);
}

std::size_t Lexicon::size() const {
  return map_ == nullptr ? 0 : static_cast<const LexHeader*>(map_)->entries;
}

}  // namespace phiwire
