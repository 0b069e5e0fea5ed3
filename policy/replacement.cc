// SPDX-License-Identifier: Apache-2.0

#include "policy/replacement.h"

#include <string>
#include <utility>

#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire {
namespace {

std::string Range(const Found& found) {
  return Concat({" at bytes ", std::to_string(found.begin), "-",
                 std::to_string(found.end)});
}

// The field's own patient, else the record's, else the caller's.
std::string_view SubjectOf(const Found& found, const RecordContext& context) {
  if (context.fields == nullptr || context.fields->subjects.empty()) {
    return context.subject;
  }
  const auto& subjects = context.fields->subjects;
  return found.subject >= 0 ? subjects[static_cast<std::size_t>(found.subject)]
                            : subjects.front();
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

}  // namespace

absl::Status ReplaceFound(const AnonymizerSet& anonymizers,
                          const RecordContext& context,
                          std::span<const Found> found,
                          std::vector<Edit>* edits) {
  Session session(context.subject);
  if (context.fields != nullptr) session.set_persons(context.fields->persons);
  for (const Found& f : found) {
    session.AddValue(f.target.type, f.target.surface);
  }
  for (const Found& f : found) {
    const std::string_view subject = SubjectOf(f, context);
    if (session.subject() != subject) session.set_subject(subject);
    const AnonymizerSet::Choice& choice =
        anonymizers.At({f.target.type, context.format, f.slot, f.target.path});
    absl::StatusOr<std::string> text =
        Apply(anonymizers, choice, f.target, session);
    if (!text.ok()) return Failed(f, choice.place, text.status());
    if (text->empty() && f.required) {
      return absl::DataLossError(
          Concat({f.target.path, " must not become empty,", Range(f)}));
    }
    edits->push_back({f.begin, f.end, *std::move(text)});
  }
  for (const auto& anonymizer : anonymizers.all()) {
    PHIWIRE_RETURN_IF_ERROR(anonymizer->Finish(session));
  }
  return absl::OkStatus();
}

}  // namespace phiwire
