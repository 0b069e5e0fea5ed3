// SPDX-License-Identifier: Apache-2.0
//
// The small closed word sets that walkers stop at. Open sets (names, places)
// are the lexicon's.

#include "recognizers/walkers/tokens.h"

namespace phiwire {
namespace {

constexpr std::string_view kFunction[] = {
    "a",         "about",     "accepted", "address",     "admit",
    "admitted",  "after",     "again",    "age",         "all",
    "also",      "an",        "and",      "any",         "are",
    "as",        "at",        "attends",  "be",          "been",
    "before",    "between",   "born",     "brought",     "but",
    "by",        "call",      "called",   "came",        "can",
    "chief",     "complaint", "could",    "current",     "daily",
    "date",      "diagnosis", "did",      "discharge",   "discharged",
    "discussed", "does",      "dob",      "dear",        "due",
    "during",    "each",      "employed", "employer",    "every",
    "facility",  "fax",       "fell",     "follow",      "for",
    "found",     "from",      "given",    "had",         "has",
    "have",      "he",        "her",      "here",        "hi",
    "hello",     "his",       "history",  "how",         "i",
    "if",        "in",        "into",     "is",          "it",
    "its",       "lives",     "living",   "location",    "may",
    "me",        "moved",     "mrn",      "my",          "name",
    "near",      "no",        "not",      "note",        "now",
    "off",       "on",        "once",     "only",        "or",
    "our",       "out",       "over",     "patient",     "per",
    "phone",     "plan",      "please",   "pt",          "re",
    "reason",    "received",  "referred", "resides",     "retired",
    "return",    "sees",      "saw",      "seen",        "sent",
    "she",       "since",     "so",       "status",      "taken",
    "tel",       "than",      "that",     "the",         "their",
    "them",      "then",      "there",    "these",       "they",
    "this",      "those",     "through",  "thru",        "to",
    "today",     "told",      "transfer", "transferred", "under",
    "until",     "up",        "upon",     "us",          "via",
    "visit",     "visited",   "was",      "we",          "went",
    "were",      "what",      "when",     "where",       "which",
    "while",     "who",       "will",     "with",        "within",
    "without",   "worked",    "working",  "works",       "would",
    "yes",       "you",       "your",     "yesterday",   "tomorrow",
    "dated",     "signed",    "dictated", "transcribed", "s"};
constexpr WordSet kFunctionSet(kFunction);

constexpr std::string_view kGeneric[] = {
    "acute",      "adult",     "ambulatory",  "another",    "area",
    "assisted",   "auto",      "blood",       "cardiac",    "care",
    "center",     "clinic",    "clinical",    "community",  "county",
    "course",     "day",       "dental",      "department", "emergency",
    "exam",       "family",    "first",       "free",       "full",
    "general",    "geriatric", "green",       "group",      "health",
    "high",       "home",      "hospital",    "house",      "inpatient",
    "intensive",  "internal",  "jail",        "law",        "left",
    "local",      "long",      "main",        "medical",    "medicine",
    "mental",     "middle",    "national",    "new",        "night",
    "nurse",      "nursing",   "office",      "old",        "other",
    "outpatient", "outside",   "past",        "pediatric",  "physical",
    "post",       "pre",       "present",     "previous",   "primary",
    "prior",      "private",   "psychiatric", "public",     "regional",
    "right",      "road",      "same",        "school",     "second",
    "services",   "sheriff",   "short",       "skilled",    "social",
    "special",    "specialty", "state",       "surgical",   "teaching",
    "term",       "total",     "unit",        "urgent",     "veteran",
    "veterans",   "walk",      "women",       "youth"};
constexpr WordSet kGenericSet(kGeneric);

constexpr std::string_view kTitles[] = {
    "attorney", "aunt",  "brother",   "captain", "capt", "col",       "cousin",
    "deputy",   "det",   "detective", "doctor",  "dr",   "drs",       "father",
    "fr",       "judge", "lt",        "miss",    "mr",   "mrs",       "ms",
    "mx",       "nurse", "officer",   "pastor",  "prof", "professor", "rabbi",
    "rev",      "sgt",   "sister",    "sr",      "sra",  "uncle"};
constexpr WordSet kTitleSet(kTitles);

constexpr std::string_view kCredentials[] = {
    "aprn", "arnp",  "bsn",  "ccrn", "cma",  "cna",  "cnm",    "cnp", "cns",
    "cota", "crna",  "crt",  "dc",   "dds",  "dmd",  "dnp",    "do",  "dpm",
    "dpt",  "emt",   "esq",  "faap", "facc", "facp", "facs",   "fnp", "lcsw",
    "ldn",  "licsw", "lmft", "lmhc", "lmsw", "lpc",  "lpn",    "lvn", "mba",
    "mbbs", "md",    "mph",  "ms3",  "ms4",  "msn",  "msw",    "np",  "ot",
    "otr",  "pa",    "pgy",  "pgy1", "pgy2", "pgy3", "pharmd", "phd", "psyd",
    "pt",   "pta",   "rd",   "rdn",  "rma",  "rn",   "rph",    "rrt", "slp"};
constexpr WordSet kCredentialSet(kCredentials);

constexpr std::string_view kUnits[] = {
    "am",      "beats",   "bpm",     "cc",    "cm",      "days",   "day",
    "doses",   "dose",    "f",       "feet",  "ft",      "g",      "grams",
    "h",       "holes",   "hours",   "hour",  "hr",      "hrs",    "hz",
    "inches",  "iu",      "k",       "kg",    "l",       "lb",     "lbs",
    "liters",  "mcg",     "meq",     "mg",    "mhz",     "min",    "mins",
    "minutes", "ml",      "mm",      "mmhg",  "mmol",    "months", "month",
    "ng",      "of",      "pack",    "packs", "percent", "pm",     "screws",
    "sec",     "seconds", "tablets", "tabs",  "times",   "ug",     "unit",
    "units",   "weeks",   "week",    "wk",    "wks",     "x",      "year",
    "years",   "yo",      "yr",      "yrs"};
constexpr WordSet kUnitSet(kUnits);

}  // namespace

bool IsFunctionWord(std::uint32_t hash) { return kFunctionSet.Has(hash); }
bool IsGenericWord(std::uint32_t hash) { return kGenericSet.Has(hash); }
bool IsTitleWord(std::uint32_t hash) { return kTitleSet.Has(hash); }
bool IsCredential(std::uint32_t hash) { return kCredentialSet.Has(hash); }
bool IsUnitWord(std::uint32_t hash) { return kUnitSet.Has(hash); }

}  // namespace phiwire
