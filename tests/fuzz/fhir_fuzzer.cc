// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as FHIR and as JSON of any shape: refused, or fields that are
// inside their record; splicing nothing changes nothing, and emptying every
// slot leaves JSON.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "formats/fhir/sniff.h"
#include "formats/formats.h"
#include "formats/json/document.h"
#include "formats/json/sniff.h"

namespace {

void Require(bool ok) {
  if (!ok) std::abort();
}

void CheckRecord(const phiwire::FormatReader& reader, std::string_view record) {
  const auto fields = reader.Fields(record);
  if (!fields.ok()) return;
  std::vector<phiwire::Edit> edits;
  for (const phiwire::Field& field : fields->fields) {
    Require(field.begin <= field.end && field.end <= record.size());
    Require(field.offsets.empty() ||
            field.offsets.size() == field.decoded.size() + 1);
    if (field.kind != phiwire::FieldKind::kSlot) continue;
    if (!edits.empty() && edits.back().end > field.begin) std::abort();
    edits.push_back(
        {field.begin, field.end, edits.size() % 2 == 0 ? "" : "\"<&\\\n>"});
  }
  const auto same = reader.Splice(record, {});
  Require(same.ok() && *same == record);
  const auto spliced = reader.Splice(record, edits);
  Require(spliced.ok() && phiwire::json::Parse(*spliced).ok());
}

void CheckFile(const phiwire::FormatReader& reader, std::string_view file) {
  const auto own = reader.Open(file, true);
  if (!own.ok()) return;
  const auto records = (*own)->Split(file);
  if (!records.ok()) return;
  std::size_t at = 0;
  for (const phiwire::RecordRange& range : *records) {
    Require(at <= range.begin && range.begin <= range.end);
    Require(range.end <= file.size());
    CheckRecord(**own, file.substr(range.begin, range.end - range.begin));
    at = range.end;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  static const auto fhir = *phiwire::NewFhirFormat({});
  static const auto json = *phiwire::NewNdjsonFormat({});
  const std::string_view file(reinterpret_cast<const char*>(data), size);
  phiwire::fhir::LooksLikeFhir(file);
  phiwire::json::LooksLikeJson(file);
  CheckFile(*fhir, file);
  CheckFile(*json, file);
  return 0;
}
