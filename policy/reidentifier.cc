// SPDX-License-Identifier: Apache-2.0

#include "policy/reidentifier.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "anonymizers/encrypt.h"
#include "anonymizers/sealed_code.h"
#include "anonymizers/token.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "formats/detect.h"
#include "policy/columns.h"
#include "policy/data_dir.h"

namespace phiwire {
namespace {

// What bare tokens are made of, and how long they may be.
constexpr std::size_t kLeastToken = 8;
constexpr std::size_t kMostToken = 52;

bool IsTokenCharacter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         (c >= 'a' && c <= 'z');
}

std::string Range(std::size_t begin, std::size_t end) {
  return Concat(
      {" at bytes ", std::to_string(begin), "-", std::to_string(end)});
}

absl::Status At(const absl::Status& status, std::size_t begin,
                std::size_t end) {
  return absl::Status(status.code(),
                      Concat({ToStd(status.message()), Range(begin, end)}));
}

std::string SpliceRaw(std::string_view text, const std::vector<Edit>& edits) {
  std::string out;
  std::size_t copied = 0;
  for (const Edit& edit : edits) {
    out.append(text.substr(copied, edit.begin - copied)).append(edit.text);
    copied = edit.end;
  }
  return out.append(text.substr(copied));
}

}  // namespace

Reidentifier::Reidentifier(const Policy& policy, AnonymizerSet anonymizers,
                           std::unique_ptr<Anonymizer> encrypt,
                           std::unique_ptr<Anonymizer> token,
                           FormatReaders formats)
    : policy_(policy),
      anonymizers_(std::move(anonymizers)),
      encrypt_(std::move(encrypt)),
      token_(std::move(token)),
      formats_(std::move(formats)) {}

absl::StatusOr<Reidentifier> Reidentifier::Create(const Policy& policy) {
  if (policy.key_file.empty()) {
    return absl::InvalidArgumentError(
        "the way back needs the key (--key FILE)");
  }
  std::error_code error;
  if (!policy.vault_file.empty() && AnonymizerSet::WantsVault(policy) &&
      !std::filesystem::exists(policy.vault_file, error)) {
    return absl::InvalidArgumentError(
        Concat({"vault ", policy.vault_file, ": missing"}));
  }
  PHIWIRE_ASSIGN_OR_RETURN(const std::string data_dir, FindDataDir(""));
  // encrypt is asked for by what stands in documents, whatever the policy says.
  Policy keyed = policy;
  PHIWIRE_ASSIGN_OR_RETURN(const Columns columns, ReadColumns(policy));
  keyed.overrides.insert(keyed.overrides.end(), columns.overrides.begin(),
                         columns.overrides.end());
  PolicyOverride any;
  any.field = "encrypt: no field is called so";
  any.policy.anonymizer = "encrypt";
  keyed.overrides.push_back(std::move(any));
  PHIWIRE_ASSIGN_OR_RETURN(
      AnonymizerSet anonymizers,
      AnonymizerSet::Build(keyed, SlotOptions::Now(), data_dir));
  AnonymizerContext context;
  context.keys = anonymizers.keys();
  context.vault = anonymizers.vault();
  PHIWIRE_ASSIGN_OR_RETURN(auto encrypt, NewEncrypt({}, context));
  std::unique_ptr<Anonymizer> token;
  if (!policy.vault_file.empty() && context.vault != nullptr) {
    PHIWIRE_ASSIGN_OR_RETURN(token, NewToken({}, context));
  }
  PHIWIRE_ASSIGN_OR_RETURN(FormatReaders formats,
                           FormatReaders::Build(policy, columns));
  return Reidentifier(policy, std::move(anonymizers), std::move(encrypt),
                      std::move(token), std::move(formats));
}

absl::Status Reidentifier::FindTokens(
    std::string_view record, std::size_t begin, std::size_t end,
    std::vector<Edit>* edits,
    std::map<std::string, std::size_t>* counts) const {
  if (token_ == nullptr) return absl::OkStatus();
  for (std::size_t at = begin; at < end;) {
    std::size_t stop = at;
    while (stop < end && IsTokenCharacter(record[stop])) ++stop;
    const std::size_t size = stop - at;
    if (size >= kLeastToken && size <= kMostToken) {
      auto value = anonymizers_.vault()->ValueOf(record.substr(at, size));
      if (value.ok()) {
        ++(*counts)[std::string(TypeName(value->type))];
        if (value->text.starts_with(kRawMark)) value->text.erase(0, 1);
        edits->push_back({at, stop, std::move(value->text)});
      } else if (!absl::IsNotFound(value.status())) {
        return value.status();
      }
    }
    at = std::max(stop, at + 1);
  }
  return absl::OkStatus();
}

