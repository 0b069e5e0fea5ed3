// SPDX-License-Identifier: Apache-2.0
//
// Where in a well-formed document an edit lies, and how its text is written
// there, so that a replacement can't break out of its place: attribute value,
// character data, CDATA section, comment or processing instruction.
//
//   Places places(document);
//   Place place;
//   if (!places.Find({edit.begin, edit.end}, &place)) return error;
//   AppendEscaped(edit.text, place, document.substr(edit.end, ...), &out);
//
// A lexical walk, forwards only, one object a document; not thread-safe.

#ifndef PHIWIRE_FORMATS_XML_PLACES_H_
#define PHIWIRE_FORMATS_XML_PLACES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/field.h"

namespace phiwire::xml {

enum class PlaceKind : std::uint8_t {
  kText,
  kAttribute,
  kCdata,
  kComment,
  kInstruction,
};

struct Place {
  PlaceKind kind = PlaceKind::kText;
  RecordRange content;  // what may be changed: the value, the text run
  // kAttribute only: the whole of it with the blanks before it, its name, its
  // start tag and its quote.
  RecordRange attribute;
  std::string_view name;
  RecordRange tag;
  char quote = '"';
};

class Places {
 public:
  explicit Places(std::string_view document) : document_(document) {}

  // Ranges come in rising order. False when the range is not inside one place.
  bool Find(RecordRange range, Place* place);

 private:
  bool Advance(std::size_t to);
  bool FindAttribute(RecordRange range, Place* place) const;

  std::string_view document_;
  // The piece of mark-up or text that was looked at last.
  enum class Piece : std::uint8_t { kText, kTag, kCdata, kComment, kOther };
  Piece piece_ = Piece::kText;
  RecordRange whole_;
  RecordRange content_;
};

// `after`: what follows in the place, up to content.end.
void AppendEscaped(std::string_view text, const Place& place,
                   std::string_view after, std::string* out);

}  // namespace phiwire::xml

#endif  // PHIWIRE_FORMATS_XML_PLACES_H_
