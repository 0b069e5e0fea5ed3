// SPDX-License-Identifier: Apache-2.0

#include "formats/ccda/frame_rules.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "formats/ccda/values.h"
#include "formats/hl7v2/values.h"

namespace phiwire::ccda {
namespace {

using Kind = AttributeKind;

// C-CDA's Policy Activity: its ids are of the group or the policy.
constexpr std::string_view kPolicyActivity = "2.16.840.1.113883.10.20.22.4.61";

constexpr std::string_view kRelatives[] = {
    "guardian",       "relatedEntity", "associatedEntity", "relatedSubject",
    "guardianPerson", "relatedPerson", "associatedPerson"};

PathPlace PlaceOf(const Frame* parent, const Element& element) {
  // Anywhere: a document may stand in an envelope.
  if (element.name == "ClinicalDocument") return Step({}, 0, element.symbol);
  return parent == nullptr
             ? StepIntoFragment(element.symbol)
             : Step(parent->place, parent->element->symbol, element.symbol);
}

DataType TypeOf(const Frame* parent, const Frame& frame,
                const TagAttributes& tag) {
  DataType type = frame.element->type;
  const std::string_view xsi = tag.Of(Kind::kXsiType);
  if (!xsi.empty()) type = TypeOfXsi(xsi, type);
  if (type == DataType::kBound) {
    const bool known =
        parent != nullptr && (parent->type == DataType::kTime ||
                              parent->type == DataType::kQuantity);
    return known ? parent->type : DataType::kUnknown;
  }
  if (type == DataType::kUnknown &&
      frame.place.rule.use == PathUse::kDocument) {
    return DataType::kText;
  }
  return type;
}

Party PartyOf(const Frame* parent, const Frame& frame) {
  if (frame.place.rule.use != PathUse::kNone) return frame.place.rule.party;
  const std::string_view name = frame.element->name;
  if (name == "recordTarget") return Party::kPatient;
  if (name == "providerOrganization") return Party::kStaff;
  if (std::find(std::begin(kRelatives), std::end(kRelatives), name) !=
      std::end(kRelatives)) {
    return Party::kRelative;
  }
  return parent == nullptr ? Party::kStaff : parent->party;
}

Entity EntityOf(const Frame& frame, std::string_view class_code) {
  if (frame.element->name != "playingEntity") return frame.element->entity;
  if (class_code == "PSN") return Entity::kPerson;
  const bool place = class_code == "PLC" || class_code == "ORG";
  return place || frame.facility ? Entity::kOrganization : Entity::kThing;
}

// Whose name the <name> is, by what it is in.
Entity NamedEntity(const Frame* parent, const PathRule& rule) {
  if (rule.use == PathUse::kFacility) return Entity::kOrganization;
  if (rule.use == PathUse::kAddress) return Entity::kPlace;
  if (parent == nullptr || parent->entity == Entity::kUnknown) {
    return Entity::kPerson;
  }
  return parent->entity;
}

SlotUse NameSlot(Entity entity) {
  SlotUse use;
  use.grammar = SlotGrammar::kName;
  use.type = entity == Entity::kOrganization ? PhiType::kFacility
             : entity == Entity::kPlace      ? PhiType::kLocation
                                             : PhiType::kName;
  return use;
}

void EnterName(const Frame* parent, Frame* frame, RecordBuilder* builder) {
  frame->entity = NamedEntity(parent, frame->place.rule);
  if (frame->entity == Entity::kThing) return;
  frame->text = TextUse::kSlot;
  frame->slot = NameSlot(frame->entity);
  if (frame->entity == Entity::kPerson) {
    frame->slot.person = builder->BeginPerson(frame->party == Party::kPatient);
  }
}

void EnterNamePart(Frame* parent, const TagAttributes& tag, Frame* frame) {
  const bool in_name = parent != nullptr && parent->type == DataType::kName;
  const Entity entity = in_name ? parent->entity : Entity::kPerson;
  if (entity == Entity::kThing) return;
  frame->text = TextUse::kNamePart;
  frame->slot = NameSlot(entity);
  if (entity != Entity::kPerson) return;
  frame->slot.part = frame->element->part;
  if (!in_name) return;
  frame->slot.person = parent->slot.person;
  if (frame->slot.part != NamePart::kGiven) return;
  // CL: what the person is called; it is no second given name.
  const bool called = tag.Of(Kind::kQualifier) == "CL";
  if (parent->given > 0 && !called) frame->slot.part = NamePart::kMiddle;
  ++parent->given;
}

void EnterAddress(Frame* frame) {
  const bool part = frame->type == DataType::kAddressPart;
  if (part && frame->element->grammar == SlotGrammar::kFreeText) {
    frame->text = TextUse::kWord;
    return;
  }
  frame->text = TextUse::kSlot;
  frame->slot.type = part ? frame->element->phi : PhiType::kStreet;
  frame->slot.grammar = part ? frame->element->grammar : SlotGrammar::kName;
}

void Empty(Frame* frame, PhiType type) {
  frame->text = TextUse::kSlot;
  frame->slot.type = type;
  frame->slot.grammar = SlotGrammar::kEmpty;
}

bool IsBase64(const TagAttributes& tag) {
  const std::string_view representation = tag.Of(Kind::kRepresentation);
  return representation == "B64" || representation == "b64";
}

bool IsCompressed(const TagAttributes& tag) {
  for (std::size_t i = 0; i < tag.size(); ++i) {
    if (tag[i].name == "compression" && !tag[i].value.empty()) return true;
  }
  return false;
}

std::string MediaType(std::string_view value) {
  std::string out(TrimBlanks(value.substr(0, value.find(';'))));
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

void EnterText(Frame* parent, const TagAttributes& tag, Frame* frame,
               RecordBuilder* builder) {
  if (frame->place.rule.use == PathUse::kBiometric ||
      frame->element->name == "signatureText") {
    return Empty(frame, PhiType::kBiometric);
  }
  if (IsBase64(tag)) {
    if (IsCompressed(tag)) return Empty(frame, PhiType::kId);
    frame->text = TextUse::kDocument;
    frame->media_type = MediaType(tag.Of(Kind::kMediaType));
    return;
  }
  switch (frame->type) {
    case DataType::kName:
      return EnterName(parent, frame, builder);
    case DataType::kNamePart:
      return EnterNamePart(parent, tag, frame);
    case DataType::kAddress:
    case DataType::kAddressPart:
      return EnterAddress(frame);
    case DataType::kText:
      frame->text = TextUse::kBlock;
      return;
    default:
      if (frame->place.rule.use == PathUse::kKeep) {
        frame->text = TextUse::kCode;
      }
  }
}

// States and countries, by name or code. Senders put a ZIP there as well.
bool PutWord(const Value& value, std::string_view text,
             RecordBuilder* builder) {
  constexpr std::size_t kLongest = 40;
  if (hl7v2::IsZipShaped(text)) {
    builder->AddSlot(value,
                     {.type = PhiType::kZip, .grammar = SlotGrammar::kZip});
    return true;
  }
  if (text.size() > kLongest ||
      text.find_first_of("0123456789@") != std::string_view::npos) {
    return false;
  }
  builder->Keep(value);
  return true;
}

bool PutCode(const Value& value, std::string_view text,
             RecordBuilder* builder) {
  if (!hl7v2::IsLocalCode(text) && !hl7v2::IsPlainCode(text, 20)) return false;
  builder->Keep(value);
  return true;
}

void PutDocument(Frame* frame, const Value& value, RecordBuilder* builder) {
  if (frame->document == SIZE_MAX) {
    frame->document = builder->size();
    return builder->AddDocument(value, frame->media_type);
  }
  // Base64 in pieces is not put together: all of it goes.
  builder->EmptyDocument(frame->document);
  builder->AddSlot(value,
                   {.type = PhiType::kId, .grammar = SlotGrammar::kEmpty});
}

}  // namespace

Frame EnterHl7(std::string_view local, Frame* parent, const TagAttributes& tag,
               RecordBuilder* builder) {
  Frame frame;
  frame.element = &ElementOf(local);
  frame.place = PlaceOf(parent, *frame.element);
  frame.party = PartyOf(parent, frame);
  frame.type = TypeOf(parent, frame, tag);
  const std::string_view name = frame.element->name;
  const std::string_view class_code = tag.Of(Kind::kClassCode);
  if (parent != nullptr) {
    frame.payer = parent->payer;
    frame.facility = parent->facility;
    frame.narrative = parent->narrative || parent->text == TextUse::kBlock;
  }
  if (class_code == "SDLOC") frame.facility = true;
  frame.entity = EntityOf(frame, class_code);
  if (name == "participant") {
    const std::string_view type_code = tag.Of(Kind::kTypeCode);
    if (type_code == "COV" || type_code == "HLD") frame.payer = true;
  }
  if (name == "templateId" && parent != nullptr &&
      tag.Of(Kind::kRoot) == kPolicyActivity) {
    parent->payer = true;
  }
  if (name == "recordTarget") builder->BeginPatient();
  if (!frame.narrative) EnterText(parent, tag, &frame, builder);
  return frame;
}

bool PutText(Frame* frame, const Value& value, std::string_view text,
             RecordBuilder* builder) {
  switch (frame->text) {
    case TextUse::kScan:
    case TextUse::kBlock:
      return false;
    case TextUse::kWord:
      return PutWord(value, text, builder);
    case TextUse::kCode:
      return PutCode(value, text, builder);
    case TextUse::kDocument:
      PutDocument(frame, value, builder);
      return true;
    case TextUse::kNamePart:
      if (frame->slot.person >= 0) {
        builder->AddNamePart(frame->slot.person, frame->slot.part, value);
      }
      break;
    case TextUse::kSlot:
      break;
  }
  builder->AddSlot(value, frame->slot);
  builder->Know(value, frame->slot, frame->party);
  return true;
}

}  // namespace phiwire::ccda
