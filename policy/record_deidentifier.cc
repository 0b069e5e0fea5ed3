// SPDX-License-Identifier: Apache-2.0

#include "policy/record_deidentifier.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "base/status_macros.h"
#include "base/strings.h"
#include "policy/nested_document.h"
#include "policy/placeholders.h"
#include "rules/known_values.h"

namespace phiwire {
namespace {

constexpr int kMaxDepth = 4;

// Characters that some format escapes: written again they may look different.
bool MayNeedEscapes(std::string_view text) {
  return text.find_first_of("\\&<>\"'|^~#\r\n\t") != std::string_view::npos;
}

std::string_view Surface(const Field& field, std::string_view record) {
  return field.offsets.empty()
             ? record.substr(field.begin, field.end - field.begin)
             : std::string_view(field.decoded);
}

// The range of the record that decoded bytes [begin, end) stand in. An escape
// that stands for several bytes is taken whole.
RecordRange RawRange(const Field& field, std::size_t begin, std::size_t end) {
  const auto& offsets = field.offsets;
  if (offsets.empty()) return {field.begin + begin, field.begin + end};
  while (end > begin && end + 1 < offsets.size() &&
         offsets[end] == offsets[end - 1]) {
    ++end;
  }
  return {offsets[begin], offsets[end]};
}

}  // namespace

// One record at one depth: gathers findings and what is to be replaced.
class RecordDeidentifier::Run {
 public:
  Run(const RecordDeidentifier& deid, Pipeline::Scratch* scratch,
      const AnalyzeOptions& options, int depth)
      : deid_(deid), scratch_(scratch), options_(options), depth_(depth) {}

  absl::Status Read(Format format, const FormatReader& reader,
                    std::string_view record, const RecordOptions& about,
                    KnownMatchers known, bool edit) {
    format_ = format;
    reader_ = &reader;
    record_ = record;
    about_ = about;
    edit_ = edit;
    PHIWIRE_RETURN_IF_ERROR(deid_.CheckSize(record));
    PHIWIRE_ASSIGN_OR_RETURN(fields_, reader.Fields(record));
    // Inside another record it is that one's patient it is about.
    if (depth_ > 0 && !about.subject.empty() && fields_.subjects.size() == 1) {
      fields_.subjects.front() = about.subject;
    }
    LeaveOutPlaceholders(record, &fields_.known);
    const KnownValueIndex own(fields_.known);
    known_.assign(known.begin(), known.end());
    if (!own.empty()) known_.push_back(&own);
    for (const Field& field : fields_.fields) {
      if (field.begin == field.end) continue;
      PHIWIRE_RETURN_IF_ERROR(Take(field));
    }
    return edit ? MakeEdits() : absl::OkStatus();
  }

  Result& result() { return result_; }

 private:
  absl::Status Take(const Field& field) {
    switch (field.kind) {
      case FieldKind::kSlot:
        Slot(field);
        return absl::OkStatus();
      case FieldKind::kText:
        return FreeText(field);
      case FieldKind::kDocument:
        return Document(field);
    }
    return absl::InternalError("a field of no kind");
  }

  void Slot(const Field& field) {
    if (!deid_.policy()[field.type].enabled) return;
    Report(field, {field.begin, field.end}, field.type, field.path);
    const PersonName* person =
        field.person < 0
            ? nullptr
            : &fields_.persons[static_cast<std::size_t>(field.person)];
    Found found;
    found.begin = field.begin;
    found.end = field.end;
    found.target = {field.type, field.grammar, Surface(field, record_),
                    field.path, field.part,    person};
    found.subject = field.subject;
    found.required = field.required;
    found.slot = true;
    found.escaped = !field.offsets.empty();
    found.spelling = field.spelling;
    found.gaps = field.gaps;
    found_.push_back(std::move(found));
  }

  absl::Status FreeText(const Field& field) {
    const std::string_view text = Surface(field, record_);
    inside_.clear();
    PHIWIRE_RETURN_IF_ERROR(
        deid_.Find(text, known_, options_, scratch_, &inside_));
    for (Finding& f : inside_) {
      const RecordRange raw = RawRange(field, f.begin, f.end);
      Found found;
      found.begin = raw.begin;
      found.end = raw.end;
      found.target = {f.type, field.grammar,
                      text.substr(f.begin, f.end - f.begin), field.path};
      found.subject = field.subject;
      found.escaped = !field.offsets.empty();
      found.gaps = field.gaps;
      found_.push_back(std::move(found));
      f.begin = raw.begin;
      f.end = raw.end;
      result_.findings.push_back(std::move(f));
    }
    return absl::OkStatus();
  }

