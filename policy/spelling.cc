// SPDX-License-Identifier: Apache-2.0

#include "policy/spelling.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

#include "anonymizers/date_form.h"
#include "base/ascii.h"
#include "base/calendar.h"
#include "base/strings.h"

namespace phiwire {
namespace {

bool Digits(std::string_view s) {
  return !s.empty() && std::all_of(s.begin(), s.end(), IsDigit);
}

// Takes `mark` and `count` digits behind it off the front of `s`.
bool Take(std::string_view* s, char mark, std::size_t count,
          std::string* digits) {
  if (s->size() < count + 1 || s->front() != mark ||
      !Digits(s->substr(1, count))) {
    return false;
  }
  digits->append(s->substr(1, count));
  s->remove_prefix(count + 1);
  return true;
}

// "Z" or "+01:00" to HL7's "+0100"; nullopt for anything else.
std::optional<std::string> PlainZone(std::string_view zone) {
  if (zone.empty()) return std::string();
  if (zone == "Z" || zone == "z") return std::string("+0000");
  if (zone.size() != 6 || zone[3] != ':' ||
      (zone[0] != '+' && zone[0] != '-') || !Digits(zone.substr(1, 2)) ||
      !Digits(zone.substr(4))) {
    return std::nullopt;
  }
  return Concat({zone.substr(0, 3), zone.substr(4)});
}

// HL7 has at most four digits of a fraction.
constexpr std::size_t kMaxFraction = 4;

std::optional<std::string> IsoToHl7(std::string_view iso) {
  if (iso.size() < 4 || !Digits(iso.substr(0, 4))) return std::nullopt;
  std::string out(iso.substr(0, 4));
  iso.remove_prefix(4);
  if (Take(&iso, '-', 2, &out) && Take(&iso, '-', 2, &out) && !iso.empty()) {
    // RFC 3339 allows a blank and a small t.
    const char mark =
        iso.front() == ' ' || iso.front() == 't' ? iso.front() : 'T';
    if (!Take(&iso, mark, 2, &out)) return std::nullopt;
    if (!Take(&iso, ':', 2, &out)) return std::nullopt;
    if (Take(&iso, ':', 2, &out) && iso.starts_with('.')) {
      const std::size_t end =
          std::min(iso.find_first_not_of("0123456789", 1), iso.size());
      if (end < 2) return std::nullopt;
      out.append(iso.substr(0, std::min(end, kMaxFraction + 1)));
      iso.remove_prefix(end);
    }
    const auto zone = PlainZone(iso);
    if (!zone) return std::nullopt;
    out += *zone;
    iso = {};
  }
  if (!iso.empty()) return std::nullopt;
  return out;
}

// The digits of an HL7 date at the front: YYYY, YYYYMM, ... 14 of them.
std::string_view Stamp(std::string_view hl7) {
  return hl7.substr(0,
                    std::min(hl7.find_first_not_of("0123456789"), hl7.size()));
}

bool IsStampSize(std::size_t size) {
  return size >= 4 && size <= 14 && size % 2 == 0;
}

std::string IsoDay(std::string_view stamp) {
  std::string out(stamp.substr(0, 4));
  if (stamp.size() >= 6) out += Concat({"-", stamp.substr(4, 2)});
  if (stamp.size() >= 8) out += Concat({"-", stamp.substr(6, 2)});
  return out;
}

// The fraction and zone as the surface has them: moving a date leaves them.
std::string_view IsoTail(std::string_view surface) {
  const std::size_t at = surface.find_first_of(".Zz+", 16);
  if (at != std::string_view::npos) return surface.substr(at);
  const std::size_t minus = surface.find('-', 16);
  return minus == std::string_view::npos ? std::string_view()
                                         : surface.substr(minus);
}

std::string Hl7ToIso(std::string_view surface, std::string_view hl7,
                     bool instant) {
  const std::string_view stamp = Stamp(hl7);
  if (!IsStampSize(stamp.size())) return std::string(hl7);
  if (stamp.size() < 12 || surface.size() < 16) {
    if (!instant) return IsoDay(stamp);
    std::string day = IsoDay(stamp);
    constexpr std::string_view kFirst = "-01-01";
    if (day.size() < 10) day += kFirst.substr(day.size() - 4);
    return day + "T00:00:00Z";
  }
  std::string out = IsoDay(stamp);
  out += surface[10];  // T
  out += Concat({stamp.substr(8, 2), ":", stamp.substr(10, 2)});
  if (stamp.size() >= 14) out += Concat({":", stamp.substr(12, 2)});
  return out.append(IsoTail(surface));
}

DateOrder OrderOf(Spelling spelling) {
  return spelling == Spelling::kDayFirstDate ? DateOrder::kDayFirst
                                             : DateOrder::kMonthFirst;
}

std::optional<WrittenDate> Written(Spelling spelling,
                                   std::string_view surface) {
  auto date = ReadDate(surface, OrderOf(spelling));
  if (date && (date->range || date->values.first.date.year == 0)) return {};
  return date;
}

std::string TwoDigits(int value) {
  std::string out = std::to_string(value);
  return out.size() < 2 ? "0" + out : out;
}

std::optional<std::string> WrittenToHl7(Spelling spelling,
                                        std::string_view surface) {
  const auto date = Written(spelling, surface);
  if (!date) return std::nullopt;
  const CivilDate day = date->values.first.date;
  std::string year = std::to_string(day.year);
  if (year.size() != 4) return std::nullopt;
  if (day.month == 0) return year;
  year += TwoDigits(static_cast<int>(day.month));
  return day.day == 0 ? year : year + TwoDigits(static_cast<int>(day.day));
}

// 1 January 1970 was a Thursday; days before it are negative.
int Weekday(const CivilDate& day) {
  return static_cast<int>(((DaysFromCivil(day) + 4) % 7 + 7) % 7);
}

std::string Hl7ToWritten(Spelling spelling, std::string_view surface,
                         std::string_view hl7) {
  const std::string_view stamp = Stamp(hl7);
  const auto date = Written(spelling, surface);
  if (!date || stamp.size() < 6 || !IsStampSize(stamp.size())) {
    return std::string(IsStampSize(stamp.size()) ? stamp.substr(0, 4) : hl7);
  }
  DateValue value;
  value.date.year = NumberAt(stamp, 0, 4);
  value.date.month = NumberAt(stamp, 4, 2);
  if (stamp.size() >= 8) {
    value.date.day = NumberAt(stamp, 6, 2);
    if (date->first.Has(DatePart::kWeekday)) {
      value.weekday = Weekday(value.date);
    }
  }
  std::string out;
  WriteDate(*date, {value, {}}, &out);
  return out;
}

bool IsUuid(std::string_view s) {
  if (s.size() != 36) return false;
  for (std::size_t i = 0; i < s.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const bool hex = IsDigit(s[i]) || (s[i] >= 'a' && s[i] <= 'f') ||
                     (s[i] >= 'A' && s[i] <= 'F');
    if (dash ? s[i] != '-' : !hex) return false;
  }
  return true;
}

// Version 8 of RFC 9562: a UUID of the maker's own making. The replacement is
// random or keyed; hashing only gives it this shape.
std::string UuidOf(std::string_view replaced) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  EVP_Digest(replaced.data(), replaced.size(), hash.data(), nullptr,
             EVP_sha256(), nullptr);
  hash[6] = static_cast<unsigned char>((hash[6] & 0x0F) | 0x80);
  hash[8] = static_cast<unsigned char>((hash[8] & 0x3F) | 0x80);
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out;
  for (std::size_t i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    out += kHex[hash[i] >> 4];
    out += kHex[hash[i] & 15];
  }
  return out;
}

bool IsIdCharacter(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         c == '.' || c == '-';
}

// A replacement that FHIR's id type can't hold gives way to a digest of it, so
// that no half of it looks like a code with a way back.
std::string ResourceId(std::string_view surface, std::string_view replaced) {
  if (replaced.empty()) return "";
  if (IsUuid(surface) && !IsUuid(replaced)) return UuidOf(replaced);
  constexpr std::size_t kMost = 64;
  if (replaced.size() <= kMost &&
      std::all_of(replaced.begin(), replaced.end(), IsIdCharacter)) {
    return std::string(replaced);
  }
  return UuidOf(replaced);
}

}  // namespace

