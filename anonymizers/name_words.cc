// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/name_words.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

#include "anonymizers/word_set.h"

namespace phiwire {
namespace {

constexpr std::string_view kTitleWords[] = {
    "capt",       "captain", "cpl",    "doctor", "dr",     "drs",       "hon",
    "lieutenant", "lt",      "madam",  "miss",   "mister", "mme",       "mr",
    "mrs",        "ms",      "mx",     "nurse",  "prof",   "professor", "rev",
    "reverend",   "senor",   "senora", "sgt",    "sir",    "sra"};
constexpr std::string_view kMen[] = {"mister", "mr", "senor", "sir"};
constexpr std::string_view kWomen[] = {"madam", "miss",   "mme", "mrs",
                                       "ms",    "senora", "sra"};

constexpr std::string_view kGenerationWords[] = {
    "2nd", "3rd", "4th", "esq", "ii", "iii", "iv", "jr", "junior", "sr"};

constexpr std::string_view kCredentialWords[] = {
    "agnp",   "aprn",   "arnp", "bsn",  "ccc-slp", "cna",  "cnm",  "cns",
    "crna",   "crnp",   "dds",  "dmd",  "dnp",     "dpm",  "dpt",  "dvm",
    "edd",    "emt",    "faap", "facc", "facog",   "facp", "facs", "fnp",
    "fnp-bc", "fnp-c",  "frcp", "frcs", "lcsw",    "lmft", "lmsw", "lpc",
    "lpn",    "lvn",    "mba",  "mbbs", "mbchb",   "md",   "mds",  "mhs",
    "mph",    "msc",    "msn",  "msw",  "np",      "np-c", "otr",  "otr/l",
    "pa-c",   "pharmd", "phd",  "psyd", "rdn",     "rn",   "rph",  "scd"};

constexpr std::string_view kShortCredentialWords[] = {
    "ba", "bs", "cc", "do", "jd", "ma", "ms", "od", "ot", "pa", "pt", "rd"};

constexpr std::string_view kParticleWords[] = {
    "abu",   "ap",  "bin", "bint", "d'",    "da",  "das",   "de",  "del",
    "della", "den", "der", "des",  "di",    "dos", "du",    "ibn", "la",
    "las",   "le",  "los", "ni",   "saint", "san", "santa", "st",  "ter",
    "van",   "vom", "von", "zu",   "zum",   "zur"};

static_assert(std::is_sorted(std::begin(kTitleWords), std::end(kTitleWords)));
static_assert(std::is_sorted(std::begin(kMen), std::end(kMen)));
static_assert(std::is_sorted(std::begin(kWomen), std::end(kWomen)));
static_assert(std::is_sorted(std::begin(kGenerationWords),
                             std::end(kGenerationWords)));
static_assert(std::is_sorted(std::begin(kCredentialWords),
                             std::end(kCredentialWords)));
static_assert(std::is_sorted(std::begin(kShortCredentialWords),
                             std::end(kShortCredentialWords)));
static_assert(std::is_sorted(std::begin(kParticleWords),
                             std::end(kParticleWords)));

constexpr WordSet kTitles(kTitleWords);
constexpr WordSet kGenerations(kGenerationWords);
constexpr WordSet kCredentials(kCredentialWords);
constexpr WordSet kShortCredentials(kShortCredentialWords);
constexpr WordSet kParticles(kParticleWords);

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

}  // namespace

std::optional<Sex> FindTitle(std::string_view word) {
  const Plain plain(word);
  if (!kTitles.Has(plain.view())) return std::nullopt;
  const auto in = [&plain](const auto& list) {
    return std::binary_search(std::begin(list), std::end(list), plain.view());
  };
  return in(kMen) ? Sex::kMale : in(kWomen) ? Sex::kFemale : Sex::kUnknown;
}

bool IsGeneration(std::string_view word) {
  return kGenerations.Has(Plain(word).view());
}
bool IsCredential(std::string_view word) {
  return kCredentials.Has(Plain(word).view());
}
bool IsShortCredential(std::string_view word) {
  return kShortCredentials.Has(Plain(word).view());
}
bool IsParticle(std::string_view word) {
  return kParticles.Has(Plain(word).view());
}

}  // namespace phiwire