  // What can't be read is taken out and said; it is never an error of the
  // record, for there is nothing its sender could do.
  absl::Status Document(const Field& field) {
    if (depth_ + 1 >= kMaxDepth) {
      return Remove(field, "nested too deep");
    }
    const std::string_view packed = Surface(field, record_);
    auto nested = OpenNested(field, packed);
    if (!nested.ok()) {
      if (!absl::IsUnimplemented(nested.status())) return nested.status();
      return Remove(field, ToStd(nested.status().message()));
    }
    const std::size_t findings = result_.findings.size();
    auto text = Nested(field, *nested);
    if (!text.ok()) {
      result_.findings.resize(findings);
      // The configuration's faults are the caller's to mend.
      if (absl::IsFailedPrecondition(text.status()) ||
          absl::IsInternal(text.status())) {
        return text.status();
      }
      return Remove(field, "a document that is refused");
    }
    if (*text == nested->text.utf8 || !edit_) return absl::OkStatus();
    PHIWIRE_ASSIGN_OR_RETURN(std::string packed_again,
                             CloseNested(*nested, field.wrapping, *text));
    Put(field, std::move(packed_again));
    return absl::OkStatus();
  }

  // The document de-identified; what was found in it is reported on the field.
  absl::StatusOr<std::string> Nested(const Field& field,
                                     const NestedDocument& nested) {
    const std::string_view bytes = nested.text.utf8;
    const FormatReader& format = deid_.Reader(nested.format);
    PHIWIRE_ASSIGN_OR_RETURN(const auto own, format.Open(bytes, true));
    const FormatReader& reader = own != nullptr ? *own : format;
    PHIWIRE_ASSIGN_OR_RETURN(const auto records, reader.Split(bytes));
    Found about;
    about.subject = field.subject;
    const RecordOptions subject{
        std::string(SubjectOf(about, {&fields_, about_.subject, format_}))};
    std::string out;
    std::size_t copied = 0;
    for (const RecordRange& range : records) {
      const auto record = bytes.substr(range.begin, range.end - range.begin);
      Run run(deid_, scratch_, options_, depth_ + 1);
      PHIWIRE_RETURN_IF_ERROR(run.Read(nested.format, reader, record, subject,
                                       known_, /*edit=*/edit_));
      for (const Finding& f : run.result().findings) {
        Report(field, {field.begin, field.end}, f.type, f.source);
      }
      for (Removal& removal : run.result().removals) {
        removal.begin = field.begin;
        removal.end = field.end;
        result_.removals.push_back(std::move(removal));
      }
      PHIWIRE_ASSIGN_OR_RETURN(const std::string text,
                               reader.Splice(record, run.result().edits));
      out.append(bytes.substr(copied, range.begin - copied)).append(text);
      copied = range.end;
    }
    return out.append(bytes.substr(copied));
  }

  absl::Status Remove(const Field& field, std::string_view reason) {
    if (field.required) {
      return absl::DataLossError(
          Concat({field.path, ": ", reason, ", and it must not become empty"}));
    }
    Report(field, {field.begin, field.end}, TypeOfUnread(field.media_type),
           field.path);
    result_.removals.push_back(
        {0, field.begin, field.end, field.path, std::string(reason)});
    Put(field, "");
    return absl::OkStatus();
  }

  void Put(const Field& field, std::string text) {
    Found found;
    found.begin = field.begin;
    found.end = field.end;
    found.target.path = field.path;
    found.gaps = field.gaps;
    found.made = std::move(text);
    found_.push_back(std::move(found));
  }

  void Report(const Field& field, RecordRange range, PhiType type,
              std::string_view source) {
    Finding finding;
    finding.begin = range.begin;
    finding.end = range.end;
    finding.type = type;
    finding.score = 1.0;
    finding.source = source.empty() ? field.path : std::string(source);
    result_.findings.push_back(std::move(finding));
  }

