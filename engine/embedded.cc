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

bool ReadsAsText(std::string_view bytes) {
  std::size_t alnum = 0;
  for (char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    const bool blank = c == '\t' || c == '\n' || c == '\r';
    if ((byte < 0x20 && !blank) || byte == 0x7F) return false;
    const char lower = static_cast<char>(c | 0x20);
    alnum += (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') ||
             byte >= 0x80;
  }
  return alnum * 2 >= bytes.size() && IsValidUtf8(bytes);
}

std::optional<std::string> DecodeHex(std::string_view run) {
  if (run.size() % 2 != 0) return std::nullopt;
  std::string out;
  for (std::size_t i = 0; i < run.size(); i += 2) {
    const int high = HexValue(run[i]);
    const int low = HexValue(run[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out.push_back(static_cast<char>(high * 16 + low));
  }
  return ReadsAsText(out) ? std::optional(out) : std::nullopt;
}

// run without padding.
std::optional<std::string> DecodeBase64(std::string_view run) {
  if (run.size() % 4 == 1) return std::nullopt;
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (char c : run) {
    bits = (bits << 6) | static_cast<std::uint32_t>(Base64Value(c));
    count += 6;
    if (count >= 8) {
      count -= 8;
      out.push_back(static_cast<char>((bits >> count) & 0xFF));
    }
    // Most runs are no base64: give up on the first bytes that show it.
    if (out.size() == 8 && count == 2 &&
        std::any_of(out.begin(), out.end(), [](char b) {
          const auto byte = static_cast<unsigned char>(b);
          return byte < 9 || (byte > 13 && byte < 0x20) || byte == 0x7F;
        })) {
      return std::nullopt;
    }
  }
  return ReadsAsText(out) ? std::optional(out) : std::nullopt;
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
