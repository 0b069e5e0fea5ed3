// SPDX-License-Identifier: Apache-2.0

#include "formats/json/collector.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/ascii.h"
#include "base/strings.h"
#include "formats/json/strings.h"

namespace phiwire::json {
namespace {

// Shorter text can't hide digits in base64 (engine/embedded.h).
constexpr std::size_t kShortestEmbedded = 16;
constexpr std::size_t kMostReserved = 4096;
constexpr std::size_t kNodesPerField = 4;

// Whether the canonical text may hold a digit.
bool MayHoldDigits(std::string_view text) {
  return text.size() >= kShortestEmbedded ||
         std::any_of(text.begin(), text.end(), [](char c) {
           return IsDigit(c) || c == '&' || c == '%' || c == '\\' || c == '=' ||
                  static_cast<unsigned char>(c) >= 0x80;
         });
}

bool IsSorted(const std::vector<Field>& fields) {
  return std::is_sorted(
      fields.begin(), fields.end(),
      [](const Field& a, const Field& b) { return a.begin < b.begin; });
}

}  // namespace

Collector::Collector(const Document& doc) : doc_(doc) {
  out_.fields.reserve(
      std::min(doc.nodes.size() / kNodesPerField + 8, kMostReserved));
}

std::string_view Collector::TextOf(const Node& node) {
  const std::string_view raw = doc_.Raw(node);
  return node.kind == Kind::kString && node.escaped
             ? decoded_.emplace_back(Decode(raw))
             : raw;
}

Field& Collector::Begin(const Node& node, std::string_view path) {
  Field& field = out_.fields.emplace_back();
  const bool string = node.kind == Kind::kString;
  field.begin = node.begin + (string ? 1u : 0u);
  field.end = node.end - (string ? 1u : 0u);
  field.path = path;
  if (string && node.escaped) {
    DecodedString decoded = DecodeWithOffsets(doc_.Raw(node), field.begin);
    field.decoded = std::move(decoded.text);
    field.offsets = std::move(decoded.offsets);
  }
  return field;
}

void Collector::Look(std::string_view text) {
  any_text_ = true;
  any_digits_ = any_digits_ || MayHoldDigits(text);
}

Field& Collector::Text(const Node& node, std::string_view path) {
  Field& field = Begin(node, path);
  Look(doc_.Raw(node));
  return field;
}

Field& Collector::Slot(const Node& node, PhiType type, SlotGrammar grammar,
                       std::string_view path) {
  Field& field = Begin(node, path);
  field.kind = FieldKind::kSlot;
  field.type = type;
  field.grammar = grammar;
  return field;
}

Field& Collector::SlotIn(const Node& node, std::size_t begin, std::size_t end,
                         PhiType type, SlotGrammar grammar,
                         std::string_view path) {
  Field& field = Slot(node, type, grammar, path);
  if (field.offsets.empty()) {
    field.end = field.begin + end;
    field.begin += begin;
    return field;
  }
  field.begin = field.offsets[begin];
  field.end = field.offsets[end];
  field.decoded = field.decoded.substr(begin, end - begin);
  field.offsets.erase(
      field.offsets.begin() + static_cast<std::ptrdiff_t>(end) + 1,
      field.offsets.end());
  field.offsets.erase(
      field.offsets.begin(),
      field.offsets.begin() + static_cast<std::ptrdiff_t>(begin));
  return field;
}

Field& Collector::Key(const Node& node, std::string_view path) {
  Field& field = out_.fields.emplace_back();
  field.begin = node.key_begin;
  field.end = node.key_end;
  field.path = path;
  if (node.key_escaped) {
    DecodedString decoded = DecodeWithOffsets(doc_.RawKey(node), field.begin);
    field.decoded = std::move(decoded.text);
    field.offsets = std::move(decoded.offsets);
  }
  Look(doc_.RawKey(node));
  return field;
}

void Collector::Add(Field field) {
  if (field.kind == FieldKind::kText) {
    Look(field.offsets.empty()
             ? doc_.text.substr(field.begin, field.end - field.begin)
             : std::string_view(field.decoded));
  }
  out_.fields.push_back(std::move(field));
}

void Collector::Keep(const Node& node, std::string_view path) {
  if (node.kind != Kind::kString || node.end - node.begin < 5) return;
  kept_.push_back({static_cast<std::uint32_t>(&node - doc_.nodes.data()),
                   std::string(path)});
}

void Collector::Known(PhiType type, std::string_view value) {
  known_.Add("PID", type, SlotGrammar::kName, value);
}

void Collector::KnownDay(std::string_view iso) {
  constexpr std::size_t kDay = 10;  // YYYY-MM-DD
  if (iso.size() < kDay || iso[4] != '-' || iso[7] != '-') return;
  days_.push_back(
      Concat({iso.substr(0, 4), iso.substr(5, 2), iso.substr(8, 2)}));
}

RecordFields Collector::Finish() {
  for (const Kept& kept : kept_) {
    const Node& node = doc_.nodes[kept.node];
    if (known_.IsRepeatedIn(TextOf(node))) Text(node, kept.path);
  }
  if (!IsSorted(out_.fields)) {
    std::sort(out_.fields.begin(), out_.fields.end(),
              [](const Field& a, const Field& b) { return a.begin < b.begin; });
  }
  if (any_text_) {
    // A day has fifty written forms: none is in a text without digits.
    if (!any_digits_) days_.clear();
    for (const std::string& day : days_) {
      known_.Add("PID", PhiType::kDate, SlotGrammar::kHl7Date, day);
    }
    out_.known = known_.Take();
  }
  return std::move(out_);
}

bool IsPlainName(std::string_view name) {
  constexpr std::size_t kMaxSize = 64;
  constexpr std::size_t kMaxDigits = 6;
  if (name.size() > kMaxSize) return false;
  std::size_t digits = 0;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    digits += IsDigit(c) ? 1 : 0;
    // "@type" is JSON-LD's, "a@b" an address.
    const bool mark = c == '_' || c == '-' || c == '.' || c == ':' ||
                      c == '$' || c == '#' || c == '/' || (c == '@' && i == 0);
    if (!letter && !IsDigit(c) && !mark) return false;
  }
  return digits <= kMaxDigits;
}

}  // namespace phiwire::json
