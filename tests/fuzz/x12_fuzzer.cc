// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as an X12 file, as they are and behind a sound ISA: the reader
// refuses or gives fields that are sorted, disjoint and inside their record,
// and splicing nothing changes nothing.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "formats/formats.h"

namespace {

constexpr std::string_view kIsa =
    "ISA*00*          *00*          *ZZ*NORTHCLINIC    *ZZ*BLUEPAYER      "
    "*240215*0930*^*00501*000000905*0*P*:~";

void Require(bool ok) {
  if (!ok) std::abort();
}

void CheckRecord(const phiwire::FormatReader& reader, std::string_view record) {
  const auto fields = reader.Fields(record);
  if (!fields.ok()) return;
  std::size_t at = 0;
  for (const phiwire::Field& field : fields->fields) {
    Require(at <= field.begin && field.begin < field.end);
    Require(field.end <= record.size());
    Require(field.offsets.empty() ||
            field.offsets.size() == field.decoded.size() + 1);
    at = field.end;
  }
  const auto spliced = reader.Splice(record, {});
  Require(spliced.ok() && *spliced == record);
}

void CheckFile(std::string_view file) {
  static const auto format = phiwire::NewX12Format({});
  const auto reader = (*format)->Open(file, /*whole=*/true);
  if (!reader.ok() || *reader == nullptr) return;
  Require((*reader)->Cut(file) <= file.size());
  const auto records = (*reader)->Split(file);
  Require(records.ok());
  std::size_t at = 0;
  for (const phiwire::RecordRange& range : *records) {
    Require(at <= range.begin && range.begin < range.end);
    Require(range.end <= file.size());
    CheckRecord(**reader, file.substr(range.begin, range.end - range.begin));
    at = range.end;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  CheckFile(bytes);
  CheckFile(std::string(kIsa).append(bytes));
  return 0;
}
