// SPDX-License-Identifier: Apache-2.0
//
// Reading the tree; yaml.cc makes it.

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <optional>
#include <system_error>

#include "base/status_macros.h"
#include "base/strings.h"
#include "base/yaml.h"

namespace phiwire {
namespace {

constexpr std::size_t kMaxShownKey = 64;  // bytes of a key in a message

absl::Status PlacedError(std::string_view source, int line, int column,
                         std::string_view message) {
  return absl::InvalidArgumentError(
      Concat({source, ":", std::to_string(line), ":", std::to_string(column),
              ": ", message}));
}

template <typename T>
std::optional<T> ParseNumber(std::string_view text) {
  T value{};
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value);
  if (result.ec != std::errc() || result.ptr != end) return std::nullopt;
  return value;
}

}  // namespace

std::string ShownKey(std::string_view key) {
  std::size_t size = key.size();
  if (size > kMaxShownKey) {
    size = kMaxShownKey;
    while (size > 0 && (static_cast<unsigned char>(key[size]) & 0xC0) == 0x80) {
      --size;
    }
  }
  std::string out = "\"";
  for (char c : key.substr(0, size)) {
    const auto byte = static_cast<unsigned char>(c);
    out += byte < 0x20 || byte == 0x7F ? '?' : c;
  }
  return out + (size < key.size() ? "...\"" : "\"");
}

const std::string& YamlNode::source() const {
  static const std::string kNone;
  return source_ == nullptr ? kNone : *source_;
}

const YamlNode* YamlNode::Get(std::string_view key) const {
  if (!is_map()) return nullptr;
  for (const auto& [name, value] : entries_) {
    if (name == key) return &value;
  }
  return nullptr;
}

std::string YamlNode::place() const {
  return Concat(
      {source(), ":", std::to_string(line_), ":", std::to_string(column_)});
}

absl::Status YamlNode::Error(std::string_view message) const {
  return PlacedError(source(), line_, column_, message);
}

absl::Status YamlNode::KeyError(std::string_view message) const {
  return PlacedError(source(), key_line_, key_column_, message);
}

absl::StatusOr<std::string> YamlNode::AsString() const {
  if (!is_scalar()) return Error("expected text");
  return scalar_;
}

absl::StatusOr<double> YamlNode::AsDouble() const {
  const auto value =
      is_scalar() && plain_ ? ParseNumber<double>(scalar_) : std::nullopt;
  if (!value || !std::isfinite(*value)) return Error("expected a number");
  return *value;
}

absl::StatusOr<std::int64_t> YamlNode::AsInt() const {
  const auto value =
      is_scalar() && plain_ ? ParseNumber<std::int64_t>(scalar_) : std::nullopt;
  if (!value) return Error("expected a whole number");
  return *value;
}

absl::StatusOr<bool> YamlNode::AsBool() const {
  if (is_scalar() && plain_ && scalar_ == "true") return true;
  if (is_scalar() && plain_ && scalar_ == "false") return false;
  return Error("expected true or false");
}

absl::StatusOr<std::vector<std::string>> YamlNode::AsStrings() const {
  if (is_scalar()) return std::vector<std::string>{scalar_};
  if (!is_list()) return Error("expected a list of texts");
  std::vector<std::string> out;
  out.reserve(entries_.size());
  for (const auto& [unused, value] : entries_) {
    PHIWIRE_ASSIGN_OR_RETURN(std::string text, value.AsString());
    out.push_back(std::move(text));
  }
  return out;
}

absl::Status YamlNode::AllowKeys(
    std::initializer_list<std::string_view> keys) const {
  if (!is_map()) return Error("expected a map");
  for (const auto& [name, value] : entries_) {
    if (std::find(keys.begin(), keys.end(), name) != keys.end()) continue;
    std::string list;
    for (std::string_view key : keys) {
      list += Concat({list.empty() ? "" : ", ", key});
    }
    return value.KeyError(
        Concat({"unknown key ", ShownKey(name), "; known: ", list}));
  }
  return absl::OkStatus();
}

}  // namespace phiwire
