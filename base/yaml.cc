// SPDX-License-Identifier: Apache-2.0

#include "base/yaml.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <fstream>
#include <istream>
#include <memory>
#include <optional>
#include <streambuf>
#include <system_error>
#include <unordered_set>

#include "base/status_macros.h"
#include "base/strings.h"
#include "unicode/utf8.h"
#include "yaml-cpp/eventhandler.h"
#include "yaml-cpp/exceptions.h"
#include "yaml-cpp/mark.h"
#include "yaml-cpp/parser.h"

namespace phiwire {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{4} << 20;
constexpr std::size_t kMaxDepth = 64;
constexpr std::size_t kReadBytes = std::size_t{64} << 10;  // at a time

struct Place {
  int line = 1;
  int column = 1;
};

absl::Status ErrorAt(std::string_view source, Place place,
                     std::string_view message) {
  return absl::InvalidArgumentError(
      Concat({source, ":", std::to_string(place.line), ":",
              std::to_string(place.column), ": ", message}));
}

Place PlaceOf(std::string_view text, std::size_t offset) {
  Place place;
  for (char c : text.substr(0, offset)) {
    if (c == '\n') {
      ++place.line;
      place.column = 1;
    } else {
      ++place.column;
    }
  }
  return place;
}

// yaml-cpp mends bad UTF-8, takes U+0004 for the end of the file and 0xFF 0xFE
// for UTF-16, so none of them gets there.
absl::Status CheckCharacters(std::string_view text, std::string_view source) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  std::int32_t i = 0;
  while (i < size) {
    const std::int32_t begin = i;
    UChar32 c = 0;
    U8_NEXT(bytes, i, size, c);
    const bool control =
        (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
    if (c >= 0 && !control) continue;
    return ErrorAt(source, PlaceOf(text, static_cast<std::size_t>(begin)),
                   c < 0 ? "invalid UTF-8" : "control character");
  }
  return absl::OkStatus();
}

// yaml-cpp's own check looks at some places only.
absl::Status CheckIndentation(std::string_view text, std::string_view source) {
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::size_t tab = text.find_first_not_of(' ', begin);
    const std::size_t word = text.find_first_not_of(" \t\r", begin);
    if (word < end && tab < word && text[tab] == '\t') {
      return ErrorAt(source, PlaceOf(text, tab), "tab in the indentation");
    }
    begin = end + 1;
  }
  return absl::OkStatus();
}

// Does the quoted scalar that begins at `begin` end?
bool QuoteCloses(std::string_view text, std::size_t begin) {
  const char quote = text[begin];
  for (std::size_t i = begin + 1; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      if (quote == '"' || i + 1 >= text.size() || text[i + 1] != quote) {
        return true;
      }
      ++i;
    }
  }
  return false;
}

// Reads memory without the copy that std::istringstream makes.
class ViewBuffer : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    char* data = const_cast<char*>(text.data());  // only read from
    setg(data, data, data + text.size());
  }
};

}  // namespace

// Builds the tree from yaml-cpp's events and keeps the first error; nothing
// after it is taken in.
class YamlBuilder : public YAML::EventHandler {
 public:
  YamlBuilder(std::string_view text, std::string_view source)
      : text_(text), source_(std::make_shared<const std::string>(source)) {}

