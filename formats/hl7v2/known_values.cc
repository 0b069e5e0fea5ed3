// SPDX-License-Identifier: Apache-2.0

#include "formats/hl7v2/known_values.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

#include "formats/hl7v2/values.h"

namespace phiwire::hl7v2 {
namespace {

// Whose ids, dates and addresses are the patient's or the family's. Names are
// taken from every segment: providers sign the text.
constexpr std::string_view kPersonal[] = {"PID", "NK1", "GT1", "IN1", "IN2",
                                          "PV1", "PD1", "MRG", "ACC"};
// Order and visit numbers too are quoted in reports.
constexpr std::string_view kNumbered[] = {"ORC", "OBR", "TXA", "SPM"};

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

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

std::size_t CountLetters(std::string_view s) {
  // A UTF-8 character counts once: its continuation bytes are left out.
  return static_cast<std::size_t>(std::count_if(s.begin(), s.end(), [](char c) {
    return IsLetter(c) && (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

std::string Upper(std::string_view s) {
  std::string out(s);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

std::string Digits(std::string_view s) {
  std::string out;
  std::copy_if(s.begin(), s.end(), std::back_inserter(out), IsDigit);
  return out;
}

std::string_view Trim(std::string_view s) {
  const std::size_t begin = s.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return s.substr(begin, s.find_last_not_of(" \t\r\n") - begin + 1);
}

template <std::size_t N>
bool Contains(const std::string_view (&set)[N], std::string_view value) {
  return std::find(std::begin(set), std::end(set), value) != std::end(set);
}

// Calls `visit` for each maximal run of bytes that `in_word` accepts.
template <typename InWord, typename Visit>
void ForEachWord(std::string_view s, InWord in_word, Visit visit) {
  for (std::size_t i = 0; i < s.size();) {
    std::size_t end = i;
    while (end < s.size() && in_word(s[end])) ++end;
    if (end > i) visit(s.substr(i, end - i));
    i = std::max(end, i + 1);
  }
}

std::string TwoDigits(int value) {
  const std::string text = std::to_string(value % 100);
  return text.size() == 1 ? "0" + text : text;
}

void NumericDates(const CalendarDay& day, std::vector<std::string>& out) {
  const std::string y = std::to_string(day.year);
  const std::string yy = TwoDigits(day.year);
  const std::string m = std::to_string(day.month);
  const std::string d = std::to_string(day.day);
  const std::string mm = TwoDigits(day.month);
  const std::string dd = TwoDigits(day.day);
  for (const std::string sep : {"/", "-", "."}) {
    for (const std::string& year : {y, yy}) {
      out.push_back(mm + sep + dd + sep + year);
      out.push_back(m + sep + d + sep + year);
    }
    // Day first, as outside the United States.
    out.push_back(dd + sep + mm + sep + y);
    out.push_back(d + sep + m + sep + y);
    out.push_back(y + sep + mm + sep + dd);
  }
  out.push_back(y + mm + dd);
}

void WordyDates(const CalendarDay& day, std::vector<std::string>& out) {
  static constexpr std::array<std::string_view, 12> kMonths = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  const std::string full(kMonths[static_cast<std::size_t>(day.month - 1)]);
  const std::string y = std::to_string(day.year);
  const std::string d = std::to_string(day.day);
  const std::string dd = TwoDigits(day.day);
  for (const std::string& month : {full, full.substr(0, 3)}) {
    for (const std::string& number : {d, dd}) {
      out.push_back(month + " " + number + ", " + y);
      out.push_back(month + " " + number + " " + y);
      out.push_back(number + " " + month + " " + y);
      out.push_back(number + "-" + month + "-" + y);
    }
  }
}

// A North American number: ten digits, with or without the leading 1.
std::optional<std::string> TenDigits(std::string digits) {
  if (digits.size() == 11 && digits.front() == '1') digits.erase(0, 1);
  if (digits.size() != 10) return std::nullopt;
  return digits;
}

}  // namespace

std::vector<std::string> WrittenDates(std::string_view hl7) {
  std::vector<std::string> out;
  const std::optional<CalendarDay> day = ParseDay(hl7);
  if (!day) return out;
  NumericDates(*day, out);
  WordyDates(*day, out);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

void KnownValues::Put(std::string value, PhiType type) {
  values_.emplace(std::move(value), type);
}

void KnownValues::AddName(std::string_view value) {
  const auto add = [this](std::string_view part) {
    std::string upper = Upper(part);
    if (CountLetters(part) < 2 || Contains(kNoName, upper)) return;
    Put(std::string(part), PhiType::kName);
    if (upper.size() >= kMinWord) words_.insert(std::move(upper));
  };
  add(value);
  const auto in_name = [](char c) { return IsLetter(c) || c == '\''; };
  ForEachWord(value, in_name, add);
}

void KnownValues::AddIdentifier(PhiType type, std::string_view value) {
  const std::string digits = Digits(value);
  if (digits.empty() || value.size() < kMinId) return;
  if (type == PhiType::kPhone || type == PhiType::kFax) {
    if (digits.size() < kMinPhoneDigits) return;
    if (const auto ten = TenDigits(digits)) {
      const std::string a = ten->substr(0, 3);
      const std::string b = ten->substr(3, 3);
      const std::string c = ten->substr(6);
      Put(*ten, type);
      Put("(" + a + ") " + b + "-" + c, type);
      Put("(" + a + ")" + b + "-" + c, type);
      Put(a + "-" + b + "-" + c, type);
      Put(a + "." + b + "." + c, type);
      Put(a + " " + b + " " + c, type);
      Put(b + "-" + c, type);
    }
  }
  if (digits.size() == 9 && digits.size() + 2 >= value.size() &&
      (type == PhiType::kSsn || value.size() == 11)) {
    Put(digits, type);
    Put(digits.substr(0, 3) + "-" + digits.substr(3, 2) + "-" +
            digits.substr(5),
        type);
  }
  Put(std::string(value), type);
  words_.insert(Upper(value));
}

void KnownValues::AddDate(std::string_view value) {
  // A day has some fifty forms; the same day comes in many fields.
  if (!days_.emplace(value.substr(0, 8)).second) return;
  for (std::string& written : WrittenDates(value)) {
    Put(std::move(written), PhiType::kDate);
  }
}

void KnownValues::AddPlace(PhiType type, std::string_view value) {
  const bool several_words = value.find(' ') != std::string_view::npos;
  // A one-word facility, employer or ward is mostly a code ("MAIN", "ICU").
  const bool needs_words = type != PhiType::kCity && type != PhiType::kStreet;
  if (CountLetters(value) < kMinPlace || (needs_words && !several_words)) {
    return;
  }
  Put(std::string(value), type);
}

void KnownValues::Add(std::string_view segment, PhiType type,
                      SlotGrammar grammar, std::string_view value) {
  value = Trim(value);
  if (grammar == SlotGrammar::kEmpty || value.empty()) return;
  if (type == PhiType::kName) return AddName(value);
  const bool personal = Contains(kPersonal, segment);
  if (!personal && !Contains(kNumbered, segment)) return;
  switch (type) {
    case PhiType::kDate:
      if (personal) AddDate(value);
      return;
    case PhiType::kZip:
      if (Digits(value).size() >= 5) Put(std::string(value), type);
      return;
    case PhiType::kStreet:
    case PhiType::kCity:
    case PhiType::kLocation:
    case PhiType::kCounty:
    case PhiType::kFacility:
    case PhiType::kEmployer:
      if (grammar == SlotGrammar::kName) AddPlace(type, value);
      return;
    case PhiType::kEmail:
    case PhiType::kUrl:
      Put(std::string(value), type);
      return;
    default:
      AddIdentifier(type, value);
  }
}

bool KnownValues::IsRepeatedIn(std::string_view text) const {
  if (words_.empty() || text.size() < kMinWord) return false;
  if (words_.count(Upper(Trim(text))) != 0) return true;
  bool found = false;
  const auto in_word = [](char c) {
    return IsLetter(c) || IsDigit(c) || c == '\'';
  };
  ForEachWord(text, in_word, [&](std::string_view word) {
    found =
        found || (word.size() >= kMinWord && words_.count(Upper(word)) != 0);
  });
  return found;
}

std::vector<KnownValue> KnownValues::Take() {
  std::vector<KnownValue> out;
  out.reserve(values_.size());
  for (const auto& [value, type] : values_) out.push_back({value, type});
  values_.clear();
  words_.clear();
  days_.clear();
  return out;
}

}  // namespace phiwire::hl7v2
