// SPDX-License-Identifier: Apache-2.0

#include "policy/record_deidentifier.h"

#include <array>
#include <deque>
#include <optional>
#include <utility>

#include "base/ask_ahead.h"
#include "base/byte_set.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "policy/nested_document.h"
#include "policy/placeholders.h"
#include "policy/record_values.h"

namespace phiwire {
namespace {

constexpr int kMaxDepth = 4;

// Characters that some format escapes: written again they may look different.
constexpr ByteSet kEscaped("\\&<>\"'|^~#\r\n\t");

bool MayNeedEscapes(std::string_view text) {
  bool may = false;  // values are short: the end is the one branch
  for (const char c : text) may |= kEscaped.Has(c);
  return may;
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

constexpr std::size_t kFindingsAhead = 8;
// Of a long text, so that what is made of them stays in the nearest caches.
constexpr std::size_t kFindingsAtOnce = 1024;

// Appends `text` from *copied to the last of `findings`, these replaced.
absl::Status ReplaceSome(std::string_view text,
                         std::span<const Finding> findings, Replacer* replacer,
                         RecordScratch* scratch, std::size_t* copied,
                         std::string* out) {
  scratch->found.clear();
  scratch->edits.clear();
  for (const Finding& f : findings) {
    AskAheadForAll(&f, kFindingsAhead);
    Found& one = scratch->found.emplace_back();
    one.begin = f.begin;
    one.end = f.end;
    one.target = {f.type, SlotGrammar::kFreeText,
                  text.substr(f.begin, f.end - f.begin)};
  }
  PHIWIRE_RETURN_IF_ERROR(replacer->Replace(scratch->found, &scratch->edits));
  for (const Edit& edit : scratch->edits) {
    out->append(text.substr(*copied, edit.begin - *copied)).append(edit.text);
    *copied = edit.end;
  }
  return absl::OkStatus();
}

}  // namespace

using Counts = std::array<std::size_t, kPhiTypeCount>;

// One record at one depth: gathers findings and what is to be replaced.
class RecordDeidentifier::Run {
 public:
  // Where it appends; offsets of findings and removals have `shift` added.
  struct Into {
    std::vector<Finding>* findings;  // null: only counted
    Counts* counts;
    std::vector<Removal>* removals;
    std::vector<Found>* found;  // empty
    std::size_t shift = 0;
    std::size_t ordinal = 0;
  };

  Run(const RecordDeidentifier& deid, RecordScratch* scratch,
      const AnalyzeOptions& options, int depth, const Into& into)
      : deid_(deid),
        scratch_(scratch),
        options_(options),
        depth_(depth),
        into_(into) {}

  // `edits`: null when they are not wanted.
  absl::Status Read(Format format, const FormatReader& reader,
                    std::string_view record, const RecordOptions& about,
                    KnownMatchers known, std::vector<Edit>* edits) {
    format_ = format;
    reader_ = &reader;
    record_ = record;
    about_ = &about;
    edit_ = edits != nullptr;
    PHIWIRE_RETURN_IF_ERROR(deid_.CheckSize(record));
    PHIWIRE_ASSIGN_OR_RETURN(fields_, reader.LateFields(record));
    // Inside another record it is that one's patient it is about.
    if (depth_ > 0 && !about.subject.empty() && fields_.subjects.size() == 1) {
      fields_.subjects.front() = about.subject;
    }
    own_.emplace(record, &fields_);
    known_.assign(known.begin(), known.end());
    if (!own_->empty()) known_.push_back(&*own_);
    into_.found->reserve(fields_.fields.size());
    for (const Field& field : fields_.fields) {
      if (field.begin == field.end) continue;
      PHIWIRE_RETURN_IF_ERROR(Take(field));
    }
    return edit_ ? MakeEdits(edits) : absl::OkStatus();
  }

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
    if (!deid_.enabled_[static_cast<std::size_t>(field.type)]) return;
    Report(field, field.type, field.path);
    if (!edit_) return;
    const PersonName* person =
        field.person < 0
            ? nullptr
            : &fields_.persons[static_cast<std::size_t>(field.person)];
    Found& found = into_.found->emplace_back();
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
  }