  const absl::Status& status() const { return status_; }
  YamlNode TakeRoot() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ > 0) Fail(mark, "a second document");
  }
  void OnDocumentEnd() override {}
  void OnAnchor(const YAML::Mark& mark, const std::string&) override {
    Fail(mark, "anchors are not allowed");
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    Fail(mark, "aliases are not allowed");
  }

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (!Admit(mark, "?", anchor)) return;
    if (WantsKey()) return Fail(mark, "a key must be text");
    YamlNode node = NewNode(mark, YamlNode::Kind::kNull);
    // Where nothing is written yaml-cpp's mark is that of the next token.
    if (!open_.empty() && open_.back().node.is_map()) {
      node.line_ = open_.back().key_place.line;
      node.column_ = open_.back().key_place.column;
    }
    Attach(std::move(node));
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag,
                YAML::anchor_t anchor, const std::string& value) override {
    if (!Admit(mark, tag, anchor)) return;
    const std::size_t at = static_cast<std::size_t>(mark.pos);
    const bool quoted =
        at < text_.size() && (text_[at] == '"' || text_[at] == '\'');
    if (quoted && !QuoteCloses(text_, at)) {
      return Fail(mark, "the quote is never closed");
    }
    if (WantsKey()) return TakeKey(mark, value);
    YamlNode node = NewNode(mark, YamlNode::Kind::kScalar);
    node.scalar_ = value;
    node.plain_ = tag != "!";
    Attach(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag,
                       YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    Open(mark, tag, anchor, YamlNode::Kind::kList);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag,
                  YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    Open(mark, tag, anchor, YamlNode::Kind::kMap);
  }
  void OnSequenceEnd() override { Close(); }
  void OnMapEnd() override { Close(); }

 private:
  struct Level {
    YamlNode node;
    std::optional<std::string> key;  // read, its value still to come
    Place key_place;
    std::unordered_set<std::string> seen;
  };

  void Fail(const YAML::Mark& mark, std::string_view message) {
    if (!status_.ok()) return;
    status_ = ErrorAt(*source_, {mark.line + 1, mark.column + 1}, message);
  }

  bool Admit(const YAML::Mark& mark, const std::string& tag,
             YAML::anchor_t anchor) {
    const std::size_t at = static_cast<std::size_t>(mark.pos);
    if (anchor != YAML::NullAnchor) {
      Fail(mark, "anchors are not allowed");
    } else if ((!tag.empty() && tag != "?" && tag != "!") ||
               (at < text_.size() && text_[at] == '!')) {
      Fail(mark, "tags are not allowed");
    }
    return status_.ok();
  }

  bool WantsKey() const {
    return !open_.empty() && open_.back().node.is_map() &&
           !open_.back().key.has_value();
  }

  void TakeKey(const YAML::Mark& mark, const std::string& key) {
    Level& level = open_.back();
    if (!level.seen.insert(key).second) {
      return Fail(mark, Concat({"duplicate key ", ShownKey(key)}));
    }
    level.key = key;
    level.key_place = {mark.line + 1, mark.column + 1};
  }

  YamlNode NewNode(const YAML::Mark& mark, YamlNode::Kind kind) const {
    YamlNode node;
    node.kind_ = kind;
    node.source_ = source_;
    node.line_ = node.key_line_ = mark.line + 1;
    node.column_ = node.key_column_ = mark.column + 1;
    return node;
  }

  void Open(const YAML::Mark& mark, const std::string& tag,
            YAML::anchor_t anchor, YamlNode::Kind kind) {
    if (!Admit(mark, tag, anchor)) return;
    if (WantsKey()) return Fail(mark, "a key must be text");
    if (open_.size() >= kMaxDepth) {
      return Fail(mark, "nested more than 64 levels deep");
    }
    open_.push_back({NewNode(mark, kind), std::nullopt, Place(), {}});
  }

  void Close() {
    if (!status_.ok()) return;
    YamlNode node = std::move(open_.back().node);
    open_.pop_back();
    Attach(std::move(node));
  }

  void Attach(YamlNode node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Level& level = open_.back();
    std::string key;
    if (level.key.has_value()) {
      key = std::move(*level.key);
      level.key.reset();
      node.key_line_ = level.key_place.line;
      node.key_column_ = level.key_place.column;
    }
    level.node.entries_.emplace_back(std::move(key), std::move(node));
  }

  const std::string_view text_;
  const std::shared_ptr<const std::string> source_;
  std::vector<Level> open_;
  YamlNode root_;
  int documents_ = 0;
  absl::Status status_;
};

namespace {

absl::Status RunParser(std::string_view text, std::string_view source,
                       YamlBuilder* builder) {
  try {
    ViewBuffer buffer(text);
    std::istream stream(&buffer);
    YAML::Parser parser(stream);
    // The second call finds a second document, or what the first left over.
    if (parser.HandleNextDocument(*builder) && builder->status().ok()) {
      parser.HandleNextDocument(*builder);
    }
  } catch (const YAML::Exception& e) {
    if (!builder->status().ok()) return builder->status();
    // What follows a colon in yaml-cpp's texts is out of the file.
    const std::string_view what = e.msg;
    return ErrorAt(source, {e.mark.line + 1, e.mark.column + 1},
                   Concat({"not YAML: ", what.substr(0, what.find(':'))}));
  } catch (const std::exception&) {
    return absl::InternalError(Concat({source, ": the YAML reader failed"}));
  }
  return builder->status();
}

}  // namespace

absl::StatusOr<YamlNode> ParseYaml(std::string_view text,
                                   std::string_view source_name) {
  if (text.size() > kMaxBytes) {
    return absl::InvalidArgumentError(
        Concat({source_name, ": larger than 4 MiB"}));
  }
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  PHIWIRE_RETURN_IF_ERROR(CheckCharacters(text, source_name));
  PHIWIRE_RETURN_IF_ERROR(CheckIndentation(text, source_name));
  YamlBuilder builder(text, source_name);
  PHIWIRE_RETURN_IF_ERROR(RunParser(text, source_name, &builder));
  YamlNode root = builder.TakeRoot();
  if (root.source().empty()) {  // no document: a null that knows its file
    YamlBuilder empty("", source_name);
    empty.OnNull(YAML::Mark(), YAML::NullAnchor);
    root = empty.TakeRoot();
  }
  return root;
}

absl::StatusOr<std::string> ReadYamlText(std::string_view path) {
  const std::filesystem::path file{std::string(path)};
  std::error_code error;
  std::ifstream in(file, std::ios::binary);
  if (!in || std::filesystem::is_directory(file, error)) {
    return absl::NotFoundError(Concat({path, ": no readable file"}));
  }
  // A pipe has no size, and a file may grow: read until it ends.
  std::string text;
  std::size_t done = 0;
  while (in && done <= kMaxBytes) {
    text.resize(std::min(kMaxBytes + 1, done + kReadBytes));
    in.read(text.data() + done,
            static_cast<std::streamsize>(text.size() - done));
    done += static_cast<std::size_t>(in.gcount());
  }
  if (in.bad()) {
    return absl::NotFoundError(Concat({path, ": no readable file"}));
  }
  text.resize(done);
  return text;
}

absl::StatusOr<YamlNode> ReadYamlFile(std::string_view path) {
  PHIWIRE_ASSIGN_OR_RETURN(const std::string text, ReadYamlText(path));
  return ParseYaml(text, path);
}

}  // namespace phiwire
