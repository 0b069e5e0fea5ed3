// SPDX-License-Identifier: Apache-2.0

#include "policy/replacement.h"

#include <string>
#include <utility>

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

absl::Status Failed(const Found& found, const absl::Status& status) {
  return absl::Status(status.code(),
                      Concat({TypeName(found.target.type), Range(found), ": ",
                              ToStd(status.message())}));
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
    absl::StatusOr<std::string> text =
        anonymizers.For(f.target.type).Apply(f.target, session);
    if (!text.ok()) return Failed(f, text.status());
    if (text->empty() && f.required) {
      return absl::DataLossError(
          Concat({f.target.path, " must not become empty,", Range(f)}));
    }
    edits->push_back({f.begin, f.end, *std::move(text)});
  }
  return absl::OkStatus();
}

}  // namespace phiwire
