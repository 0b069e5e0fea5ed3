// SPDX-License-Identifier: Apache-2.0
//
// Whom a message is about and who stands in it: the patient's id of each PID
// (the repetition of PID-3 whose type is MR, else the first; PID-2 and PID-4
// where senders of old fill only those), and each name field (XPN, XCN, PN,
// CNN, PPN, NDL) as a person with its parts.
//
// Not thread-safe: one collector a record.

#ifndef PHIWIRE_FORMATS_HL7V2_PEOPLE_H_
#define PHIWIRE_FORMATS_HL7V2_PEOPLE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "engine/format.h"
#include "formats/hl7v2/escape.h"
#include "formats/hl7v2/fields_table.h"
#include "formats/hl7v2/segments.h"

namespace phiwire::hl7v2 {

class People {
 public:
  explicit People(const Coding& coding) : coding_(coding) {}

  void BeginSegment(std::uint32_t code);
  // Looks at a repetition before its leaves are put.
  void Observe(std::uint32_t segment, const FieldRepetition& repetition,
               const FieldInfo& info) {
    person_ = -1;
    layout_ = info.layout;
    if (layout_.family != 0 || segment == kPid) Look(segment, repetition);
  }
  // Tells the field of a leaf of that repetition whom it is about.
  void Mark(const Leaf& leaf, Field* field) const {
    field->subject = subject_;
    if (layout_.family != 0) MarkName(leaf, field);
  }
  // Puts persons and subjects into `out`, the patient first; the indexes of its
  // fields follow.
  void Finish(RecordFields* out);

 private:
  static constexpr std::uint32_t kPid = SegmentCode("PID");

  void Look(std::uint32_t segment, const FieldRepetition& repetition);
  void MarkName(const Leaf& leaf, Field* field) const;
  NamePart PartOf(const Leaf& leaf) const;
  // The leaf decoded, without blanks around it.
  void SetText(const Leaf& leaf, std::string* out) const;
  void ObserveId(const FieldRepetition& repetition);
  void ObserveName(bool patient, const FieldRepetition& repetition);

  const Coding& coding_;
  std::vector<PersonName> persons_;
  std::vector<bool> is_patient_;  // of persons_
  std::vector<std::string> subjects_;
  int id_rank_ = 0;  // how good the id of the current PID is; 0: none yet
  std::int32_t subject_ = -1;
  NameLayout layout_;
  std::int32_t person_ = -1;
};

}  // namespace phiwire::hl7v2

#endif  // PHIWIRE_FORMATS_HL7V2_PEOPLE_H_
