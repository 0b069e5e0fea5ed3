// SPDX-License-Identifier: Apache-2.0

#include "formats/ccda/reader.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "formats/ccda/attribute_reader.h"
#include "formats/ccda/frame.h"
#include "formats/ccda/frame_rules.h"
#include "formats/ccda/named_values.h"
#include "formats/ccda/text_block.h"
#include "formats/ccda/values.h"
#include "formats/xml/parser.h"

namespace phiwire::ccda {
namespace {

constexpr std::size_t kHead = std::size_t{64} << 10;

// What only HL7 v3 has.
constexpr std::string_view kMarks[] = {
    "urn:hl7-org:v3", "<templateId", "classCode=",  "moodCode=",
    "typeCode=",      "codeSystem=", "nullFlavor=", "<assigned"};

bool HasLetterOrDigit(std::string_view s) {
  return std::any_of(s.begin(), s.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
  });
}

bool HasUpper(std::string_view s) {
  return std::any_of(s.begin(), s.end(),
                     [](char c) { return c >= 'A' && c <= 'Z'; });
}

// The namespace of the root element's own name.
std::string_view NamespaceOf(std::string_view name,
                             std::span<const xml::Attribute> attributes) {
  const std::size_t colon = name.find(':');
  for (const xml::Attribute& attribute : attributes) {
    if (colon == std::string_view::npos
            ? attribute.name == "xmlns"
            : attribute.name.starts_with("xmlns:") &&
                  attribute.name.substr(6) == name.substr(0, colon)) {
      return attribute.value;
    }
  }
  return {};
}

class Walker final : public xml::Handler {
 public:
  Walker(std::string_view document, const PlaceRules& site)
      : document_(document),
        site_(site),
        builder_(document),
        named_(&builder_),
        block_(document),
        aside_(document) {}

  void Start(std::string_view name, std::span<const xml::Attribute> attributes,
             RecordRange tag) override {
    const std::string_view local = xml::LocalName(name);
    if (frames_.empty()) {
      if (NamespaceOf(name, attributes) == "http://hl7.org/fhir") {
        return Fail(xml::Refuse("FHIR in XML is not read: give it as JSON",
                                tag.begin, tag.end));
      }
      hl7_ = IsHl7V3(document_, local);
    }
    if (block_ended_) CloseBlock();
    tag_.Read(attributes);
    Frame frame =
        hl7_ ? EnterHl7(local, Parent(), tag_, &builder_) : EnterOther(local);
    frame.path_size = path_.size();
    path_.append("/").append(local);
    if (frame.text == TextUse::kBlock && block_open_) {
      frame.text = TextUse::kScan;
    }
    frames_.push_back(frame);
    StepSite(local);
    PutAttributes();
    BeginInBlock();
  }

  void End(RecordRange) override {
    const Frame& frame = frames_.back();
    const std::size_t depth = frames_.size();
    if (block_open_) block_.Break(frame.element->separator);
    if (block_open_ && depth == block_owner_) {
      if (frame.text == TextUse::kBlock) {
        CloseBlock();
      } else {
        block_ended_ = true;
      }
    }
    if (hl7_ && frame.element->name == "recordTarget") builder_.EndPatient();
    path_.resize(frame.path_size);
    frames_.pop_back();
    if (!sites_.empty()) sites_.pop_back();
  }

  void Text(RecordRange raw) override { Put(raw, /*references=*/true); }

  void Cdata(RecordRange, RecordRange content) override {
    Put(content, /*references=*/false);
  }

  void Comment(RecordRange, RecordRange content) override { PutAside(content); }

  void Instruction(RecordRange, RecordRange content) override {
    PutAside(content);
  }

  RecordFields Finish() {
    CloseBlock();
    if (!hl7_) named_.Finish();
    return builder_.Finish();
  }

 private:
  Frame* Parent() { return frames_.empty() ? nullptr : &frames_.back(); }

  Frame EnterOther(std::string_view local) {
    Frame frame;
    frame.element = &ElementOf(local);
    return frame;
  }

  void StepSite(std::string_view local) {
    if (site_.empty()) return;
    if (sites_.empty()) sites_.push_back(site_.Begin());
    PlaceRules::State state;
    site_.Step(sites_.back(), local, &state);
    sites_.push_back(std::move(state));
    Frame& frame = frames_.back();
    frame.site = site_.OfElement(sites_.back());
    if (frame.site == nullptr && frames_.size() > 1) {
      frame.site = frames_[frames_.size() - 2].site;
    }
  }

