// SPDX-License-Identifier: Apache-2.0
//
// What becomes of the attributes of an HL7 v3 element: ids, times, telecom
// addresses and references by the element's data type; codes with their texts
// by their code system; structure stays when it looks like structure;
// everything else is scanned.

#ifndef PHIWIRE_FORMATS_CCDA_ATTRIBUTE_READER_H_
#define PHIWIRE_FORMATS_CCDA_ATTRIBUTE_READER_H_

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "formats/ccda/elements.h"
#include "formats/ccda/frame.h"
#include "formats/ccda/record_builder.h"
#include "formats/xml/parser.h"

namespace phiwire::ccda {

// The attributes of a tag by what they are; looked at before the frame is
// complete.
class TagAttributes {
 public:
  void Read(std::span<const xml::Attribute> attributes);
  std::size_t size() const { return all_.size(); }
  const xml::Attribute& operator[](std::size_t i) const { return all_[i]; }
  AttributeKind kind(std::size_t i) const { return kinds_[i]; }
  // Whether the tag's code is one of a public code system.
  bool standard_code() const { return standard_code_; }
  // The value of the first attribute of the kind; "" when there is none.
  std::string_view Of(AttributeKind kind) const {
    const xml::Attribute* found = first_[static_cast<std::size_t>(kind)];
    return found == nullptr ? std::string_view() : found->value;
  }

 private:
  std::span<const xml::Attribute> all_;
  std::vector<AttributeKind> kinds_;
  std::array<const xml::Attribute*, kAttributeKinds> first_{};
  bool standard_code_ = false;
};

// Puts attribute i of an HL7 v3 tag. `path` is the element's.
void PutAttribute(const Frame& frame, const TagAttributes& tag, std::size_t i,
                  std::string_view path, RecordBuilder* builder);

// As a site has it.
void PutBySite(const SiteRule& site, const Value& value, std::string_view text,
               RecordBuilder* builder);

}  // namespace phiwire::ccda

#endif  // PHIWIRE_FORMATS_CCDA_ATTRIBUTE_READER_H_
