// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/surrogate.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "anonymizers/fake_contact.h"
#include "anonymizers/fake_person.h"
#include "anonymizers/fake_place.h"
#include "anonymizers/fake_shape.h"
#include "anonymizers/person_book.h"
#include "anonymizers/person_name.h"
#include "anonymizers/place_words.h"
#include "base/keyed_choice.h"
#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire {
namespace {

constexpr std::string_view kName = "surrogate";
constexpr int kTries = 8;  // for a fake that isn't the value

constexpr char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool SameText(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return Lower(x) == Lower(y); });
}

// Under 90 as it is (45 CFR 164.514(b)(2)(i)(C) lets it stay).
std::string FakeAge(std::string_view surface) {
  const std::string plain = PlainWord(surface);
  if (plain.find("ninet") != std::string::npos ||
      plain.find("hundred") != std::string::npos) {
    return "ninety";
  }
  std::string out;
  for (std::size_t i = 0; i < surface.size();) {
    int age = 0;
    const char* begin = surface.data() + i;
    const auto [end, error] =
        std::from_chars(begin, surface.data() + surface.size(), age);
    const bool number = error != std::errc::invalid_argument && *begin != '-';
    const std::size_t size = number ? static_cast<std::size_t>(end - begin) : 1;
    if (number && (error != std::errc() || age >= 90)) {
      out += "90";
    } else {
      out += surface.substr(i, size);
    }
    i += size;
  }
  return out;
}

// What a value is known by: `domain` is shared by the types among which the
// same value should have the same fake.
struct Source {
  std::string_view domain;
  std::string key;
};

Source SourceOf(const Target& target, bool by_shape) {
  const std::string_view surface = target.surface;
  switch (target.type) {
    case PhiType::kPhone:
    case PhiType::kFax:
      return {"phone", PhoneKey(surface)};
    case PhiType::kSsn:
      return {"ssn", NumberKey(surface)};
    case PhiType::kZip:
      return {"zip", NumberKey(surface)};
    case PhiType::kEmail:
      return {"email", NumberKey(surface)};
    case PhiType::kUrl:
      return {"url", std::string(surface)};
    case PhiType::kIpAddress:
      return {"ip", std::string(surface)};
    case PhiType::kUsername:
      return {"user", NumberKey(surface)};
    default:
      break;
  }
  if (by_shape) return {"number", NumberKey(surface)};
  switch (target.type) {
    case PhiType::kCity:
    case PhiType::kLocation:
      return {"city", CityKey(surface)};
    case PhiType::kCounty:
      return {"county", CountyKey(surface)};
    case PhiType::kFacility:
    case PhiType::kEmployer:
      return {"organisation", Organisation(surface).key()};
    case PhiType::kProfession:
      return {"profession", PlainWord(surface)};
    default:
      return {"number", NumberKey(surface)};
  }
}

class Surrogate : public Anonymizer {
 public:
  Surrogate(KeyedChoice choice, const FakePersonOptions& persons,
            const SlotOptions& slots)
      : choice_(std::move(choice)), persons_(persons), slots_(slots) {}

  std::string_view name() const override { return kName; }

  absl::StatusOr<std::string> Apply(const Target& target,
                                    Session& session) const override {
    if (target.surface.empty()) return std::string();
    if (target.type == PhiType::kAge &&
        target.grammar == SlotGrammar::kFreeText) {
      return FakeAge(target.surface);
    }
    if (target.type == PhiType::kDate || target.type == PhiType::kAge ||
        target.grammar == SlotGrammar::kHl7Date ||
        target.grammar == SlotGrammar::kEmpty) {
      return WithoutFake(target);
    }
    PHIWIRE_ASSIGN_OR_RETURN(std::string fake, Fake(target, session));
    // Of an affix only titles, suffixes and credentials come back unchanged.
    if (fake.empty() ||
        (target.part != NamePart::kAffix && SameText(fake, target.surface))) {
      return WithoutFake(target);
    }
    if (session.Holds(fake)) session.Count("fake_collision");
    return fake;
  }

 private:
  // Where there is no fake, or none but the value itself.
  std::string WithoutFake(const Target& target) const {
    if (auto form = HarborForm(target, slots_)) return *std::move(form);
    return Concat({"[", TypeName(target.type), "]"});
  }

  absl::StatusOr<KeyedChoice::Stream> StreamOf(std::string_view domain,
                                               std::string_view key) const {
    return choice_.For(Concat({domain, "\n", key}));
  }

