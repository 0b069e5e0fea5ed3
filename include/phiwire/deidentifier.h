// SPDX-License-Identifier: Apache-2.0
//
// The main door: find PHI in bytes, and give back the bytes without it.
//
//   auto deid = phiwire::Deidentifier::Create(phiwire::Policy::SafeHarbor());
//   if (!deid.ok()) return deid.status();
//   auto out = deid->Text("Patient John Doe (MRN 12345).");
//   // out->text == "Patient [NAME] (MRN [MEDICALRECORD])."
//
// Offsets: bytes of the given input, half-open (see finding.h).
// Threads: a Deidentifier is immutable after Create and may be used from any
// number of threads at once; per-thread scratch is kept inside.
// Errors fail closed: when a call does not return OK nothing of the input is
// in the result or in the Status, which names reason and byte range only.
//   kInvalidArgument  the policy, a rule or the input's format
//   kDataLoss         a malformed document (invalid UTF-8, broken HL7)
//   kOutOfRange       a limit (max_record)
//   kInternal         a failed self-test: report it
// Limits: one record at most Policy::max_record bytes. Memory per call is
// about 70 times the record (measured: 630 MB for a note of 8.5 MB), kept for
// the next call; nothing is written to disk but the compiled pattern database
// under Options::cache_dir.

#ifndef PHIWIRE_INCLUDE_PHIWIRE_DEIDENTIFIER_H_
#define PHIWIRE_INCLUDE_PHIWIRE_DEIDENTIFIER_H_

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "phiwire/anonymizer.h"
#include "phiwire/finding.h"
#include "phiwire/policy.h"

namespace phiwire {

// "auto", "text", "log", "hl7".
std::string_view FormatName(Format format);
std::optional<Format> ParseFormat(std::string_view name);

struct Options {
  // Where lexicon, weights, catalogue and rules lie; empty: beside the
  // library (share/phiwire) or in the build tree.
  std::string data_dir = {};
  // Where the compiled pattern database is kept; empty: not kept.
  std::string cache_dir = {};
  // The user's own anonymizers; a policy names them "user:" and this name.
  std::map<std::string, std::shared_ptr<const Anonymizer>> anonymizers = {};
};

// What a record doesn't say of itself.
struct RecordOptions {
  // The patient's id, for records that name none; as written there.
  std::string subject;
};

struct AnalyzeOptions {
  bool explain = false;      // fill Finding::evidence
  bool near_misses = false;  // also report what stayed below its threshold
};

struct Output {
  std::string text;
  std::vector<Finding> findings;  // offsets of the input
};

// One record of a file that was refused; the rest of the file goes on.
struct Refusal {
  std::size_t ordinal = 0;  // of the record in its file, from 1
  std::size_t begin = 0;    // byte range in the file
  std::size_t end = 0;
  absl::Status status;
};

struct FileOutput {
  std::string text;
  std::vector<Finding> findings;
  std::vector<Refusal> refusals;
  std::size_t records = 0;
  Format format = Format::kText;  // what kAuto became
};

class Deidentifier {
 public:
  static absl::StatusOr<Deidentifier> Create(const Policy& policy,
                                             const Options& options = {});
  Deidentifier(Deidentifier&&) noexcept;
  Deidentifier& operator=(Deidentifier&&) noexcept;
  ~Deidentifier();

  // One free text. Analyze reports, Text replaces. An empty text is fine.
  absl::StatusOr<std::vector<Finding>> Analyze(
      std::string_view text, const AnalyzeOptions& options = {}) const;
  absl::StatusOr<Output> Text(std::string_view text,
                              const RecordOptions& options = {}) const;

  // Replaces the given findings (sorted or not; overlaps are resolved) as the
  // policy says; for callers that filter what Analyze gave.
  absl::StatusOr<Output> Anonymize(std::string_view text,
                                   std::vector<Finding> findings,
                                   const RecordOptions& options = {}) const;

  // A whole file of a format: records are split, read and spliced back. A
  // record that can't be read is left out and listed in refusals.
  absl::StatusOr<FileOutput> File(std::string_view bytes, Format format,
                                  const RecordOptions& options = {}) const;
  absl::StatusOr<FileOutput> AnalyzeFile(
      std::string_view bytes, Format format,
      const AnalyzeOptions& options = {}) const;

  const Policy& policy() const;

 private:
  class Impl;
  explicit Deidentifier(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace phiwire

#endif  // PHIWIRE_INCLUDE_PHIWIRE_DEIDENTIFIER_H_
