// SPDX-License-Identifier: Apache-2.0
//
// One reader a format, with what a policy says of places in it. Immutable,
// safe from any thread.

#ifndef PHIWIRE_POLICY_FORMAT_READERS_H_
#define PHIWIRE_POLICY_FORMAT_READERS_H_

#include <array>
#include <memory>

#include "absl/status/statusor.h"
#include "engine/format.h"
#include "phiwire/policy.h"
#include "phiwire/types.h"
#include "policy/columns.h"

namespace phiwire {

class FormatReaders {
 public:
  // kInvalidArgument for a place in Policy::site that is none of its format.
  static absl::StatusOr<FormatReaders> Build(const Policy& policy,
                                             const Columns& columns);

  // Any format but kAuto.
  const FormatReader& operator[](Format format) const {
    return *readers_[static_cast<std::size_t>(format)];
  }

 private:
  std::array<std::unique_ptr<const FormatReader>, kFormatCount> readers_;
};

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_FORMAT_READERS_H_
