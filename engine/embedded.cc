// SPDX-License-Identifier: Apache-2.0

#include "engine/embedded.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "base/utf8.h"
#include "engine/canonical_bytes.h"

namespace phiwire {
namespace {

constexpr std::size_t kMinRun = 16;
constexpr std::int8_t kNotBase64 = -1;

// RFC 4648, both alphabets (sections 4 and 5).
constexpr std::array<std::int8_t, 256> kBase64 = [] {
  std::array<std::int8_t, 256> table;
  table.fill(kNotBase64);
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    table[static_cast<unsigned char>(kAlphabet[i])] =
        static_cast<std::int8_t>(i);
  }
  table['-'] = 62;
  table['_'] = 63;
  return table;
}();

int Base64Value(char c) { return kBase64[static_cast<unsigned char>(c)]; }

// What a decoded byte says of whether all of it is text.
enum class ByteKind : std::uint8_t { kNoText, kSign, kLetter };

constexpr std::array<ByteKind, 256> kByteKinds = [] {
  std::array<ByteKind, 256> kinds;
  for (std::size_t byte = 0; byte < kinds.size(); ++byte) {
    const bool blank = byte == '\t' || byte == '\n' || byte == '\r';
    const std::size_t lower = byte | 0x20;
    const bool letter = (lower >= 'a' && lower <= 'z') ||
                        (byte >= '0' && byte <= '9') || byte >= 0x80;
    kinds[byte] = (byte < 0x20 && !blank) || byte == 0x7F ? ByteKind::kNoText
                  : letter                                ? ByteKind::kLetter
                                                          : ByteKind::kSign;
  }
  return kinds;
}();

// What is decoded, as long as it may be text: most runs show in a few bytes,
// which need no memory, that they are none.
class Decoded {
 public:
  explicit Decoded(std::size_t most) : most_(most) {}

  bool Add(unsigned byte) {
    const ByteKind kind = kByteKinds[byte];
    if (kind == ByteKind::kNoText) return false;
    letters_ += kind == ByteKind::kLetter ? 1 : 0;
    if (text_.size() == text_.capacity()) text_.reserve(most_);
    text_.push_back(static_cast<char>(byte));
    return true;
  }

  // Mostly letters, digits or what is beyond ASCII.
  std::optional<std::string> Text() && {
    if (letters_ * 2 < text_.size() || !IsValidUtf8(text_)) return std::nullopt;
    return std::move(text_);
  }

 private:
  const std::size_t most_;  // bytes
  std::string text_;
  std::size_t letters_ = 0;
};

std::optional<std::string> DecodeHex(std::string_view run) {
  if (run.size() % 2 != 0) return std::nullopt;
  Decoded out(run.size() / 2);
  for (std::size_t i = 0; i < run.size(); i += 2) {
    const int high = HexValue(run[i]);
    const int low = HexValue(run[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    if (!out.Add(static_cast<unsigned>(high * 16 + low))) return std::nullopt;
  }
  return std::move(out).Text();
}

// run without padding.
std::optional<std::string> DecodeBase64(std::string_view run) {
  if (run.size() % 4 == 1) return std::nullopt;
  Decoded out(run.size() * 3 / 4);
  std::uint32_t bits = 0;
  int count = 0;
  for (char c : run) {
    bits = (bits << 6) | static_cast<std::uint32_t>(Base64Value(c));
    count += 6;
    if (count >= 8) {
      count -= 8;
      if (!out.Add((bits >> count) & 0xFF)) return std::nullopt;
    }
  }
  return std::move(out).Text();
}

class Finder {
 public:
  Finder(std::string_view text, std::size_t max) : text_(text), max_(max) {}

  std::vector<EmbeddedText> Run(std::span<const ByteRun> long_runs) {
    static_assert(kMinRun >= kShortestLongRun);
    for (const ByteRun& run : long_runs) {
      if (Full()) break;
      Search(run);
    }
    return std::move(found_);
  }

 private:
  bool Full() const { return found_.size() >= max_; }

  void Search(const ByteRun& run) {
    done_ = run.begin;
    // Any run of kMinRun covers one of the places looked at.
    for (std::size_t at = run.begin + kMinRun - 1; at < run.end && !Full();) {
      if (Base64Value(text_[at]) == kNotBase64) {
        at += kMinRun;
        continue;
      }
      std::size_t begin = at;
      while (begin > done_ && Base64Value(text_[begin - 1]) != kNotBase64) {
        --begin;
      }
      std::size_t end = at + 1;
      while (end < run.end && Base64Value(text_[end]) != kNotBase64) ++end;
      if (end - begin >= kMinRun) Try(begin, end);
      done_ = end;
      at = end + kMinRun;
    }
  }

  bool Keep(std::optional<std::string> decoded, std::size_t begin,
            std::size_t end) {
    if (!decoded) return false;
    found_.push_back({*std::move(decoded), begin, end});
    return true;
  }

  // Padding that fits the run's length belongs to it.
  std::size_t WithPadding(std::size_t begin, std::size_t end) const {
    std::size_t padded = end;
    while (padded < text_.size() && text_[padded] == '=' &&
           (padded - begin) % 4 != 0) {
      ++padded;
    }
    return padded;
  }

  bool TryOne(std::size_t begin, std::size_t end) {
    const std::string_view run = text_.substr(begin, end - begin);
    return Keep(DecodeHex(run), begin, end) ||
           Keep(DecodeBase64(run), begin, WithPadding(begin, end));
  }

  // A dash or slash may join the run to a label: then its parts are tried.
  void Try(std::size_t begin, std::size_t end) {
    if (TryOne(begin, end)) return;
    std::size_t part = begin;
    for (std::size_t at = begin; at <= end && !Full(); ++at) {
      constexpr std::string_view kJoins = "-_/+";
      if (at < end && kJoins.find(text_[at]) == std::string_view::npos) {
        continue;
      }
      if (at - part >= kMinRun && (part > begin || at < end)) {
        TryOne(part, at);
      }
      part = at + 1;
    }
  }

  std::string_view text_;
  std::size_t max_;
  std::size_t done_ = 0;
  std::vector<EmbeddedText> found_;
};

}  // namespace

std::vector<EmbeddedText> FindEmbedded(std::string_view canonical,
                                       std::span<const ByteRun> long_runs,
                                       std::size_t max) {
  return Finder(canonical, max).Run(long_runs);
}

}  // namespace phiwire
