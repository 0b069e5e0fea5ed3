// SPDX-License-Identifier: Apache-2.0
//
// All identifiers of a kind, counted through: what somebody tries who wants to
// know which one a hash was made of. Immutable, safe from any thread.
//
//   auto space = IdSpace::FromShape("MR-######", "100000-499999");
//   std::string id;
//   space->Write(0, &id);                                  // "MR-100000"

#ifndef PHIWIRE_POLICY_ATTACK_ID_SPACE_H_
#define PHIWIRE_POLICY_ATTACK_ID_SPACE_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace phiwire {

class IdSpace {
 public:
  // Every Social Security number that may be: no area 000, 666 or 900 to 999,
  // no group 00, no serial 0000.
  static IdSpace Ssn();
  // "ssn", or a shape: # a digit, @ a capital letter, others as they are.
  // range "A-B": only these numbers, for shapes whose # alone vary. At most
  // 2^62 identifiers. kInvalidArgument otherwise.
  static absl::StatusOr<IdSpace> FromShape(std::string_view shape,
                                           std::string_view range = {});

  std::uint64_t size() const { return size_; }
  // The identifier of an index below size().
  void Write(std::uint64_t index, std::string* out) const;
  // Whether a text is written like one of these. The range is not looked at.
  bool IsLike(std::string_view text) const;

 private:
  IdSpace() = default;
  std::string shape_;
  bool ssn_ = false;
  std::uint64_t first_ = 0;
  std::uint64_t size_ = 0;
};

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_ATTACK_ID_SPACE_H_
