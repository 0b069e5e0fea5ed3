// SPDX-License-Identifier: Apache-2.0

#include "formats/json/document.h"

#include <simdjson.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include "base/ascii.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "formats/json/strings.h"

namespace phiwire::json {
namespace {

constexpr std::size_t kMaxDepth = 128;
constexpr std::size_t kMaxNumber = 4096;
constexpr std::size_t kMaxText = 0xFFFFFF00u;
// Measured on FHIR bundles: a value in some 20 to 60 bytes.
constexpr std::size_t kBytesPerNode = 24;
constexpr std::size_t kMostReserved = std::size_t{1} << 16;

absl::Status Refused(std::string_view reason, std::size_t begin,
                     std::size_t end) {
  return absl::DataLossError(
      Concat({"JSON: ", reason, " at bytes ", std::to_string(begin), "-",
              std::to_string(end)}));
}

bool IsBlank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

std::size_t SkipDigits(std::string_view s, std::size_t at) {
  return at + DigitsAt(s, at);
}

// RFC 8259 section 6.
bool IsNumber(std::string_view s) {
  std::size_t at = s.starts_with('-') ? 1 : 0;
  const std::size_t whole = SkipDigits(s, at);
  if (whole == at || (s[at] == '0' && whole > at + 1)) return false;
  at = whole;
  if (at < s.size() && s[at] == '.') {
    const std::size_t end = SkipDigits(s, at + 1);
    if (end == at + 1) return false;
    at = end;
  }
  if (at < s.size() && (s[at] == 'e' || s[at] == 'E')) {
    ++at;
    if (at < s.size() && (s[at] == '+' || s[at] == '-')) ++at;
    const std::size_t end = SkipDigits(s, at);
    if (end == at) return false;
    at = end;
  }
  return at == s.size();
}

// The tokens of a text, by simdjson's first stage: it needs no copy and no
// padding, and checks UTF-8, control characters and that strings end.
class Tokens {
 public:
  absl::Status Find(std::string_view text) {
    namespace sj = simdjson;
    if (sj::get_active_implementation()->create_dom_parser_implementation(
            std::max<std::size_t>(text.size(), 64), 1, parser_) !=
        sj::SUCCESS) {
      return absl::ResourceExhaustedError("no memory to read JSON");
    }
    const sj::error_code error =
        parser_->stage1(reinterpret_cast<const std::uint8_t*>(text.data()),
                        text.size(), sj::stage1_mode::regular);
    switch (error) {
      case sj::SUCCESS:
        return absl::OkStatus();
      case sj::UTF8_ERROR: {
        const std::size_t at = FirstInvalidUtf8(text).value_or(0);
        return Refused("invalid UTF-8", at, std::min(at + 1, text.size()));
      }
      case sj::UNCLOSED_STRING:
        return Refused("a string without end", 0, text.size());
      case sj::UNESCAPED_CHARS:
        return Refused("a control character in a string", 0, text.size());
      case sj::EMPTY:
        return Refused("no value", 0, text.size());
      default:
        return Refused("not readable", 0, text.size());
    }
  }
  std::size_t size() const { return parser_->n_structural_indexes; }
  // At size() stands the end of the text.
  const std::uint32_t* at() const { return parser_->structural_indexes.get(); }

 private:
  std::unique_ptr<simdjson::internal::dom_parser_implementation> parser_;
};

class Builder {
 public:
  explicit Builder(std::string_view text) : text_(text) {
    out_.text = text;
    out_.nodes.reserve(std::min(text.size() / kBytesPerNode, kMostReserved) +
                       4);
  }

  absl::StatusOr<Document> Build(const Tokens& tokens) {
    const std::size_t count = tokens.size();
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t at = tokens.at()[i];
      const std::uint32_t next = i + 1 < count
                                     ? tokens.at()[i + 1]
                                     : static_cast<std::uint32_t>(text_.size());
      PHIWIRE_RETURN_IF_ERROR(Take(at, next));
    }
    if (state_ != State::kDone) {
      return Refused("truncated", text_.size(), text_.size());
    }
    return std::move(out_);
  }

