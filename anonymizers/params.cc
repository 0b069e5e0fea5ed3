// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/params.h"

#include <algorithm>
#include <charconv>
#include <system_error>

#include "base/strings.h"

namespace phiwire {

absl::Status AllowParams(std::string_view anonymizer,
                         const AnonymizerParams& params,
                         std::span<const std::string_view> known) {
  for (const auto& [name, unused] : params) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    std::string list;
    for (std::string_view k : known) {
      list += Concat({list.empty() ? "" : ", ", k});
    }
    return absl::InvalidArgumentError(
        Concat({"anonymizer ", anonymizer, ": unknown setting \"", name,
                "\"; known: ", list.empty() ? "none" : list}));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::size_t> NumberParam(std::string_view anonymizer,
                                        const AnonymizerParams& params,
                                        const std::string& name,
                                        std::size_t least, std::size_t most,
                                        std::size_t missing) {
  const auto it = params.find(name);
  if (it == params.end()) return missing;
  const std::string& text = it->second;
  std::size_t value = 0;
  const char* end = text.data() + text.size();
  const auto [ptr, ec] = std::from_chars(text.data(), end, value);
  if (ec != std::errc() || ptr != end || value < least || value > most) {
    return ParamError(
        anonymizer, name,
        Concat({"must be a whole number from ", std::to_string(least), " to ",
                std::to_string(most)}));
  }
  return value;
}

absl::StatusOr<bool> BoolParam(std::string_view anonymizer,
                               const AnonymizerParams& params,
                               const std::string& name, bool missing) {
  const auto it = params.find(name);
  if (it == params.end()) return missing;
  if (it->second == "true") return true;
  if (it->second == "false") return false;
  return ParamError(anonymizer, name, "must be true or false");
}

absl::Status ParamError(std::string_view anonymizer, std::string_view name,
                        std::string_view reason) {
  return absl::InvalidArgumentError(
      Concat({"anonymizer ", anonymizer, ": ", name, ": ", reason}));
}

}  // namespace phiwire
