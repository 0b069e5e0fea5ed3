// SPDX-License-Identifier: Apache-2.0

#include "formats/log/parts.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/ascii.h"
#include "formats/hl7v2/known_values.h"

namespace phiwire::log {
namespace {

constexpr std::size_t kLongestWord = 12;
constexpr std::size_t kShortestUser = 4;

bool IsWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || IsDigit(c) ||
         static_cast<unsigned char>(c) >= 0x80;
}

template <std::size_t N>
bool IsOneOf(std::string_view value, const std::string_view (&words)[N]) {
  if (value.size() > kLongestWord) return false;
  std::array<char, kLongestWord> lower{};
  std::transform(value.begin(), value.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  const std::string_view folded(lower.data(), value.size());
  return std::find(std::begin(words), std::end(words), folded) !=
         std::end(words);
}

}  // namespace

bool IsNoValue(std::string_view value) {
  static constexpr std::string_view kWords[] = {
      "",      "-",   "--",  "null", "none",    "nil",       "true",
      "false", "n/a", "na",  "0",    "unknown", "undefined", "<nil>",
      "{}",    "[]",  "yes", "no",   "?",       "*",         "empty"};
  return IsOneOf(value, kWords);
}

bool IsServiceAccount(std::string_view value) {
  static constexpr std::string_view kWords[] = {
      "root",   "admin",    "system", "anonymous", "guest",  "nobody",
      "daemon", "postgres", "mysql",  "www-data",  "nginx",  "apache",
      "app",    "service",  "user",   "default",   "backup", "cron",
      "redis",  "rabbitmq", "oracle", "sa",        "git",    "jenkins",
      "tomcat", "public",   "test",   "operator",  "sshd",   "celery"};
  return IsOneOf(value, kWords);
}

Field& Parts::Slot(std::size_t begin, std::size_t end, PhiType type,
                   std::string_view path) {
  Field& field = out_.fields.emplace_back();
  field.begin = begin;
  field.end = end;
  field.kind = FieldKind::kSlot;
  field.type = type;
  field.path = path;
  return field;
}

void Parts::Keep(std::size_t begin, std::size_t end) {
  if (begin < end) kept_.push_back({begin, end});
}

Field& Parts::Text(std::size_t begin, std::size_t end, std::string_view path) {
  Field& field = out_.fields.emplace_back();
  field.begin = begin;
  field.end = end;
  field.path = path;
  return field;
}

void Parts::Known(PhiType type, std::string_view value) {
  if (type == PhiType::kUsername) {
    if (value.size() >= kShortestUser && !IsServiceAccount(value)) {
      out_.known.push_back({std::string(value), type});
    }
    return;
  }
  hl7v2::KnownValues known;
  known.Add("PID", type, SlotGrammar::kName, value);
  for (KnownValue& each : known.Take()) out_.known.push_back(std::move(each));
}

void Parts::Subject(int rank, std::string_view id) {
  if (rank <= subject_rank_) return;
  subject_rank_ = rank;
  out_.subjects.assign(1, std::string(id));
}

// Marks alone say nothing.
void Parts::PutText(std::size_t begin, std::size_t end,
                    std::vector<Field>* fields) {
  while (begin < end && !IsWordByte(entry_[begin]) && entry_[begin] != '[' &&
         entry_[begin] != '(' && entry_[begin] != '"') {
    ++begin;
  }
  const std::string_view text = entry_.substr(begin, end - begin);
  if (std::none_of(text.begin(), text.end(), IsWordByte)) return;
  Field& field = fields->emplace_back();
  field.begin = begin;
  field.end = end;
  field.path = "entry";
  // One line in, one line out, whatever is found over a line end.
  for (std::size_t at = begin;
       (at = entry_.substr(0, end).find('\n', at)) != std::string_view::npos;
       ++at) {
    field.gaps.push_back({at, at + 1});
  }
}

RecordFields Parts::Finish() {
  const auto by_begin = [](const auto& a, const auto& b) {
    return a.begin < b.begin;
  };
  std::stable_sort(out_.fields.begin(), out_.fields.end(), by_begin);
  std::sort(kept_.begin(), kept_.end(), by_begin);
  std::vector<Field> all;
  all.reserve(2 * (out_.fields.size() + kept_.size()) + 1);
  std::size_t at = 0;
  auto kept = kept_.begin();
  auto field = out_.fields.begin();
  while (kept != kept_.end() || field != out_.fields.end()) {
    const bool keeps = kept != kept_.end() && (field == out_.fields.end() ||
                                               kept->begin < field->begin);
    const std::size_t begin = keeps ? kept->begin : field->begin;
    const std::size_t end = keeps ? kept->end : field->end;
    if (begin >= at && begin < end) {
      PutText(at, begin, &all);
      if (!keeps) all.push_back(std::move(*field));
      at = end;
    }
    if (keeps) {
      ++kept;
    } else {
      ++field;
    }
  }
  PutText(at, entry_.size(), &all);
  out_.fields = std::move(all);
  return std::move(out_);
}

}  // namespace phiwire::log
