// SPDX-License-Identifier: Apache-2.0

#include "recognizers/catalogue.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/status_macros.h"
#include "base/strings.h"
#include "base/yaml.h"
#include "base/yaml_image.h"
#include "recognizers/catalogue_reader.h"

namespace phiwire {
namespace {

// The *.yaml files of a folder in order of name, so that rule numbers do not
// depend on the file system.
absl::StatusOr<std::vector<std::string>> YamlFiles(std::string_view dir) {
  std::error_code error;
  std::vector<std::string> out;
  std::filesystem::directory_iterator it(dir, error);
  const std::filesystem::directory_iterator end;
  for (; !error && it != end; it.increment(error)) {
    const std::filesystem::path& path = it->path();
    if (path.extension() == ".yaml") out.push_back(path.string());
  }
  if (error) {
    return absl::NotFoundError(
        Concat({"the rule folder ", dir, " can't be read"}));
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

absl::StatusOr<Catalogue> Catalogue::Load(
    std::string_view built_in_dir, std::span<const std::string> site_dirs) {
  Catalogue out;
  PHIWIRE_ASSIGN_OR_RETURN(const std::vector<std::string> files,
                           YamlFiles(built_in_dir));
  if (files.empty()) {
    return absl::NotFoundError(
        Concat({"the rule folder ", built_in_dir, " holds no *.yaml file"}));
  }
  const YamlFolder own(built_in_dir);
  for (const std::string& file : files) {
    bool as_built = false;
    PHIWIRE_ASSIGN_OR_RETURN(
        const YamlNode root,
        own.Read(std::filesystem::path(file).filename().string(), &as_built));
    PHIWIRE_RETURN_IF_ERROR(CatalogueReader(&out, false, as_built).Read(root));
  }
  for (const std::string& dir : site_dirs) {
    PHIWIRE_ASSIGN_OR_RETURN(const std::vector<std::string> ours,
                             YamlFiles(dir));
    for (const std::string& file : ours) {
      PHIWIRE_ASSIGN_OR_RETURN(const YamlNode root, ReadYamlFile(file));
      if (root.Get("type") == nullptr) continue;
      PHIWIRE_RETURN_IF_ERROR(CatalogueReader(&out, true).Read(root));
    }
  }
  return out;
}

absl::Status Catalogue::AddFile(std::string_view text,
                                std::string_view source_name, bool site) {
  PHIWIRE_ASSIGN_OR_RETURN(const YamlNode root, ParseYaml(text, source_name));
  return CatalogueReader(this, site).Read(root);
}

}  // namespace phiwire
