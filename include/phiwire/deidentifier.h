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

#include <array>
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
#include "phiwire/types.h"

namespace phiwire {

// "auto", "text", "log", "hl7", ... ParseFormat takes "json", "tsv", "xml",
// "md" and "txt" too.
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
  std::string subject = {};
  // Whether FileOutput has a list of findings, not their counts alone.
  bool list_findings = true;
};

struct AnalyzeOptions {
  bool explain = false;      // fill Finding::evidence
  bool near_misses = false;  // also report what stayed below its threshold,
                             // between the findings, which stay as they are
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

// Something of a record that was taken out because no scan can read it.
struct Removal {
  std::size_t ordinal = 0;  // of the record in its file, from 1
  std::size_t begin = 0;    // byte range in the file
  std::size_t end = 0;
  std::string path;    // "OBX-5.5"
  std::string reason;  // "application/pdf": no content
};

struct FileOutput {
  std::string text;
  std::vector<Finding> findings;
  std::array<std::size_t, kPhiTypeCount> counts = {};  // of findings, by type
  std::vector<Refusal> refusals;
  std::vector<Removal> removals;
  std::size_t records = 0;
  Format format = Format::kText;  // what kAuto became
};

// What kAuto would become, by the first bytes of a file.
struct FormatGuess {
  Format format = Format::kText;
  bool sure = true;
  std::string_view why = {};  // "MSH segment": static, no content
};
// `name`: the file's, of which the ending counts where the content leaves it
// open; may be empty.
FormatGuess GuessFormat(std::string_view head, std::string_view name = {});

// A Deidentifier opened on one file, for files read piece by piece. Immutable,
// safe from any thread; it must not outlive its Deidentifier.
//
//   auto file = deid->Open(first_bytes, /*whole=*/false, Format::kAuto);
//   while (more to read) {
//     const std::size_t n = file->Cut(buffer);      // whole records
//     auto out = file->Deidentify(buffer.substr(0, n));
//   }
class FileDeidentifier {
 public:
  FileDeidentifier(FileDeidentifier&&) noexcept;
  FileDeidentifier& operator=(FileDeidentifier&&) noexcept;
  ~FileDeidentifier();

  Format format() const;
  // Whether the format can be read piece by piece; otherwise Cut is 0.
  bool streams() const;
  // The size of the longest front of `bytes` that is whole records, whatever
  // follows. What is left at the end of the file is whole too.
  std::size_t Cut(std::string_view bytes) const;
  // As Deidentifier::File, for a piece; offsets and ordinals are the piece's.
  absl::StatusOr<FileOutput> Deidentify(
      std::string_view bytes, const RecordOptions& options = {}) const;

 private:
  friend class Deidentifier;
  class Impl;
  explicit FileDeidentifier(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
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

  // `head`: the first bytes of the file (64 KiB or all of it), from which its
  // format and what it says of itself are taken; `whole`: that is all.
  absl::StatusOr<FileDeidentifier> Open(std::string_view head, bool whole,
                                        Format format) const;

  const Policy& policy() const;

 private:
  friend class FileDeidentifier;
  class Impl;
  explicit Deidentifier(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace phiwire

#endif  // PHIWIRE_INCLUDE_PHIWIRE_DEIDENTIFIER_H_
