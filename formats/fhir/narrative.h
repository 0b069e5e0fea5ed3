// SPDX-License-Identifier: Apache-2.0
//
// Narrative.div: XHTML inside a JSON string. Pure functions.

#ifndef PHIWIRE_FORMATS_FHIR_NARRATIVE_H_
#define PHIWIRE_FORMATS_FHIR_NARRATIVE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "engine/field.h"
#include "formats/json/document.h"

namespace phiwire::fhir {

// What people read in it, and what stands in attributes and comments, as text
// with a map through both layers of escapes; tags are gaps.
absl::Status NarrativeFields(const json::Document& doc, const json::Node& node,
                             std::string_view path, std::vector<Field>* fields);

// Whether a string is XHTML by its place: a "div" that begins with a tag.
bool IsNarrative(const json::Document& doc, const json::Node& node);

// Appends `text` for a place in it.
void EscapeNarrative(const json::Document& doc, const json::Node& node,
                     std::string_view text, std::string* out);

}  // namespace phiwire::fhir

#endif  // PHIWIRE_FORMATS_FHIR_NARRATIVE_H_