 private:
  enum class State {
    kValue,
    kFirstElement,  // or ]
    kFirstKey,      // or }
    kKey,
    kColon,
    kAfter,
    kDone,
  };

  absl::Status Take(std::uint32_t at, std::uint32_t next) {
    const char c = text_[at];
    switch (state_) {
      case State::kFirstElement:
        if (c == ']') return Close(at);
        [[fallthrough]];
      case State::kValue:
        return Value(c, at, next);
      case State::kFirstKey:
        if (c == '}') return Close(at);
        [[fallthrough]];
      case State::kKey:
        if (c != '"') return Refused("no member name", at, at + 1);
        return Key(at, EndOf(at, next));
      case State::kColon:
        if (c != ':') return Refused("no colon", at, at + 1);
        state_ = State::kValue;
        return absl::OkStatus();
      case State::kAfter:
        return After(c, at);
      case State::kDone:
        break;
    }
    return Refused("more than one value", at, at + 1);
  }

  absl::Status After(char c, std::uint32_t at) {
    const bool object = out_.nodes[open_.back()].kind == Kind::kObject;
    if (c == ',') {
      state_ = object ? State::kKey : State::kValue;
      return absl::OkStatus();
    }
    if (c == (object ? '}' : ']')) return Close(at);
    return Refused("neither a comma nor an end", at, at + 1);
  }

  // Behind the last byte of the token at `at`; `next` is the next token.
  std::uint32_t EndOf(std::uint32_t at, std::uint32_t next) const {
    while (next > at + 1 && IsBlank(text_[next - 1])) --next;
    return next;
  }

  absl::Status CheckEscapes(std::uint32_t begin, std::uint32_t end,
                            bool* escaped) {
    // One look at the whole text for most: escapes are rare.
    if (end <= no_escape_before_) return absl::OkStatus();
    const std::string_view raw = text_.substr(begin, end - begin);
    const std::size_t first = text_.find('\\', begin);
    if (first >= end) {
      no_escape_before_ = std::min(first, text_.size());
      return absl::OkStatus();
    }
    *escaped = true;
    if (const auto bad = FirstBadEscape(raw)) {
      return Refused("an escape of no character", begin + *bad,
                     begin + *bad + 1);
    }
    return absl::OkStatus();
  }

  absl::Status Key(std::uint32_t at, std::uint32_t end) {
    member_ = Node();
    member_.has_key = true;
    member_.key_begin = at + 1;
    member_.key_end = end - 1;
    PHIWIRE_RETURN_IF_ERROR(
        CheckEscapes(member_.key_begin, member_.key_end, &member_.key_escaped));
    const std::string_view raw = out_.RawKey(member_);
    member_.key_hash = member_.key_escaped ? HashOf(Decode(raw)) : HashOf(raw);
    state_ = State::kColon;
    return absl::OkStatus();
  }

  absl::Status Value(char c, std::uint32_t at, std::uint32_t next) {
    Node node = member_;
    member_ = Node();
    node.parent = open_.empty() ? kNoParent : open_.back();
    node.begin = at;
    node.end = EndOf(at, next);
    const auto index = static_cast<std::uint32_t>(out_.nodes.size());
    if (c == '{' || c == '[') {
      if (open_.size() == kMaxDepth) {
        return Refused("nested deeper than 128", at, at + 1);
      }
      node.kind = c == '{' ? Kind::kObject : Kind::kArray;
      out_.nodes.push_back(node);
      open_.push_back(index);
      state_ = c == '{' ? State::kFirstKey : State::kFirstElement;
      return absl::OkStatus();
    }
    PHIWIRE_RETURN_IF_ERROR(Scalar(c, &node));
    node.next = index + 1;
    out_.nodes.push_back(node);
    state_ = open_.empty() ? State::kDone : State::kAfter;
    return absl::OkStatus();
  }

