// SPDX-License-Identifier: Apache-2.0
//
// Any XML but HL7 v3: an element or attribute whose name says for certain what
// it holds (formats/table/column_names.h: "patientLastName", "dob", "mrn") is
// a slot; everything else is scanned.
//
// Not thread-safe: one a document.

#ifndef PHIWIRE_FORMATS_CCDA_NAMED_VALUES_H_
#define PHIWIRE_FORMATS_CCDA_NAMED_VALUES_H_

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "formats/ccda/elements.h"
#include "formats/ccda/record_builder.h"
#include "formats/table/column_names.h"
#include "formats/xml/parser.h"

namespace phiwire::ccda {

class NamedValues {
 public:
  explicit NamedValues(RecordBuilder* builder) : builder_(builder) {}

  void PutAttribute(AttributeKind kind, const xml::Attribute& attribute,
                    const Value& value);
  // False when the text is to be scanned with what stands around it.
  // `value.owner` is the element's path; the root element is none (`inner`).
  bool PutText(bool inner, std::string_view path, const Value& value,
               std::string_view text);
  // The one patient of the document, if it names one.
  void Finish();

 private:
  const ColumnClass& ClassOf(std::string_view name);
  bool Put(const ColumnClass& column, const Value& value,
           std::string_view text);

  RecordBuilder* builder_;
  std::map<std::string, ColumnClass, std::less<>> classes_;
  int best_rank_ = 0;
  bool several_ = false;  // patients of that rank
  Value best_;
  std::string best_text_;
};

}  // namespace phiwire::ccda

#endif  // PHIWIRE_FORMATS_CCDA_NAMED_VALUES_H_
