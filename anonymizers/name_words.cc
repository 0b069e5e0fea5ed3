// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/name_words.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

namespace phiwire {
namespace {

struct Title {
  std::string_view word;
  Sex sex;
};

constexpr Title kTitles[] = {
    {"capt", Sex::kUnknown}, {"captain", Sex::kUnknown},
    {"cpl", Sex::kUnknown},  {"doctor", Sex::kUnknown},
    {"dr", Sex::kUnknown},   {"drs", Sex::kUnknown},
    {"hon", Sex::kUnknown},  {"lieutenant", Sex::kUnknown},
    {"lt", Sex::kUnknown},   {"madam", Sex::kFemale},
    {"miss", Sex::kFemale},  {"mister", Sex::kMale},
    {"mme", Sex::kFemale},   {"mr", Sex::kMale},
    {"mrs", Sex::kFemale},   {"ms", Sex::kFemale},
    {"mx", Sex::kUnknown},   {"nurse", Sex::kUnknown},
    {"prof", Sex::kUnknown}, {"professor", Sex::kUnknown},
    {"rev", Sex::kUnknown},  {"reverend", Sex::kUnknown},
    {"senor", Sex::kMale},   {"senora", Sex::kFemale},
    {"sgt", Sex::kUnknown},  {"sir", Sex::kMale},
    {"sra", Sex::kFemale},
};

constexpr std::string_view kGenerations[] = {
    "2nd", "3rd", "4th", "esq", "ii", "iii", "iv", "jr", "junior", "sr"};

constexpr std::string_view kCredentials[] = {
    "agnp",   "aprn",   "arnp", "bsn",  "ccc-slp", "cna",  "cnm",  "cns",
    "crna",   "crnp",   "dds",  "dmd",  "dnp",     "dpm",  "dpt",  "dvm",
    "edd",    "emt",    "faap", "facc", "facog",   "facp", "facs", "fnp",
    "fnp-bc", "fnp-c",  "frcp", "frcs", "lcsw",    "lmft", "lmsw", "lpc",
    "lpn",    "lvn",    "mba",  "mbbs", "mbchb",   "md",   "mds",  "mhs",
    "mph",    "msc",    "msn",  "msw",  "np",      "np-c", "otr",  "otr/l",
    "pa-c",   "pharmd", "phd",  "psyd", "rdn",     "rn",   "rph",  "scd"};

constexpr std::string_view kShortCredentials[] = {
    "ba", "bs", "cc", "do", "jd", "ma", "ms", "od", "ot", "pa", "pt", "rd"};

constexpr std::string_view kParticles[] = {
    "abu",   "ap",  "bin", "bint", "d'",    "da",  "das",   "de",  "del",
    "della", "den", "der", "des",  "di",    "dos", "du",    "ibn", "la",
    "las",   "le",  "los", "ni",   "saint", "san", "santa", "st",  "ter",
    "van",   "vom", "von", "zu",   "zum",   "zur"};

static_assert(std::is_sorted(std::begin(kTitles), std::end(kTitles),
                             [](const Title& a, const Title& b) {
                               return a.word < b.word;
                             }));
static_assert(std::is_sorted(std::begin(kGenerations), std::end(kGenerations)));
static_assert(std::is_sorted(std::begin(kCredentials), std::end(kCredentials)));
static_assert(std::is_sorted(std::begin(kShortCredentials),
                             std::end(kShortCredentials)));
static_assert(std::is_sorted(std::begin(kParticles), std::end(kParticles)));

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
  const Title* at = std::lower_bound(
      std::begin(kTitles), std::end(kTitles), plain.view(),
      [](const Title& title, std::string_view w) { return title.word < w; });
  if (at == std::end(kTitles) || at->word != plain.view()) return std::nullopt;
  return at->sex;
}

bool IsGeneration(std::string_view word) { return Has(kGenerations, word); }
bool IsCredential(std::string_view word) { return Has(kCredentials, word); }
bool IsShortCredential(std::string_view word) {
  return Has(kShortCredentials, word);
}
bool IsParticle(std::string_view word) { return Has(kParticles, word); }

}  // namespace phiwire
