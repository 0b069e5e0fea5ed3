// SPDX-License-Identifier: Apache-2.0
//
// What the name of a column says of its cells. Used for the header row of a
// table, for the keys of JSON and for the names of XML elements, so snake_case,
// camelCase, "Patient Name", PATIENT-NAME, dotted paths ("patient.name") and
// the usual abbreviations (pt_fname, lname, dob, addr1, ph, acct_no) all read
// the same. English only; what isn't known is said to be unknown, never kept.
//
//   ClassifyColumnName("pt_lname")     slot NAME, kFamily, owner ""
//   ClassifyColumnName("ProviderName") slot NAME, kWhole, owner "provider"
//   ClassifyColumnName("note_text")    free text
//   ClassifyColumnName("icd10_code")   kept
//   ClassifyColumnName("mrn")          slot MEDICALRECORD, subject_rank 5
//
// Pure functions, safe from any thread. About a microsecond a name: callers
// with many records ask once a name and remember.

#ifndef PHIWIRE_FORMATS_TABLE_COLUMN_NAMES_H_
#define PHIWIRE_FORMATS_TABLE_COLUMN_NAMES_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/field.h"

namespace phiwire {

enum class ColumnUse : std::uint8_t {
  kUnknown,  // to be scanned, as free text is
  kSlot,     // holds `type`
  kText,     // free text: prose, and names of things (drugs, tests)
  kKeep,     // codes, counts, measurements, sex: see ColumnMayKeep
};

struct ColumnRule {
  ColumnUse use = ColumnUse::kUnknown;
  // As in Field; kSlot only.
  PhiType type = PhiType::kId;
  SlotGrammar grammar = SlotGrammar::kFreeText;
  Spelling spelling = Spelling::kPlain;
  NamePart part = NamePart::kWhole;
  bool birth_date = false;
  // The patient's key: 0 is none, of several columns the greatest is it
  // (mrn 5, patient_id 4, person_id 3, member_id 2, id 1).
  std::uint8_t subject_rank = 0;
};

struct ColumnClass : ColumnRule {
  // Whose value it is, in lower case: "" is the patient (or nobody is told),
  // "mother", "attendingprovider". Name columns of one owner are one person.
  std::string owner;
};

ColumnClass ClassifyColumnName(std::string_view name);

// Whether a value in a kept column looks as codes, counts and measurements do.
// What doesn't (long text, an @, seven digits in a row with none but
// separators between, a date's shape) is to be scanned instead.
bool ColumnMayKeep(std::string_view value);

// Whether a value of type AGE is a whole number of years below 90 (or a
// fraction of one), which Safe Harbor lets stand.
bool AgeMayStay(std::string_view value);

}  // namespace phiwire

#endif  // PHIWIRE_FORMATS_TABLE_COLUMN_NAMES_H_
