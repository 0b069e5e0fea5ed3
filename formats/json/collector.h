// SPDX-License-Identifier: Apache-2.0
//
// Gathers the fields of one JSON record: slots, texts, names of members, what
// stays unless it repeats a known value, and the known values themselves.
// Fields may come in any order; Finish sorts them. One a record, not
// thread-safe; the document must outlive it.

#ifndef PHIWIRE_FORMATS_JSON_COLLECTOR_H_
#define PHIWIRE_FORMATS_JSON_COLLECTOR_H_

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "engine/format.h"
#include "formats/hl7v2/known_values.h"
#include "formats/json/document.h"

namespace phiwire::json {

class Collector {
 public:
  explicit Collector(const Document& doc);

  // The content of a string (decoded) or a number; valid as long as this.
  std::string_view TextOf(const Node& node);

  // A field over the whole content of a string or number. The reference is
  // good until the next call.
  Field& Text(const Node& node, std::string_view path);
  Field& Slot(const Node& node, PhiType type, SlotGrammar grammar,
              std::string_view path);
  // A slot over decoded bytes [begin, end) of a string.
  Field& SlotIn(const Node& node, std::size_t begin, std::size_t end,
                PhiType type, SlotGrammar grammar, std::string_view path);
  Field& Key(const Node& node, std::string_view path);
  // A text that is scanned; those of Text, Key and Add are seen already.
  void Look(std::string_view text);
  // A field made elsewhere.
  void Add(Field field);

  // Stays, unless a word of it is a known value: then it is scanned.
  void Keep(const Node& node, std::string_view path);

  // What a slot says of the record's people; `value` must outlive this
  // (TextOf's does).
  void Known(PhiType type, std::string_view value);
  void KnownDay(std::string_view iso);

  RecordFields& out() { return out_; }
  RecordFields Finish();

 private:
  struct Kept {
    std::uint32_t node;
    std::string path;
  };
  Field& Begin(const Node& node, std::string_view path);

  const Document& doc_;
  RecordFields out_;
  hl7v2::KnownValues known_;
  std::deque<std::string> decoded_;
  std::vector<std::string> days_;  // YYYYMMDD
  std::vector<Kept> kept_;
  bool any_text_ = false;
  bool any_digits_ = false;
};

// Whether a name of a member says nothing of anybody: letters, digits, marks,
// at most 64 bytes and six digits.
bool IsPlainName(std::string_view name);

}  // namespace phiwire::json

#endif  // PHIWIRE_FORMATS_JSON_COLLECTOR_H_
