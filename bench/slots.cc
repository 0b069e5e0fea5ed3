// SPDX-License-Identifier: Apache-2.0

#include "bench/slots.h"

#include <array>
#include <cctype>

namespace phiwire::bench {
namespace {

constexpr auto kFirst = std::to_array<std::string_view>(
    {"James",   "Maria", "Wei",     "Fatima",  "Olga",   "Kwame",   "Priya",
     "Diego",   "Aisha", "Hiroshi", "Siobhan", "Luca",   "Anneke",  "Tomasz",
     "Leilani", "Mateo", "Ingrid",  "Ravi",    "Chidi",  "Yusuf",   "Elena",
     "Dmitri",  "Thuy",  "Noah",    "Grace",   "Omar",   "Beatriz", "Samuel",
     "Hannah",  "Jamal", "Kimiko",  "Patrick", "Rosa",   "Abdul",   "Nadia",
     "Viktor",  "Emma",  "Tyrone",  "Lakshmi", "Gunnar", "Esther",  "Marcus",
     "Paloma",  "Ahmed", "Hope",    "Will",    "May",    "Dakota"});
constexpr auto kLast = std::to_array<std::string_view>(
    {"Smith",      "Garcia",    "Nguyen",      "Okafor",    "Kowalski",
     "Patel",      "Johansson", "O'Brien",     "Tanaka",    "Hernandez",
     "Al-Sayed",   "Kim",       "Rossi",       "Schneider", "Begay",
     "Ivanov",     "Mensah",    "Dubois",      "van Dijk",  "Thompson",
     "Iyer",       "Yilmaz",    "Castillo",    "Lindgren",  "Chen",
     "McAllister", "Baptiste",  "Haddad",      "Novak",     "Young",
     "Stone",      "Winter",    "Brown",       "Banks",     "Rivera-Ortiz",
     "Fitzgerald", "Abebe",     "Kaplan",      "Moreau",    "Washington",
     "Sato",       "Mbeki",     "Petrov",      "Delgado",   "Whitehorse",
     "Singh",      "Larsen",    "Papadopoulos"});
constexpr auto kStreets = std::to_array<std::string_view>(
    {"Maple Avenue", "W. Ninth St", "Old Mill Road", "Harborview Parkway",
     "Cedar Lane", "Prairie Clover Dr", "Lincoln Street", "N 4th Ave",
     "Lakeview Terrace", "County Road 12", "Mesa Verde Blvd", "Elm Ct"});
constexpr auto kCities = std::to_array<std::string_view>(
    {"Duluth", "Cedar Rapids", "Tucson", "Burlington", "Eau Claire", "Flushing",
     "Grand Rapids", "Savannah", "Boise", "El Paso", "Spokane", "Worcester"});
constexpr auto kStates = std::to_array<std::string_view>(
    {"MN", "IA", "AZ", "VT", "WI", "NY", "MI", "GA", "ID", "TX", "WA", "MA"});
constexpr auto kFacilities = std::to_array<std::string_view>(
    {"Lakeshore Regional Medical Center", "St. Brendan's Hospital",
     "Maple Grove Manor", "Copper Basin Clinic", "Prairie View Hospital",
     "Hillcrest Family Practice", "Willows Surgery Center",
     "Superior Dialysis Center"});
constexpr auto kEmployers = std::to_array<std::string_view>(
    {"Aurora Bakery", "Northern Freight Lines", "Copper Kettle Coffee",
     "Golden Lotus", "Ridgeline Construction"});
constexpr auto kProfessions = std::to_array<std::string_view>(
    {"teacher", "welder", "librarian", "bus driver", "accountant", "farmer"});
constexpr auto kMonths = std::to_array<std::string_view>(
    {"January", "February", "March", "April", "May", "June", "July", "August",
     "September", "October", "November", "December"});
constexpr auto kTitles =
    std::to_array<std::string_view>({"Mr.", "Ms.", "Mrs.", "Dr."});
constexpr auto kEvents =
    std::to_array<std::string_view>({"A01", "A03", "A04", "A08", "A31"});

template <std::size_t N>
std::string Pick(Random* random, const std::array<std::string_view, N>& list) {
  return std::string(list[random->Below(N)]);
}

std::string Cased(std::string text, char (*fn)(char)) {
  for (char& c : text) c = fn(c);
  return text;
}
char Upper(char c) {
  return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
}
char Lower(char c) {
  return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

std::string TwoDigits(std::size_t n) {
  return {static_cast<char>('0' + n / 10), static_cast<char>('0' + n % 10)};
}

}  // namespace

std::string Random::Digits(int count) {
  std::string out;
  out.push_back(static_cast<char>('1' + Below(9)));
  while (static_cast<int>(out.size()) < count) {
    out.push_back(static_cast<char>('0' + Below(10)));
  }
  return out;
}

Filler::Filler(Random* random)
    : random_(random),
      first_(Pick(random, kFirst)),
      last_(Pick(random, kLast)) {}

std::string Filler::Fill(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    out.append(text.substr(0, open));
    if (open == std::string_view::npos) break;
    const std::size_t close = text.find('}', open);
    is_phi_ = true;
    const std::string value = Slot(text.substr(open + 1, close - open - 1));
    if (is_phi_) {
      ++planted_;
      planted_bytes_ += value.size();
    }
    out.append(value);
    text.remove_prefix(close + 1);
  }
  return out;
}

std::string Filler::Slot(std::string_view name) {
  for (auto part : {&Filler::Name, &Filler::Date, &Filler::Contact}) {
    std::string value = (this->*part)(name);
    if (!value.empty()) return value;
  }
  return Number(name);
}

std::string Filler::Name(std::string_view name) {
  if (name == "FIRST") return Cased(Name("first"), Upper);
  if (name == "LAST") return Cased(Name("last"), Upper);
  if (name == "first") {
    if (first_used_) return Pick(random_, kFirst);
    first_used_ = true;
    return first_;
  }
  if (name == "last") {
    if (!own_last_) return Pick(random_, kLast);
    own_last_ = false;
    return last_;
  }
  if (name == "facility") return Pick(random_, kFacilities);
  if (name == "employer") return Pick(random_, kEmployers);
  is_phi_ = false;
  if (name == "profession") return Pick(random_, kProfessions);
  if (name == "poss") return random_->Below(2) == 0 ? "his" : "her";
  if (name == "title") {
    own_last_ = true;
    return Pick(random_, kTitles);
  }
  is_phi_ = true;
  return {};
}

std::string Filler::Date(std::string_view name) {
  const std::size_t month = 1 + random_->Below(12);
  const std::size_t day = 1 + random_->Below(28);
  const std::string year =
      std::to_string(name.ends_with("dob") ? 1935 + random_->Below(80)
                                           : 2018 + random_->Below(8));
  if (name == "hl7dob" || name == "hl7date") {
    return year + TwoDigits(month) + TwoDigits(day);
  }
  if (name == "hl7time") {
    return year + TwoDigits(month) + TwoDigits(day) +
           TwoDigits(random_->Below(24)) + TwoDigits(random_->Below(60)) + "00";
  }
  if (name != "date" && name != "dob") return {};
  switch (random_->Below(5)) {
    case 0:
      return std::string(kMonths[month - 1]) + " " + std::to_string(day) +
             ", " + year;
    case 1:
      return year + "-" + TwoDigits(month) + "-" + TwoDigits(day);
    case 2:
      return std::to_string(month) + "/" + std::to_string(day) + "/" +
             year.substr(2);
    default:
      return TwoDigits(month) + "/" + TwoDigits(day) + "/" + year;
  }
}

std::string Filler::Contact(std::string_view name) {
  if (name == "street") {
    return random_->Digits(3) + " " + Pick(random_, kStreets);
  }
  if (name == "city") return Pick(random_, kCities);
  if (name == "state") return Pick(random_, kStates);
  if (name == "zip") return random_->Digits(5);
  if (name == "email") {
    return Cased(Pick(random_, kFirst), Lower) + random_->Digits(2) +
           "@example.com";
  }
  if (name == "phone") {
    const std::string tail = "555-01" + random_->Digits(2);
    return random_->Below(2) == 0 ? "(" + random_->Digits(3) + ") " + tail
                                  : random_->Digits(3) + "-" + tail;
  }
  return {};
}

std::string Filler::Number(std::string_view name) {
  if (name == "mrn") return random_->Digits(7);
  if (name == "num8" || name == "seq") return random_->Digits(8);
  if (name == "ssn") {
    return "2" + random_->Digits(2) + "-" + random_->Digits(2) + "-" +
           random_->Digits(4);
  }
  if (name == "mbi") return "1EG4-TE5-MK" + random_->Digits(2);
  if (name == "claim") return "WC" + random_->Digits(8);
  if (name == "member") return "ZVT" + random_->Digits(9);
  if (name == "accession") return "S24-" + random_->Digits(5);
  is_phi_ = false;
  if (name == "age") return std::to_string(18 + random_->Below(70));
  if (name == "time") {
    return TwoDigits(random_->Below(24)) + ":" + TwoDigits(random_->Below(60));
  }
  if (name == "event" || name == "trigger") {
    const std::string event = Pick(random_, kEvents);
    return name == "event" ? "ADT^" + event : event;
  }
  if (name == "initial") return "K";
  if (name == "num3") return random_->Digits(3);
  return random_->Digits(4);
}

}  // namespace phiwire::bench
