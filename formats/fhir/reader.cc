// SPDX-License-Identifier: Apache-2.0

#include "formats/fhir/reader.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/strings.h"
#include "formats/fhir/elements.h"
#include "formats/fhir/extensions.h"
#include "formats/fhir/graph.h"
#include "formats/fhir/leaves.h"
#include "formats/json/collector.h"
#include "formats/json/strings.h"

namespace phiwire::fhir {
namespace {

using json::Document;
using json::Kind;
using json::Node;

// LOINC codes of ages; over 89 they identify (45 CFR 164.514(b)(2)(i)(C)).
constexpr std::string_view kAgeCodes[] = {"30525-0", "21612-7", "29553-5"};

// Of a person's own record: what these say of birth and death is known.
constexpr std::string_view kBirthAndDeath[] = {"birthDate", "deceasedDateTime"};

template <std::size_t N>
bool IsOneOf(const std::string_view (&set)[N], std::string_view value) {
  return std::find(std::begin(set), std::end(set), value) != std::end(set);
}

// Quantities and ranges under these names are ages.
bool IsAgeName(std::string_view name) {
  for (const std::string_view front :
       {"age", "onset", "abatement", "deceased", "bornRange"}) {
    if (name.starts_with(front)) return true;
  }
  return false;
}

struct KnownTypes {
  TypeId resource = *FindType("Resource");
  TypeId human_name = *FindType("HumanName");
  TypeId extension = *FindType("Extension");
  TypeId element = *FindType("Element");
  TypeId age = *FindType("Age");
  TypeId base = *FindType("DomainResource");
};

const KnownTypes& Types() {
  static const KnownTypes types;
  return types;
}

class Reader {
 public:
  Reader(const Document& doc, const SitePaths& site)
      : doc_(doc),
        site_(site),
        graph_(doc),
        fields_(doc),
        leaves_(doc, graph_, &fields_) {}

  RecordFields Read() {
    Resource(0);
    RecordFields out = fields_.Finish();
    out.subjects = graph_.subjects();
    PutPatientsFirst(&out);
    return out;
  }

 private:
  // The path is one string for all; a place is remembered by its length.
  void Resource(std::uint32_t index) {
    if (doc_.nodes[index].kind != Kind::kObject) return Unknown(index);
    const std::string_view name = doc_.MemberText(index, "resourceType");
    const auto type = FindType(name);
    const bool known = type && TypeOf(*type).resource;
    const Place outer = std::exchange(at_, Place());
    const std::string outer_path = std::exchange(path_, std::string());
    std::vector<Step> outer_steps = std::move(steps_);
    at_.resource = known ? name : "Resource";
    at_.subject = graph_.SubjectOf(index);
    at_.age = name == "Observation" && IsAgeObservation(index);
    path_ = at_.resource;
    const TypeId of = known ? *type : Types().base;
    steps_.assign(1, {at_.resource, of, Leaf::kType, {}});
    if (const SiteRule* rule = FindRule()) {
      ByRule(index, *rule);
    } else {
      Members(index, of);
    }
    steps_ = std::move(outer_steps);
    path_ = outer_path;
    at_ = outer;
  }

  bool IsAgeObservation(std::uint32_t index) const {
    const std::uint32_t code = doc_.Member(index, "code");
    const std::uint32_t list = code == 0 ? 0 : doc_.Member(code, "coding");
    if (list == 0) return false;
    for (std::uint32_t i = list + 1; i < doc_.nodes[list].next;
         i = doc_.nodes[i].next) {
      if (doc_.nodes[i].kind == Kind::kObject &&
          IsOneOf(kAgeCodes, doc_.MemberText(i, "code"))) {
        return true;
      }
    }
    return false;
  }

  void Members(std::uint32_t object, TypeId type) {
    for (std::uint32_t i = object + 1; i < doc_.nodes[object].next;
         i = doc_.nodes[i].next) {
      Member(i, type);
    }
  }

