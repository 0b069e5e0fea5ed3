// SPDX-License-Identifier: Apache-2.0

#include "phiwire/deidentifier.h"

#include <algorithm>
#include <utility>

#include "base/status_macros.h"
#include "base/strings.h"
#include "engine/format.h"
#include "formats/detect.h"
#include "policy/anonymizer_set.h"
#include "policy/assembly.h"
#include "policy/data_dir.h"
#include "policy/format_readers.h"
#include "policy/replacement.h"
#include "policy/roster.h"
#include "policy/scratch_pool.h"
#include "policy/value_lists.h"
#include "rules/known_values.h"

namespace phiwire {
namespace {

absl::Status TooLarge(std::size_t size, std::size_t most) {
  return absl::OutOfRangeError(Concat({"a record of ", std::to_string(size),
                                       " bytes is over the limit "
                                       "of ",
                                       std::to_string(most), " (max_record)"}));
}

// Sorted, disjoint: of two that overlap the likelier stays, then the longer.
void Resolve(std::vector<Finding>* findings) {
  std::sort(findings->begin(), findings->end(),
            [](const Finding& a, const Finding& b) {
              return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
            });
  std::vector<Finding> kept;
  for (Finding& f : *findings) {
    if (kept.empty() || f.begin >= kept.back().end) {
      kept.push_back(std::move(f));
      continue;
    }
    // Nothing that one of them covers may come through.
    Finding& last = kept.back();
    const std::size_t end = std::max(last.end, f.end);
    if (f.score > last.score) {
      const std::size_t begin = last.begin;
      last = std::move(f);
      last.begin = begin;
    }
    last.end = end;
  }
  *findings = std::move(kept);
}

// Characters that some format escapes: written again they may look different.
bool MayNeedEscapes(std::string_view text) {
  return text.find_first_of("\\&<>\"'|^~#\r\n\t") != std::string_view::npos;
}

}  // namespace

class Deidentifier::Impl {
 public:
  static absl::StatusOr<std::unique_ptr<Impl>> Create(const Policy& policy,
                                                      const Options& options) {
    PHIWIRE_ASSIGN_OR_RETURN(const std::string data_dir,
                             FindDataDir(options.data_dir));
    PHIWIRE_ASSIGN_OR_RETURN(auto pipeline, BuildPipeline(policy, options));
    PHIWIRE_ASSIGN_OR_RETURN(
        AnonymizerSet anonymizers,
        AnonymizerSet::Build(policy, SlotOptions::Now(), data_dir,
                             options.anonymizers));
    PHIWIRE_ASSIGN_OR_RETURN(ValueLists lists, ValueLists::Create(policy));
    PHIWIRE_ASSIGN_OR_RETURN(auto roster, ReadRoster(policy));
    PHIWIRE_ASSIGN_OR_RETURN(FormatReaders formats,
                             FormatReaders::Build(policy));
    return std::make_unique<Impl>(policy, std::move(pipeline),
                                  std::move(anonymizers), std::move(lists),
                                  std::move(roster), std::move(formats));
  }

  Impl(const Policy& policy, std::unique_ptr<const Pipeline> pipeline,
       AnonymizerSet anonymizers, ValueLists lists,
       std::unique_ptr<const RosterIndex> roster, FormatReaders formats)
      : policy_(policy),
        pipeline_(std::move(pipeline)),
        anonymizers_(std::move(anonymizers)),
        lists_(std::move(lists)),
        roster_(std::move(roster)),
        pool_(*pipeline_),
        formats_(std::move(formats)) {
    if (!lists_.deny().empty()) known_.push_back(&lists_.deny());
    if (roster_ != nullptr) known_.push_back(roster_.get());
  }

  const Policy& policy() const { return policy_; }

  absl::Status Find(std::string_view text, KnownMatchers known,
                    const AnalyzeOptions& options,
                    std::vector<Finding>* findings) {
    PHIWIRE_ASSIGN_OR_RETURN(const ScratchPool::Lease scratch, pool_.Take());
    PHIWIRE_RETURN_IF_ERROR(
        pipeline_->Run(text, known, {options.explain, options.near_misses},
                       scratch.get(), findings));
    if (lists_.allows_any()) {
      std::erase_if(*findings, [&](const Finding& f) {
        return lists_.Allows(text.substr(f.begin, f.end - f.begin));
      });
    }
    return absl::OkStatus();
  }

