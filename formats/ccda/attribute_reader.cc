// SPDX-License-Identifier: Apache-2.0

#include "formats/ccda/attribute_reader.h"

#include "formats/ccda/values.h"
#include "formats/hl7v2/values.h"

namespace phiwire::ccda {
namespace {

using Kind = AttributeKind;

constexpr std::size_t kMaxCode = 20;
constexpr std::size_t kMaxStandardCode = 40;

// An attribute on its way into the record.
struct Attribute {
  const Frame& frame;
  const TagAttributes& tag;
  Value value;
  std::string_view text;
  bool plain;  // text is the raw bytes: no references
  RecordBuilder* builder;

  void Scan() const { builder->AddText(value); }
  void Keep() const { builder->Keep(value); }
  void Slot(const SlotUse& use) const { builder->AddSlot(value, use); }
};

PhiType TypeOfId(const Frame& frame, std::string_view root) {
  PhiType type = PhiType::kId;
  switch (frame.place.rule.use) {
    case PathUse::kPatientId:
      type = PhiType::kMedicalRecord;
      break;
    case PathUse::kVisitId:
      type = PhiType::kAccount;
      break;
    case PathUse::kHealthPlanId:
      type = PhiType::kHealthPlan;
      break;
    case PathUse::kFacility:
      type = PhiType::kFacility;
      break;
    case PathUse::kDevice:
      type = PhiType::kDevice;
      break;
    default:
      break;
  }
  if (frame.payer) type = PhiType::kHealthPlan;
  return TypeOfAuthority(root, type);
}

// Ids of people keep the form that other formats give them; ids of documents
// and entries are only held against one another.
Spelling SpellingOfId(PhiType type) {
  return type == PhiType::kId || type == PhiType::kFacility
             ? Spelling::kResourceId
             : Spelling::kPlain;
}

void PutExtension(const Attribute& a) {
  const std::string_view root = a.tag.Of(Kind::kRoot);
  SlotUse use;
  use.type = TypeOfId(a.frame, root);
  use.spelling = SpellingOfId(use.type);
  const bool patient = a.frame.place.rule.use == PathUse::kPatientId;
  const SlotUse* same = patient ? nullptr : a.builder->PatientId(a.text);
  if (same != nullptr) use = *same;
  a.Slot(use);
  // Ids nobody writes into a text are left out: they would be thousands.
  if (!IsUuid(a.text)) a.builder->Know(a.value, use, a.frame.party);
  if (patient) {
    a.builder->AddPatientId(std::string(a.text), use);
    a.builder->OfferId(IsMedicalRecordRoot(root) ? 3 : 2, a.value);
  }
}

void PutRoot(const Attribute& a) {
  if (IsPublicOid(a.text)) return;
  SlotUse use;
  use.spelling = Spelling::kResourceId;
  const bool alone = TrimBlanks(a.tag.Of(Kind::kExtension)).empty();
  use.type = alone && IsUuid(a.text) ? TypeOfId(a.frame, {}) : PhiType::kId;
  const bool patient = alone && a.frame.place.rule.use == PathUse::kPatientId;
  const SlotUse* same = patient ? nullptr : a.builder->PatientId(a.text);
  if (alone && same != nullptr) use = *same;
  a.Slot(use);
  if (patient) {
    a.builder->AddPatientId(std::string(a.text), use);
    a.builder->OfferId(1, a.value);
  }
}

void PutTelecom(Attribute a) {
  const TelecomPrefix prefix = ReadTelecomPrefix(a.text);
  if (prefix.size >= a.text.size()) return;
  if (a.plain) a.value.raw.begin += prefix.size;
  SlotUse use;
  use.type = prefix.type;
  a.Slot(use);
  a.builder->Know(a.value, use, a.frame.party);
}

void PutTime(const Attribute& a) {
  SlotUse use;
  use.type = PhiType::kDate;
  use.grammar = SlotGrammar::kHl7Date;
  a.Slot(use);
  const PathUse what = a.frame.place.rule.use;
  if (what == PathUse::kBirth || what == PathUse::kDeath ||
      a.frame.element->name == "birthTime") {
    a.builder->Know(a.value, use, a.frame.party);
  }
}

void PutQuantity(const Attribute& a) {
  if (IsOldAge(TrimBlanks(a.text), a.tag.Of(Kind::kUnit))) {
    SlotUse use;
    use.type = PhiType::kAge;
    use.grammar = SlotGrammar::kEmpty;
    return a.Slot(use);
  }
  if (!IsMeasure(a.text)) a.Scan();
}

// A value whose data type is not told.
void PutUntyped(const Attribute& a) {
  if (IsTimeStamp(a.text)) return PutTime(a);
  if (!a.tag.Of(Kind::kUnit).empty()) return PutQuantity(a);
  if (a.text == "true" || a.text == "false" || hl7v2::IsShortNumber(a.text)) {
    return;
  }
  a.Scan();
}

void PutReference(Attribute a) {
  if (!a.plain || !a.text.starts_with("#")) return a.Scan();
  ++a.value.raw.begin;
  a.builder->AddAnchor(a.value);
}

void PutValue(const Attribute& a) {
  switch (a.frame.type) {
    case DataType::kTime:
      return PutTime(a);
    case DataType::kQuantity:
      return PutQuantity(a);
    case DataType::kTelecom:
      return PutTelecom(a);
    case DataType::kReference:
      return PutReference(a);
    default:
      return PutUntyped(a);
  }
}

void PutCode(const Attribute& a) {
  if (a.tag.standard_code() && a.text.size() <= kMaxStandardCode &&
      a.text.find(' ') == std::string_view::npos) {
    return;
  }
  const bool code = hl7v2::IsSystemName(a.text) ||
                    hl7v2::IsPlainCode(a.text, kMaxCode) ||
                    hl7v2::IsLocalCode(a.text);
  return code ? a.Keep() : a.Scan();
}

void PutUnit(const Attribute& a) {
  if (a.text.size() > kMaxStandardCode || HasLongNumber(a.text)) a.Scan();
}

void PutUnknown(const Attribute& a) {
  // A hash of what the element held before.
  if (a.value.attribute == "integrityCheck") {
    return a.Slot({.type = PhiType::kId, .grammar = SlotGrammar::kEmpty});
  }
  if (a.value.attribute == "href") return PutReference(a);
  a.Scan();
}

void PutKind(const Attribute& a, AttributeKind kind) {
  const bool id = a.frame.type != DataType::kTemplate;
  switch (kind) {
    case Kind::kRoot:
      return id || !IsOid(a.text) ? PutRoot(a) : void();
    case Kind::kExtension:
      if (id) return PutExtension(a);
      return IsToken(a.text) ? void() : a.Scan();
    case Kind::kAuthority:
      if (!id) return a.Scan();
      return a.Slot(
          {.type = PhiType::kFacility, .grammar = SlotGrammar::kName});
    case Kind::kValue:
      return PutValue(a);
    case Kind::kUnit:
      return PutUnit(a);
    case Kind::kCode:
      return PutCode(a);
    case Kind::kCodeSystem:
      return IsOid(a.text) || IsUuid(a.text) ? void() : PutCode(a);
    case Kind::kDisplay:
      return a.tag.standard_code() ? void() : a.Scan();
    case Kind::kAnchor:
      return a.builder->AddAnchor(a.value);
    case Kind::kNamespace:
      return IsPlainNamespace(a.text) ? void() : a.Scan();
    case Kind::kText:
      return PutUnknown(a);
    default:
      return IsToken(a.text) ? void() : a.Scan();
  }
}

}  // namespace

void TagAttributes::Read(std::span<const xml::Attribute> attributes) {
  all_ = attributes;
  kinds_.clear();
  first_.fill(nullptr);
  for (const xml::Attribute& attribute : attributes) {
    const AttributeKind kind = KindOf(attribute.name);
    kinds_.push_back(kind);
    const xml::Attribute*& first = first_[static_cast<std::size_t>(kind)];
    if (first == nullptr) first = &attribute;
  }
  standard_code_ =
      !Of(Kind::kCode).empty() && IsPublicOid(Of(Kind::kCodeSystem));
}

void PutAttribute(const Frame& frame, const TagAttributes& tag, std::size_t i,
                  std::string_view path, RecordBuilder* builder) {
  const xml::Attribute& attribute = tag[i];
  std::string_view text = TrimBlanks(attribute.value);
  if (text.empty()) return;
  RecordRange raw{attribute.begin, attribute.end};
  const bool plain = raw.end - raw.begin == attribute.value.size();
  if (plain) {
    raw.begin += static_cast<std::size_t>(text.data() - attribute.value.data());
    raw.end = raw.begin + text.size();
  } else {
    text = attribute.value;
  }
  PutKind({frame,
           tag,
           {raw, true, path, xml::LocalName(attribute.name)},
           text,
           plain,
           builder},
          tag.kind(i));
}

void PutBySite(const SiteRule& site, const Value& value, std::string_view text,
               RecordBuilder* builder) {
  switch (site.as) {
    case SiteRule::As::kText:
      return builder->AddText(value);
    case SiteRule::As::kKeep:
      return builder->Keep(value);
    case SiteRule::As::kDrop:
      return builder->AddSlot(
          value, {.type = PhiType::kId, .grammar = SlotGrammar::kEmpty});
    case SiteRule::As::kSlot:
      break;
  }
  SlotUse use;
  use.type = site.type;
  use.grammar = GrammarOf(site.type);
  if (site.type == PhiType::kDate) use.spelling = SpellingOfDate(text);
  builder->AddSlot(value, use);
  builder->Know(value, use, Party::kPatient);
}

}  // namespace phiwire::ccda
