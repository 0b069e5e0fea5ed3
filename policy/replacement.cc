// SPDX-License-Identifier: Apache-2.0

#include "policy/replacement.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/ask_ahead.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "policy/spelling.h"

namespace phiwire {
namespace {

std::string Range(const Found& found) {
  return Concat({" at bytes ", std::to_string(found.begin), "-",
                 std::to_string(found.end)});
}

absl::Status Failed(const Found& found, const std::string& place,
                    const absl::Status& status) {
  return absl::Status(
      status.code(),
      Concat({place, place.empty() ? "" : ": ", TypeName(found.target.type),
              Range(found), ": ", ToStd(status.message())}));
}

// What the anonymizer can't take, as opposed to what went wrong.
bool IsRefusal(const absl::Status& status) {
  return absl::IsFailedPrecondition(status) ||
         absl::IsInvalidArgument(status) || absl::IsOutOfRange(status);
}

absl::StatusOr<std::string> Apply(const AnonymizerSet& anonymizers,
                                  const AnonymizerSet::Choice& choice,
                                  const Target& target, Session& session) {
  absl::StatusOr<std::string> text = choice.anonymizer->Apply(target, session);
  if (text.ok() || choice.on_failure == OnFailure::kRefuse ||
      !IsRefusal(text.status())) {
    return text;
  }
  session.Count("on_failure");
  if (choice.on_failure == OnFailure::kRedact) return std::string();
  return anonymizers.fallback().Apply(target, session);
}

bool IsSorted(const std::vector<Edit>& edits) {
  return std::is_sorted(
      edits.begin(), edits.end(),
      [](const Edit& a, const Edit& b) { return a.begin < b.begin; });
}

// Text fields may have other fields in their gaps, so edits come mixed. Two in
// one escape (\X4A6F...\) take it whole, one behind the other.
void SortEdits(std::vector<Edit>* edits) {
  if (!IsSorted(*edits)) {
    std::stable_sort(
        edits->begin(), edits->end(),
        [](const Edit& a, const Edit& b) { return a.begin < b.begin; });
  }
  std::size_t kept = 0;
  for (std::size_t i = 1; i < edits->size(); ++i) {
    Edit& last = (*edits)[kept];
    Edit& edit = (*edits)[i];
    if (edit.begin < last.end) {
      last.end = std::max(last.end, edit.end);
      last.text += edit.text;
    } else if (++kept != i) {
      (*edits)[kept] = std::move(edit);
    }
  }
  if (!edits->empty()) edits->resize(kept + 1);
}

// The replacement in the slot's own spelling.
absl::StatusOr<std::string> Respelled(const AnonymizerSet& anonymizers,
                                      const AnonymizerSet::Choice& choice,
                                      const Found& found, Session& session) {
  if (found.spelling == Spelling::kPlain) {
    return Apply(anonymizers, choice, found.target, session);
  }
  Target target = found.target;
  const std::string plain = ToPlain(found.spelling, target.surface);
  target.surface = plain;
  PHIWIRE_ASSIGN_OR_RETURN(const std::string replaced,
                           Apply(anonymizers, choice, target, session));
  return FromPlain(found.spelling, found.target.surface, replaced);
}

// Gaps stay: the text takes the place of what comes before the first of them.
void AddEdits(const Found& found, std::string&& text,
              std::vector<Edit>* edits) {
  if (found.gaps.empty()) {
    if (found.begin == found.end) return;
    Edit& edit = edits->emplace_back();
    edit.begin = found.begin;
    edit.end = found.end;
    edit.text = std::move(text);
    return;
  }
  std::size_t begin = found.begin;
  auto gap = std::upper_bound(
      found.gaps.begin(), found.gaps.end(), begin,
      [](std::size_t at, const RecordRange& g) { return at < g.end; });
  const auto add = [&](std::size_t end) {
    if (begin >= end) return;
    edits->push_back({begin, end, std::move(text)});
    text.clear();
  };
  for (; gap != found.gaps.end() && gap->begin < found.end; ++gap) {
    add(gap->begin);
    begin = gap->end;
  }
  add(found.end);
}

// The record is refused without the replacement.
absl::Status Check(const absl::StatusOr<std::string>& text, const Found& found,
                   const AnonymizerSet::Choice& choice) {
  if (!text.ok()) return Failed(found, choice.place, text.status());
  if (text->empty() && found.required) {
    return absl::DataLossError(
        Concat({found.target.path, " must not become empty,", Range(found)}));
  }
  return absl::OkStatus();
}

// Of Found, that memory is asked for before they are read.
constexpr std::size_t kAhead = 8;

}  // namespace

std::string_view SubjectOf(const Found& found, const RecordContext& context) {
  if (context.fields == nullptr || context.fields->subjects.empty()) {
    return context.subject;
  }
  const auto& subjects = context.fields->subjects;
  return found.subject >= 0 ? subjects[static_cast<std::size_t>(found.subject)]
                            : subjects.front();
}

Replacer::Replacer(const AnonymizerSet& anonymizers,
                   const RecordContext& context, std::size_t values)
    : anonymizers_(anonymizers), context_(context), session_(context.subject) {
  if (context.fields != nullptr) session_.set_persons(context.fields->persons);
  session_.ExpectValues(values);
}

absl::Status Replacer::ReplaceOne(const Found& found,
                                  std::vector<Edit>* edits) {
  const std::string_view subject = SubjectOf(found, context_);
  if (session_.subject() != subject) session_.set_subject(subject);
  const AnonymizerSet::Choice& choice = anonymizers_.At(
      {found.target.type, context_.format, found.slot, found.target.path});
  const bool plain = found.spelling == Spelling::kPlain &&
                     choice.on_failure == OnFailure::kRefuse;
  absl::StatusOr<std::string> text =
      plain ? choice.anonymizer->Apply(found.target, session_)
            : Respelled(anonymizers_, choice, found, session_);
  PHIWIRE_RETURN_IF_ERROR(Check(text, found, choice));
  AddEdits(found, *std::move(text), edits);
  return absl::OkStatus();
}

absl::Status Replacer::Replace(std::span<const Found> found,
                               std::vector<Edit>* edits) {
  edits->reserve(edits->size() + found.size());
  for (const Found& f : found) {
    AskAheadForAll(&f, kAhead);
    if (f.made != nullptr) {
      AddEdits(f, std::string(*f.made), edits);
      continue;
    }
    PHIWIRE_RETURN_IF_ERROR(ReplaceOne(f, edits));
  }
  SortEdits(edits);
  return absl::OkStatus();
}

absl::Status Replacer::Finish() {
  for (const auto& anonymizer : anonymizers_.all()) {
    PHIWIRE_RETURN_IF_ERROR(anonymizer->Finish(session_));
  }
  return absl::OkStatus();
}

absl::Status ReplaceFound(const AnonymizerSet& anonymizers,
                          const RecordContext& context,
                          std::span<const Found> found,
                          std::vector<Edit>* edits) {
  Replacer replacer(anonymizers, context, found.size());
  for (const Found& f : found) {
    AskAheadForAll(&f, kAhead);
    if (f.made == nullptr) replacer.AddValue(f.target.type, f.target.surface);
  }
  PHIWIRE_RETURN_IF_ERROR(replacer.Replace(found, edits));
  return replacer.Finish();
}

}  // namespace phiwire
