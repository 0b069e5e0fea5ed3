// SPDX-License-Identifier: Apache-2.0

#include "policy/attack/id_space.h"

#include <charconv>
#include <optional>
#include <system_error>

namespace phiwire {
namespace {

constexpr std::string_view kSsnShape = "###-##-####";
constexpr std::uint64_t kSerials = 9999;
constexpr std::uint64_t kGroups = 99;
constexpr std::uint64_t kAreas = 898;  // 001 to 899 without 666
constexpr std::uint64_t kNoArea = 666;
constexpr std::uint64_t kMostIds = std::uint64_t{1} << 62;
constexpr std::size_t kLongestShape = 64;

std::uint64_t Base(char c) { return c == '#' ? 10 : c == '@' ? 26 : 1; }

// 0 when there are too many, or nothing varies.
std::uint64_t SizeOf(std::string_view shape) {
  std::uint64_t size = 1;
  for (const char c : shape) {
    if (size > kMostIds / Base(c)) return 0;
    size *= Base(c);
  }
  return size == 1 ? 0 : size;
}

// Spells `number` in the shape, its last character varying first.
void Spell(std::string_view shape, std::uint64_t number, std::string* out) {
  out->assign(shape);
  for (std::size_t i = shape.size(); i-- > 0;) {
    const std::uint64_t base = Base(shape[i]);
    if (base == 1) continue;
    const char zero = base == 10 ? '0' : 'A';
    (*out)[i] = static_cast<char>(zero + static_cast<char>(number % base));
    number /= base;
  }
}

struct Range {
  std::uint64_t first, last;
};

std::optional<Range> ReadRange(std::string_view text) {
  Range range{};
  const char* const end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, range.first);
  if (first.ec != std::errc() || first.ptr == end || *first.ptr != '-') {
    return std::nullopt;
  }
  const auto last = std::from_chars(first.ptr + 1, end, range.last);
  if (last.ec != std::errc() || last.ptr != end || range.last < range.first) {
    return std::nullopt;
  }
  return range;
}

}  // namespace

IdSpace IdSpace::Ssn() {
  IdSpace space;
  space.shape_ = kSsnShape;
  space.ssn_ = true;
  space.size_ = kAreas * kGroups * kSerials;
  return space;
}

absl::StatusOr<IdSpace> IdSpace::FromShape(std::string_view shape,
                                           std::string_view range) {
  if (shape == "ssn") {
    if (!range.empty()) {
      return absl::InvalidArgumentError("--range: not with ssn");
    }
    return Ssn();
  }
  IdSpace space;
  space.shape_ = shape;
  space.size_ = shape.size() > kLongestShape ? 0 : SizeOf(shape);
  if (space.size_ == 0) {
    return absl::InvalidArgumentError(
        "--space: ssn, or a shape with # for a digit and @ for a capital "
        "letter, of at most 2^62 identifiers");
  }
  if (range.empty()) return space;
  const auto read = ReadRange(range);
  if (!read || read->last >= space.size_ ||
      shape.find('@') != std::string_view::npos) {
    return absl::InvalidArgumentError(
        "--range: FIRST-LAST, two numbers the shape has room for; not with @");
  }
  space.first_ = read->first;
  space.size_ = read->last - read->first + 1;
  return space;
}

void IdSpace::Write(std::uint64_t index, std::string* out) const {
  if (!ssn_) return Spell(shape_, first_ + index, out);
  const std::uint64_t serial = index % kSerials + 1;
  const std::uint64_t group = index / kSerials % kGroups + 1;
  std::uint64_t area = index / kSerials / kGroups + 1;
  if (area >= kNoArea) ++area;
  Spell(shape_, (area * 100 + group) * 10000 + serial, out);
}

bool IdSpace::IsLike(std::string_view text) const {
  if (text.size() != shape_.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool fits = shape_[i] == '#'   ? c >= '0' && c <= '9'
                      : shape_[i] == '@' ? c >= 'A' && c <= 'Z'
                                         : c == shape_[i];
    if (!fits) return false;
  }
  return true;
}

}  // namespace phiwire
