// SPDX-License-Identifier: Apache-2.0

#include "formats/log/entry_reader.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <utility>

#include "base/ascii.h"
#include "base/status_macros.h"
#include "formats/json/collector.h"
#include "formats/json/document.h"
#include "formats/json/splice.h"
#include "formats/log/entries.h"
#include "formats/log/header.h"
#include "formats/log/parts.h"
#include "formats/log/values.h"
#include "formats/splice.h"

namespace phiwire::log {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
// How far back an edit's quotes are looked for.
constexpr std::size_t kLookBack = 4096;

// As std::string_view::find, which stops at every blank of " from ".
std::size_t Find(std::string_view text, std::string_view wanted,
                 std::size_t from) {
  const void* found = from < text.size()
                          ? ::memmem(text.data() + from, text.size() - from,
                                     wanted.data(), wanted.size())
                          : nullptr;
  return found == nullptr ? kNone
                          : static_cast<std::size_t>(
                                static_cast<const char*>(found) - text.data());
}

bool IsJsonShaped(std::string_view entry) {
  const std::size_t begin = entry.find_first_not_of(" \t\r");
  return begin != kNone && entry[begin] == '{' &&
         entry[entry.find_last_not_of(" \t\r")] == '}' &&
         entry.find('\n') == kNone;
}

// "GET /patients/48213" within a message.
void TakeTargets(std::size_t begin, std::size_t end, Parts* parts) {
  const std::string_view text = parts->entry().substr(0, end);
  std::size_t at = begin;
  while ((at = text.find('/', at)) != kNone) {
    const std::size_t slash = at++;
    if (slash == begin || text[slash - 1] != ' ') continue;
    std::size_t method = slash - 1;
    while (method > begin && text[method - 1] >= 'A' &&
           text[method - 1] <= 'Z') {
      --method;
    }
    const std::size_t letters = slash - 1 - method;
    if (letters < 3 || letters > 7) continue;  // GET to OPTIONS
    at = std::min(text.find_first_of(" ?\"'", slash), text.size());
    TakeTarget(slash, at, parts);
  }
}

// Numbers of ports and processes are nobody's.
void TakeNumbers(std::size_t begin, std::size_t end, Parts* parts) {
  const std::string_view text = parts->entry().substr(0, end);
  for (const std::string_view label : {"port ", "pid: ", "pid ", "PID "}) {
    std::size_t at = begin;
    while ((at = Find(text, label, at)) != kNone) {
      at += label.size();
      const std::size_t digits = DigitsAt(text, at);
      if (digits > 0 && digits <= 7) parts->Keep(at, at + digits);
    }
  }
}

// "Accepted publickey for jdoe from 10.0.0.1" of sshd.
void TakeLogin(std::size_t begin, std::size_t end, Parts* parts) {
  const std::string_view text = parts->entry().substr(0, end);
  const std::size_t from = Find(text, " from ", begin);
  if (from == kNone || from + 6 >= end || !IsDigit(text[from + 6])) return;
  const std::size_t space = text.rfind(' ', from - 1);
  if (space == kNone || space < begin) return;
  const std::string_view before = text.substr(begin, space + 1 - begin);
  const std::string_view user = text.substr(space + 1, from - space - 1);
  if (!before.ends_with(" for ") && !before.ends_with(" user ")) return;
  if (IsNoValue(user) || IsServiceAccount(user) || user == "user") return;
  parts->Slot(space + 1, from, PhiType::kUsername, "user");
  parts->Known(PhiType::kUsername, user);
}

void TakeLine(std::size_t begin, std::size_t end, Keys* keys, Parts* parts) {
  const std::string_view line = parts->entry().substr(begin, end - begin);
  if (begin > 0 && !line.empty() && IsFrame(line)) {
    parts->Keep(begin, end);
    return;
  }
  if (line.find('=') != kNone) TakePairs(begin, end, keys, parts);
}

// An object's leaf, by its key.
void TakeLeaf(const json::Document& doc, const json::Node& node, Keys* keys,
              json::Collector* out, std::vector<KnownValue>* users) {
  const std::string_view name = node.has_key ? doc.RawKey(node) : "";
  const std::string_view value = out->TextOf(node);
  const std::string path(json::IsPlainName(name) ? name : "entry");
  const Key key = name.empty() ? Key{} : keys->Of(name);
  switch (key.use) {
    case KeyUse::kTime: {
      if (node.kind == json::Kind::kNumber) return;
      const Stamp stamp = StampAt(value, 0);
      if (stamp.end == 0) break;
      out->SlotIn(node, stamp.day_begin, stamp.day_end, PhiType::kDate,
                  SlotGrammar::kFreeText, "time");
      return;
    }
    case KeyUse::kRequest:
      if (!ColumnMayKeep(value) && !IsUuid(value)) break;
      out->Slot(node, PhiType::kId, SlotGrammar::kFreeText, "request_id");
      return;
    case KeyUse::kOwn:
    case KeyUse::kKeep:
      if (!ColumnMayKeep(value)) break;
      out->Keep(node, path);
      return;
    case KeyUse::kSlot: {
      if (IsNoValue(value) ||
          (key.rule.type == PhiType::kUsername && IsServiceAccount(value))) {
        break;
      }
      Field& field =
          out->Slot(node, key.rule.type, SlotGrammar::kFreeText, path);
      field.part = key.rule.part;
      if (key.rule.type == PhiType::kUsername) {
        users->push_back({std::string(value), PhiType::kUsername});
      } else {
        out->Known(key.rule.type, value);
      }
      if (key.rule.subject_rank > 0 && out->out().subjects.empty()) {
        out->out().subjects.emplace_back(value);
      }
      return;
    }
    case KeyUse::kText:
      break;
  }
  if (node.kind == json::Kind::kString || node.kind == json::Kind::kNumber) {
    out->Text(node, path);
  }
}

// What quotes or target an edit lies in.
enum class Within { kProse, kQuotes, kLiteral, kTarget };

Within WithinOf(std::string_view entry, const Edit& edit) {
  const bool literal = edit.begin > 0 && edit.end < entry.size() &&
                       entry[edit.begin - 1] == '\'' && entry[edit.end] == '\'';
  if (literal) return Within::kLiteral;
  for (std::size_t i = edit.begin; i > 0; --i) {
    const char c = entry[i - 1];
    if (c == '?' || c == '&') return Within::kTarget;
    if (c == ' ' || c == '"' || c == '\'' || c == '\n' || c == '\t') break;
    if (edit.begin - i > kLookBack) break;
  }
  bool inside = false;
  const std::size_t from = edit.begin - std::min(edit.begin, kLookBack);
  const std::size_t feed = entry.substr(from, edit.begin - from).rfind('\n');
  const std::size_t line = feed == kNone ? from : from + feed + 1;
  for (std::size_t i = line; i < edit.begin; ++i) {
    if (entry[i] == '\\') {
      ++i;
    } else if (entry[i] == '"') {
      inside = !inside;
    }
  }
  return inside ? Within::kQuotes : Within::kProse;
}

std::string Escape(std::string_view text, Within within) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const char plain = byte < 0x20 || byte == 0x7F ? ' ' : c;
    if (within == Within::kLiteral && plain == '\'') {
      out += "''";
    } else if (within == Within::kQuotes && (plain == '"' || plain == '\\')) {
      out += '\\';
      out += plain;
    } else if (within == Within::kTarget && plain == ' ') {
      out += "%20";
    } else if (within == Within::kTarget && plain == '&') {
      out += "%26";
    } else if (within == Within::kTarget && (plain == '"' || plain == '\\')) {
      out += '\'';
    } else {
      out += plain;
    }
  }
  return out;
}

