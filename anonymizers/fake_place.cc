// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/fake_place.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "anonymizers/person_name.h"
#include "anonymizers/place_words.h"
#include "base/ascii.h"

namespace phiwire {
namespace {

constexpr bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }

// ", MA", " MA", ", France" at the end of a city; where it begins.
std::size_t StateAt(std::string_view surface) {
  const std::size_t comma = surface.find(',');
  if (comma != std::string_view::npos) {
    const std::string state = FoldNamePart(surface.substr(comma + 1));
    const bool known = Fakes(FakeKind::kState).Contains(state) ||
                       Fakes(FakeKind::kStateCode).Contains(state) ||
                       Fakes(FakeKind::kCountry).Contains(state);
    return known ? comma : surface.size();
  }
  const std::size_t n = surface.size();
  const bool code =
      n > 4 && surface[n - 3] == ' ' && IsUpper(surface[n - 1]) &&
      IsUpper(surface[n - 2]) &&
      Fakes(FakeKind::kStateCode).Contains(FoldNamePart(surface.substr(n - 2)));
  return code ? n - 3 : n;
}

// " County", " Parish", " Co." at the end of a county; where it begins.
std::size_t CountyWordAt(std::string_view surface) {
  const std::size_t blank = surface.rfind(' ');
  if (blank == std::string_view::npos || blank == 0) return surface.size();
  const std::string word = PlainWord(surface.substr(blank));
  return word == "county" || word == "parish" || word == "co" ||
                 word == "borough"
             ? blank
             : surface.size();
}

std::string Renamed(std::string_view surface, std::size_t kept_from,
                    std::string_view fake) {
  std::string out;
  AppendLike(fake, surface.substr(0, kept_from), out);
  out += surface.substr(std::min(kept_from, surface.size()));
  return out;
}

bool IsAcronym(std::string_view text) {
  return text.size() >= 2 && text.size() <= 5 &&
         std::all_of(text.begin(), text.end(), IsUpper);
}

}  // namespace

std::string_view PickOther(FakeKind kind, std::string_view key,
                           FakeStream& stream) {
  const FakeList& list = Fakes(kind);
  std::size_t at = stream.Below(list.size());
  // No value holds many of a list's names; one of them all must do.
  for (std::size_t tries = 0; tries < list.size(); ++tries) {
    if (key.find(PlainWord(list.at(at))) == std::string_view::npos) break;
    at = tries < 8 ? stream.Below(list.size()) : (at + 1) % list.size();
  }
  return list.at(at);
}

std::string FakeCity(std::string_view surface, FakeStream& stream) {
  return Renamed(surface, StateAt(surface),
                 PickOther(FakeKind::kCity, PlainWord(surface), stream));
}

std::string CityKey(std::string_view surface) {
  return PlainWord(surface.substr(0, StateAt(surface)));
}

std::string FakeCounty(std::string_view surface, FakeStream& stream) {
  return Renamed(surface, CountyWordAt(surface),
                 PickOther(FakeKind::kCounty, PlainWord(surface), stream));
}

std::string CountyKey(std::string_view surface) {
  return PlainWord(surface.substr(0, CountyWordAt(surface)));
}

std::string FakeZip(std::string_view surface, FakeStream& stream) {
  const auto digits = std::count_if(surface.begin(), surface.end(), IsDigit);
  const bool us = (digits == 3 || digits == 5 || digits == 9) &&
                  std::all_of(surface.begin(), surface.end(), [](char c) {
                    return IsDigit(c) || c == '-' || c == ' ';
                  });
  if (!us) return FakeShape(surface, stream);
  std::string fake = std::to_string(1000 + 10 + stream.Below(985)).substr(1);
  FakeChars chars(stream);
  while (fake.size() < 9) fake += chars.Digit();
  std::string out(surface);
  std::size_t next = 0;
  for (char& c : out) {
    if (IsDigit(c)) c = fake[next++];
  }
  return out;
}

std::string FakeLocation(std::string_view surface, FakeStream& stream) {
  const std::string folded = FoldNamePart(surface);
  FakeKind kind = FakeKind::kCity;
  if (Fakes(FakeKind::kState).Contains(folded)) {
    kind = FakeKind::kState;
  } else if (Fakes(FakeKind::kStateCode).Contains(folded)) {
    kind = FakeKind::kStateCode;
  } else if (Fakes(FakeKind::kCountry).Contains(folded)) {
    kind = FakeKind::kCountry;
  }
  return Renamed(surface, surface.size(),
                 PickOther(kind, PlainWord(surface), stream));
}

std::string FakeProfession(std::string_view surface, FakeStream& stream) {
  return Renamed(surface, surface.size(),
                 PickOther(FakeKind::kProfession, PlainWord(surface), stream));
}

Organisation::Organisation(std::string_view surface)
    : surface_(surface), cut_(CutPlace(surface)) {
  const std::vector<PlaceWord>& words = cut_.words;
  if (words.size() > 2 && words[1].text == "of" && IsHeadWord(words[0].plain)) {
    lead_ = 2;
  }
  tail_ = words.size();
  while (tail_ > lead_ && IsHeadWord(words[tail_ - 1].plain)) --tail_;
}

std::string Organisation::key() const {
  std::string key;
  for (std::size_t i = lead_; i < tail_; ++i) {
    key += cut_.words[i].plain;
  }
  return key.empty() ? PlainWord(surface_) : key;
}

std::string Organisation::Fake(FakeStream& stream) const {
  if (IsAcronym(surface_)) return FakeShape(surface_, stream);
  const std::vector<PlaceWord>& words = cut_.words;
  if (words.empty()) return "";
  std::string out;
  out.reserve(surface_.size() + 24);
  for (std::size_t i = 0; i < lead_; ++i) {
    out += words[i].between;
    out += words[i].text;
    out += words[i].dots;
  }
  if (lead_ != 0) out += ' ';
  // "Family Practice" has no name to lose: one comes in front.
  AppendLike(PickOther(FakeKind::kCity, PlainWord(surface_), stream), surface_,
             out);
  for (std::size_t i = tail_; i < words.size(); ++i) {
    out += i == 0 ? " " : words[i].between;
    out += words[i].text;
    out += words[i].dots;
  }
  return out;
}

}  // namespace phiwire