  absl::Status Scalar(char c, Node* node) {
    if (c == '"') {
      node->kind = Kind::kString;
      return CheckEscapes(node->begin + 1, node->end - 1, &node->escaped);
    }
    const std::string_view word = out_.Raw(*node);
    if (word == "true" || word == "false") {
      node->kind = Kind::kBool;
    } else if (word == "null") {
      node->kind = Kind::kNull;
    } else if (!IsNumber(word)) {
      return Refused("not a value", node->begin, node->end);
    } else if (word.size() > kMaxNumber) {
      return Refused("too long a number", node->begin, node->end);
    } else {
      node->kind = Kind::kNumber;
    }
    return absl::OkStatus();
  }

  absl::Status Close(std::uint32_t at) {
    const std::uint32_t index = open_.back();
    Node& node = out_.nodes[index];
    node.end = at + 1;
    node.next = static_cast<std::uint32_t>(out_.nodes.size());
    open_.pop_back();
    state_ = open_.empty() ? State::kDone : State::kAfter;
    return node.kind == Kind::kObject ? CheckNames(index) : absl::OkStatus();
  }

  bool SameName(const Node& a, const Node& b) const {
    if (!a.key_escaped && !b.key_escaped)
      return out_.RawKey(a) == out_.RawKey(b);
    return Decode(out_.RawKey(a)) == Decode(out_.RawKey(b));
  }

  // No two members of one name: readers differ on which of them counts.
  absl::Status CheckNames(std::uint32_t object) {
    constexpr std::size_t kFew = 12;
    names_.clear();
    const std::vector<Node>& nodes = out_.nodes;
    for (std::uint32_t i = object + 1; i < nodes[object].next;
         i = nodes[i].next) {
      names_.emplace_back(nodes[i].key_hash, i);
    }
    if (names_.size() > kFew) std::sort(names_.begin(), names_.end());
    for (std::size_t i = 1; i < names_.size(); ++i) {
      for (std::size_t j = i; j-- > 0;) {
        if (names_[j].first != names_[i].first) {
          if (names_.size() > kFew) break;  // sorted: equal ones are together
          continue;
        }
        const Node& a = nodes[names_[j].second];
        const Node& b = nodes[names_[i].second];
        if (SameName(a, b)) {
          return Refused("a member twice", b.key_begin, b.key_end);
        }
      }
    }
    return absl::OkStatus();
  }

  std::string_view text_;
  Document out_;
  State state_ = State::kValue;
  Node member_;  // the name of the value to come
  std::vector<std::uint32_t> open_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> names_;
  std::size_t no_escape_before_ = 0;
};

}  // namespace

std::uint32_t Document::Member(std::uint32_t object, std::string_view name,
                               std::uint32_t hash) const {
  if (nodes[object].kind != Kind::kObject) return 0;
  for (std::uint32_t i = object + 1; i < nodes[object].next;
       i = nodes[i].next) {
    const Node& node = nodes[i];
    if (node.key_hash == hash &&
        (node.key_escaped ? Decode(RawKey(node)) == name
                          : RawKey(node) == name)) {
      return i;
    }
  }
  return 0;
}

std::string_view Document::MemberText(std::uint32_t object,
                                      std::string_view name) const {
  const std::uint32_t i = Member(object, name);
  if (i == 0 || nodes[i].kind != Kind::kString) return {};
  return nodes[i].escaped ? decoded_.emplace_back(Decode(Raw(nodes[i])))
                          : Raw(nodes[i]);
}

absl::StatusOr<Document> Parse(std::string_view text) {
  if (text.size() > kMaxText) {
    return absl::OutOfRangeError("a JSON text of over 4 GiB");
  }
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return Refused("no value", 0, text.size());
  }
  Tokens tokens;
  PHIWIRE_RETURN_IF_ERROR(tokens.Find(text));
  return Builder(text).Build(tokens);
}

}  // namespace phiwire::json