std::string ToPlain(Spelling spelling, std::string_view surface) {
  std::optional<std::string> plain;
  if (spelling == Spelling::kIsoDate || spelling == Spelling::kIsoInstant) {
    plain = IsoToHl7(surface);
  } else if (spelling == Spelling::kAnyDate ||
             spelling == Spelling::kDayFirstDate) {
    plain = WrittenToHl7(spelling, surface);
  }
  return plain ? *std::move(plain) : std::string(surface);
}

std::string FromPlain(Spelling spelling, std::string_view surface,
                      std::string_view replaced) {
  if (spelling == Spelling::kPlain) return std::string(replaced);
  if (replaced == surface || replaced == ToPlain(spelling, surface)) {
    return std::string(surface);
  }
  if (replaced.empty()) return "";
  switch (spelling) {
    case Spelling::kIsoDate:
      return Hl7ToIso(surface, replaced, false);
    case Spelling::kIsoInstant:
      return Hl7ToIso(surface, replaced, true);
    case Spelling::kAnyDate:
    case Spelling::kDayFirstDate:
      return Hl7ToWritten(spelling, surface, replaced);
    case Spelling::kResourceId:
      return ResourceId(surface, replaced);
    case Spelling::kPlain:
      break;
  }
  return std::string(replaced);
}

}  // namespace phiwire
