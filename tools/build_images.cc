// SPDX-License-Identifier: Apache-2.0
//
// Writes the images (base/image.h) of phiwire's own data, with the readers that
// the library has for the texts. Run by the build; never installed.
//
//   build_images weights OUT WEIGHTS.tsv
//   build_images yaml OUT FILE.yaml...

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "base/yaml_image.h"
#include "rules/weights_image.h"

namespace phiwire {
namespace {

absl::StatusOr<std::string> ReadText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file || !text) return absl::NotFoundError("can't read " + path);
  return text.str();
}

absl::StatusOr<std::string> MakeFolderImage(
    const std::vector<std::string>& paths) {
  std::vector<NamedText> files;
  for (const std::string& path : paths) {
    PHIWIRE_ASSIGN_OR_RETURN(std::string text, ReadText(path));
    files.push_back({std::filesystem::path(path).filename().string(), text});
  }
  return MakeYamlImage(files);
}

absl::StatusOr<std::string> Make(std::string_view kind,
                                 const std::vector<std::string>& paths) {
  if (kind == "yaml" && !paths.empty()) return MakeFolderImage(paths);
  if (kind == "weights" && paths.size() == 1) {
    PHIWIRE_ASSIGN_OR_RETURN(const std::string text, ReadText(paths[0]));
    return MakeWeightsImage(text, paths[0]);
  }
  return absl::InvalidArgumentError("usage: build_images KIND OUT FILE...");
}

int Main(const std::vector<std::string>& args) {
  const absl::StatusOr<std::string> image =
      args.size() < 3 ? Make("", {})
                      : Make(args[0], {args.begin() + 2, args.end()});
  if (!image.ok()) {
    std::fprintf(stderr, "%s\n", image.status().ToString().c_str());
    return 1;
  }
  std::ofstream out(args[1], std::ios::binary);
  out.write(image->data(), static_cast<std::streamsize>(image->size()));
  out.close();
  if (out) return 0;
  std::fprintf(stderr, "can't write %s\n", args[1].c_str());
  std::error_code ignored;
  std::filesystem::remove(args[1], ignored);
  return 1;
}

}  // namespace
}  // namespace phiwire

int main(int argc, char** argv) {
  return phiwire::Main({argv + 1, argv + argc});
}
