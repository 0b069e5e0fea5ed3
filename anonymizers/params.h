// SPDX-License-Identifier: Apache-2.0
//
// An anonymizer's settings as a policy gives them: text by name. Errors are
// kInvalidArgument and name the anonymizer and the setting, never its value.

#ifndef PHIWIRE_ANONYMIZERS_PARAMS_H_
#define PHIWIRE_ANONYMIZERS_PARAMS_H_

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace phiwire {

using AnonymizerParams = std::map<std::string, std::string>;

// An error at the first setting that is not among the known.
absl::Status AllowParams(std::string_view anonymizer,
                         const AnonymizerParams& params,
                         std::span<const std::string_view> known);

// A whole number within [least, most]; `missing` when it is not given.
absl::StatusOr<std::size_t> NumberParam(std::string_view anonymizer,
                                        const AnonymizerParams& params,
                                        const std::string& name,
                                        std::size_t least, std::size_t most,
                                        std::size_t missing);

// true or false; `missing` when it is not given.
absl::StatusOr<bool> BoolParam(std::string_view anonymizer,
                               const AnonymizerParams& params,
                               const std::string& name, bool missing);

// "anonymizer mask: char: REASON".
absl::Status ParamError(std::string_view anonymizer, std::string_view name,
                        std::string_view reason);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_PARAMS_H_
