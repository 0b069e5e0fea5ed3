// SPDX-License-Identifier: Apache-2.0
//
// A user's own anonymizer as the library runs it. Whatever that does, a record
// is refused without a word of its text:
//   an exception       kInternal, without its what()
//   an error           its code; its message too, unless it quotes the value,
//                      its person or the subject
//   bytes, not UTF-8   kInternal
// Threads: as the user's own.

#ifndef PHIWIRE_POLICY_USER_ANONYMIZER_H_
#define PHIWIRE_POLICY_USER_ANONYMIZER_H_

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/anonymizer.h"

namespace phiwire {

class UserAnonymizer : public Anonymizer {
 public:
  // `registered`: what follows "user:" in policies.
  UserAnonymizer(std::string_view registered,
                 std::shared_ptr<const Anonymizer> own)
      : registered_(registered), own_(std::move(own)) {}

  std::string_view name() const override { return registered_; }
  absl::StatusOr<std::string> Apply(const Target& target,
                                    Session& session) const override;
  absl::Status Finish(Session& session) const override;
  absl::StatusOr<std::string> Restore(const Target& target,
                                      Session& session) const override;

 private:
  absl::StatusOr<std::string> Checked(absl::StatusOr<std::string> out,
                                      const Target& target,
                                      const Session& session) const;
  absl::Status Error(absl::StatusCode code, std::string_view what) const;

  const std::string registered_;
  const std::shared_ptr<const Anonymizer> own_;
};

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_USER_ANONYMIZER_H_