  void Member(std::uint32_t index, TypeId type) {
    const Node& node = doc_.nodes[index];
    const std::size_t size = path_.size();
    const std::string_view name = doc_.RawKey(node);
    const Element* element =
        node.key_escaped ? nullptr : FindElement(type, node.key_hash, name);
    if (element != nullptr) {
      Push(name);
      Known(index, name, *element);
    } else if (name == "resourceType") {
      Push(name);
      // Told types are structure, anything else may be anything.
      if (node.kind == Kind::kString && FindType(doc_.Raw(node))) {
      } else {
        Unknown(index);
      }
    } else if (name.starts_with('_') && !node.key_escaped &&
               FindElement(type, json::HashOf(name.substr(1)),
                           name.substr(1)) != nullptr) {
      static constexpr Element kExtended = {0, 0, 0, Leaf::kType, false, 0};
      Element extended = kExtended;
      extended.type = Types().element;
      Push(name.substr(1));
      Known(index, name.substr(1), extended);
    } else {
      UnknownMember(index);
    }
    path_.resize(size);
  }

  void Push(std::string_view name) {
    path_ += '.';
    path_ += name;
  }

  // An element the table has: itself, or each of its array.
  void Known(std::uint32_t index, std::string_view name,
             const Element& element) {
    const bool photo = at_.photo;
    const bool age = at_.age;
    at_.photo = photo || name == "photo";
    at_.age = age || IsAgeName(name);
    steps_.push_back({name,
                      element.leaf == Leaf::kType ? element.type : kNoType,
                      element.leaf,
                      {}});
    const Node& node = doc_.nodes[index];
    at_.index = 0;
    if (node.kind != Kind::kArray) {
      Value(index, name, element);
    } else {
      const std::size_t outer = at_.index;
      std::size_t count = 0;
      for (std::uint32_t i = index + 1; i < node.next; i = doc_.nodes[i].next) {
        at_.index = count++;
        Value(i, name, element);
      }
      at_.index = outer;
    }
    steps_.pop_back();
    at_.photo = photo;
    at_.age = age;
  }

  void Value(std::uint32_t index, std::string_view name,
             const Element& element) {
    const Node& node = doc_.nodes[index];
    if (element.leaf == Leaf::kType && element.type == Types().extension &&
        node.kind == Kind::kObject) {
      steps_.back().url = doc_.MemberText(index, "url");
    }
    if (const SiteRule* rule = FindRule()) return ByRule(index, *rule);
    switch (node.kind) {
      case Kind::kObject:
        return element.leaf == Leaf::kType ? Object(index, element.type)
                                           : Unknown(index);
      case Kind::kArray:
        return Unknown(index);
      case Kind::kString:
      case Kind::kNumber:
        return LeafAt(node, name, element);
      default:
        return;
    }
  }

  void LeafAt(const Node& node, std::string_view name, const Element& element) {
    Place place = PlaceNow(node);
    place.birth = IsOneOf(kBirthAndDeath, name);
    // A url names an extension's kind, unless it says more than a url does.
    if (element.leaf == Leaf::kUri && name == "url" && steps_.size() > 1 &&
        steps_[steps_.size() - 2].type == Types().extension &&
        IsExtensionUrl(fields_.TextOf(node))) {
      return;
    }
    leaves_.Take(node, element, place);
  }

  static bool IsExtensionUrl(std::string_view url) {
    return url.size() <= 200 && json::IsPlainName(url.substr(0, 64)) &&
           (url.size() <= 64 || json::IsPlainName(url.substr(64, 64))) &&
           (url.size() <= 128 || json::IsPlainName(url.substr(128, 64))) &&
           (url.size() <= 192 || json::IsPlainName(url.substr(192)));
  }

  Place PlaceNow(const Node& node) {
    Place place = at_;
    place.path = path_;
    std::uint32_t object = node.parent;
    while (object != json::kNoParent &&
           doc_.nodes[object].kind == Kind::kArray) {
      object = doc_.nodes[object].parent;
    }
    place.object = object == json::kNoParent ? 0 : object;
    return place;
  }

  void Object(std::uint32_t index, TypeId type) {
    const KnownTypes& types = Types();
    if (type == types.resource) return Resource(index);
    if (type == types.human_name) return Name(index);
    if (type == types.extension) return Extension(index);
    const bool age = at_.age;
    at_.age = age || type == types.age;
    Members(index, type);
    at_.age = age;
  }

