// SPDX-License-Identifier: Apache-2.0

#include "formats/json/reader.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <utility>

#include "base/ascii.h"
#include "formats/json/collector.h"
#include "formats/json/strings.h"
#include "formats/table/column_map.h"

namespace phiwire::json {
namespace {

// Shorter strings of digits are counts and codes (ColumnMayKeep).
constexpr std::size_t kShortestDocument = 32;

std::string_view Trim(std::string_view s) {
  const std::size_t begin = s.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return s.substr(begin, s.find_last_not_of(" \t\r\n") - begin + 1);
}

// YYYY-MM-DDT...: a time that people's forms of dates don't have.
bool IsIsoTime(std::string_view s) {
  return s.size() > 10 && s[4] == '-' && s[7] == '-' && s[10] == 'T' &&
         IsDigit(s[0]);
}

// The media type of a whole document in a string; "" when it isn't certain.
std::string_view DocumentIn(std::string_view text) {
  if (text.size() < kShortestDocument) return {};
  if (text.starts_with("MSH|^~\\&")) return "application/hl7-v2";
  const bool object = text.starts_with('{') && text.ends_with('}');
  const bool array = text.starts_with("[{") && text.ends_with("}]");
  if ((object || array) && Parse(text).ok()) return "application/json";
  return {};
}

class Reader {
 public:
  Reader(const Document& doc, const SitePlaces& site, const KeyClasses* known)
      : doc_(doc), site_(site), classes_(known), fields_(doc) {}

  RecordFields Read() {
    Value(0, {}, nullptr);
    for (const auto& [owner, person] : persons_) {
      fields_.out().persons[person.index] = person.name;
    }
    return fields_.Finish();
  }

 private:
  struct Person {
    std::size_t index = 0;
    PersonName name;
  };

  void Value(std::uint32_t index, const ColumnClass& of, const SiteRule* rule) {
    const Node& node = doc_.nodes[index];
    switch (node.kind) {
      case Kind::kObject:
        return Object(index, rule);
      case Kind::kArray:
        for (std::uint32_t i = index + 1; i < node.next;
             i = doc_.nodes[i].next) {
          Value(i, of, rule);
        }
        return;
      case Kind::kString:
      case Kind::kNumber:
        return Leaf(node, of, rule);
      default:
        return;
    }
  }

  void Object(std::uint32_t index, const SiteRule* rule) {
    const std::int32_t outer_subject = subject_;
    const int outer_rank = rank_;
    const std::uint32_t outer_object = object_;
    object_ = index;
    FindSubject(index);
    for (std::uint32_t i = index + 1; i < doc_.nodes[index].next;
         i = doc_.nodes[i].next) {
      Member(i, rule);
    }
    object_ = outer_object;
    subject_ = outer_subject;
    rank_ = outer_rank;
  }

  // The object's own patient, when it names one as well as what is around it.
  void FindSubject(std::uint32_t object) {
    const Node* best = nullptr;
    // As good an id as the one around it takes over; a mere "id" does not.
    int rank = rank_ > 1 ? rank_ - 1 : rank_;
    for (std::uint32_t i = object + 1; i < doc_.nodes[object].next;
         i = doc_.nodes[i].next) {
      const Node& node = doc_.nodes[i];
      if (node.is_container()) continue;
      const int own = ClassOf(node).subject_rank;
      if (own > rank) {
        rank = own;
        best = &node;
      }
    }
    if (best == nullptr) return;
    const std::string_view id = Trim(fields_.TextOf(*best));
    if (id.empty() || best->kind == Kind::kNull || best->kind == Kind::kBool) {
      return;
    }
    rank_ = rank;
    auto& subjects = fields_.out().subjects;
    const auto at = std::find(subjects.begin(), subjects.end(), id);
    subject_ = static_cast<std::int32_t>(at - subjects.begin());
    if (at == subjects.end()) subjects.emplace_back(id);
  }

  ColumnClass ClassOf(const Node& node) {
    const std::string_view raw = doc_.RawKey(node);
    const std::string decoded = node.key_escaped ? Decode(raw) : std::string();
    // Elements of an array have the name of the array's.
    std::uint32_t parent = node.parent;
    while (parent != kNoParent && !doc_.nodes[parent].has_key) {
      parent = doc_.nodes[parent].parent;
    }
    const bool named = parent != kNoParent && !doc_.nodes[parent].key_escaped;
    return classes_.Of(
        named ? doc_.RawKey(doc_.nodes[parent]) : std::string_view(),
        named ? doc_.nodes[parent].key_hash : 0,
        node.key_escaped ? decoded : raw, node.key_hash);
  }