  absl::Status MakeEdits() {
    for (Found& f : found_) {
      if (f.made || (!f.escaped && !MayNeedEscapes(f.target.surface))) continue;
      const RecordRange range = reader_->Widen(record_, {f.begin, f.end});
      f.target.raw = record_.substr(range.begin, range.end - range.begin);
    }
    return ReplaceFound(deid_.parts_.anonymizers,
                        {&fields_, about_.subject, format_}, found_,
                        &result_.edits);
  }

  const RecordDeidentifier& deid_;
  Pipeline::Scratch* scratch_;
  const AnalyzeOptions& options_;
  const int depth_;
  Format format_ = Format::kText;
  const FormatReader* reader_ = nullptr;
  std::string_view record_;
  RecordOptions about_;
  bool edit_ = false;
  RecordFields fields_;
  std::vector<const KnownMatcher*> known_;
  std::vector<Found> found_;
  std::vector<Finding> inside_;
  Result result_;
};

RecordDeidentifier::RecordDeidentifier(Parts parts)
    : parts_(std::move(parts)), pool_(*parts_.pipeline) {
  if (!parts_.lists.deny().empty()) known_.push_back(&parts_.lists.deny());
  if (parts_.roster != nullptr) known_.push_back(parts_.roster.get());
}

absl::Status RecordDeidentifier::CheckSize(std::string_view record) const {
  if (record.size() <= policy().max_record) return absl::OkStatus();
  return absl::OutOfRangeError(
      Concat({"a record of ", std::to_string(record.size()),
              " bytes is over the limit of ",
              std::to_string(policy().max_record), " (max_record)"}));
}

absl::Status RecordDeidentifier::Find(std::string_view text,
                                      KnownMatchers known,
                                      const AnalyzeOptions& options,
                                      Pipeline::Scratch* scratch,
                                      std::vector<Finding>* findings) const {
  PHIWIRE_RETURN_IF_ERROR(parts_.pipeline->Run(
      text, known, {options.explain, options.near_misses}, scratch, findings));
  LeaveOutPlaceholders(text, findings);
  if (parts_.lists.allows_any()) {
    std::erase_if(*findings, [&](const Finding& f) {
      return parts_.lists.Allows(text.substr(f.begin, f.end - f.begin));
    });
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Finding>> RecordDeidentifier::AnalyzeText(
    std::string_view text, const AnalyzeOptions& options) const {
  PHIWIRE_RETURN_IF_ERROR(CheckSize(text));
  PHIWIRE_ASSIGN_OR_RETURN(const ScratchPool::Lease scratch, pool_.Take());
  std::vector<Finding> findings;
  PHIWIRE_RETURN_IF_ERROR(
      Find(text, known_, options, scratch.get(), &findings));
  return findings;
}

absl::StatusOr<Output> RecordDeidentifier::Replace(
    std::string_view text, std::vector<Finding> findings,
    const RecordOptions& options) const {
  std::vector<Found> found;
  for (const Finding& f : findings) {
    if (f.begin > f.end || f.end > text.size()) {
      return absl::InvalidArgumentError(
          Concat({"a finding lies outside the text of ",
                  std::to_string(text.size()), " bytes"}));
    }
    Found& one = found.emplace_back();
    one.begin = f.begin;
    one.end = f.end;
    one.target = {f.type, SlotGrammar::kFreeText,
                  text.substr(f.begin, f.end - f.begin)};
  }
  std::vector<Edit> edits;
  PHIWIRE_RETURN_IF_ERROR(
      ReplaceFound(parts_.anonymizers,
                   {nullptr, options.subject, Format::kText}, found, &edits));
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

absl::StatusOr<RecordDeidentifier::Result> RecordDeidentifier::Record(
    Format format, const FormatReader& reader, std::string_view record,
    const AnalyzeOptions& options, const RecordOptions& about,
    bool edit) const {
  PHIWIRE_ASSIGN_OR_RETURN(const ScratchPool::Lease scratch, pool_.Take());
  Run run(*this, scratch.get(), options, 0);
  PHIWIRE_RETURN_IF_ERROR(
      run.Read(format, reader, record, about, known_, edit));
  return std::move(run.result());
}

}  // namespace phiwire
