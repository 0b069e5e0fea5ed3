// SPDX-License-Identifier: Apache-2.0
//
// C-CDA and other XML: a file is one document and one record. See
// docs/ccda.md.

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "base/strings.h"
#include "formats/ccda/elements.h"
#include "formats/ccda/reader.h"
#include "formats/ccda/site_rules.h"
#include "formats/ccda/sniff.h"
#include "formats/ccda/values.h"
#include "formats/formats.h"
#include "formats/splice.h"
#include "formats/xml/parser.h"
#include "formats/xml/places.h"

namespace phiwire {
namespace {

using ccda::AttributeKind;
using xml::Place;
using xml::PlaceKind;

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// An ID is an NCName (XML Schema): it begins with a letter. References to it
// get the same.
std::string AsAnchor(std::string text) {
  if (text.empty() || IsLetter(text.front())) return text;
  return "x" + text;
}

// II.root is an OID, a UUID or a RUID (a letter, then letters, digits and
// dashes).
std::string AsRoot(std::string text) {
  if (text.empty() || ccda::IsOid(text) || ccda::IsUuid(text)) return text;
  for (char& c : text) {
    if (!IsLetter(c) && !(c >= '0' && c <= '9')) c = '-';
  }
  return AsAnchor(std::move(text));
}

bool HasNullFlavor(std::string_view tag) {
  return tag.find(" nullFlavor=") != std::string_view::npos ||
         tag.find("\tnullFlavor=") != std::string_view::npos ||
         tag.find("\nnullFlavor=") != std::string_view::npos;
}

class Splicer {
 public:
  explicit Splicer(std::string_view record)
      : record_(record),
        hl7_(ccda::IsHl7V3(record, ccda::RootName(record))),
        places_(record) {
    out_.reserve(record.size());
  }

  absl::Status Apply(const Edit& edit) {
    Place place;
    if (!places_.Find({edit.begin, edit.end}, &place)) {
      return absl::InternalError(ToAbsl("edit over mark-up"));
    }
    if (hl7_ && place.kind == PlaceKind::kAttribute) {
      return ApplyToAttribute(edit, place);
    }
    Write(edit.begin, edit.end, edit.text, place);
    return absl::OkStatus();
  }

  std::string Finish() {
    out_.append(record_.substr(copied_));
    return std::move(out_);
  }

 private:
  absl::Status ApplyToAttribute(const Edit& edit, const Place& place) {
    const AttributeKind kind = ccda::KindOf(place.name);
    const bool value = kind == AttributeKind::kValue ||
                       kind == AttributeKind::kExtension ||
                       kind == AttributeKind::kRoot;
    const bool whole = IsBlank(place.content.begin, edit.begin) &&
                       IsBlank(edit.end, place.content.end);
    if (value && whole && edit.text.empty()) {
      Mask(place);
    } else if (value && whole && kind == AttributeKind::kRoot) {
      Write(edit.begin, edit.end, AsRoot(edit.text), place);
    } else if (kind == AttributeKind::kAnchor ||
               record_.substr(place.content.begin, 1) == "#") {
      Write(edit.begin, edit.end, AsAnchor(edit.text), place);
    } else {
      Write(edit.begin, edit.end, edit.text, place);
    }
    return absl::OkStatus();
  }

  bool IsBlank(std::size_t begin, std::size_t end) const {
    return ccda::IsBlankText(record_.substr(begin, end - begin));
  }

  // No value is left: the standard's way to say so is nullFlavor="MSK"
  // (masked), once a tag; value="" would be none of TS, PQ, II.
  void Mask(const Place& place) {
    const std::string_view tag =
        record_.substr(place.tag.begin, place.tag.end - place.tag.begin);
    out_.append(record_.substr(copied_, place.attribute.begin - copied_));
    if (!HasNullFlavor(tag) && masked_ != place.tag.begin) {
      out_.append(" nullFlavor=\"MSK\"");
    }
    masked_ = place.tag.begin;
    copied_ = place.attribute.end;
  }

  void Write(std::size_t begin, std::size_t end, std::string_view text,
             const Place& place) {
    out_.append(record_.substr(copied_, begin - copied_));
    xml::AppendEscaped(text, place,
                       record_.substr(end, place.content.end - end), &out_);
    copied_ = end;
  }

  std::string_view record_;
  bool hl7_;
  xml::Places places_;
  std::string out_;
  std::size_t copied_ = 0;
  std::size_t masked_ = std::string_view::npos;  // the tag last masked
};

class CcdaFormat final : public FormatReader {
 public:
  explicit CcdaFormat(ccda::PlaceRules site) : site_(std::move(site)) {}

  std::string_view name() const override { return "ccda"; }

  // White space before the document is no part of it: the XML declaration
  // must come first.
  absl::StatusOr<std::vector<RecordRange>> Split(
      std::string_view file) const override {
    const std::size_t begin = file.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return std::vector<RecordRange>();
    return std::vector<RecordRange>{{begin, file.size()}};
  }

  absl::StatusOr<RecordFields> Fields(std::string_view record) const override {
    return ccda::ReadFields(record, site_);
  }

  absl::StatusOr<std::string> Splice(
      std::string_view record, std::span<const Edit> edits) const override {
    PHIWIRE_RETURN_IF_ERROR(CheckEdits(record, edits));
    if (edits.empty()) return std::string(record);
    Splicer splicer(record);
    for (const Edit& edit : edits) {
      PHIWIRE_RETURN_IF_ERROR(splicer.Apply(edit));
    }
    return splicer.Finish();
  }

 private:
  ccda::PlaceRules site_;
};

}  // namespace

NewReader NewCcdaFormat(SiteRules site) {
  PHIWIRE_ASSIGN_OR_RETURN(ccda::PlaceRules rules,
                           ccda::PlaceRules::Create(site));
  return std::make_unique<CcdaFormat>(std::move(rules));
}

}  // namespace phiwire
