// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/run_identity.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "apps/cli/inputs.h"
#include "base/key_file.h"
#include "base/key_ring.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "policy/audit_log.h"

namespace phiwire::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxFile = std::size_t{1} << 30;

// With its length, so that no two lists of parts are one string.
void Append(std::string_view part, std::string* out) {
  out->append(std::to_string(part.size())).append(":").append(part);
}

absl::Status AppendFile(const std::string& path, std::string* out) {
  Input input;
  input.path = path;
  PHIWIRE_ASSIGN_OR_RETURN(const std::string bytes, ReadInput(input, kMaxFile));
  Append(path, out);
  Append(bytes, out);
  return absl::OkStatus();
}

absl::Status AppendFolder(const std::string& path, std::string* out) {
  std::vector<std::string> files;
  std::error_code error;
  for (fs::recursive_directory_iterator it(path, error), end;
       !error && it != end; it.increment(error)) {
    if (it->is_regular_file(error)) files.push_back(it->path().string());
  }
  std::sort(files.begin(), files.end());
  for (const std::string& file : files) {
    PHIWIRE_RETURN_IF_ERROR(AppendFile(file, out));
  }
  return absl::OkStatus();
}

absl::Status AppendKey(const std::string& source, const std::string& tenant,
                       std::string* out) {
  if (source.empty()) return absl::OkStatus();
  if (source.starts_with("fd:")) {
    // The engine has read it to its end.
    return absl::InvalidArgumentError(
        "--resume: give the key as a file or env:NAME, not as fd:N");
  }
  PHIWIRE_ASSIGN_OR_RETURN(SecretKey key, ReadKey(source));
  PHIWIRE_ASSIGN_OR_RETURN(const KeyRing ring,
                           KeyRing::Create(std::move(key), tenant));
  Append(ring.current_id(), out);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> RunIdentity(
    const Policy& policy, std::span<const std::string_view> flags) {
  std::string out;
  Append(PHIWIRE_VERSION, &out);
  Append(PolicyHash(policy), &out);
  for (const std::string_view flag : flags) Append(flag, &out);
  for (const std::string& source : {policy.key_file, policy.vault_key}) {
    PHIWIRE_RETURN_IF_ERROR(AppendKey(source, policy.tenant, &out));
  }
  for (const std::string& dir : policy.rule_dirs) {
    PHIWIRE_RETURN_IF_ERROR(AppendFolder(dir, &out));
  }
  for (const std::string& file :
       {policy.roster_file, policy.columns_file, policy.weights_file}) {
    if (!file.empty()) PHIWIRE_RETURN_IF_ERROR(AppendFile(file, &out));
  }
  return out;
}

}  // namespace phiwire::cli
