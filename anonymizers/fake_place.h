// SPDX-License-Identifier: Apache-2.0
//
// Places and organisations. The name goes, the kind of thing stays: "88
// Musgrave Terrace, Apt 4B" keeps Terrace and Apt, "St Mary's Hospital" keeps
// Hospital. Drawn names are written in the casing of the old. A state written
// with a city stays; a city's fake is a name that several states have. Pure
// functions.
//
//   StreetAddress("12 Elm St").Fake(name, rest)   == "87 Juniper St"
//   Organisation("MERCY CLINIC").Fake(stream)     == "ASHLAND CLINIC"

#ifndef PHIWIRE_ANONYMIZERS_FAKE_PLACE_H_
#define PHIWIRE_ANONYMIZERS_FAKE_PLACE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "anonymizers/fake_lists.h"
#include "anonymizers/fake_shape.h"
#include "anonymizers/place_words.h"

namespace phiwire {

// One of a list that is no part of `key`, the plain words of the value.
std::string_view PickOther(FakeKind kind, std::string_view key,
                           FakeStream& stream);

std::string FakeCity(std::string_view surface, FakeStream& stream);
std::string FakeCounty(std::string_view surface, FakeStream& stream);
// US ZIP codes: three first digits of 010 to 994 and the rest at random; other
// postal codes by shape.
std::string FakeZip(std::string_view surface, FakeStream& stream);
// A state for a state, a country for a country, else a city's name.
std::string FakeLocation(std::string_view surface, FakeStream& stream);
std::string FakeProfession(std::string_view surface, FakeStream& stream);
// What they are known by: the name, without what stays.
std::string CityKey(std::string_view surface);
std::string CountyKey(std::string_view surface);

// An address up to the city. Views of the surface.
class StreetAddress {
 public:
  explicit StreetAddress(std::string_view surface);

  // The words of the street's name: a street keeps its fake whatever the number
  // and the kind ("St", "Street").
  std::string key() const;
  // The street's name comes from `name` (the stream of key()), numbers from
  // `rest`.
  std::string Fake(FakeStream& name, FakeStream& rest) const;

 private:
  enum class Role : std::uint8_t { kName, kNumber, kKind, kDirection, kUnit };

  static Role RoleOf(const PlaceWord& word, bool after_unit);
  void FindName();

  std::string_view surface_;
  PlaceWords cut_;
  std::vector<Role> roles_;
};

// A facility or employer: the head words at the end ("Family Practice", "Inc")
// or before "of" ("University of") stay, one name takes the place of the rest;
// an acronym becomes another one. Views of the surface.
class Organisation {
 public:
  explicit Organisation(std::string_view surface);

  std::string key() const;
  std::string Fake(FakeStream& stream) const;

 private:
  std::string_view surface_;
  PlaceWords cut_;
  // [0, lead) and [tail, size) stay.
  std::size_t lead_ = 0;
  std::size_t tail_ = 0;
};

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_FAKE_PLACE_H_
