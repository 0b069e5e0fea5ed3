// SPDX-License-Identifier: Apache-2.0

#include "formats/log/keys.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "formats/json/document.h"

namespace phiwire::log {
namespace {

constexpr std::size_t kLongest = 24;

struct Own {
  std::string_view name;  // lower case, without - _ . and @
  KeyUse use;
};

// Names that mean something else in logs than in tables are kText:
// "name" is a pod's or a logger's, "id" anything's.
constexpr Own kOwn[] = {
    {"account", KeyUse::kText},
    {"addr", KeyUse::kText},
    {"address", KeyUse::kText},
    {"app", KeyUse::kOwn},
    {"asctime", KeyUse::kTime},
    {"attempt", KeyUse::kOwn},
    {"branch", KeyUse::kText},
    {"build", KeyUse::kOwn},
    {"bytes", KeyUse::kOwn},
    {"caller", KeyUse::kOwn},
    {"class", KeyUse::kOwn},
    {"code", KeyUse::kOwn},
    {"commit", KeyUse::kOwn},
    {"component", KeyUse::kOwn},
    {"container", KeyUse::kText},
    {"contact", KeyUse::kText},
    {"correlationid", KeyUse::kRequest},
    {"count", KeyUse::kOwn},
    {"date", KeyUse::kText},
    {"dur", KeyUse::kOwn},
    {"duration", KeyUse::kOwn},
    {"durationms", KeyUse::kOwn},
    {"elapsed", KeyUse::kOwn},
    {"elapsedms", KeyUse::kOwn},
    {"env", KeyUse::kOwn},
    {"facility", KeyUse::kOwn},
    {"file", KeyUse::kText},
    {"first", KeyUse::kText},
    {"func", KeyUse::kOwn},
    {"function", KeyUse::kOwn},
    {"host", KeyUse::kText},
    {"hostname", KeyUse::kText},
    {"id", KeyUse::kText},
    {"instance", KeyUse::kText},
    {"job", KeyUse::kText},
    {"key", KeyUse::kText},
    {"last", KeyUse::kText},
    {"latency", KeyUse::kOwn},
    {"latencyms", KeyUse::kOwn},
    {"level", KeyUse::kOwn},
    {"levelname", KeyUse::kOwn},
    {"line", KeyUse::kOwn},
    {"lineno", KeyUse::kOwn},
    {"location", KeyUse::kText},
    {"logger", KeyUse::kOwn},
    {"loggername", KeyUse::kOwn},
    {"lvl", KeyUse::kOwn},
    {"message", KeyUse::kText},
    {"method", KeyUse::kOwn},
    {"module", KeyUse::kOwn},
    {"msg", KeyUse::kText},
    {"name", KeyUse::kText},
    {"namespace", KeyUse::kOwn},
    {"node", KeyUse::kText},
    {"number", KeyUse::kText},
    {"offset", KeyUse::kOwn},
    {"parentspanid", KeyUse::kRequest},
    {"partition", KeyUse::kOwn},
    {"path", KeyUse::kText},
    {"pid", KeyUse::kOwn},
    {"pod", KeyUse::kText},
    {"port", KeyUse::kOwn},
    {"process", KeyUse::kOwn},
    {"processid", KeyUse::kOwn},
    {"processname", KeyUse::kOwn},
    {"program", KeyUse::kOwn},
    {"reqid", KeyUse::kRequest},
    {"requestid", KeyUse::kRequest},
    {"retries", KeyUse::kOwn},
    {"rows", KeyUse::kOwn},
    {"rid", KeyUse::kRequest},
    {"service", KeyUse::kOwn},
    {"servicename", KeyUse::kOwn},
    {"severity", KeyUse::kOwn},
    {"size", KeyUse::kOwn},
    {"source", KeyUse::kText},
    {"spanid", KeyUse::kRequest},
    {"state", KeyUse::kOwn},
    {"status", KeyUse::kOwn},
    {"statuscode", KeyUse::kOwn},
    {"thread", KeyUse::kOwn},
    {"threadid", KeyUse::kOwn},
    {"threadname", KeyUse::kOwn},
    {"tid", KeyUse::kOwn},
    {"time", KeyUse::kTime},
    {"timestamp", KeyUse::kTime},
    {"title", KeyUse::kText},
    {"took", KeyUse::kOwn},
    {"topic", KeyUse::kOwn},
    {"traceid", KeyUse::kRequest},
    {"ts", KeyUse::kTime},
    {"type", KeyUse::kOwn},
    {"url", KeyUse::kText},
    {"uri", KeyUse::kText},
    {"value", KeyUse::kText},
    {"version", KeyUse::kOwn},
    {"xcorrelationid", KeyUse::kRequest},
    {"xrequestid", KeyUse::kRequest},
};

constexpr auto kSorted = [] {
  std::array<Own, std::size(kOwn)> sorted{};
  std::copy(std::begin(kOwn), std::end(kOwn), sorted.begin());
  std::sort(sorted.begin(), sorted.end(),
            [](const Own& a, const Own& b) { return a.name < b.name; });
  return sorted;
}();

const Own* FindOwn(std::string_view name) {
  std::array<char, kLongest> buffer{};
  std::size_t size = 0;
  for (const char c : name) {
    if (c == '-' || c == '_' || c == '.' || c == '@') continue;
    if (size == buffer.size()) return nullptr;
    buffer[size++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  const std::string_view folded(buffer.data(), size);
  const auto it = std::lower_bound(
      kSorted.begin(), kSorted.end(), folded,
      [](const Own& own, std::string_view key) { return own.name < key; });
  return it != kSorted.end() && it->name == folded ? &*it : nullptr;
}

}  // namespace

Key Keys::Of(std::string_view name) {
  if (const Own* own = FindOwn(name)) return {own->use, {}};
  const ColumnClass found =
      classes_.Of("", json::HashOf(""), name, json::HashOf(name));
  if (found.use == ColumnUse::kSlot) return {KeyUse::kSlot, found};
  if (found.use == ColumnUse::kKeep) return {KeyUse::kKeep, {}};
  return {KeyUse::kText, {}};
}

}  // namespace phiwire::log