  absl::StatusOr<std::vector<Finding>> AnalyzeText(
      std::string_view text, const AnalyzeOptions& options) {
    if (text.size() > policy_.max_record) {
      return TooLarge(text.size(), policy_.max_record);
    }
    std::vector<Finding> findings;
    PHIWIRE_RETURN_IF_ERROR(Find(text, known_, options, &findings));
    return findings;
  }

  absl::StatusOr<Output> Replace(std::string_view text,
                                 std::vector<Finding> findings,
                                 const RecordOptions& options) const {
    std::vector<Found> found;
    for (const Finding& f : findings) {
      if (f.begin > f.end || f.end > text.size()) {
        return absl::InvalidArgumentError(
            Concat({"a finding lies outside the text of ",
                    std::to_string(text.size()), " bytes"}));
      }
      found.push_back({f.begin,
                       f.end,
                       {f.type, SlotGrammar::kFreeText,
                        text.substr(f.begin, f.end - f.begin)}});
    }
    std::vector<Edit> edits;
    PHIWIRE_RETURN_IF_ERROR(
        ReplaceFound(anonymizers_, {nullptr, options.subject, Format::kText},
                     found, &edits));
    Output out;
    std::size_t copied = 0;
    for (const Edit& edit : edits) {
      out.text.append(text.substr(copied, edit.begin - copied));
      out.text.append(edit.text);
      copied = edit.end;
    }
    out.text.append(text.substr(copied));
    out.findings = std::move(findings);
    return out;
  }

  const FormatReader& Reader(Format format) const { return formats_[format]; }

  // What is found in one record; edits too when they are wanted.
  absl::Status Record(Format format, const FormatReader& reader,
                      std::string_view record, const AnalyzeOptions& options,
                      std::vector<Finding>* findings,
                      const RecordOptions& about, std::vector<Edit>* edits) {
    if (record.size() > policy_.max_record) {
      return TooLarge(record.size(), policy_.max_record);
    }
    PHIWIRE_ASSIGN_OR_RETURN(const RecordFields fields, reader.Fields(record));
    const KnownValueIndex own(fields.known);
    std::vector<const KnownMatcher*> known = known_;
    if (!own.empty()) known.push_back(&own);
    std::vector<Found> found;
    for (const Field& field : fields.fields) {
      if (field.begin == field.end) continue;
      if (field.kind == FieldKind::kSlot) {
        Slot(field, record, fields, findings, &found);
        continue;
      }
      PHIWIRE_RETURN_IF_ERROR(
          FreeText(field, record, known, options, findings, &found));
    }
    if (edits == nullptr) return absl::OkStatus();
    for (Found& f : found) {
      if (!f.escaped && !MayNeedEscapes(f.target.surface)) continue;
      const RecordRange range = reader.Widen(record, {f.begin, f.end});
      f.target.raw = record.substr(range.begin, range.end - range.begin);
    }
    return ReplaceFound(anonymizers_, {&fields, about.subject, format}, found,
                        edits);
  }

 private:
  void Slot(const Field& field, std::string_view record,
            const RecordFields& fields, std::vector<Finding>* findings,
            std::vector<Found>* found) const {
    if (!policy_[field.type].enabled) return;
    Finding finding;
    finding.begin = field.begin;
    finding.end = field.end;
    finding.type = field.type;
    finding.score = 1.0;
    finding.source = field.path;
    findings->push_back(std::move(finding));
    const std::string_view surface =
        field.decoded.empty()
            ? record.substr(field.begin, field.end - field.begin)
            : std::string_view(field.decoded);
    const PersonName* person =
        field.person < 0
            ? nullptr
            : &fields.persons[static_cast<std::size_t>(field.person)];
    found->push_back(
        {field.begin,
         field.end,
         {field.type, field.grammar, surface, field.path, field.part, person},
         field.subject,
         field.required,
         true,
         !field.offsets.empty()});
  }

