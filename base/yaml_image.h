// SPDX-License-Identifier: Apache-2.0
//
// A folder's YAML files by their image (base/image.h): FOLDER/yaml.bin holds
// the trees that ParseYaml made of them. Each file is still read, and its tree
// taken from the image only when it was made of exactly these bytes.
//
//   const YamlFolder folder(data_dir + "/catalogue");
//   PHIWIRE_ASSIGN_OR_RETURN(const YamlNode root, folder.Read("ssn.yaml"));
//
// For folders that are built with phiwire. Immutable, safe from any thread.

#ifndef PHIWIRE_BASE_YAML_IMAGE_H_
#define PHIWIRE_BASE_YAML_IMAGE_H_

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "base/image.h"
#include "base/yaml.h"

namespace phiwire {

struct NamedText {
  std::string name;  // in its folder
  std::string text;
};

// The file yaml.bin of a folder with these; an error of ParseYaml.
absl::StatusOr<std::string> MakeYamlImage(std::span<const NamedText> files);

class YamlFolder {
 public:
  explicit YamlFolder(std::string_view folder);

  // As ReadYamlFile of FOLDER/NAME, which errors name. *as_built: whether the
  // file is the one that the image was made of.
  absl::StatusOr<YamlNode> Read(std::string_view name,
                                bool* as_built = nullptr) const;
  // The tree the image holds for it.
  std::optional<YamlNode> FromImage(std::string_view name,
                                    std::string_view text) const;

 private:
  struct Entry {
    std::uint64_t text_checksum = 0;
    std::string_view tree;
  };
  std::string folder_;
  std::optional<Image> image_;
  std::map<std::string_view, Entry> entries_;
};

}  // namespace phiwire

#endif  // PHIWIRE_BASE_YAML_IMAGE_H_
