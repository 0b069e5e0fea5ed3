// SPDX-License-Identifier: Apache-2.0

#include "policy/data_dir.h"

#include <dlfcn.h>

#include <filesystem>
#include <vector>

#include "base/strings.h"

namespace phiwire {
namespace {

// The folder of the program or shared library that holds this function.
std::filesystem::path OwnFolder() {
  Dl_info info{};
  const void* here = reinterpret_cast<const void*>(&OwnFolder);
  if (dladdr(here, &info) == 0 || info.dli_fname == nullptr) return {};
  std::error_code error;
  return std::filesystem::canonical(info.dli_fname, error).parent_path();
}

}  // namespace

absl::StatusOr<std::string> FindDataDir(std::string_view wanted) {
  std::vector<std::filesystem::path> places;
  if (!wanted.empty()) {
    places.emplace_back(wanted);
  } else {
    const std::filesystem::path own = OwnFolder();
    places = {own / "share/phiwire", own / "../share/phiwire",
              own / "../../share/phiwire", PHIWIRE_BUILD_DATA_DIR};
  }
  std::string tried;
  for (const std::filesystem::path& place : places) {
    std::error_code error;
    if (std::filesystem::exists(place / "lexicon.bin", error)) {
      return place.string();
    }
    tried += Concat({tried.empty() ? "" : ", ", place.string()});
  }
  return absl::NotFoundError(
      Concat({"phiwire's data (lexicon.bin) is in none of: ", tried}));
}

}  // namespace phiwire
