// SPDX-License-Identifier: Apache-2.0
//
// What a Deidentifier and the files opened with it share.

#ifndef PHIWIRE_POLICY_DEIDENTIFIER_IMPL_H_
#define PHIWIRE_POLICY_DEIDENTIFIER_IMPL_H_

#include <utility>

#include "phiwire/deidentifier.h"
#include "policy/record_deidentifier.h"

namespace phiwire {

class Deidentifier::Impl {
 public:
  explicit Impl(RecordDeidentifier::Parts parts) : records(std::move(parts)) {}

  const RecordDeidentifier records;
};

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_DEIDENTIFIER_IMPL_H_