  absl::Status FreeText(const Field& field, std::string_view record,
                        KnownMatchers known, const AnalyzeOptions& options,
                        std::vector<Finding>* findings,
                        std::vector<Found>* found) {
    const bool decoded = !field.offsets.empty();
    const std::string_view text =
        decoded ? std::string_view(field.decoded)
                : record.substr(field.begin, field.end - field.begin);
    std::vector<Finding> inside;
    PHIWIRE_RETURN_IF_ERROR(Find(text, known, options, &inside));
    for (Finding& f : inside) {
      const std::string_view surface = text.substr(f.begin, f.end - f.begin);
      f.begin = decoded ? field.offsets[f.begin] : field.begin + f.begin;
      f.end = decoded ? field.offsets[f.end] : field.begin + f.end;
      found->push_back({f.begin,
                        f.end,
                        {f.type, field.grammar, surface, field.path},
                        field.subject,
                        false,
                        false,
                        decoded});
      findings->push_back(std::move(f));
    }
    return absl::OkStatus();
  }

  Policy policy_;
  std::unique_ptr<const Pipeline> pipeline_;
  AnonymizerSet anonymizers_;
  ValueLists lists_;
  std::unique_ptr<const RosterIndex> roster_;  // null: none
  std::vector<const KnownMatcher*> known_;     // of every text
  ScratchPool pool_;
  FormatReaders formats_;
};

Deidentifier::Deidentifier(std::unique_ptr<Impl> impl)
    : impl_(std::move(impl)) {}
Deidentifier::Deidentifier(Deidentifier&&) noexcept = default;
Deidentifier& Deidentifier::operator=(Deidentifier&&) noexcept = default;
Deidentifier::~Deidentifier() = default;

absl::StatusOr<Deidentifier> Deidentifier::Create(const Policy& policy,
                                                  const Options& options) {
  PHIWIRE_ASSIGN_OR_RETURN(std::unique_ptr<Impl> impl,
                           Impl::Create(policy, options));
  return Deidentifier(std::move(impl));
}

const Policy& Deidentifier::policy() const { return impl_->policy(); }

absl::StatusOr<std::vector<Finding>> Deidentifier::Analyze(
    std::string_view text, const AnalyzeOptions& options) const {
  return impl_->AnalyzeText(text, options);
}

absl::StatusOr<Output> Deidentifier::Text(std::string_view text,
                                          const RecordOptions& options) const {
  PHIWIRE_ASSIGN_OR_RETURN(std::vector<Finding> findings,
                           impl_->AnalyzeText(text, {}));
  return impl_->Replace(text, std::move(findings), options);
}

absl::StatusOr<Output> Deidentifier::Anonymize(
    std::string_view text, std::vector<Finding> findings,
    const RecordOptions& options) const {
  Resolve(&findings);
  return impl_->Replace(text, std::move(findings), options);
}

namespace {

// Runs `each` over the records of a file; what it returns goes into the
// output in the record's place, or the record is left out and listed.
template <class Each>
absl::StatusOr<FileOutput> ForRecords(const FormatReader& reader,
                                      std::string_view bytes, Format format,
                                      Each each) {
  FileOutput out;
  out.format = format;
  PHIWIRE_ASSIGN_OR_RETURN(const std::vector<RecordRange> records,
                           reader.Split(bytes));
  std::size_t copied = 0;
  for (const RecordRange& range : records) {
    ++out.records;
    out.text.append(bytes.substr(copied, range.begin - copied));
    copied = range.end;
    absl::Status status = each(
        bytes.substr(range.begin, range.end - range.begin), range.begin, &out);
    if (!status.ok()) {
      out.refusals.push_back(
          {out.records, range.begin, range.end, std::move(status)});
    }
  }
  out.text.append(bytes.substr(copied));
  return out;
}

void AppendShifted(std::vector<Finding> found, std::size_t shift,
                   std::vector<Finding>* findings) {
  for (Finding& f : found) {
    f.begin += shift;
    f.end += shift;
    findings->push_back(std::move(f));
  }
}

}  // namespace

FormatGuess GuessFormat(std::string_view head) {
  const DetectedFormat found = DetectFormat(head);
  return {found.format, found.sure, found.why};
}

// The format's own reader, or one made for this file.
class FileDeidentifier::Impl {
 public:
  static absl::StatusOr<std::unique_ptr<const Impl>> Open(
      Deidentifier::Impl* deid, std::string_view head, bool whole,
      Format format) {
    if (format == Format::kAuto) format = DetectFormat(head).format;
    PHIWIRE_ASSIGN_OR_RETURN(auto own, deid->Reader(format).Open(head, whole));
    return std::make_unique<const Impl>(deid, format, std::move(own));
  }

