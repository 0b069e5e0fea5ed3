// SPDX-License-Identifier: Apache-2.0

#include "formats/hl7v2/known_values.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <optional>
#include <utility>

#include "base/ascii.h"
#include "base/byte_set.h"
#include "engine/canonical.h"
#include "formats/hl7v2/fields_table.h"
#include "formats/hl7v2/values.h"
#include "formats/hl7v2/written_dates.h"

namespace phiwire::hl7v2 {
namespace {

// Whose ids, dates and addresses are the patient's or the family's. Names are
// taken from every segment: providers sign the text.
constexpr std::uint32_t kPersonal[] = {
    SegmentCode("PID"), SegmentCode("NK1"), SegmentCode("GT1"),
    SegmentCode("IN1"), SegmentCode("IN2"), SegmentCode("PV1"),
    SegmentCode("PD1"), SegmentCode("MRG"), SegmentCode("ACC")};
// Order and visit numbers too are quoted in reports.
constexpr std::uint32_t kNumbered[] = {SegmentCode("ORC"), SegmentCode("OBR"),
                                       SegmentCode("TXA"), SegmentCode("SPM")};

// What senders put for a name they don't have; as known values these would
// blank ordinary words. Surname particles alone say nothing either.
constexpr std::string_view kNoName[] = {
    "ADULT",    "BABY",   "BOY",     "CHILD",  "DE",        "DEL",   "DER",
    "DR",       "FEMALE", "GIRL",    "JR",     "LA",        "LE",    "MALE",
    "MD",       "NA",     "NEWBORN", "NONE",   "NULL",      "OF",    "PATIENT",
    "SELF",     "SR",     "TEST",    "THE",    "UNKNOWN",   "VAN",   "VON",
    "WARD",     "MOTHER", "FATHER",  "DOCTOR", "PHYSICIAN", "NURSE", "SPOUSE",
    "HOSPITAL", "AND",    "MR",      "MRS",    "MS"};

constexpr std::size_t kMinId = 4;
constexpr std::size_t kMinPhoneDigits = 7;
constexpr std::size_t kMinPlace = 4;
constexpr std::size_t kMinWord = 3;

bool IsLetter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

// Bytes of the words of a name, and of those of a code.
using Bytes = std::array<bool, 256>;
constexpr Bytes BytesOfWords(bool digits) {
  Bytes bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const bool letter = (i >= 'A' && i <= 'Z') || (i >= 'a' && i <= 'z');
    const bool digit = i >= '0' && i <= '9';
    bytes[i] = letter || i == '\'' || i >= 0x80 || (digits && digit);
  }
  return bytes;
}
constexpr Bytes kNameBytes = BytesOfWords(false);
constexpr Bytes kCodeBytes = BytesOfWords(true);

std::size_t CountLetters(std::string_view s) {
  // A UTF-8 character counts once: its continuation bytes are left out.
  return static_cast<std::size_t>(std::count_if(s.begin(), s.end(), [](char c) {
    return IsLetter(c) && (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

// FNV-1a of the word in upper case (ASCII).
constexpr std::uint64_t HashUpper(std::string_view s) {
  std::uint64_t hash = 14695981039346656037u;
  for (const char c : s) {
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    hash = (hash ^ static_cast<unsigned char>(upper)) * 1099511628211u;
  }
  return hash;
}

constexpr auto kNoNameHashes = [] {
  std::array<std::uint64_t, std::size(kNoName)> hashes{};
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    hashes[i] = HashUpper(kNoName[i]);
  }
  return hashes;
}();

bool IsNoName(std::uint64_t hash) {
  return std::find(kNoNameHashes.begin(), kNoNameHashes.end(), hash) !=
         kNoNameHashes.end();
}

std::size_t CountDigits(std::string_view s) {
  return static_cast<std::size_t>(std::count_if(s.begin(), s.end(), IsDigit));
}

std::string Digits(std::string_view s) {
  std::string out;
  std::copy_if(s.begin(), s.end(), std::back_inserter(out), IsDigit);
  return out;
}

constexpr ByteSet kBlanks(" \t\r\n");
constexpr ByteSet kEscapes("&%\\=");  // they begin with (canonical_escapes.h)

std::string_view Trim(std::string_view s) { return kBlanks.Trim(s); }

template <std::size_t N>
bool Contains(const std::uint32_t (&set)[N], std::uint32_t value) {
  return std::find(std::begin(set), std::end(set), value) != std::end(set);
}

// Calls `visit` for each maximal run of `bytes`.
template <typename Visit>
void ForEachWord(std::string_view s, const Bytes& bytes, Visit visit) {
  for (std::size_t i = 0; i < s.size();) {
    std::size_t end = i;
    while (end < s.size() && bytes[static_cast<unsigned char>(s[end])]) ++end;
    if (end > i) visit(s.substr(i, end - i));
    i = std::max(end, i + 1);
  }
}

// A North American number: ten digits, with or without the leading 1.
std::optional<std::string> TenDigits(std::string digits) {
  if (digits.size() == 11 && digits.front() == '1') digits.erase(0, 1);
  if (digits.size() != 10) return std::nullopt;
  return digits;
}

void WritePhone(PhiType type, std::string digits,
                std::vector<KnownValue>& out) {
  const std::optional<std::string> ten = TenDigits(std::move(digits));
  if (!ten) return;
  const std::string a = ten->substr(0, 3);
  const std::string b = ten->substr(3, 3);
  const std::string c = ten->substr(6);
  for (std::string written :
       {*ten, "(" + a + ") " + b + "-" + c, "(" + a + ")" + b + "-" + c,
        a + "-" + b + "-" + c, a + "." + b + "." + c, a + " " + b + " " + c,
        b + "-" + c}) {
    out.push_back({std::move(written), type});
  }
}

bool IsPhone(PhiType type) {
  return type == PhiType::kPhone || type == PhiType::kFax;
}

// An id in the forms notes write it, beside its own.
void WriteIdentifier(PhiType type, std::string_view value,
                     std::vector<KnownValue>& out) {
  const std::string digits = Digits(value);
  if (IsPhone(type)) {
    WritePhone(type, digits, out);
  }
  if (digits.size() == 9 && digits.size() + 2 >= value.size() &&
      (type == PhiType::kSsn || value.size() == 11)) {
    out.push_back({digits, type});
    out.push_back({digits.substr(0, 3) + "-" + digits.substr(3, 2) + "-" +
                       digits.substr(5),
                   type});
  }
}

// The last seven digits of a phone number: notes leave out the area.
std::string_view LocalNumber(std::string_view phone) {
  constexpr std::size_t kLocal = 7;
  std::size_t digits = 0;
  std::size_t at = phone.size();
  while (at > 0 && digits < kLocal) digits += IsDigit(phone[--at]);
  return phone.substr(at);
}

// By value, then type.
template <class T>
void SortUnique(std::vector<T>& values) {
  const auto key = [](const T& v) {
    return std::pair(std::string_view(v.value), v.type);
  };
  std::sort(values.begin(), values.end(),
            [&](const T& a, const T& b) { return key(a) < key(b); });
  values.erase(
      std::unique(values.begin(), values.end(),
                  [&](const T& a, const T& b) { return key(a) == key(b); }),
      values.end());
}

// The place of a word's bit.
std::uint32_t ScreenHash(std::string_view word) {
  const auto at = [word](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(word[i]) &
                                      0xDF);  // letters of one case
  };
  const auto size = static_cast<std::uint32_t>(word.size() & 0xFF);
  return (at(0) | at(1) << 8 | at(2) << 16 | size << 24) * 0x9E3779B1u;
}

bool IsPlace(PhiType type) {
  switch (type) {
    case PhiType::kStreet:
    case PhiType::kCity:
    case PhiType::kLocation:
    case PhiType::kCounty:
    case PhiType::kFacility:
    case PhiType::kEmployer:
      return true;
    default:
      return false;
  }
}

bool IsIdentifier(PhiType type) {
  if (IsPlace(type)) return false;
  switch (type) {
    case PhiType::kName:
    case PhiType::kDate:
    case PhiType::kZip:
    case PhiType::kEmail:
    case PhiType::kUrl:
      return false;
    default:
      return true;
  }
}

}  // namespace

std::vector<std::string> WrittenDates(std::string_view hl7) {
  std::vector<std::string> out;
  const std::optional<CalendarDay> day = ParseDay(hl7);
  if (!day) return out;
  ForEachWrittenDate(*day,
                     [&](std::string_view form) { out.emplace_back(form); });
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

void KnownValues::AddName(std::string_view value) {
  const auto add = [this](std::string_view part) {
    if (CountLetters(part) < 2) return;
    const std::uint64_t hash = HashUpper(part);
    if (IsNoName(hash)) return;
    slots_.push_back({PhiType::kName, part});
    if (part.size() >= kMinWord) words_.push_back(hash);
  };
  add(value);
  ForEachWord(value, kNameBytes, [&](std::string_view part) {
    if (part.size() != value.size()) add(part);
  });
}

void KnownValues::AddIdentifier(PhiType type, std::string_view value) {
  const std::size_t digits = CountDigits(value);
  if (digits == 0 || value.size() < kMinId) return;
  if (IsPhone(type) && digits < kMinPhoneDigits) return;
  slots_.push_back({type, value});
  words_.push_back(HashUpper(value));
}

void KnownValues::AddPlace(PhiType type, std::string_view value) {
  const bool several_words = value.find(' ') != std::string_view::npos;
  // A one-word facility, employer or ward is mostly a code ("MAIN", "ICU").
  const bool needs_words = type != PhiType::kCity && type != PhiType::kStreet;
  if (CountLetters(value) < kMinPlace || (needs_words && !several_words)) {
    return;
  }
  slots_.push_back({type, value});
}

bool KnownValues::IsKnown(std::string_view segment, PhiType type,
                          SlotGrammar grammar) {
  if (type == PhiType::kName) return true;
  const std::uint32_t code = SegmentCode(segment);
  if (code != owner_.segment) {
    owner_ = {code, Contains(kPersonal, code), Contains(kNumbered, code)};
  }
  if (!owner_.personal && (!owner_.numbered || type == PhiType::kDate)) {
    return false;
  }
  return !IsPlace(type) || grammar == SlotGrammar::kName;
}

void KnownValues::Add(std::string_view segment, PhiType type,
                      SlotGrammar grammar, std::string_view value) {
  constexpr std::size_t kUsual = 64;
  if (added_.empty()) added_.reserve(kUsual);
  const std::string_view trimmed = Trim(value);
  if (grammar == SlotGrammar::kEmpty || trimmed.empty() ||
      !IsKnown(segment, type, grammar)) {
    return;
  }
  Slot& slot = added_.emplace_back();
  slot.type = type;
  slot.value = trimmed;
  if (kEscapes.NextIn(trimmed, 0) < trimmed.size()) AddUndone(type, trimmed);
}

// What a sender escaped twice ("O&#39;Brien") the text may have as it is.
void KnownValues::AddUndone(PhiType type, std::string_view value) {
  CanonicalText canonical;
  if (!canonical.Assign(value).ok() || canonical.identity()) return;
  undone_.emplace_front(Trim(canonical.text()));
  added_.push_back({type, undone_.front()});
}

// What was added since the last time, by part.
void KnownValues::Settle() {
  if (settled_ == added_.size()) return;
  for (; settled_ < added_.size(); ++settled_) {
    const auto& [type, value] = added_[settled_];
    if (type == PhiType::kName) {
      AddName(value);
    } else if (type == PhiType::kDate) {
      days_.push_back(value.substr(0, 8));
    } else if (IsPlace(type)) {
      AddPlace(type, value);
    } else if (IsIdentifier(type)) {
      AddIdentifier(type, value);
    } else if (type != PhiType::kZip || CountDigits(value) >= 5) {
      slots_.push_back({type, value});
    }
  }
  std::sort(words_.begin(), words_.end());
}

void KnownValues::Screen(std::string_view word) {
  if (word.size() < kMinWord) return;
  const std::uint32_t hash = ScreenHash(word);
  screen_[hash >> 26] |= std::uint64_t{1} << (hash >> 20 & 63);
}

bool KnownValues::IsScreened(std::string_view word) const {
  const std::uint32_t hash = ScreenHash(word);
  return (screen_[hash >> 26] >> (hash >> 20 & 63) & 1) != 0;
}

void KnownValues::ScreenAll() {
  for (; screened_ < added_.size(); ++screened_) {
    const PhiType type = added_[screened_].type;
    const std::string_view value = added_[screened_].value;
    if (type == PhiType::kName || IsIdentifier(type)) Screen(value);
    if (type != PhiType::kName) continue;
    ForEachWord(value, kNameBytes, [&](std::string_view part) {
      if (part.size() != value.size()) Screen(part);
    });
  }
}

bool KnownValues::MayRepeat(std::string_view text) {
  if (added_.empty() || text.size() < kMinWord) return false;
  ScreenAll();
  const std::string_view trimmed = Trim(text);
  bool may = trimmed.size() >= kMinWord && IsScreened(trimmed);
  ForEachWord(text, kCodeBytes, [&](std::string_view word) {
    may = may || (word.size() >= kMinWord && word.size() < text.size() &&
                  IsScreened(word));
  });
  return may;
}

bool KnownValues::Repeats(std::string_view text) {
  Settle();
  const auto has = [this](std::string_view word) {
    return std::binary_search(words_.begin(), words_.end(), HashUpper(word));
  };
  if (has(Trim(text))) return true;
  bool found = false;
  ForEachWord(text, kCodeBytes, [&](std::string_view word) {
    found = found ||
            (word.size() >= kMinWord && word.size() < text.size() && has(word));
  });
  return found;
}

void KnownValues::ForEachText(
    absl::FunctionRef<void(std::string_view)> visit) const {
  for (const Slot& slot : added_) {
    // A name of its own: clang 14 captures no structured binding.
    const std::string_view value = slot.value;
    visit(value);
    if (slot.type != PhiType::kName) continue;
    ForEachWord(value, kNameBytes, [&](std::string_view part) {
      if (part.size() != value.size()) visit(part);
    });
  }
}

std::vector<KnownValue> KnownValues::Take(const DigitPairs* texts) {
  Settle();
  if (texts != nullptr) {
    std::erase_if(slots_, [&](const Slot& s) {
      return !texts->MayHold(IsPhone(s.type) ? LocalNumber(s.value) : s.value);
    });
  }
  // A name comes in many fields: those gone, there is little to write.
  SortUnique(slots_);
  std::vector<KnownValue> out;
  out.reserve(slots_.size());
  for (const Slot& slot : slots_) {
    out.push_back({std::string(slot.value), slot.type});
  }
  for (const Slot& slot : slots_) {
    if (IsIdentifier(slot.type)) WriteIdentifier(slot.type, slot.value, out);
  }
  WriteDays(texts, &out);
  if (out.size() != slots_.size()) SortUnique(out);
  *this = {};
  return out;
}

// A day has some fifty forms; the same day comes in many fields.
void KnownValues::WriteDays(const DigitPairs* texts,
                            std::vector<KnownValue>* out) {
  std::sort(days_.begin(), days_.end());
  days_.erase(std::unique(days_.begin(), days_.end()), days_.end());
  for (const std::string_view value : days_) {
    const std::optional<CalendarDay> day = ParseDay(value);
    // All forms end or begin with the year.
    if (!day || (texts != nullptr && !texts->MayHold(value.substr(2, 2)))) {
      continue;
    }
    ForEachWrittenDate(*day, [&](std::string_view form) {
      if (texts == nullptr || texts->MayHold(form)) {
        out->push_back({std::string(form), PhiType::kDate});
      }
    });
  }
}

}  // namespace phiwire::hl7v2
