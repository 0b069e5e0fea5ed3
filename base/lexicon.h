// SPDX-License-Identifier: Apache-2.0
//
// The lexicon: a memory-mapped table from a folded word to what is known of
// it. Built from data/lexicon by tools/build_lexicon.py; opened in well under
// 50 ms because nothing is parsed. Read-only, safe from any thread.
//
// Words are folded before they are hashed: lower case, accents and
// apostrophes' typography removed ("José" -> "jose", "O’Brien" -> "o'brien").
// Lookups are by 32-bit hash plus an 8-bit second check, so a word that is not
// in the table is taken for one that is about once in 10^4 look-ups: evidence,
// never proof.

#ifndef PHIWIRE_BASE_LEXICON_H_
#define PHIWIRE_BASE_LEXICON_H_

#include <cstdint>
#include <string_view>

#include "absl/status/statusor.h"
#include "base/mapped_file.h"

namespace phiwire {

// Flags of LexEntry::flags.
enum LexFlag : std::uint16_t {
  kLexDictionary = 1 << 0,  // lower-case entry of an English word list
  kLexMedical = 1 << 1,     // ICD-10-CM vocabulary
  kLexDrug = 1 << 2,        // a drug or brand name, or a word of one
  kLexEponym = 1 << 3,      // stands in ICD-10-CM as an eponym
  kLexStop = 1 << 4,        // function word
  kLexState = 1 << 5,       // US state, name or two-letter code
  kLexCountry = 1 << 6,
  kLexCounty = 1 << 7,        // a word of a US county's name
  kLexMale = 1 << 8,          // first name, over 60 % male
  kLexFemale = 1 << 9,        // first name, over 60 % female
  kLexWorldCity = 1 << 10,    // city of 100,000 or more outside the US
  kLexCityWord = 1 << 11,     // a word inside a longer city name
  kLexHospitalWord = 1 << 12  // a word in the names of hospitals
};

// Log-scaled counts, 0 when absent: round(1 + 2*log10(count)) clamped to 15.
struct LexEntry {
  std::uint8_t first = 0;     // bearers of it as a first name
  std::uint8_t last = 0;      // bearers of it as a surname
  std::uint8_t zipf = 0;      // round(2 * Zipf frequency) in general English
  std::uint8_t city = 0;      // population of the largest US city so named
  std::uint8_t hospital = 0;  // hospitals with the word in their names
  std::uint8_t medical = 0;   // ICD-10-CM titles with the word
  std::uint16_t flags = 0;
};
static_assert(sizeof(LexEntry) == 8);

// FNV-1a, 32 bits, of the folded bytes. Never 0.
constexpr std::uint32_t HashWord(std::string_view folded) {
  std::uint32_t h = 2166136261u;
  for (char c : folded) {
    h = (h ^ static_cast<unsigned char>(c)) * 16777619u;
  }
  return h == 0 ? 1 : h;
}

class Lexicon {
 public:
  // kNotFound, or kDataLoss when the file is not of this version or damaged.
  static absl::StatusOr<Lexicon> Open(std::string_view path);
  LexEntry Find(std::uint32_t hash, std::uint8_t length) const;
  std::size_t size() const;

 private:
  explicit Lexicon(MappedFile file);

  MappedFile file_;
  const struct LexSlot* slots_ = nullptr;  // in file_
  std::uint32_t mask_ = 0;
};

}  // namespace phiwire

#endif  // PHIWIRE_BASE_LEXICON_H_
