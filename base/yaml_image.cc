// SPDX-License-Identifier: Apache-2.0

#include "base/yaml_image.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>

#include "base/checksum.h"
#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire {
namespace {

constexpr ImageKind kKind = {"PHIWYAML", 1};
constexpr int kMaxDepth = 64;  // as in ParseYaml

// Numbers in groups of seven bits, least first; texts after their length.
void PutNumber(std::uint64_t value, std::string* out) {
  for (; value >= 0x80; value >>= 7) {
    out->push_back(static_cast<char>(0x80 | (value & 0x7F)));
  }
  out->push_back(static_cast<char>(value));
}

void PutText(std::string_view text, std::string* out) {
  PutNumber(text.size(), out);
  out->append(text);
}

// Reads what Put wrote. After the first thing that is not right it is not
// ok(), and all it gives is 0 or empty.
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : rest_(bytes) {}

  std::uint64_t Number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 63 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= std::uint64_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) return value;
    }
    return Fail();
  }
  std::string_view Text() {
    const std::uint64_t size = Number();
    if (size > rest_.size()) {
      Fail();
      return {};
    }
    const std::string_view text = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return text;
  }
  int Place() { return static_cast<int>(Number() & 0x7FFFFFFF); }
  // Of things that take a byte or more.
  std::size_t Count() {
    const std::uint64_t count = Number();
    return count > rest_.size() ? Fail() : count;
  }
  std::uint64_t Fail() {
    ok_ = false;
    rest_ = {};
    return 0;
  }
  bool ok() const { return ok_; }
  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace

// What the image holds of a node: all but the name of its file.
class YamlImageCodec {
 public:
  static void Put(const YamlNode& node, std::string* out) {
    const unsigned kind = static_cast<unsigned>(node.kind_);
    PutNumber(kind << 1 | (node.plain_ ? 1u : 0u), out);
    for (int n : {node.line_, node.column_, node.key_line_, node.key_column_}) {
      PutNumber(static_cast<std::uint64_t>(n), out);
    }
    PutText(node.scalar_, out);
    PutNumber(node.entries_.size(), out);
    for (const auto& [key, value] : node.entries_) {
      PutText(key, out);
      Put(value, out);
    }
  }

  static void Get(const std::shared_ptr<const std::string>& source, int depth,
                  Cursor* in, YamlNode* node) {
    const std::uint64_t kind = in->Number();
    if (kind >> 1 > static_cast<unsigned>(YamlNode::Kind::kMap) ||
        depth > kMaxDepth) {
      in->Fail();
      return;
    }
    node->kind_ = static_cast<YamlNode::Kind>(kind >> 1);
    node->plain_ = (kind & 1) != 0;
    node->source_ = source;
    node->line_ = in->Place();
    node->column_ = in->Place();
    node->key_line_ = in->Place();
    node->key_column_ = in->Place();
    node->scalar_ = in->Text();
    const std::size_t count = in->Count();
    node->entries_.reserve(count);
    for (std::size_t i = 0; i < count && in->ok(); ++i) {
      auto& [key, value] = node->entries_.emplace_back(in->Text(), YamlNode());
      Get(source, depth + 1, in, &value);
    }
  }
};

absl::StatusOr<std::string> MakeYamlImage(std::span<const NamedText> files) {
  std::string body;
  PutNumber(files.size(), &body);
  for (const NamedText& file : files) {
    PHIWIRE_ASSIGN_OR_RETURN(const YamlNode root,
                             ParseYaml(file.text, file.name));
    std::string tree;
    YamlImageCodec::Put(root, &tree);
    PutText(file.name, &body);
    PutNumber(Checksum(file.text) >> 1, &body);  // numbers have 63 bits
    PutText(tree, &body);
  }
  return MakeImage(kKind, 0, body);
}

YamlFolder::YamlFolder(std::string_view folder)
    : folder_(folder),
      image_(Image::Open(Concat({folder, "/yaml.bin"}), kKind)) {
  if (!image_) return;
  Cursor in(image_->body());
  for (std::size_t left = in.Count(); left > 0 && in.ok(); --left) {
    const std::string_view name = in.Text();
    const std::uint64_t checksum = in.Number();
    entries_[name] = {checksum, in.Text()};
  }
  if (!in.ok() || !in.at_end()) entries_.clear();
}

std::optional<YamlNode> YamlFolder::FromImage(std::string_view name,
                                              std::string_view text) const {
  const auto entry = entries_.find(name);
  if (entry == entries_.end() ||
      entry->second.text_checksum != Checksum(text) >> 1) {
    return std::nullopt;
  }
  Cursor in(entry->second.tree);
  YamlNode root;
  const auto source =
      std::make_shared<const std::string>(Concat({folder_, "/", name}));
  YamlImageCodec::Get(source, 0, &in, &root);
  if (!in.ok() || !in.at_end()) return std::nullopt;
  return root;
}

absl::StatusOr<YamlNode> YamlFolder::Read(std::string_view name,
                                          bool* as_built) const {
  const std::string path = Concat({folder_, "/", name});
  PHIWIRE_ASSIGN_OR_RETURN(const std::string text, ReadYamlText(path));
  std::optional<YamlNode> root = FromImage(name, text);
  if (as_built != nullptr) *as_built = root.has_value();
  if (root) return *std::move(root);
  return ParseYaml(text, path);
}

}  // namespace phiwire
