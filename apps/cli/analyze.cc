// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/analyze.h"

#include <unistd.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "apps/cli/diagnostics.h"
#include "apps/cli/exit_code.h"
#include "apps/cli/input_list.h"
#include "apps/cli/inputs.h"
#include "apps/cli/json_lines.h"
#include "apps/cli/json_writer.h"
#include "apps/cli/line_reader.h"
#include "apps/cli/names.h"
#include "apps/cli/ordered_pipeline.h"
#include "apps/cli/output_file.h"
#include "apps/cli/stop_signal.h"
#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire::cli {
namespace {

constexpr std::size_t kMaxFile = std::size_t{4} << 30;

struct Lines {
  std::string json;
  std::vector<std::string> messages;
  bool refused = false;
};

// One {"id","text"} line to one line of spans.
void AnalyzeLine(const Deidentifier& deid, std::string_view line,
                 OffsetUnit unit, JsonLineParser* parser,
                 JsonDocument* document, Lines* lines) {
  absl::Status status = parser->Parse(line, false, document);
  if (status.ok() && !document->has_text) {
    status = absl::InvalidArgumentError("no \"text\"");
  }
  if (status.ok()) {
    const auto findings = deid.Analyze(document->text);
    if (findings.ok()) {
      AppendSpansLine(document->id, *findings,
                      OffsetConverter(document->text, unit), &lines->json);
      return;
    }
    status = findings.status();
  }
  lines->refused = true;
  if (document->id == "null") document->id = IdOfHead(line);
  AppendErrorLine(document->id, status.code(), &lines->json);
}

Lines AnalyzeBlock(const Deidentifier& deid, const LineBlock& block,
                   OffsetUnit unit) {
  Lines lines;
  if (block.oversized) {
    lines.refused = true;
    AppendErrorLine(IdOfHead(block.bytes), absl::StatusCode::kOutOfRange,
                    &lines.json);
    return lines;
  }
  JsonLineParser parser;
  JsonDocument document;
  std::string_view rest = block.bytes;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    AnalyzeLine(deid, line, unit, &parser, &document, &lines);
  }
  return lines;
}

class AnalyzeRun {
 public:
  AnalyzeRun(const Deidentifier& deid, OffsetUnit unit, Format format,
             const AnalyzeFlags& flags)
      : deid_(deid),
        unit_(unit),
        format_(format),
        flags_(flags),
        filter_(flags.show_paths) {}

  int Run(const InputList& inputs) {
    if (flags_.jsonl) {
      for (const Input input : inputs) {
        if (!JsonLines(input)) break;
      }
    } else {
      Files(inputs);
    }
    if (StopSignal() != 0) return 128 + StopSignal();
    return refused_ ? kExitRefused : kExitDone;
  }

 private:
  std::string Shown(const Input& input) { return ShownName(input, &filter_); }

  // False when nothing more can be written.
  bool JsonLines(const Input& input) {
    const auto fd = OpenInput(input);
    absl::Status status = fd.status();
    if (fd.ok()) {
      // A line's JSON is longer than its text, so this bounds both.
      LineReader reader(*fd, deid_.policy().max_record);
      OrderedPipeline<LineBlock, Lines> pipeline(
          [&]() -> std::optional<LineBlock> {
            if (StopSignal() != 0) return std::nullopt;
            return reader.Next();
          },
          [&](LineBlock& block) { return AnalyzeBlock(deid_, block, unit_); },
          [&](Lines& lines) { return Give(lines); });
      pipeline.Run(flags_.jobs);
      if (*fd != STDIN_FILENO) ::close(*fd);
      status = reader.status();
    }
    if (!status.ok()) {
      refused_ = true;
      Say(RefusedInput(input.ordinal, Shown(input), status));
    }
    return !closed_;
  }

  void Files(const InputList& inputs) {
    struct Named {
      Input input;
      std::string name;  // the filter is for one thread at a time
    };
    std::size_t next = 0;
    OrderedPipeline<Named, Lines> pipeline(
        [&]() -> std::optional<Named> {
          if (next == inputs.size() || StopSignal() != 0) return std::nullopt;
          Input input = inputs[next++];
          std::string name = Shown(input);
          return Named{std::move(input), std::move(name)};
        },
        [&](Named& named) { return File(named.input, named.name); },
        [&](Lines& lines) { return Give(lines); });
    pipeline.Run(std::min(flags_.jobs, inputs.size()));
  }

  Lines File(const Input& input, const std::string& name) const {
    Lines lines;
    std::string id;
    AppendJsonString(name, &id);
    const absl::Status status = AnalyzeOne(input, id, name, &lines);
    if (!status.ok()) {
      lines.refused = true;
      lines.messages.push_back(RefusedInput(input.ordinal, name, status));
      AppendErrorLine(id, status.code(), &lines.json);
    }
    return lines;
  }

  absl::Status AnalyzeOne(const Input& input, const std::string& id,
                          const std::string& name, Lines* lines) const {
    PHIWIRE_ASSIGN_OR_RETURN(const std::string bytes,
                             ReadInput(input, kMaxFile));
    PHIWIRE_ASSIGN_OR_RETURN(const DecodedText text,
                             DecodeInput(bytes, flags_.encoding));
    FileOutput output;
    if (!text.utf8.empty()) {
      PHIWIRE_ASSIGN_OR_RETURN(output, deid_.AnalyzeFile(text.utf8, format_));
    }
    for (const Refusal& refusal : output.refusals) {
      lines->refused = true;
      lines->messages.push_back(RefusedRecord(input.ordinal, name, refusal));
    }
    AppendSpansLine(id, output.findings,
                    FileOffsets(text.utf8, text.encoding, text.bom, unit_),
                    &lines->json);
    return absl::OkStatus();
  }

  bool Give(const Lines& lines) {
    for (const std::string& message : lines.messages) Say(message);
    refused_ = refused_ || lines.refused;
    const absl::Status written = WriteAll(STDOUT_FILENO, lines.json);
    if (written.ok()) return true;
    Say(ToStd(written.message()));
    refused_ = closed_ = true;
    return false;
  }

  const Deidentifier& deid_;
  OffsetUnit unit_;
  Format format_;
  const AnalyzeFlags& flags_;
  NameFilter filter_;
  bool refused_ = false;
  bool closed_ = false;
};

}  // namespace

int RunAnalyze(const AnalyzeFlags& flags) {
  const auto unit = ParseOffsetUnit(flags.offsets);
  if (!unit) {
    return UsageError("--offsets is one of byte, codepoint, utf16");
  }
  const auto format = ReadFormat(flags.format);
  if (!format.ok()) return UsageError(format.status());
  const absl::Status encoding = CheckEncoding(flags.encoding);
  if (!encoding.ok()) return UsageError(encoding);
  const auto list = ListInputs(flags.paths);
  if (!list.ok()) return UsageError(list.status());
  const auto deid = MakeEngine(flags.engine);
  if (!deid.ok()) return UsageError(deid.status());
  CatchStopSignals();
  return AnalyzeRun(*deid, *unit, *format, flags).Run(*list);
}

}  // namespace phiwire::cli