bool NeedsEscape(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == 0x7F || c == '"' || c == '\'' || c == '\\' ||
           c == '&';
  });
}

RecordFields ReadParts(std::string_view entry, Keys* keys) {
  Parts parts(entry);
  std::size_t end = std::min(entry.find('\n'), entry.size());
  if (!TakeAccess(end, keys, &parts)) {
    const std::size_t at = TakeHeader(end, &parts);
    TakePairs(at, end, keys, &parts);
    TakeTargets(at, end, &parts);
    TakeNumbers(at, end, &parts);
    TakeLogin(at, end, &parts);
  }
  while (end < entry.size()) {
    const std::size_t begin = end + 1;
    end = std::min(entry.find('\n', begin), entry.size());
    TakeLine(begin, end, keys, &parts);
  }
  TakeSql(0, entry.size(), keys, &parts);
  return parts.Finish();
}

std::optional<RecordFields> ReadJson(std::string_view entry, Keys* keys) {
  if (!IsJsonShaped(entry)) return std::nullopt;
  const auto doc = json::Parse(entry);
  if (!doc.ok()) return std::nullopt;
  json::Collector out(*doc);
  std::vector<KnownValue> users;
  for (const json::Node& node : doc->nodes) {
    if (node.has_key && !json::IsPlainName(doc->RawKey(node))) {
      out.Key(node, "entry");
    }
    if (!node.is_container()) TakeLeaf(*doc, node, keys, &out, &users);
  }
  RecordFields fields = out.Finish();
  for (KnownValue& user : users) fields.known.push_back(std::move(user));
  return fields;
}

}  // namespace

json::KeyClasses LearnKeys(std::string_view head) {
  Keys keys;
  for (const RecordRange& range : SplitLogEntries(head)) {
    const auto entry = head.substr(range.begin, range.end - range.begin);
    if (!ReadJson(entry, &keys)) ReadParts(entry, &keys);
  }
  return keys.classes();
}

RecordFields ReadEntry(std::string_view entry, const json::KeyClasses* known) {
  Keys keys(known);
  return ReadParts(entry, &keys);
}

std::optional<RecordFields> ReadJsonEntry(std::string_view entry,
                                          const json::KeyClasses* known) {
  Keys keys(known);
  return ReadJson(entry, &keys);
}

absl::StatusOr<std::string> WriteEdits(std::string_view entry,
                                       std::span<const Edit> edits) {
  if (IsJsonShaped(entry) && json::Parse(entry).ok()) {
    return json::Splice(entry, edits);
  }
  PHIWIRE_RETURN_IF_ERROR(CheckEdits(entry, edits));
  std::string out;
  out.reserve(entry.size());
  std::size_t copied = 0;
  for (const Edit& edit : edits) {
    out.append(entry.substr(copied, edit.begin - copied));
    out += NeedsEscape(edit.text) ? Escape(edit.text, WithinOf(entry, edit))
                                  : edit.text;
    copied = edit.end;
  }
  out.append(entry.substr(copied));
  return out;
}

}  // namespace phiwire::log