  Impl(Deidentifier::Impl* deid, Format format,
       std::unique_ptr<const FormatReader> own)
      : deid_(deid),
        format_(format),
        own_(std::move(own)),
        reader_(own_ != nullptr ? *own_ : deid->Reader(format)) {}

  Format format() const { return format_; }
  const FormatReader& reader() const { return reader_; }

  absl::StatusOr<FileOutput> Deidentify(std::string_view bytes,
                                        const RecordOptions& options) const {
    return ForRecords(
        reader_, bytes, format_,
        [&](std::string_view record, std::size_t shift, FileOutput* out) {
          std::vector<Finding> findings;
          std::vector<Edit> edits;
          PHIWIRE_RETURN_IF_ERROR(deid_->Record(format_, reader_, record, {},
                                                &findings, options, &edits));
          PHIWIRE_ASSIGN_OR_RETURN(const std::string text,
                                   reader_.Splice(record, edits));
          out->text += text;
          AppendShifted(std::move(findings), shift, &out->findings);
          return absl::OkStatus();
        });
  }

  absl::StatusOr<FileOutput> Analyze(std::string_view bytes,
                                     const AnalyzeOptions& options) const {
    PHIWIRE_ASSIGN_OR_RETURN(
        FileOutput out,
        ForRecords(
            reader_, bytes, format_,
            [&](std::string_view record, std::size_t shift, FileOutput* to) {
              std::vector<Finding> findings;
              PHIWIRE_RETURN_IF_ERROR(deid_->Record(
                  format_, reader_, record, options, &findings, {}, nullptr));
              AppendShifted(std::move(findings), shift, &to->findings);
              return absl::OkStatus();
            }));
    out.text.clear();
    return out;
  }

 private:
  Deidentifier::Impl* deid_;
  Format format_;
  std::unique_ptr<const FormatReader> own_;  // null: the format's own
  const FormatReader& reader_;
};

FileDeidentifier::FileDeidentifier(std::unique_ptr<const Impl> impl)
    : impl_(std::move(impl)) {}
FileDeidentifier::FileDeidentifier(FileDeidentifier&&) noexcept = default;
FileDeidentifier& FileDeidentifier::operator=(FileDeidentifier&&) noexcept =
    default;
FileDeidentifier::~FileDeidentifier() = default;

Format FileDeidentifier::format() const { return impl_->format(); }
bool FileDeidentifier::streams() const { return impl_->reader().streams(); }
std::size_t FileDeidentifier::Cut(std::string_view bytes) const {
  return impl_->reader().Cut(bytes);
}
absl::StatusOr<FileOutput> FileDeidentifier::Deidentify(
    std::string_view bytes, const RecordOptions& options) const {
  return impl_->Deidentify(bytes, options);
}

absl::StatusOr<FileDeidentifier> Deidentifier::Open(std::string_view head,
                                                    bool whole,
                                                    Format format) const {
  PHIWIRE_ASSIGN_OR_RETURN(auto impl, FileDeidentifier::Impl::Open(
                                          impl_.get(), head, whole, format));
  return FileDeidentifier(std::move(impl));
}

absl::StatusOr<FileOutput> Deidentifier::File(
    std::string_view bytes, Format format, const RecordOptions& options) const {
  PHIWIRE_ASSIGN_OR_RETURN(const FileDeidentifier file,
                           Open(bytes, /*whole=*/true, format));
  return file.impl_->Deidentify(bytes, options);
}

absl::StatusOr<FileOutput> Deidentifier::AnalyzeFile(
    std::string_view bytes, Format format,
    const AnalyzeOptions& options) const {
  PHIWIRE_ASSIGN_OR_RETURN(const FileDeidentifier file,
                           Open(bytes, /*whole=*/true, format));
  return file.impl_->Analyze(bytes, options);
}

}  // namespace phiwire
