// SPDX-License-Identifier: Apache-2.0
//
// Whom each part of a transaction set is about. A patient's part begins with
// an HL of a subscriber (22), dependent (23) or patient (PT), a claim payment
// (CLP) or a member (INS). The patient's id is, best first: REF EA (medical
// record), NM109 of the patient, the subscriber's number, the patient control
// number (CLM01, CLP01), the name.
//
// Not thread-safe: one collector a record.

#ifndef PHIWIRE_FORMATS_X12_PEOPLE_H_
#define PHIWIRE_FORMATS_X12_PEOPLE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/format.h"

namespace phiwire::x12 {

// A segment as its elements; elements[0] is its name. Views of the record.
using Elements = std::span<const std::string_view>;

class People {
 public:
  void Observe(std::uint32_t segment, Elements elements);

  // Of the segment last observed: whom it is about (-1: nobody), the person an
  // NM1 names, and whether it speaks of a patient or a relative.
  std::int32_t subject() const { return subject_; }
  std::int32_t person() const { return person_; }
  bool personal() const { return personal_; }

  // Puts persons and subjects into `out`, patients first; the indexes of its
  // fields follow.
  void Finish(RecordFields* out);

 private:
  enum class Loop : std::uint8_t { kNone, kSubscriber, kDependent, kClaim };
  struct Subject {
    std::string_view id;
    int rank = 0;                  // how good the id is; 0: none yet
    std::int32_t subscriber = -1;  // whose number a dependent shares
    std::int32_t person = -1;
  };
  void Begin(Loop loop);
  void EndLoop();
  void Hierarchy(std::string_view level);
  void Name(Elements elements);
  void Id(int rank, std::string_view id);
  std::string IdOf(const Subject& subject) const;

  std::vector<PersonName> persons_;
  std::vector<bool> is_patient_;  // of persons_
  std::vector<Subject> subjects_;
  Loop loop_ = Loop::kNone;
  std::int32_t subject_ = -1;
  std::int32_t subscriber_ = -1;
  std::int32_t person_ = -1;
  bool personal_ = false;
  bool has_levels_ = false;  // HL segments
};

}  // namespace phiwire::x12

#endif  // PHIWIRE_FORMATS_X12_PEOPLE_H_
