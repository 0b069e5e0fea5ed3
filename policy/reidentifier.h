// SPDX-License-Identifier: Apache-2.0
//
// The way back, for phiwire reidentify alone. Found in a whole document:
// codes of encrypt and token (sealed_code.h) anywhere; bare tokens of hash and
// token where the vault has them; fpe and date_shift in typed slots, where the
// format says what stands where. In free text fpe and date_shift leave nothing
// to find them by: give their values one by one (Value).
//
// Immutable, safe from any thread. Whoever calls writes the audit record before
// letting anything out (audit_log.h).

#ifndef PHIWIRE_POLICY_REIDENTIFIER_H_
#define PHIWIRE_POLICY_REIDENTIFIER_H_

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/format.h"
#include "phiwire/deidentifier.h"
#include "policy/anonymizer_set.h"
#include "policy/format_readers.h"

namespace phiwire {

class Reidentifier {
 public:
  struct Result {
    std::string text;
    std::map<std::string, std::size_t> counts;  // restored, by type
  };

  // The policy the documents were de-identified under, with the keys to use.
  static absl::StatusOr<Reidentifier> Create(const Policy& policy);

  // kInvalidArgument or kDataLoss, with a byte range, when anything in it that
  // should have a way back has none: tampered with, another key or vault.
  absl::StatusOr<Result> File(std::string_view bytes, Format format,
                              std::string_view subject) const;
  // One value that the policy's anonymizer of `type` gave.
  absl::StatusOr<std::string> Value(PhiType type, std::string_view value,
                                    std::string_view subject) const;

  const Policy& policy() const { return policy_; }
  const KeyRing& keys() const { return *anonymizers_.keys(); }

 private:
  Reidentifier(const Policy& policy, AnonymizerSet anonymizers,
               std::unique_ptr<Anonymizer> encrypt,
               std::unique_ptr<Anonymizer> token, FormatReaders formats);
  absl::StatusOr<std::string> Record(
      std::string_view record, Format format, std::string_view subject,
      std::map<std::string, std::size_t>* counts) const;
  // `raw` gets the edits whose text is the format's own spelling already.
  absl::Status FindCodes(std::string_view record, std::vector<Edit>* edits,
                         std::vector<Edit>* raw,
                         std::map<std::string, std::size_t>* counts) const;
  absl::StatusOr<std::string> Restored(PhiType type, std::string_view value,
                                       std::string_view subject) const;
  absl::Status FindTokens(std::string_view record, std::size_t begin,
                          std::size_t end, std::vector<Edit>* edits,
                          std::map<std::string, std::size_t>* counts) const;
  // Slots whose anonymizer is called `name`.
  absl::Status FindSlots(std::string_view record, Format format,
                         std::string_view name, std::string_view subject,
                         std::vector<Edit>* edits,
                         std::map<std::string, std::size_t>* counts) const;
  const FormatReader& Reader(Format format) const { return formats_[format]; }

  Policy policy_;
  AnonymizerSet anonymizers_;
  std::unique_ptr<Anonymizer> encrypt_;
  std::unique_ptr<Anonymizer> token_;  // null: no vault
  FormatReaders formats_;
};

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_REIDENTIFIER_H_
