// SPDX-License-Identifier: Apache-2.0
//
// Who a name in a record is. A record's persons are those its fields name
// (patient first), then those its free text names in full ("John Doe"), in
// order of first mention; at most kMaxPersons, and one of each "family|given".
// The whole record is looked at before the first name is resolved, so a name
// means the same before and after the full one. A name is
//
//   in full             that person; also with a part of the family name
//                       ("Garcia" for "Garcia Lopez") where the given name is
//                       the same, and family first ("DOE JOHN") for a person
//                       of the fields
//   family, initial     the first person with both
//   family alone        the first person of that family whose first name
//   doesn't
//                       contradict the title (Mr, Mrs), else the first
//   given alone         the first person so called
//   initials            the first person with them
//
// else a person by itself: "Doe" alone is then the same in every record. One
// word without a title is looked for as family and as given name, first as
// what the census says it is more often.
//
// State of one record: one thread at a time.
//
//   const Person person = IdentifyPerson(target, session, name);
//   key = NormalKey(person.parts);

#ifndef PHIWIRE_ANONYMIZERS_PERSON_BOOK_H_
#define PHIWIRE_ANONYMIZERS_PERSON_BOOK_H_

#include <cstddef>
#include <string>
#include <vector>

#include "anonymizers/person_name.h"
#include "engine/anonymizer.h"

namespace phiwire {

struct Person {
  NameParts parts;        // of the person, not only what is written here
  bool resolved = false;  // found in the record
};

class PersonBook : public SessionState {
 public:
  static constexpr std::size_t kMaxPersons = 64;

  // Reads the session's persons and names; again when they have changed.
  void Update(const Session& session);

  // Who is meant. Where a lone word turns out to be the other part, or family
  // and given stand the other way round, the roles in `name` are set right.
  Person Resolve(WrittenName& name) const;

  std::size_t size() const { return persons_.size(); }

 private:
  const NameParts* Find(const NameParts& written) const;
  const NameParts* FindSwapped(const NameParts& written) const;
  void Add(NameParts parts);

  std::vector<NameParts> persons_;
  std::size_t of_fields_ = 0;  // the first of persons_
  const void* seen_persons_ = nullptr;
  std::size_t seen_names_ = static_cast<std::size_t>(-1);
};

// Parses the target's surface into `name` and says whose it is: the person the
// format names, else by the record's book.
Person IdentifyPerson(const Target& target, Session& session,
                      WrittenName& name);

// "doe|john" of a target of type NAME: the same for every written form of one
// person in a record; what hashes and numbered placeholders go by.
std::string PersonIdentity(const Target& target, Session& session);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_PERSON_BOOK_H_
