// SPDX-License-Identifier: Apache-2.0
//
// The fields of one JSON value of any shape: members by what their names say
// (key_classes.h), all else as free text. Paths are "patient.contact.phone",
// without indexes; a name that is no plain one is "*" there, and scanned.

#ifndef PHIWIRE_FORMATS_JSON_READER_H_
#define PHIWIRE_FORMATS_JSON_READER_H_

#include "engine/format.h"
#include "formats/json/document.h"
#include "formats/json/key_classes.h"
#include "formats/json/site_places.h"

namespace phiwire::json {

// `known`: names that are classified already; it may be null.
RecordFields ReadFields(const Document& doc, const SitePlaces& site,
                        const KeyClasses* known);

// Adds the names of a record to `classes`.
void LearnNames(const Document& doc, KeyClasses* classes);

}  // namespace phiwire::json

#endif  // PHIWIRE_FORMATS_JSON_READER_H_
