// SPDX-License-Identifier: Apache-2.0
//
// A JSON text (RFC 8259) as a flat row of values in document order, each with
// the byte range it is written in. simdjson finds the tokens and checks UTF-8
// and strings; the grammar is checked here, so that numbers keep their own
// spelling however long they are.
//
// Refused (kDataLoss, with a reason and a byte range): anything but one whole
// value; a depth over 128; two members of one name in an object; an escape
// that stands for no character (half a surrogate pair); a number that is none
// by the grammar (NaN, 01, +1) or longer than 4,096 bytes; a byte order mark
// (a file's is no part of its record). Limit: 4 GiB (offsets are 32 bits).
//
//   auto doc = json::Parse("{\"a\":[1,\"x\"]}");
//   doc->nodes: {..} a:[..] 1 "x";  node 1's children are 2 and 3
//
// One thread at a time; views into the text given, and into the document.

#ifndef PHIWIRE_FORMATS_JSON_DOCUMENT_H_
#define PHIWIRE_FORMATS_JSON_DOCUMENT_H_

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace phiwire::json {

enum class Kind : std::uint8_t {
  kObject,
  kArray,
  kString,
  kNumber,
  kBool,
  kNull
};

inline constexpr std::uint32_t kNoParent = 0xFFFFFFFF;

struct Node {
  // The value as written, quotes and brackets included.
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  // The name of a member, without its quotes; equal in elements of arrays.
  std::uint32_t key_begin = 0;
  std::uint32_t key_end = 0;
  std::uint32_t key_hash = 0;  // HashOf the decoded name
  std::uint32_t parent = kNoParent;
  std::uint32_t next = 0;  // index behind the value and all it holds
  Kind kind = Kind::kNull;
  bool escaped = false;  // the string has escapes
  bool key_escaped = false;
  bool has_key = false;

  bool is_container() const {
    return kind == Kind::kObject || kind == Kind::kArray;
  }
  // Where it begins with its name and the quote before that.
  std::uint32_t whole_begin() const { return has_key ? key_begin - 1 : begin; }
};

// FNV-1a, 32 bits.
constexpr std::uint32_t HashOf(std::string_view name) {
  std::uint32_t hash = 2166136261u;
  for (const char c : name) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  }
  return hash;
}

class Document {
 public:
  std::string_view text;
  std::vector<Node> nodes;  // nodes[0] is the whole

  // A string without its quotes, anything else as written.
  std::string_view Raw(const Node& node) const {
    return node.kind == Kind::kString
               ? text.substr(node.begin + 1, node.end - node.begin - 2)
               : text.substr(node.begin, node.end - node.begin);
  }
  std::string_view RawKey(const Node& node) const {
    return text.substr(node.key_begin, node.key_end - node.key_begin);
  }
  // The member of an object by its name, which has no escapes; 0: none.
  std::uint32_t Member(std::uint32_t object, std::string_view name,
                       std::uint32_t hash) const;
  std::uint32_t Member(std::uint32_t object, std::string_view name) const {
    return Member(object, name, HashOf(name));
  }
  // The text of a string member, decoded; "" when it is no string.
  std::string_view MemberText(std::uint32_t object,
                              std::string_view name) const;

 private:
  // Of members that have escapes ("http:\/\/loinc.org"); stable addresses.
  mutable std::deque<std::string> decoded_;
};

absl::StatusOr<Document> Parse(std::string_view text);

}  // namespace phiwire::json

#endif  // PHIWIRE_FORMATS_JSON_DOCUMENT_H_
