// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/keep.h"

#include <string>
#include <string_view>

#include "base/status_macros.h"

namespace phiwire {
namespace {

class Keep : public Anonymizer {
 public:
  std::string_view name() const override { return "keep"; }
  absl::StatusOr<std::string> Apply(const Target& target,
                                    Session&) const override {
    return std::string(target.surface);
  }
};

}  // namespace

absl::StatusOr<std::unique_ptr<Anonymizer>> NewKeep(
    const AnonymizerParams& params, const AnonymizerContext&) {
  PHIWIRE_RETURN_IF_ERROR(AllowParams("keep", params, {}));
  return std::make_unique<Keep>();
}

}  // namespace phiwire
