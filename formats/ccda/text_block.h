// SPDX-License-Identifier: Apache-2.0
//
// One text out of many pieces of character data: a section's narrative, a
// paragraph with mark-up inside. Tags between the pieces are gaps that read as
// nothing, a blank, a tab or a line end; blanks around tags are part of them.
// A line end inside a piece, with the indentation around it, is one line end;
// an object identifier of HL7's registry stays and reads as ".".
//
//   TextBlock block(document);
//   block.Add({3, 8}, true);   // Hello
//   block.Break('\n');         // <br/>
//   block.Add({13, 18}, true); // World
//   block.Close(&field);       // decoded "Hello\nWorld", gap [8, 13)
//
// Not thread-safe; one a document, used again and again.

#ifndef PHIWIRE_FORMATS_CCDA_TEXT_BLOCK_H_
#define PHIWIRE_FORMATS_CCDA_TEXT_BLOCK_H_

#include <cstddef>
#include <string_view>

#include "engine/decoded_text.h"
#include "engine/field.h"

namespace phiwire::ccda {

class TextBlock {
 public:
  explicit TextBlock(std::string_view document) : document_(document) {}

  // Character data; `references`: & begins one (no CDATA).
  void Add(RecordRange raw, bool references);
  // What the tags since the last piece read as; the strongest one holds.
  void Break(char separator);
  bool empty() const { return pieces_ == 0; }
  // Hands the text over and is empty again. Not when it is empty.
  void Close(Field* field);

 private:
  void Append(RecordRange piece, bool references);

  std::string_view document_;
  std::size_t pieces_ = 0;
  RecordRange first_;  // the first piece, not in text_ while it is the only one
  bool first_references_ = true;
  std::size_t end_ = 0;  // of the last piece
  char separator_ = '\0';
  FieldText text_;
};

}  // namespace phiwire::ccda

#endif  // PHIWIRE_FORMATS_CCDA_TEXT_BLOCK_H_
