// SPDX-License-Identifier: Apache-2.0
//
// The one strict YAML reader. yaml-cpp 0.7 accepts duplicate keys, recursive
// aliases and unterminated quotes; here each of them, any anchor or alias, and
// a second document are errors, and every error reads
// "FILE:LINE:COLUMN: what is wrong". Values never stand in errors, keys do.
//
//   PHIWIRE_ASSIGN_OR_RETURN(YamlNode root, ParseYaml(text, "site.yaml"));
//   PHIWIRE_RETURN_IF_ERROR(root.AllowKeys({"version", "types"}));
//   PHIWIRE_ASSIGN_OR_RETURN(double t, root.Get("threshold")->AsDouble());

#ifndef PHIWIRE_BASE_YAML_H_
#define PHIWIRE_BASE_YAML_H_

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace phiwire {

class YamlNode {
 public:
  enum class Kind { kNull, kScalar, kList, kMap };

  Kind kind() const { return kind_; }
  bool is_map() const { return kind_ == Kind::kMap; }
  bool is_list() const { return kind_ == Kind::kList; }
  bool is_scalar() const { return kind_ == Kind::kScalar; }
  bool is_null() const { return kind_ == Kind::kNull; }

  // Map access; nullptr when the key is absent or this is no map.
  const YamlNode* Get(std::string_view key) const;
  // kMap: in file order. kList: keys are empty.
  const std::vector<std::pair<std::string, YamlNode>>& entries() const {
    return entries_;
  }

  absl::StatusOr<std::string> AsString() const;
  absl::StatusOr<double> AsDouble() const;
  absl::StatusOr<std::int64_t> AsInt() const;
  absl::StatusOr<bool> AsBool() const;  // true, false only
  // A list of scalars; a single scalar is a list of one.
  absl::StatusOr<std::vector<std::string>> AsStrings() const;

  // An error at the first key that is not among them, naming those allowed.
  absl::Status AllowKeys(std::initializer_list<std::string_view> keys) const;
  std::string place() const;  // "FILE:LINE:COLUMN"
  // kInvalidArgument "FILE:LINE:COLUMN: message".
  absl::Status Error(std::string_view message) const;
  // The same at the key this node is the value of (else at the node).
  absl::Status KeyError(std::string_view message) const;

  const std::string& source() const;
  int line() const { return line_; }      // from 1
  int column() const { return column_; }  // from 1

 private:
  friend class YamlBuilder;
  friend class YamlImageCodec;
  Kind kind_ = Kind::kNull;
  std::string scalar_;
  std::vector<std::pair<std::string, YamlNode>> entries_;
  std::shared_ptr<const std::string> source_;  // shared by a file's nodes
  bool plain_ = true;  // not quoted: only a plain scalar is a number or a bool
  int line_ = 1;
  int column_ = 1;
  int key_line_ = 1;
  int key_column_ = 1;
};

// A key as it may stand in a message: quoted, one line, at most 64 bytes.
std::string ShownKey(std::string_view key);

// At most 4 MiB and 64 levels deep.
absl::StatusOr<YamlNode> ParseYaml(std::string_view text,
                                   std::string_view source_name);
absl::StatusOr<YamlNode> ReadYamlFile(std::string_view path);
// The file's text for ParseYaml, which refuses one that was cut off here.
absl::StatusOr<std::string> ReadYamlText(std::string_view path);

}  // namespace phiwire

#endif  // PHIWIRE_BASE_YAML_H_
