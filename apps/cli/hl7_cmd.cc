// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/hl7_cmd.h"

#include <unistd.h>

#include <cstddef>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "apps/cli/diagnostics.h"
#include "apps/cli/exit_code.h"
#include "apps/cli/input_list.h"
#include "apps/cli/inputs.h"
#include "apps/cli/json_writer.h"
#include "apps/cli/names.h"
#include "apps/cli/output_file.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "formats/hl7v2/check.h"

namespace phiwire::cli {
namespace {

using hl7v2::CheckResult;
using hl7v2::Flaw;

constexpr std::size_t kMaxFile = std::size_t{4} << 30;

// "auto" leaves character sets to MSH-18.
absl::StatusOr<std::string> Read(const Input& input,
                                 const std::string& encoding) {
  PHIWIRE_ASSIGN_OR_RETURN(std::string bytes, ReadInput(input, kMaxFile));
  PHIWIRE_RETURN_IF_ERROR(CheckNotBinary(bytes));
  auto decoded = ToUtf8(bytes, encoding);
  if (decoded.ok()) return std::move(decoded->utf8);
  if (encoding == "auto") return bytes;
  return decoded.status();
}

std::string Line(const Input& input, std::string_view shown, const Flaw& flaw) {
  std::string out = Concat({"input ", std::to_string(input.ordinal)});
  if (!shown.empty()) out += Concat({" (", shown, ")"});
  if (flaw.record > 0) {
    out += Concat({": message ", std::to_string(flaw.record)});
  }
  if (flaw.segment > 0) {
    const std::string number = std::to_string(flaw.segment);
    out += flaw.name.empty()
               ? Concat({", segment ", number})
               : Concat({", ", flaw.name, " (segment ", number, ")"});
  }
  if (flaw.field > 0) {
    out += Concat({", field ", std::to_string(flaw.field)});
  }
  return Concat({out, flaw.refused ? ": refused: " : ": ", flaw.what, "\n"});
}

std::string Json(const Input& input, const Flaw& flaw) {
  std::string out =
      Concat({"{\"input\":", std::to_string(input.ordinal),
              ",\"message\":", std::to_string(flaw.record),
              ",\"segment\":", std::to_string(flaw.segment), ",\"name\":"});
  AppendJsonString(flaw.name, &out);
  out +=
      Concat({",\"field\":", std::to_string(flaw.field), ",\"begin\":",
              std::to_string(flaw.begin), ",\"end\":", std::to_string(flaw.end),
              ",\"refused\":", flaw.refused ? "true" : "false", ",\"what\":"});
  AppendJsonString(flaw.what, &out);
  return out + "}\n";
}

struct Counts {
  std::size_t messages = 0;
  std::size_t refused = 0;
  std::size_t findings = 0;
};

// What is wrong with one file, counted and written.
absl::Status Report(const Hl7Flags& flags, const Input& input,
                    std::string_view shown, std::string_view bytes,
                    Counts* counts) {
  const CheckResult result = hl7v2::CheckFile(bytes);
  counts->messages += result.records;
  counts->findings += result.flaws.size();
  std::string lines;
  for (const Flaw& flaw : result.flaws) {
    counts->refused += flaw.refused;
    lines += flags.json ? Json(input, flaw) : Line(input, shown, flaw);
  }
  return WriteAll(STDOUT_FILENO, lines);
}

std::string Summary(const Counts& counts) {
  return Concat({std::to_string(counts.messages), " messages, ",
                 std::to_string(counts.refused), " refused, ",
                 std::to_string(counts.findings), " findings\n"});
}

}  // namespace

int RunHl7Check(const Hl7Flags& flags) {
  const absl::Status encoding = CheckEncoding(flags.encoding);
  if (!encoding.ok()) return UsageError(encoding);
  const auto list = ListInputs(flags.paths);
  if (!list.ok()) return UsageError(list.status());
  NameFilter filter(flags.show_paths);
  Counts counts;
  bool failed = false;
  for (const Input input : *list) {
    const std::string shown = ShownName(input, &filter);
    const auto bytes = Read(input, flags.encoding);
    if (!bytes.ok()) {
      failed = true;
      Say(RefusedInput(input.ordinal, shown, bytes.status()));
      continue;
    }
    if (!Report(flags, input, shown, *bytes, &counts).ok()) {
      return kExitRefused;
    }
  }
  if (!flags.json && !WriteAll(STDOUT_FILENO, Summary(counts)).ok()) {
    return kExitRefused;
  }
  return counts.findings > 0 || failed ? kExitRefused : kExitDone;
}

}  // namespace phiwire::cli
