// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/eval/gold.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "apps/cli/eval/characters.h"
#include "apps/cli/inputs.h"
#include "apps/cli/json_lines.h"
#include "apps/cli/offsets.h"
#include "apps/cli/ordered_pipeline.h"
#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire::cli {
namespace {

constexpr std::size_t kMaxFile = std::size_t{4} << 30;

using OnDocument =
    std::function<absl::Status(std::string id, JsonDocument* document)>;

absl::Status ForEachLine(const std::string& path, const OnDocument& take) {
  Input input;
  input.path = path;
  const auto bytes = ReadInput(input, kMaxFile);
  if (!bytes.ok()) {
    return absl::InvalidArgumentError(
        Concat({path, ": ", ToStd(bytes.status().message())}));
  }
  JsonLineParser parser;
  JsonDocument document;
  std::string_view rest = *bytes;
  for (std::size_t number = 1; !rest.empty(); ++number) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    absl::Status status = parser.Parse(line, true, &document);
    if (status.ok()) {
      const auto id = IdText(document.id);
      status = id.ok() ? take(*id, &document) : id.status();
    }
    if (!status.ok()) {
      return absl::InvalidArgumentError(Concat(
          {path, ":", std::to_string(number), ": ", ToStd(status.message())}));
    }
  }
  return absl::OkStatus();
}

std::vector<EvalSpan> Spans(JsonDocument* document) {
  std::vector<EvalSpan> spans;
  for (JsonSpan& span : document->spans) {
    spans.push_back({span.start, span.end, std::move(span.type), span.score});
  }
  return spans;
}

absl::Status CheckGold(const EvalDocument& document) {
  const auto size = static_cast<long long>(document.text.size());
  for (const EvalSpan& span : document.gold) {
    if (span.start < 0 || span.end < span.start || span.end > size) {
      return absl::InvalidArgumentError(Concat(
          {"span ", std::to_string(span.start), "-", std::to_string(span.end),
           " lies outside the text of ", std::to_string(size), " characters"}));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<EvalDocument>> ReadGold(const std::string& path) {
  std::vector<EvalDocument> documents;
  std::map<std::string, std::size_t> index;
  const OnDocument take = [&](std::string id, JsonDocument* json) {
    if (!json->has_text) return absl::InvalidArgumentError("no \"text\"");
    EvalDocument document;
    document.id = id;
    document.text = ToCodePoints(json->text);
    document.gold = Spans(json);
    PHIWIRE_RETURN_IF_ERROR(CheckGold(document));
    const auto [it, is_new] = index.emplace(std::move(id), documents.size());
    if (is_new) documents.emplace_back();
    documents[it->second] = std::move(document);
    return absl::OkStatus();
  };
  PHIWIRE_RETURN_IF_ERROR(ForEachLine(path, take));
  return documents;
}

absl::Status ReadPredictions(const std::string& path,
                             std::vector<EvalDocument>* documents) {
  std::map<std::string, EvalDocument*> index;
  for (EvalDocument& d : *documents) index.emplace(d.id, &d);
  return ForEachLine(path, [&](const std::string& id, JsonDocument* json) {
    const auto it = index.find(id);
    if (it == index.end()) return absl::OkStatus();
    it->second->predicted = Spans(json);
    it->second->has_prediction = true;
    return absl::OkStatus();
  });
}

std::size_t Predict(const Deidentifier& deid, std::size_t threads,
                    const AnalyzeOptions& options,
                    std::vector<EvalDocument>* documents) {
  std::size_t next = 0;
  std::size_t refused = 0;
  OrderedPipeline<EvalDocument*, bool> pipeline(
      [&]() -> std::optional<EvalDocument*> {
        if (next == documents->size()) return std::nullopt;
        return &(*documents)[next++];
      },
      [&](EvalDocument*& document) {
        const std::string text = Utf8Of(document->text);
        const auto findings = deid.Analyze(text, options);
        if (!findings.ok()) return false;
        OffsetConverter offsets(text, OffsetUnit::kCodePoint);
        for (const Finding& finding : *findings) {
          const std::size_t begin = offsets.At(finding.begin);
          const std::size_t end = offsets.At(finding.end);
          document->predicted.push_back(
              {static_cast<long long>(begin), static_cast<long long>(end),
               std::string(TypeName(finding.type)), finding.score});
        }
        document->has_prediction = true;
        return true;
      },
      [&](bool& done) {
        refused += !done;
        return true;
      });
  pipeline.Run(threads);
  return refused;
}

}  // namespace phiwire::cli
