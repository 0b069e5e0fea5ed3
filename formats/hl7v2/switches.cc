// SPDX-License-Identifier: Apache-2.0

#include "formats/hl7v2/switches.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "base/status_macros.h"
#include "formats/hl7v2/charset.h"

namespace phiwire::hl7v2 {
namespace {

constexpr char kEscape = '\x1B';
constexpr char kHidden = '\x80';  // neither delimiter nor letter

struct KnownSet {
  std::string_view escape;
  CodeSet set;
};
// ISO/IEC 2022's registry; what ICU's ISO-2022-JP-2 can read.
constexpr KnownSet kSets[] = {
    {"(B", CodeSet::kSingle},   {"(J", CodeSet::kSingle},
    {"(I", CodeSet::kKatakana}, {"$B", CodeSet::kTwoBytes},
    {"$@", CodeSet::kTwoBytes}, {"$(D", CodeSet::kTwoBytes},
    {"$A", CodeSet::kTwoBytes}, {"$(C", CodeSet::kTwoBytes},
};

const KnownSet* FindSet(std::string_view escape) {
  for (const KnownSet& set : kSets) {
    if (escape == set.escape) return &set;
  }
  return nullptr;
}

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

bool IsSevenBit(char c) { return c > ' ' && c < '\x7F'; }

// The hexadecimal of \C2842\ or \M242844\ as bytes; nullopt when it is none.
std::optional<std::string> HexEscape(std::string_view rest, char escape) {
  const bool multi = rest.size() > 1 && rest[1] == 'M';
  if (rest.size() < 7 || (!multi && rest[1] != 'C')) return std::nullopt;
  const std::size_t close = rest.find(escape, 2);
  if (close != 6 && !(multi && close == 8)) return std::nullopt;
  std::string out;
  for (std::size_t i = 2; i < close; i += 2) {
    const int high = HexValue(rest[i]);
    const int low = HexValue(rest[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
  }
  return out;
}

// Reads one record from front to back.
class Finder {
 public:
  Finder(std::string_view record, const Delimiters& d, bool raw)
      : record_(record), escape_(d.escape), raw_(raw), structure_(record) {}

  absl::Status Run() {
    while (at_ < record_.size()) {
      PHIWIRE_ASSIGN_OR_RETURN(const bool switched, TakeSwitch());
      if (switched) continue;
      PHIWIRE_RETURN_IF_ERROR(TakeCharacter());
    }
    return set_ == CodeSet::kSingle ? absl::OkStatus() : NotBack();
  }

  std::vector<Switch> switches() && { return std::move(switches_); }
  std::string structure() && { return std::move(structure_); }

 private:
  absl::Status NotBack() const {
    return Refuse("character set not switched back", at_, at_);
  }

  absl::StatusOr<bool> TakeSwitch() {
    const char c = record_[at_];
    if (c == kEscape) return TakeRaw();
    if (c != escape_ || escape_ == '\0') return false;
    const auto bytes = HexEscape(record_.substr(at_), escape_);
    if (!bytes) return false;
    const std::size_t size = 3 + 2 * bytes->size();
    const KnownSet* const set = FindSet(*bytes);
    if (set == nullptr) {
      return Refuse("character set switch (escape)", at_, at_ + size);
    }
    Add(*set, size);
    return true;
  }

  absl::StatusOr<bool> TakeRaw() {
    const auto refused = [this] {
      return Refuse("character set switch (ISO 2022)", at_, at_ + 1);
    };
    if (!raw_) return refused();
    const std::string_view rest = record_.substr(at_ + 1);
    for (const std::size_t size : {std::size_t{2}, std::size_t{3}}) {
      if (const KnownSet* const set = FindSet(rest.substr(0, size))) {
        Add(*set, 1 + size);
        return true;
      }
    }
    return refused();
  }

  void Add(const KnownSet& set, std::size_t size) {
    switches_.push_back(
        {at_, at_ + size, set.set, set.escape, record_[at_] == kEscape});
    Hide(size);
    set_ = set.set;
  }

  absl::Status TakeCharacter() {
    if (set_ == CodeSet::kSingle) {
      ++at_;
      return absl::OkStatus();
    }
    const std::size_t size = set_ == CodeSet::kTwoBytes ? 2 : 1;
    const std::string_view bytes = record_.substr(at_, size);
    if (bytes.size() < size ||
        !std::all_of(bytes.begin(), bytes.end(), IsSevenBit)) {
      return NotBack();
    }
    Hide(size);
    return absl::OkStatus();
  }

  void Hide(std::size_t size) {
    std::fill_n(structure_.begin() + static_cast<std::ptrdiff_t>(at_), size,
                kHidden);
    at_ += size;
  }

  std::string_view record_;
  char escape_;
  bool raw_;
  std::size_t at_ = 0;
  CodeSet set_ = CodeSet::kSingle;
  std::vector<Switch> switches_;
  std::string structure_;
};

// The characters of a run, as ICU reads them; empty when it can't.
std::u16string ReadRun(std::string_view escape, std::string_view run) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(
      ucnv_open("ISO-2022-JP-2", &error), &ucnv_close);
  if (U_FAILURE(error)) return {};
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr,
                      nullptr, nullptr, &error);
  std::string bytes(1, kEscape);
  bytes.append(escape).append(run).append("\x1B(B");
  std::u16string out(run.size() + 1, u'\0');
  const int32_t size = ucnv_toUChars(
      converter.get(), out.data(), static_cast<int32_t>(out.size()),
      bytes.data(), static_cast<int32_t>(bytes.size()), &error);
  if (U_FAILURE(error)) return {};
  out.resize(static_cast<std::size_t>(size));
  return out;
}

}  // namespace

bool Switches::HasEscapes(std::string_view record, const Delimiters& d) {
  if (d.escape == '\0') return false;
  for (std::size_t at = record.find(d.escape); at != std::string_view::npos;
       at = record.find(d.escape, at + 1)) {
    if (HexEscape(record.substr(at), d.escape)) return true;
  }
  return false;
}

absl::StatusOr<Switches> Switches::Find(std::string_view record,
                                        const Delimiters& d, bool raw) {
  Finder finder(record, d, raw);
  PHIWIRE_RETURN_IF_ERROR(finder.Run());
  Switches out;
  out.switches_ = std::move(finder).switches();
  out.structure_ = std::move(finder).structure();
  return out;
}

const Switch* Switches::At(std::size_t at) const {
  const auto after = std::upper_bound(
      switches_.begin(), switches_.end(), at,
      [](std::size_t pos, const Switch& s) { return pos < s.end; });
  if (after == switches_.begin()) return nullptr;
  const Switch& last = *(after - 1);
  return last.to == CodeSet::kSingle ? nullptr : &last;
}

const Switch* Switches::BeginsAt(std::size_t at) const {
  const auto found = std::lower_bound(
      switches_.begin(), switches_.end(), at,
      [](const Switch& s, std::size_t pos) { return s.begin < pos; });
  return found == switches_.end() || found->begin != at ? nullptr : &*found;
}

absl::Status Switches::Decode(std::string_view record, const Switch& by,
                              std::size_t begin, std::size_t end,
                              FieldText* out) {
  const std::size_t width = by.to == CodeSet::kTwoBytes ? 2 : 1;
  const std::u16string text =
      ReadRun(by.escape, record.substr(begin, end - begin));
  if (text.size() * width != end - begin) {
    return Refuse("bytes outside the character set of MSH-18", begin, end);
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string utf8;
    AppendUtf8(text[i], &utf8);
    out->Put(utf8, begin + i * width);
  }
  return absl::OkStatus();
}

}  // namespace phiwire::hl7v2
