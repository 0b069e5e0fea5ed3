// SPDX-License-Identifier: Apache-2.0
//
// One catalogue file: YAML node -> rules and type entry. Private to
// recognizers/; see catalogue.h for the schema's meaning.

#ifndef PHIWIRE_RECOGNIZERS_CATALOGUE_READER_H_
#define PHIWIRE_RECOGNIZERS_CATALOGUE_READER_H_

#include <map>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "base/yaml.h"
#include "recognizers/catalogue.h"

namespace phiwire {

class CatalogueReader {
 public:
  // `tested`: the file is as it was when phiwire was built, and its regular
  // expressions are known to be good (tests/recognizers).
  CatalogueReader(Catalogue* catalogue, bool site, bool tested = false)
      : catalogue_(catalogue), site_(site), tested_(tested) {}
  absl::Status Read(const YamlNode& root);

 private:
  absl::Status ReadHeader(const YamlNode& root);
  absl::Status ReadDefines(const YamlNode& node);
  absl::Status ReadPattern(const YamlNode& node);
  absl::Status ReadTrigger(const YamlNode& node, PatternRule* rule);
  absl::Status ReadFunctions(const YamlNode& node, PatternRule* rule);
  absl::Status ReadScores(const YamlNode& node, PatternRule* rule);
  absl::Status ReadContext(const YamlNode& node);
  absl::Status ReadExamples(const YamlNode& node);
  absl::Status Expand(const YamlNode& node, std::string* regex) const;

  Catalogue* catalogue_;
  bool site_;
  bool tested_;
  PhiType type_ = PhiType::kName;
  std::map<std::string, std::string, std::less<>> defines_;
};

}  // namespace phiwire

#endif  // PHIWIRE_RECOGNIZERS_CATALOGUE_READER_H_