  absl::Status FreeText(const Field& field) {
    const std::string_view text = Surface(field, record_);
    std::vector<Finding>& inside = scratch_->inside;
    PHIWIRE_RETURN_IF_ERROR(
        deid_.Find(text, known_, options_, scratch_, &inside));
    for (Finding& f : inside) {
      const RecordRange raw = RawRange(field, f.begin, f.end);
      Found& found = into_.found->emplace_back();
      found.begin = raw.begin;
      found.end = raw.end;
      found.target = {f.type, field.grammar,
                      text.substr(f.begin, f.end - f.begin), field.path};
      found.subject = field.subject;
      found.escaped = !field.offsets.empty();
      found.gaps = field.gaps;
      ++(*into_.counts)[static_cast<std::size_t>(f.type)];
      if (into_.findings == nullptr) continue;
      f.begin = raw.begin + into_.shift;
      f.end = raw.end + into_.shift;
      into_.findings->push_back(std::move(f));
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
    const std::size_t findings =
        into_.findings == nullptr ? 0 : into_.findings->size();
    const Counts counts = *into_.counts;
    auto text = Nested(field, *nested);
    if (!text.ok()) {
      if (into_.findings != nullptr) into_.findings->resize(findings);
      *into_.counts = counts;
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
    RecordOptions subject;
    subject.subject = SubjectOf(about, {&fields_, about_->subject, format_});
    std::string out;
    std::size_t copied = 0;
    for (const RecordRange& range : records) {
      const auto record = bytes.substr(range.begin, range.end - range.begin);
      std::vector<Finding> findings;
      Counts counts{};
      std::vector<Removal> removals;
      std::vector<Found> found;
      std::vector<Edit> edits;
      Run run(deid_, scratch_, options_, depth_ + 1,
              {&findings, &counts, &removals, &found});
      PHIWIRE_RETURN_IF_ERROR(run.Read(nested.format, reader, record, subject,
                                       known_, edit_ ? &edits : nullptr));
      for (const Finding& f : findings) Report(field, f.type, f.source);
      for (Removal& removal : removals) {
        Remember(field, std::move(removal.path), std::move(removal.reason));
      }
      PHIWIRE_ASSIGN_OR_RETURN(const std::string text,
                               reader.Splice(record, edits));
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
    Report(field, TypeOfUnread(field.media_type), field.path);
    Remember(field, std::string(field.path), std::string(reason));
    Put(field, "");
    return absl::OkStatus();
  }

  void Remember(const Field& field, std::string path, std::string reason) {
    into_.removals->push_back({into_.ordinal, field.begin + into_.shift,
                               field.end + into_.shift, std::move(path),
                               std::move(reason)});
  }

  void Put(const Field& field, std::string text) {
    Found& found = into_.found->emplace_back();
    found.begin = field.begin;
    found.end = field.end;
    found.target.path = field.path;
    found.gaps = field.gaps;
    found.made = &made_.emplace_back(std::move(text));
  }

  void Report(const Field& field, PhiType type, std::string_view source) {
    ++(*into_.counts)[static_cast<std::size_t>(type)];
    if (into_.findings == nullptr) return;
    // Members by name: emplace_back() would zero all of it first.
    into_.findings->push_back({.begin = field.begin + into_.shift,
                               .end = field.end + into_.shift,
                               .type = type,
                               .score = 1.0,
                               .source = {},
                               .evidence = {}});
    into_.findings->back().source.append(
        source.empty() ? std::string_view(field.path) : source);
  }

  absl::Status MakeEdits(std::vector<Edit>* edits) {
    for (Found& f : *into_.found) {
      if (f.made != nullptr ||
          (!f.escaped && !MayNeedEscapes(f.target.surface))) {
        continue;
      }
      const RecordRange range = reader_->Widen(record_, {f.begin, f.end});
      f.target.raw = record_.substr(range.begin, range.end - range.begin);
    }
    return ReplaceFound(deid_.parts_.anonymizers,
                        {&fields_, about_->subject, format_}, *into_.found,
                        edits);
  }

  const RecordDeidentifier& deid_;
  RecordScratch* scratch_;
  const AnalyzeOptions& options_;
  const int depth_;
  const Into into_;
  Format format_ = Format::kText;
  const FormatReader* reader_ = nullptr;
  std::string_view record_;
  const RecordOptions* about_ = nullptr;
  bool edit_ = false;
  RecordFields fields_;
  std::optional<RecordValues> own_;  // of fields_
  std::vector<const KnownMatcher*> known_;
  std::deque<std::string> made_;  // of documents
};

RecordDeidentifier::RecordDeidentifier(Parts parts)
    : parts_(std::move(parts)), pool_(*parts_.pipeline) {
  for (std::size_t i = 0; i < kPhiTypeCount; ++i) {
    enabled_[i] = policy()[static_cast<PhiType>(i)].enabled;
  }
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
                                      RecordScratch* scratch,
                                      std::vector<Finding>* findings) const {
  const bool plain = !options.explain && !options.near_misses;
  const KnownMatchers own = known.subspan(known_.size());
  if (plain) {
    if (const auto* remembered = scratch->short_texts.Find(text, own)) {
      *findings = *remembered;
      return absl::OkStatus();
    }
  }
  PHIWIRE_RETURN_IF_ERROR(
      parts_.pipeline->Run(text, known, {options.explain, options.near_misses},
                           scratch->engine.get(), findings));
  LeaveOutPlaceholders(text, findings);
  if (parts_.lists.allows_any()) {
    std::erase_if(*findings, [&](const Finding& f) {
      return parts_.lists.Allows(text.substr(f.begin, f.end - f.begin));
    });
  }
  if (plain) {
    scratch->short_texts.Remember(text, own, *scratch->engine, *findings);
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
  PHIWIRE_ASSIGN_OR_RETURN(const ScratchPool::Lease scratch, pool_.Take());
  const RecordContext context{nullptr, options.subject, Format::kText};
  Replacer replacer(parts_.anonymizers, context, findings.size());
  bool in_order = true;
  std::size_t last = 0;
  for (const Finding& f : findings) {
    if (f.begin > f.end || f.end > text.size()) {
      return absl::InvalidArgumentError(
          Concat({"a finding lies outside the text of ",
                  std::to_string(text.size()), " bytes"}));
    }
    AskAheadForAll(&f, kFindingsAhead);
    replacer.AddValue(f.type, text.substr(f.begin, f.end - f.begin));
    in_order = in_order && f.begin >= last;
    last = f.end;
  }
  Output out;
  // Placeholders are about as long as what they stand for.
  out.text.reserve(text.size() + text.size() / 8);
  const std::size_t step = in_order ? kFindingsAtOnce : findings.size();
  std::size_t copied = 0;
  for (std::size_t at = 0; at < findings.size(); at += step) {
    const auto some =
        std::span(findings).subspan(at, std::min(step, findings.size() - at));
    PHIWIRE_RETURN_IF_ERROR(
        ReplaceSome(text, some, &replacer, scratch.get(), &copied, &out.text));
  }
  PHIWIRE_RETURN_IF_ERROR(replacer.Finish());
  out.text.append(text.substr(copied));
  out.findings = std::move(findings);
  return out;
}

absl::Status RecordDeidentifier::Record(Format format,
                                        const FormatReader& reader,
                                        std::string_view record,
                                        const AnalyzeOptions& options,
                                        const RecordOptions& about,
                                        const Place& place) const {
  PHIWIRE_ASSIGN_OR_RETURN(const ScratchPool::Lease scratch, pool_.Take());
  scratch.get()->found.clear();
  scratch.get()->edits.clear();
  FileOutput& file = *place.file;
  const std::size_t findings = file.findings.size();
  const Counts counts = file.counts;
  const std::size_t removals = file.removals.size();
  const std::size_t text = file.text.size();
  std::vector<Edit>* const edits =
      place.write ? &scratch.get()->edits : nullptr;
  Run run(*this, scratch.get(), options, 0,
          {about.list_findings ? &file.findings : nullptr, &file.counts,
           &file.removals, &scratch.get()->found, place.shift, place.ordinal});
  absl::Status status = run.Read(format, reader, record, about, known_, edits);
  if (status.ok() && place.write) {
    status = reader.SpliceTo(record, *edits, &file.text);
  }
  if (!status.ok()) {
    file.findings.resize(findings);
    file.counts = counts;
    file.removals.resize(removals);
    file.text.resize(text);
  }
  return status;
}

}  // namespace phiwire
