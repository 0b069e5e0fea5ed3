// SPDX-License-Identifier: Apache-2.0
//
// What a format hands to the engine and gets back. A format cuts one record
// into Fields; free text goes through the engine, typed slots straight to an
// anonymizer; the Edits come back to the format, which writes them in its own
// escaping. Bytes outside edits are never touched.
//
// All offsets are bytes of the record, half-open.

#ifndef PHIWIRE_ENGINE_FIELD_H_
#define PHIWIRE_ENGINE_FIELD_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "phiwire/anonymizer.h"
#include "phiwire/types.h"

namespace phiwire {

enum class FieldKind : std::uint8_t {
  kText,      // scanned by the engine
  kSlot,      // known to hold `type`; replaced whole
  kDocument,  // a document of some format of its own, see Wrapping
};

// How a slot's format spells what anonymizers know in one form only: policy/
// translates there and back (policy/spelling.h).
enum class Spelling : std::uint8_t {
  kPlain,
  kIsoDate,     // YYYY[-MM[-DD[Thh:mm[:ss[.s+]][Z|+hh:mm]]]]; grammar kHl7Date
  kIsoInstant,  // the same, never less than a whole time; grammar kHl7Date
  kAnyDate,     // as people write dates, month first; grammar kHl7Date
  kDayFirstDate,  // the same, 03/04 being 3 April
  // [A-Za-z0-9.-]{1,64}, and a UUID stays one; grammar kIdentifier. The same
  // value becomes the same id wherever it stands.
  kResourceId,
};

// How a kDocument field is packed; `decoded` (or the raw bytes) is the packing.
enum class Wrapping : std::uint8_t {
  kNone,
  kBase64,  // white space is skipped
  kHex,
};

// A stretch of a file that is one record; what lies between records (MLLP
// bytes, blank lines) is copied as it is.
struct RecordRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct Field {
  // Not defaulted: emplace_back() would zero all of it first, for a third of
  // the time a format takes.
  Field() {}  // NOLINT(modernize-use-equals-default)

  std::size_t begin = 0;  // raw bytes in the record
  std::size_t end = 0;
  FieldKind kind = FieldKind::kText;
  PhiType type = PhiType::kName;  // kSlot only
  SlotGrammar grammar = SlotGrammar::kFreeText;
  Spelling spelling = Spelling::kPlain;
  bool required = false;  // must not become empty: refuse instead
  // kDocument only. What can't be read as any format is removed.
  Wrapping wrapping = Wrapping::kNone;
  std::string media_type;  // "text/rtf", lower case; "": told by content
  // "PID-5.1" and the like: for policies, explain and errors; no content.
  std::string path;
  // In a name: which part, and of whom: an index in RecordFields::persons.
  NamePart part = NamePart::kWhole;
  std::int32_t person = -1;  // -1: not told
  // Whom the field is about: an index in RecordFields::subjects.
  std::int32_t subject = -1;  // -1: not told
  // The text with the format's escapes decoded; empty when the raw bytes are
  // the text already. offsets[i] is the raw offset (in the record) of
  // decoded byte i, with one more entry for the end; same size rule.
  std::string decoded;
  std::vector<std::uint32_t> offsets;
  // Raw ranges inside the field that stay whatever is replaced around them
  // (mark-up, line joints); sorted, disjoint. An edit over one is split: the
  // replacement goes before it and what follows is deleted.
  std::vector<RecordRange> gaps;
};

// A value the record itself says is PHI (PID-5 "DOE^JOHN" gives DOE and JOHN),
// looked for in all its free text.
struct KnownValue {
  std::string value;
  PhiType type = PhiType::kName;
};

// Replace record bytes [begin, end) with text (not yet escaped).
struct Edit {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
};

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_FIELD_H_