  void Name(std::uint32_t index) {
    const auto part = [&](std::string_view member, std::size_t number) {
      std::uint32_t i = doc_.Member(index, member);
      if (i != 0 && doc_.nodes[i].kind == Kind::kArray) {
        const std::uint32_t end = doc_.nodes[i].next;
        for (++i; i < end && number > 0; --number) i = doc_.nodes[i].next;
        if (i >= end) i = 0;
      }
      return i != 0 && doc_.nodes[i].kind == Kind::kString
                 ? std::string(fields_.TextOf(doc_.nodes[i]))
                 : std::string();
    };
    PersonName person{part("family", 0), part("given", 0), part("given", 1)};
    const std::int32_t outer = at_.person;
    if (!person.family.empty() || !person.given.empty()) {
      auto& persons = fields_.out().persons;
      at_.person = static_cast<std::int32_t>(persons.size());
      persons.push_back(std::move(person));
      is_patient_.push_back(path_ == "Patient.name");
    }
    Members(index, Types().human_name);
    at_.person = outer;
  }

  void Extension(std::uint32_t index) {
    const ExtensionUse outer = at_.extension;
    at_.extension = UseOfExtension(doc_.MemberText(index, "url"), outer);
    Members(index, Types().extension);
    at_.extension = outer;
  }

  const SiteRule* FindRule() const {
    return site_.empty() ? nullptr : site_.Find(steps_);
  }

  void ByRule(std::uint32_t index, const SiteRule& rule) {
    for (std::uint32_t i = index; i < doc_.nodes[index].next; ++i) {
      const Node& node = doc_.nodes[i];
      const std::string_view name = doc_.RawKey(node);
      const bool structure =
          name == "resourceType" ||
          (name == "url" && rule.as != SiteRule::As::kText && i != index);
      if (!node.is_container() && node.kind != Kind::kNull &&
          node.kind != Kind::kBool && !structure) {
        leaves_.ByRule(node, rule, PlaceNow(node));
      }
    }
  }

  void UnknownMember(std::uint32_t index) {
    const Node& node = doc_.nodes[index];
    const std::string_view name = doc_.RawKey(node);
    const bool plain = !node.key_escaped && json::IsPlainName(name);
    const std::size_t size = path_.size();
    Push(plain ? name : "*");
    if (!plain && !name.empty()) fields_.Key(node, path_);
    steps_.push_back(
        {plain ? name : std::string_view(), kNoType, Leaf::kText, {}});
    if (const SiteRule* rule = FindRule()) {
      ByRule(index, *rule);
    } else {
      Unknown(index);
    }
    steps_.pop_back();
    path_.resize(size);
  }

  // All of it is scanned.
  void Unknown(std::uint32_t index) {
    const Node& node = doc_.nodes[index];
    switch (node.kind) {
      case Kind::kObject:
        for (std::uint32_t i = index + 1; i < node.next;
             i = doc_.nodes[i].next) {
          UnknownMember(i);
        }
        return;
      case Kind::kArray:
        for (std::uint32_t i = index + 1; i < node.next;
             i = doc_.nodes[i].next) {
          Unknown(i);
        }
        return;
      case Kind::kString:
      case Kind::kNumber:
        return leaves_.Unknown(node, PlaceNow(node));
      default:
        return;
    }
  }

  void PutPatientsFirst(RecordFields* out) const {
    std::vector<PersonName> persons;
    std::vector<std::int32_t> places(out->persons.size());
    for (const bool patient : {true, false}) {
      for (std::size_t i = 0; i < out->persons.size(); ++i) {
        if (is_patient_[i] != patient) continue;
        places[i] = static_cast<std::int32_t>(persons.size());
        persons.push_back(std::move(out->persons[i]));
      }
    }
    out->persons = std::move(persons);
    for (Field& field : out->fields) {
      if (field.person >= 0) {
        field.person = places[static_cast<std::size_t>(field.person)];
      }
    }
  }

  const Document& doc_;
  const SitePaths& site_;
  const Graph graph_;
  json::Collector fields_;
  Leaves leaves_;
  std::string path_;
  Place at_;
  std::vector<Step> steps_;
  std::vector<bool> is_patient_;  // of the persons
};

}  // namespace

absl::StatusOr<RecordFields> ReadFields(const Document& doc,
                                        const SitePaths& site) {
  const std::uint32_t type = doc.Member(0, "resourceType");
  if (type == 0 || doc.nodes[type].kind != Kind::kString) {
    return absl::DataLossError(Concat({"FHIR: no resourceType at bytes 0-",
                                       std::to_string(doc.text.size())}));
  }
  return Reader(doc, site).Read();
}

}  // namespace phiwire::fhir
