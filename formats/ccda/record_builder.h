// SPDX-License-Identifier: Apache-2.0
//
// Gathers what one XML document gives: fields with their decoded text, the
// values its own fields know, persons and patients. What stays only unless it
// repeats a known value (codes of a site's own, IDs that references point to)
// is settled at the end, when all known values are there.
//
// Not thread-safe: one a document.

#ifndef PHIWIRE_FORMATS_CCDA_RECORD_BUILDER_H_
#define PHIWIRE_FORMATS_CCDA_RECORD_BUILDER_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/format.h"
#include "formats/ccda/path_table.h"
#include "formats/hl7v2/known_values.h"

namespace phiwire::ccda {

// A stretch of the document that holds a value.
struct Value {
  RecordRange raw;
  bool references = true;      // & begins one: not in CDATA and comments
  std::string_view owner;      // path of the element, "/a/b"
  std::string_view attribute;  // "" for text
};

// How a slot is typed.
struct SlotUse {
  PhiType type = PhiType::kId;
  SlotGrammar grammar = SlotGrammar::kIdentifier;
  Spelling spelling = Spelling::kPlain;
  NamePart part = NamePart::kWhole;
  std::int32_t person = -1;
};

class RecordBuilder {
 public:
  explicit RecordBuilder(std::string_view document);

  void AddText(const Value& value);
  void AddSlot(const Value& value, const SlotUse& use);
  void AddDocument(const Value& value, std::string media_type);
  // Stays unless it repeats a known value; is scanned then.
  void Keep(const Value& value);
  // An ID or what refers to one: renamed, wherever it stands, when it repeats
  // a known value or holds a long number.
  void AddAnchor(const Value& value);
  // Room for a field whose text is not complete yet, in the order of begins.
  std::size_t Reserve();
  void Fill(std::size_t index, Field field);

  // A value to be looked for in all text; a date only when it is `lasting`
  // (a day of birth or death).
  void Know(const Value& value, const SlotUse& use, Party party);

  // Persons: a name element begins, its parts come, it ends.
  std::int32_t BeginPerson(bool patient);
  void AddNamePart(std::int32_t person, NamePart part, const Value& value);

  // Patients: of several ids the best ranked is the subject.
  void BeginPatient() {
    patient_rank_ = 0;
    subject_ = -1;
  }
  void OfferId(int rank, const Value& value);
  // The patient's own ids, as elements elsewhere refer to them: null when
  // `text` is none.
  void AddPatientId(std::string text, const SlotUse& use);
  const SlotUse* PatientId(std::string_view text) const;
  void EndPatient() { subject_ = -1; }
  std::int32_t subject() const { return subject_; }

  // The text a value stands for.
  std::string Text(const Value& value) const;

  // Turns the text slots of a document that came in pieces into empty slots.
  void EmptyDocument(std::size_t index);
  std::size_t size() const { return out_.fields.size(); }

  RecordFields Finish();

 private:
  Field Make(const Value& value) const;
  Field& Push(Field field);
  void SettleKept();
  void SortFields();
  void OrderPersons();

  struct Pending {
    RecordRange raw;
    std::string path;
    std::int32_t subject = -1;
    bool references = true;
    bool anchor = false;
  };

  std::string_view document_;
  RecordFields out_;
  hl7v2::KnownValues known_;
  std::deque<std::string> decoded_;  // known values that had references
  std::vector<Pending> kept_;
  std::vector<bool> is_patient_;  // of out_.persons
  std::vector<std::pair<std::string, SlotUse>> patient_ids_;
  int patient_rank_ = 0;
  std::int32_t subject_ = -1;
};

}  // namespace phiwire::ccda

#endif  // PHIWIRE_FORMATS_CCDA_RECORD_BUILDER_H_
