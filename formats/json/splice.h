// SPDX-License-Identifier: Apache-2.0
//
// Writes edits into a JSON text so that it stays one, whatever they say:
// - in a string or a member's name the text is escaped;
// - a number that is edited becomes the new number when the whole of it became
//   one by the grammar, a string otherwise, and null when emptied;
// - names that became equal in one object are numbered ("[NAME]", "[NAME] 2").
// With `remove_emptied`, as FHIR wants it (no "", no null, no {} and no []), an
// emptied value goes with its name and comma, and so does what it leaves
// empty: arrays, objects, extensions with nothing but their url. Where an array
// has a sibling of extensions ("_given") its elements keep their places: null.
//
// kInternal for edits out of order, or over anything but one string, name or
// number. Pure functions.

#ifndef PHIWIRE_FORMATS_JSON_SPLICE_H_
#define PHIWIRE_FORMATS_JSON_SPLICE_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "engine/field.h"
#include "formats/json/document.h"

namespace phiwire::json {

struct SpliceOptions {
  bool remove_emptied = false;
  // Appends the text of an edit as the content of string `node` wants it,
  // before JSON's escapes (a FHIR div is XHTML); null: as it is.
  void (*escape)(const Document& doc, const Node& node, std::string_view text,
                 std::string* out) = nullptr;
};

absl::StatusOr<std::string> Splice(std::string_view text,
                                   std::span<const Edit> edits,
                                   const SpliceOptions& options = {});

}  // namespace phiwire::json

#endif  // PHIWIRE_FORMATS_JSON_SPLICE_H_