absl::Status Reidentifier::FindCodes(
    std::string_view record, std::vector<Edit>* edits, std::vector<Edit>* raw,
    std::map<std::string, std::size_t>* counts) const {
  Session session;
  std::size_t done = 0;
  for (std::size_t at = 0;;) {
    at = FindCode(record, at);
    if (at == std::string_view::npos) break;
    const auto code = ReadCode(record.substr(at));
    if (!code.has_value()) {
      return absl::DataLossError(Concat({"a damaged code", Range(at, at + 3)}));
    }
    const bool encrypted = code->kind == CodeKind::kEncrypted;
    if (!encrypted && token_ == nullptr) {
      return absl::InvalidArgumentError(
          Concat({"a token, and the policy names no vault",
                  Range(at, at + code->size)}));
    }
    const Target target{code->type, SlotGrammar::kFreeText,
                        record.substr(at, code->size)};
    auto text = (encrypted ? encrypt_ : token_)->Restore(target, session);
    if (!text.ok()) return At(text.status(), at, at + code->size);
    PHIWIRE_RETURN_IF_ERROR(FindTokens(record, done, at, edits, counts));
    const bool spelled = text->starts_with(kRawMark);
    if (spelled) text->erase(0, 1);
    // Raw ones are met again after the others are in: counted then.
    if (!spelled || edits == raw) {
      ++(*counts)[std::string(TypeName(code->type))];
    }
    (spelled ? raw : edits)->push_back({at, at + code->size, *std::move(text)});
    at += code->size;
    done = at;
  }
  return FindTokens(record, done, record.size(), edits, counts);
}

absl::Status Reidentifier::FindSlots(
    std::string_view record, Format format, std::string_view name,
    std::string_view subject, std::vector<Edit>* edits,
    std::map<std::string, std::size_t>* counts) const {
  PHIWIRE_ASSIGN_OR_RETURN(const RecordFields fields,
                           Reader(format).Fields(record));
  Session session(subject);
  for (const Field& field : fields.fields) {
    if (field.kind != FieldKind::kSlot || field.begin == field.end ||
        !policy_[field.type].enabled) {
      continue;
    }
    const Anonymizer& anonymizer =
        *anonymizers_.At({field.type, format, true, field.path}).anonymizer;
    if (anonymizer.name() != name) continue;
    if (!fields.subjects.empty()) {
      const auto index = static_cast<std::size_t>(std::max(field.subject, 0));
      session.set_subject(fields.subjects[index]);
    }
    const std::string_view surface =
        field.decoded.empty()
            ? record.substr(field.begin, field.end - field.begin)
            : std::string_view(field.decoded);
    auto text = anonymizer.Restore(
        {field.type, field.grammar, surface, field.path, field.part}, session);
    if (!text.ok()) return At(text.status(), field.begin, field.end);
    ++(*counts)[std::string(TypeName(field.type))];
    edits->push_back({field.begin, field.end, *std::move(text)});
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> Reidentifier::Record(
    std::string_view record, Format format, std::string_view subject,
    std::map<std::string, std::size_t>* counts) const {
  // First what needs no patient, the patient's own id with it; then fpe, which
  // may hold that id; then dates, which need it.
  std::vector<Edit> edits;
  std::vector<Edit> raw;
  PHIWIRE_RETURN_IF_ERROR(FindCodes(record, &edits, &raw, counts));
  PHIWIRE_ASSIGN_OR_RETURN(std::string text,
                           Reader(format).Splice(record, edits));
  if (!raw.empty()) {
    // Only raw ones are left; their escapes must not be escaped again.
    edits.clear();
    PHIWIRE_RETURN_IF_ERROR(FindCodes(text, &edits, &edits, counts));
    text = SpliceRaw(text, edits);
  }
  for (const std::string_view name : {"fpe", "date_shift"}) {
    edits.clear();
    PHIWIRE_RETURN_IF_ERROR(
        FindSlots(text, format, name, subject, &edits, counts));
    if (edits.empty()) continue;
    PHIWIRE_ASSIGN_OR_RETURN(text, Reader(format).Splice(text, edits));
  }
  return text;
}

absl::StatusOr<Reidentifier::Result> Reidentifier::File(
    std::string_view bytes, Format format, std::string_view subject) const {
  if (format == Format::kAuto) format = DetectFormat(bytes).format;
  Result result;
  PHIWIRE_ASSIGN_OR_RETURN(const std::vector<RecordRange> records,
                           Reader(format).Split(bytes));
  std::size_t copied = 0;
  for (const RecordRange& range : records) {
    result.text.append(bytes.substr(copied, range.begin - copied));
    copied = range.end;
    auto text = Record(bytes.substr(range.begin, range.end - range.begin),
                       format, subject, &result.counts);
    if (!text.ok()) {
      return absl::Status(text.status().code(),
                          Concat({"record", Range(range.begin, range.end), ": ",
                                  ToStd(text.status().message())}));
    }
    result.text.append(*text);
  }
  result.text.append(bytes.substr(copied));
  return result;
}

absl::StatusOr<std::string> Reidentifier::Value(
    PhiType type, std::string_view value, std::string_view subject) const {
  absl::StatusOr<std::string> text = Restored(type, value, subject);
  if (text.ok() && text->starts_with(kRawMark)) text->erase(0, 1);
  return text;
}

absl::StatusOr<std::string> Reidentifier::Restored(
    PhiType type, std::string_view value, std::string_view subject) const {
  Session session(subject);
  const Target target{type, SlotGrammar::kFreeText, value};
  if (const auto code = ReadCode(value); code && code->size == value.size()) {
    if (code->kind == CodeKind::kEncrypted) {
      return encrypt_->Restore(target, session);
    }
    if (token_ != nullptr) return token_->Restore(target, session);
  }
  return anonymizers_.At({type, Format::kText, false, ""})
      .anonymizer->Restore(target, session);
}

}  // namespace phiwire
