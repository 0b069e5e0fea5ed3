// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/name_words.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace phiwire {
namespace {

struct Title {
  std::string_view word;
  Sex sex;
};

constexpr Title kTitles[] = {
    {"mr", Sex::kMale},           {"mister", Sex::kMale},
    {"mrs", Sex::kFemale},        {"ms", Sex::kFemale},
    {"miss", Sex::kFemale},       {"madam", Sex::kFemale},
    {"mme", Sex::kFemale},        {"sra", Sex::kFemale},
    {"senora", Sex::kFemale},     {"sir", Sex::kMale},
    {"senor", Sex::kMale},        {"mx", Sex::kUnknown},
    {"dr", Sex::kUnknown},        {"drs", Sex::kUnknown},
    {"doctor", Sex::kUnknown},    {"prof", Sex::kUnknown},
    {"professor", Sex::kUnknown}, {"rev", Sex::kUnknown},
    {"reverend", Sex::kUnknown},  {"hon", Sex::kUnknown},
    {"sgt", Sex::kUnknown},       {"cpl", Sex::kUnknown},
    {"capt", Sex::kUnknown},      {"captain", Sex::kUnknown},
    {"lt", Sex::kUnknown},        {"lieutenant", Sex::kUnknown},
    {"nurse", Sex::kUnknown},
};

constexpr std::string_view kGenerations[] = {
    "jr", "sr", "ii", "iii", "iv", "2nd", "3rd", "4th", "esq", "junior"};

constexpr std::string_view kCredentials[] = {
    "md",   "mds",   "mbbs",  "mbchb",  "phd",  "pharmd", "psyd",    "dds",
    "dmd",  "dvm",   "dpm",   "dpt",    "dnp",  "edd",    "scd",     "rn",
    "bsn",  "msn",   "lpn",   "lvn",    "np",   "fnp",    "crnp",    "arnp",
    "aprn", "agnp",  "fnp-c", "fnp-bc", "pa-c", "np-c",   "crna",    "cnm",
    "cns",  "cna",   "lcsw",  "lmsw",   "msw",  "lpc",    "lmft",    "mph",
    "mba",  "mhs",   "msc",   "frcp",   "frcs", "facs",   "facp",    "faap",
    "facc", "facog", "otr",   "otr/l",  "rph",  "rdn",    "ccc-slp", "emt"};

constexpr std::string_view kShortCredentials[] = {
    "do", "ma", "pa", "pt", "ot", "rd", "ba", "bs", "ms", "od", "jd", "cc"};

constexpr std::string_view kParticles[] = {
    "van", "von",   "der",   "den", "de", "del", "della", "di",  "da",
    "dos", "das",   "du",    "des", "la", "las", "los",   "le",  "bin",
    "ibn", "bint",  "abu",   "vom", "zu", "zum", "zur",   "ter", "st",
    "san", "santa", "saint", "d'",  "ap", "ni"};

// The word in lower case without full stops; "" when it is too long for a list.
class Plain {
 public:
  explicit Plain(std::string_view word) {
    for (char c : word) {
      if (c == '.') continue;
      if (size_ == buffer_.size()) {
        size_ = 0;
        return;
      }
      buffer_[size_++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
  }
  std::string_view view() const { return {buffer_.data(), size_}; }

 private:
  std::array<char, 12> buffer_{};
  std::size_t size_ = 0;
};

template <class List>
bool Has(const List& list, std::string_view word) {
  const Plain plain(word);
  return !plain.view().empty() && std::find(std::begin(list), std::end(list),
                                            plain.view()) != std::end(list);
}

}  // namespace

std::optional<Sex> FindTitle(std::string_view word) {
  const Plain plain(word);
  for (const Title& title : kTitles) {
    if (title.word == plain.view()) return title.sex;
  }
  return std::nullopt;
}

bool IsGeneration(std::string_view word) { return Has(kGenerations, word); }
bool IsCredential(std::string_view word) { return Has(kCredentials, word); }
bool IsShortCredential(std::string_view word) {
  return Has(kShortCredentials, word);
}
bool IsParticle(std::string_view word) { return Has(kParticles, word); }

}  // namespace phiwire
