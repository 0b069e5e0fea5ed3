// SPDX-License-Identifier: Apache-2.0

#include "base/lexicon.h"

#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "absl/status/status.h"
#include "base/status_macros.h"
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
// Part of the file's format: base/checksum.h is another.
std::uint64_t LexiconChecksum(std::string_view body) {
  constexpr std::uint64_t kPrime = 0x9E3779B97F4A7C15u;
  std::array<std::uint64_t, 8> lanes = {1, 2, 3, 4, 5, 6, 7, 8};
  for (std::size_t i = 0; i + 64 <= body.size(); i += 64) {
    std::array<std::uint64_t, 8> words;
    std::memcpy(words.data(), body.data() + i, 64);
    for (std::size_t k = 0; k < 8; ++k) {
      lanes[k] = (lanes[k] ^ words[k]) * kPrime;
    }
  }
  std::uint64_t total = 0;
  for (std::uint64_t h : lanes) total = (total ^ h ^ (h >> 32)) * kPrime;
  return total;
}

absl::Status Damaged(std::string_view path, std::string_view what) {
  return absl::DataLossError(ToAbsl(Concat({"lexicon ", path, ": ", what})));
}

const LexHeader& HeaderOf(std::string_view file) {
  return *reinterpret_cast<const LexHeader*>(file.data());
}

absl::Status CheckFile(std::string_view path, std::string_view file) {
  if (file.size() < sizeof(LexHeader)) {
    return Damaged(path, "sizes do not agree");
  }
  const LexHeader& header = HeaderOf(file);
  if (std::memcmp(header.magic, kMagic, sizeof kMagic) != 0) {
    return Damaged(path, "not a lexicon");
  }
  if (header.version != kVersion || header.slot_bytes != sizeof(LexSlot)) {
    return Damaged(path, "of another version; run tools/build_lexicon.py");
  }
  // An empty slot has to exist, or a search for an absent word never ends.
  if (!std::has_single_bit(header.slots) || header.slots < 4 ||
      header.entries >= header.slots || header.file_bytes != file.size() ||
      sizeof(LexHeader) + header.slots * sizeof(LexSlot) != file.size()) {
    return Damaged(path, "sizes do not agree");
  }
  if (LexiconChecksum(file.substr(sizeof(LexHeader))) != header.checksum) {
    return Damaged(path, "checksum does not agree");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Lexicon> Lexicon::Open(std::string_view path) {
  absl::StatusOr<MappedFile> file = MappedFile::Open(path, kMaxBytes);
  if (!file.ok()) {
    return absl::Status(
        file.status().code(),
        ToAbsl(Concat({"lexicon ", ToStd(file.status().message())})));
  }
  PHIWIRE_RETURN_IF_ERROR(CheckFile(path, file->bytes()));
  return Lexicon(*std::move(file));
}

Lexicon::Lexicon(MappedFile file) : file_(std::move(file)) {
  const LexHeader& header = HeaderOf(file_.bytes());
  slots_ = reinterpret_cast<const LexSlot*>(&header + 1);
  mask_ = header.slots - 1;
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

std::size_t Lexicon::size() const { return HeaderOf(file_.bytes()).entries; }

}  // namespace phiwire