  void Member(std::uint32_t index, const SiteRule* rule) {
    const Node& node = doc_.nodes[index];
    const std::size_t size = path_.size();
    const std::string_view raw = doc_.RawKey(node);
    const bool plain = !node.key_escaped && IsPlainName(raw);
    if (!path_.empty()) path_ += '.';
    path_ += plain ? raw : "*";
    if (!plain && !raw.empty()) fields_.Key(node, path_);
    if (rule == nullptr && !site_.empty()) {
      rule = site_.Find(path_, plain ? raw : "*");
    }
    Value(index, ClassOf(node), rule);
    path_.resize(size);
  }

  void Leaf(const Node& node, const ColumnClass& of, const SiteRule* rule) {
    if (rule != nullptr) return ByRule(node, *rule);
    const std::string_view value = Trim(fields_.TextOf(node));
    if (value.empty()) return;
    switch (of.use) {
      case ColumnUse::kSlot:
        if (of.type == PhiType::kAge && AgeMayStay(value)) return;
        return Slot(node, of, value);
      case ColumnUse::kKeep:
        if (!ColumnMayKeep(value)) break;
        return fields_.Keep(node, path_);
      default:
        if (node.kind == Kind::kNumber && ColumnMayKeep(value)) return;
        break;
    }
    Scanned(node, value);
  }

  void Scanned(const Node& node, std::string_view value) {
    Field& field = fields_.Text(node, path_);
    field.subject = subject_;
    if (node.kind != Kind::kString) return;
    const std::string_view media_type = DocumentIn(value);
    if (media_type.empty()) return;
    field.kind = FieldKind::kDocument;
    field.media_type = media_type;
  }

  void ByRule(const Node& node, const SiteRule& rule) {
    switch (rule.as) {
      case SiteRule::As::kText:
        fields_.Text(node, path_).subject = subject_;
        return;
      case SiteRule::As::kKeep:
        return fields_.Keep(node, path_);
      case SiteRule::As::kDrop:
        fields_.Slot(node, PhiType::kId, SlotGrammar::kEmpty, path_);
        return;
      case SiteRule::As::kSlot: {
        ColumnClass of;
        static_cast<ColumnRule&>(of) = table::RuleOfType(rule.type);
        return Slot(node, of, Trim(fields_.TextOf(node)));
      }
    }
  }

  void Slot(const Node& node, const ColumnClass& of, std::string_view value) {
    const std::int32_t person = PersonOf(of, value);
    Field& field = fields_.Slot(node, of.type, of.grammar, path_);
    field.spelling = of.spelling;
    if (of.type == PhiType::kDate && IsIsoTime(value)) {
      field.spelling = Spelling::kIsoDate;
    }
    field.part = of.part;
    field.person = person;
    field.subject = subject_;
    if (of.type == PhiType::kDate) {
      if (of.birth_date) fields_.KnownDay(value);
    } else {
      fields_.Known(of.type, value);
    }
  }

  // The names of one object and owner are one person's.
  std::int32_t PersonOf(const ColumnClass& of, std::string_view value) {
    if (of.type != PhiType::kName || of.part == NamePart::kWhole) return -1;
    const auto [it, made] = persons_.try_emplace({object_, of.owner});
    Person& person = it->second;
    if (made) {
      person.index = fields_.out().persons.size();
      fields_.out().persons.emplace_back();
    }
    std::string* part = of.part == NamePart::kFamily   ? &person.name.family
                        : of.part == NamePart::kGiven  ? &person.name.given
                        : of.part == NamePart::kMiddle ? &person.name.middle
                                                       : nullptr;
    if (part != nullptr && part->empty()) *part = value;
    return static_cast<std::int32_t>(person.index);
  }

  const Document& doc_;
  const SitePlaces& site_;
  KeyClasses classes_;
  Collector fields_;
  std::string path_;
  std::uint32_t object_ = 0;
  std::int32_t subject_ = -1;
  int rank_ = 0;  // how well subject_ names the patient
  std::map<std::pair<std::uint32_t, std::string>, Person> persons_;
};

}  // namespace

RecordFields ReadFields(const Document& doc, const SitePlaces& site,
                        const KeyClasses* known) {
  return Reader(doc, site, known).Read();
}

void LearnNames(const Document& doc, KeyClasses* classes) {
  for (const Node& node : doc.nodes) {
    if (!node.has_key || node.key_escaped) continue;
    std::uint32_t parent = node.parent;
    while (parent != kNoParent && !doc.nodes[parent].has_key) {
      parent = doc.nodes[parent].parent;
    }
    const bool named = parent != kNoParent && !doc.nodes[parent].key_escaped;
    classes->Of(named ? doc.RawKey(doc.nodes[parent]) : std::string_view(),
                named ? doc.nodes[parent].key_hash : 0, doc.RawKey(node),
                node.key_hash);
  }
}

}  // namespace phiwire::json
