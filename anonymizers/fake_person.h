// SPDX-License-Identifier: Apache-2.0
//
// A person's fake: family and first name drawn together from the stream of the
// person's key, so that each of them alone is the same too. None of the fake's
// names is one of the person's. Pure function.

#ifndef PHIWIRE_ANONYMIZERS_FAKE_PERSON_H_
#define PHIWIRE_ANONYMIZERS_FAKE_PERSON_H_

#include "anonymizers/fake_shape.h"
#include "anonymizers/person_name.h"

namespace phiwire {

struct FakePersonOptions {
  // A first name of the sex that the census gives the person's; either for one
  // that it doesn't know.
  bool keep_sex = true;
  // Family and first name begin with the person's initials; else never do.
  bool keep_initial = false;
};

FakeName FakePerson(const NameParts& person, const FakePersonOptions& options,
                    FakeStream& stream);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_FAKE_PERSON_H_
