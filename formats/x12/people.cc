// SPDX-License-Identifier: Apache-2.0

#include "formats/x12/people.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/strings.h"
#include "formats/x12/elements_table.h"

namespace phiwire::x12 {
namespace {

constexpr int kMedicalRecord = 4;
constexpr int kOwnNumber = 3;
constexpr int kSubscribersNumber = 2;
constexpr int kControlNumber = 1;

// NM101 of patients, insured persons and their relatives.
constexpr std::uint32_t kPatients[] = {Code("IL"), Code("QC"), Code("74"),
                                       Code("03"), Code("70")};
constexpr std::uint32_t kRelatives[] = {
    Code("S1"), Code("S3"), Code("31"), Code("G0"), Code("GD"), Code("LR"),
    Code("6Y"), Code("EY"), Code("E1"), Code("9K"), Code("45"), Code("SEP")};

template <std::size_t N>
bool Contains(const std::uint32_t (&set)[N], std::uint32_t value) {
  return std::find(std::begin(set), std::end(set), value) != std::end(set);
}

std::string_view At(Elements elements, std::size_t i) {
  return i < elements.size() ? elements[i] : std::string_view();
}

std::string_view Trim(std::string_view s) {
  const std::size_t begin = s.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return s.substr(begin, s.find_last_not_of(' ') - begin + 1);
}

}  // namespace

void People::Begin(Loop loop) {
  loop_ = loop;
  subject_ = static_cast<std::int32_t>(subjects_.size());
  Subject subject;
  if (loop == Loop::kDependent) subject.subscriber = subscriber_;
  if (loop == Loop::kSubscriber) subscriber_ = subject_;
  subjects_.push_back(subject);
  personal_ = true;
}

void People::EndLoop() {
  loop_ = Loop::kNone;
  subject_ = -1;
  personal_ = false;
}

void People::Hierarchy(std::string_view level) {
  has_levels_ = true;
  personal_ = false;
  if (level == "22" || level == "PT") return Begin(Loop::kSubscriber);
  if (level == "23") return Begin(Loop::kDependent);
  // Events and services (EV, SS) stay with the patient above them.
  if (level == "19" || level == "20" || level == "21") {
    EndLoop();
    subscriber_ = -1;
  }
}

void People::Id(int rank, std::string_view id) {
  id = Trim(id);
  if (subject_ < 0 || id.empty()) return;
  Subject& subject = subjects_[static_cast<std::size_t>(subject_)];
  if (rank <= subject.rank) return;
  subject.rank = rank;
  subject.id = id;
}

void People::Name(Elements elements) {
  const std::uint32_t entity = Code(At(elements, 1));
  const bool patient = Contains(kPatients, entity);
  personal_ = patient || Contains(kRelatives, entity);
  if (patient) {
    const bool own = entity != Code("IL") || loop_ == Loop::kSubscriber;
    Id(own ? kOwnNumber : kSubscribersNumber, At(elements, 9));
  }
  if (At(elements, 2) != "1") return;
  PersonName name{std::string(Trim(At(elements, 3))),
                  std::string(Trim(At(elements, 4))),
                  std::string(Trim(At(elements, 5)))};
  if (name.family.empty() && name.given.empty()) return;
  person_ = static_cast<std::int32_t>(persons_.size());
  persons_.push_back(std::move(name));
  is_patient_.push_back(patient);
  if (!patient || subject_ < 0) return;
  Subject& subject = subjects_[static_cast<std::size_t>(subject_)];
  if (subject.person < 0) subject.person = person_;
}

void People::Observe(std::uint32_t segment, Elements elements) {
  person_ = -1;
  switch (segment) {
    case Code("HL"):
      return Hierarchy(At(elements, 3));
    case Code("INS"):  // of 271 it says more of the subscriber of the HL
      if (!has_levels_) Begin(Loop::kSubscriber);
      return;
    case Code("CLP"):
      Begin(Loop::kClaim);
      return Id(kControlNumber, At(elements, 1));
    case Code("CLM"):
      personal_ = subject_ >= 0;
      return Id(kControlNumber, At(elements, 1));
    case Code("NM1"):
      return Name(elements);
    case Code("N1"):
      personal_ = false;
      return;
    case Code("REF"):
      if (At(elements, 1) == "EA") Id(kMedicalRecord, At(elements, 2));
      if (At(elements, 1) == "0F") Id(kSubscribersNumber, At(elements, 2));
      return;
    case Code("LX"):
      if (loop_ == Loop::kClaim) EndLoop();
      return;
    case Code("PLB"):
    case Code("SE"):
      return EndLoop();
    default:
      return;
  }
}

std::string People::IdOf(const Subject& subject) const {
  std::string_view shared;
  if (subject.rank < kSubscribersNumber && subject.subscriber >= 0) {
    shared = subjects_[static_cast<std::size_t>(subject.subscriber)].id;
  }
  if (!shared.empty()) return std::string(shared);
  if (subject.rank > 0 || subject.person < 0) return std::string(subject.id);
  const PersonName& name = persons_[static_cast<std::size_t>(subject.person)];
  return Concat({name.family, "^", name.given});
}

void People::Finish(RecordFields* out) {
  std::vector<std::int32_t> subject_at(subjects_.size(), -1);
  for (std::size_t i = 0; i < subjects_.size(); ++i) {
    std::string id = IdOf(subjects_[i]);
    if (id.empty()) continue;
    subject_at[i] = static_cast<std::int32_t>(out->subjects.size());
    out->subjects.push_back(std::move(id));
  }
  std::vector<std::int32_t> person_at(persons_.size());
  std::vector<PersonName> named;
  named.reserve(persons_.size());
  for (const bool patient : {true, false}) {
    for (std::size_t i = 0; i < persons_.size(); ++i) {
      if (is_patient_[i] != patient) continue;
      person_at[i] = static_cast<std::int32_t>(named.size());
      named.push_back(persons_[i]);
    }
  }
  out->persons = std::move(named);
  for (Field& field : out->fields) {
    if (field.person >= 0) {
      field.person = person_at[static_cast<std::size_t>(field.person)];
    }
    if (field.subject >= 0) {
      field.subject = subject_at[static_cast<std::size_t>(field.subject)];
    }
  }
}

}  // namespace phiwire::x12