  void PutAttributes() {
    const Frame& frame = frames_.back();
    for (std::size_t i = 0; i < tag_.size(); ++i) {
      const xml::Attribute& attribute = tag_[i];
      const Value value{{attribute.begin, attribute.end},
                        true,
                        path_,
                        xml::LocalName(attribute.name)};
      const SiteRule* site =
          sites_.empty() ? nullptr
                         : site_.OfAttribute(sites_.back(), attribute.name);
      if (IsBlankText(attribute.value)) continue;
      if (site != nullptr) {
        PutBySite(*site, value, attribute.value, &builder_);
      } else if (hl7_) {
        PutAttribute(frame, tag_, i, path_, &builder_);
      } else {
        named_.PutAttribute(tag_.kind(i), attribute, value);
      }
    }
  }

  void BeginInBlock() {
    const Frame& frame = frames_.back();
    if (block_open_) {
      block_.Break(frame.element->separator);
    } else if (frame.text == TextUse::kBlock) {
      OpenBlock();
    }
  }

  void OpenBlock() {
    block_open_ = true;
    block_owner_ = frames_.size();
    block_path_ = path_;
  }

  void CloseBlock() {
    if (block_open_ && !block_.empty()) {
      Field field;
      block_.Close(&field);
      field.path = block_path_;
      builder_.Fill(block_field_, std::move(field));
    }
    block_open_ = false;
    block_ended_ = false;
  }

  // Text that goes on behind an element in the same line belongs to it.
  bool GoesOn(std::string_view text) const {
    const std::size_t blanks =
        static_cast<std::size_t>(TrimBlanks(text).data() - text.data());
    return text.substr(0, blanks).find('\n') == std::string_view::npos;
  }

  void Scan(RecordRange raw, bool references, std::string_view text) {
    if (block_ended_) {
      if (GoesOn(text)) {
        block_ended_ = false;
        block_owner_ = frames_.size();
      } else {
        CloseBlock();
      }
    }
    if (!block_open_) OpenBlock();
    if (block_.empty()) block_field_ = builder_.Reserve();
    block_.Add(raw, references);
  }

  void Put(RecordRange raw, bool references) {
    const std::string_view text =
        document_.substr(raw.begin, raw.end - raw.begin);
    if (IsBlankText(text)) {
      if (block_open_ && !block_ended_) block_.Add(raw, references);
      return;
    }
    Frame& frame = frames_.back();
    const std::string_view trimmed = TrimBlanks(text);
    const std::size_t begin =
        raw.begin + static_cast<std::size_t>(trimmed.data() - text.data());
    const Value value{{begin, begin + trimmed.size()}, references, path_, {}};
    if (frame.site != nullptr && frame.site->as != SiteRule::As::kText) {
      return PutBySite(*frame.site, value, trimmed, &builder_);
    }
    if (!hl7_ && named_.PutText(frames_.size() > 1, path_, value, trimmed)) {
      return;
    }
    if (hl7_ && frame.site == nullptr &&
        PutText(&frame, value, trimmed, &builder_)) {
      return;
    }
    Scan(raw, references, text);
  }

  // Comments and instructions are texts of their own, in the gaps of others.
  void PutAside(RecordRange content) {
    const std::string_view text =
        document_.substr(content.begin, content.end - content.begin);
    if (!HasLetterOrDigit(text)) return;
    aside_.Add(content, /*references=*/false);
    Field field;
    aside_.Close(&field);
    field.path = path_;
    builder_.Fill(builder_.Reserve(), std::move(field));
  }

  std::string_view document_;
  const PlaceRules& site_;
  RecordBuilder builder_;
  NamedValues named_;
  TextBlock block_;
  TextBlock aside_;
  TagAttributes tag_;
  std::vector<Frame> frames_;
  std::vector<PlaceRules::State> sites_;
  std::string path_;
  bool hl7_ = false;
  // The text that is being gathered: of which element (its depth), whether
  // that element has ended, which field it becomes.
  bool block_open_ = false;
  bool block_ended_ = false;
  std::size_t block_owner_ = 0;
  std::size_t block_field_ = 0;
  std::string block_path_;
};

}  // namespace

bool IsHl7V3(std::string_view document, std::string_view root) {
  if (root == "ClinicalDocument") return true;
  const std::string_view head = document.substr(0, kHead);
  const Element& element = ElementOf(root);
  if (element.symbol != 0 && HasUpper(root)) return true;
  return std::any_of(std::begin(kMarks), std::end(kMarks),
                     [&](std::string_view mark) {
                       return head.find(mark) != std::string_view::npos;
                     });
}

absl::StatusOr<RecordFields> ReadFields(std::string_view document,
                                        const PlaceRules& site) {
  Walker walker(document, site);
  PHIWIRE_RETURN_IF_ERROR(xml::Parse(document, walker));
  return walker.Finish();
}

}  // namespace phiwire::ccda
