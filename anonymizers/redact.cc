// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/redact.h"

#include <string>
#include <string_view>

#include "base/status_macros.h"

namespace phiwire {
namespace {

class Redact : public Anonymizer {
 public:
  std::string_view name() const override { return "redact"; }
  absl::StatusOr<std::string> Apply(const Target&, Session&) const override {
    return std::string();
  }
};

}  // namespace

absl::StatusOr<std::unique_ptr<Anonymizer>> NewRedact(
    const AnonymizerParams& params, const AnonymizerContext&) {
  PHIWIRE_RETURN_IF_ERROR(AllowParams("redact", params, {}));
  return std::make_unique<Redact>();
}

}  // namespace phiwire