  absl::StatusOr<std::string> Fake(Target target, Session& session) const {
    const bool by_shape = target.grammar == SlotGrammar::kIdentifier;
    if (target.grammar == SlotGrammar::kZip) target.type = PhiType::kZip;
    if (target.type == PhiType::kName && !by_shape) {
      return FakeNameOf(target, session);
    }
    if (target.type == PhiType::kStreet && !by_shape) {
      return FakeStreetOf(target.surface);
    }
    const Source source = SourceOf(target, by_shape);
    PHIWIRE_ASSIGN_OR_RETURN(auto stream, StreamOf(source.domain, source.key));
    if (source.domain == "email" || source.domain == "user") {
      return FakeAccountOf(target, stream);
    }
    std::string fake;
    for (int i = 0; i < kTries; ++i) {
      fake = Draw(target, source.domain, stream);
      if (!SameText(fake, target.surface)) break;
    }
    return fake;
  }

  static std::string Draw(const Target& target, std::string_view domain,
                          KeyedChoice::Stream& stream) {
    const std::string_view surface = target.surface;
    if (domain == "number") {
      return FakeShape(surface, stream, target.type == PhiType::kDevice);
    }
    switch (target.type) {
      case PhiType::kPhone:
      case PhiType::kFax:
        return FakePhone(surface, stream);
      case PhiType::kSsn:
        return FakeSsn(surface, stream);
      case PhiType::kZip:
        return FakeZip(surface, stream);
      case PhiType::kUrl:
        return FakeUrl(surface, stream);
      case PhiType::kIpAddress:
        return FakeIp(surface, stream);
      case PhiType::kCity:
        return FakeCity(surface, stream);
      case PhiType::kLocation:
        return FakeLocation(surface, stream);
      case PhiType::kCounty:
        return FakeCounty(surface, stream);
      case PhiType::kFacility:
      case PhiType::kEmployer:
        return Organisation(surface).Fake(stream);
      case PhiType::kProfession:
        return FakeProfession(surface, stream);
      default:
        return FakeShape(surface, stream);
    }
  }

  absl::StatusOr<std::string> FakeNameOf(const Target& target,
                                         Session& session) const {
    WrittenName written;
    const Person person = IdentifyPerson(target, session, written);
    PHIWIRE_ASSIGN_OR_RETURN(auto stream,
                             StreamOf("name", NormalKey(person.parts)));
    return PrintName(written, FakePerson(person.parts, persons_, stream));
  }

  absl::StatusOr<std::string> FakeAccountOf(const Target& target,
                                            KeyedChoice::Stream& stream) const {
    FakeName name;
    const std::optional<NameParts> person = PersonOfAccount(target.surface);
    if (person) {
      PHIWIRE_ASSIGN_OR_RETURN(auto names,
                               StreamOf("name", NormalKey(*person)));
      name = FakePerson(*person, persons_, names);
    }
    const FakeName* whose = person ? &name : nullptr;
    return target.type == PhiType::kEmail
               ? FakeEmail(whose, stream)
               : FakeUser(target.surface, whose, stream);
  }

  absl::StatusOr<std::string> FakeStreetOf(std::string_view surface) const {
    const StreetAddress address(surface);
    PHIWIRE_ASSIGN_OR_RETURN(auto name, StreamOf("street", address.key()));
    PHIWIRE_ASSIGN_OR_RETURN(auto rest,
                             StreamOf("address", PlainWord(surface)));
    std::string fake;
    for (int i = 0; i < kTries; ++i) {
      fake = address.Fake(name, rest);
      if (!SameText(fake, surface)) break;
    }
    return fake;
  }

  const KeyedChoice choice_;
  const FakePersonOptions persons_;
  const SlotOptions slots_;
};

// Whether a setting of two words is `yes`; `missing` when it is not given.
absl::StatusOr<bool> EitherParam(const AnonymizerParams& params,
                                 const std::string& name, std::string_view yes,
                                 std::string_view no, bool missing) {
  const auto it = params.find(name);
  if (it == params.end()) return missing;
  if (it->second == yes) return true;
  if (it->second == no) return false;
  return ParamError(kName, name, Concat({"must be ", yes, " or ", no}));
}

}  // namespace

absl::StatusOr<std::unique_ptr<Anonymizer>> NewSurrogate(
    const AnonymizerParams& params, const AnonymizerContext& context) {
  PHIWIRE_RETURN_IF_ERROR(AllowParams(kName, params, kSurrogateParams));
  FakePersonOptions persons;
  PHIWIRE_ASSIGN_OR_RETURN(persons.keep_sex,
                           EitherParam(params, "sex", "keep", "any", true));
  PHIWIRE_ASSIGN_OR_RETURN(
      persons.keep_initial,
      EitherParam(params, "initial", "keep", "any", false));
  if (context.keys == nullptr) {
    return absl::InvalidArgumentError("anonymizer surrogate: no key is given");
  }
  PHIWIRE_ASSIGN_OR_RETURN(KeyedChoice choice,
                           KeyedChoice::Create(*context.keys, "surrogate", ""));
  return std::make_unique<Surrogate>(std::move(choice), persons, context.slots);
}

}  // namespace phiwire
