// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/place_words.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "anonymizers/word_set.h"
#include "base/byte_set.h"

namespace phiwire {
namespace {

// Sorted.
constexpr std::string_view kStreetKindWords[] = {
    "alley",      "ally",     "ave",      "avenue",   "bend",  "blvd",
    "boulevard",  "cir",      "circle",   "close",    "court", "cove",
    "cres",       "crescent", "crossing", "ct",       "dr",    "drive",
    "expressway", "ext",      "freeway",  "gardens",  "grove", "highway",
    "hill",       "hwy",      "lane",     "ln",       "loop",  "mews",
    "parkway",    "path",     "pike",     "pkwy",     "pl",    "place",
    "plaza",      "point",    "rd",       "ridge",    "rise",  "road",
    "route",      "row",      "rt",       "rte",      "run",   "sq",
    "square",     "st",       "str",      "street",   "ter",   "terr",
    "terrace",    "trail",    "trl",      "turnpike", "view",  "walk",
    "way"};

constexpr std::string_view kDirectionWords[] = {
    "e",         "east", "n", "ne",  "north", "northeast",
    "northwest", "nw",   "s", "se",  "south", "southeast",
    "southwest", "sw",   "w", "west"};

constexpr std::string_view kUnitWords[] = {
    "apartment", "apt", "apts", "basement", "bldg",    "box",  "building",
    "bx",        "fl",  "flat", "floor",    "hc",      "lot",  "no",
    "o",         "p",   "po",   "pobox",    "rm",      "room", "rr",
    "space",     "spc", "ste",  "suite",    "trailer", "trlr", "unit"};

constexpr std::string_view kHeadWordList[] = {
    "academy",     "agency",       "airlines",     "ambulance",
    "associates",  "authority",    "bank",         "behavioral",
    "cancer",      "cardiology",   "care",         "center",
    "centre",      "charity",      "childrens",    "church",
    "clinic",      "clinics",      "college",      "community",
    "company",     "construction", "corp",         "corporation",
    "cottage",     "county",       "ctr",          "dental",
    "dentistry",   "department",   "dept",         "dermatology",
    "diagnostics", "dialysis",     "district",     "elementary",
    "emergency",   "eye",          "family",       "farm",
    "farms",       "fire",         "foundation",   "general",
    "group",       "health",       "healthcare",   "heart",
    "high",        "home",         "hosp",         "hospice",
    "hospital",    "hospitals",    "house",        "imaging",
    "inc",         "infirmary",    "institute",    "insurance",
    "internal",    "lab",          "laboratories", "laboratory",
    "labs",        "llc",          "llp",          "ltd",
    "manor",       "med",          "medical",      "medicine",
    "memorial",    "mental",       "middle",       "neurology",
    "nursing",     "office",       "oncology",     "orthopaedics",
    "orthopedics", "outpatient",   "partners",     "pc",
    "pediatrics",  "pharmacy",     "physical",     "physicians",
    "plaza",       "police",       "practice",     "primary",
    "radiology",   "regional",     "rehab",        "rehabilitation",
    "research",    "residence",    "restaurant",   "school",
    "senior",      "services",     "specialists",  "store",
    "surgery",     "surgical",     "system",       "systems",
    "therapy",     "trucking",     "university",   "urgent",
    "vascular",    "vision",       "wellness",     "womens"};

static_assert(std::is_sorted(std::begin(kStreetKindWords),
                             std::end(kStreetKindWords)));
static_assert(std::is_sorted(std::begin(kDirectionWords),
                             std::end(kDirectionWords)));
static_assert(std::is_sorted(std::begin(kUnitWords), std::end(kUnitWords)));
static_assert(std::is_sorted(std::begin(kHeadWordList),
                             std::end(kHeadWordList)));

// 0 for what doesn't count.
constexpr char PlainChar(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c + ('a' - 'A'));
  const bool counts = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                      static_cast<unsigned char>(c) >= 0x80;
  return counts ? c : '\0';
}

constexpr WordSet kStreetKinds(kStreetKindWords);
constexpr WordSet kDirections(kDirectionWords);
constexpr WordSet kUnits(kUnitWords);
constexpr WordSet kHeadWords(kHeadWordList);

constexpr ByteSet kBetween(" ,\t\n\r;()/^\"");

bool IsBetween(char c) { return kBetween.Has(c); }

}  // namespace

bool IsStreetKind(std::string_view plain) { return kStreetKinds.Has(plain); }
bool IsDirection(std::string_view plain) { return kDirections.Has(plain); }
bool IsUnit(std::string_view plain) { return kUnits.Has(plain); }
bool IsHeadWord(std::string_view plain) { return kHeadWords.Has(plain); }

PlaceWords CutPlace(std::string_view surface) {
  PlaceWords cut;
  cut.words.reserve(8);
  std::size_t at = 0;
  while (at < surface.size()) {
    std::size_t begin = at;
    while (begin < surface.size() && IsBetween(surface[begin])) ++begin;
    std::size_t end = begin;
    while (end < surface.size() && !IsBetween(surface[end])) ++end;
    if (begin == end) break;
    std::size_t text = end;
    while (text > begin + 1 && surface[text - 1] == '.') --text;
    cut.words.push_back({surface.substr(at, begin - at),
                         surface.substr(begin, text - begin),
                         surface.substr(text, end - text),
                         PlainWord(surface.substr(begin, text - begin))});
    at = end;
  }
  cut.rest = surface.substr(at);
  return cut;
}

std::string PlainWord(std::string_view word) {
  std::string plain;
  plain.reserve(word.size());
  for (char c : word) {
    if (const char p = PlainChar(c); p != 0) plain += p;
  }
  return plain;
}

}  // namespace phiwire
