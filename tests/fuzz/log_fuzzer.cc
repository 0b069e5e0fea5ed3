// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a log: fields are sorted, disjoint and inside their entry, and
// splicing nothing changes nothing.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "formats/formats.h"
#include "formats/log/sniff.h"

namespace {

void Require(bool ok) {
  if (!ok) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  static const auto format = phiwire::NewLogFormat();
  const std::string_view file(reinterpret_cast<const char*>(data), size);
  static_cast<void>(phiwire::LooksLikeLog(file));
  static_cast<void>(phiwire::LooksLikeJsonLog(file));
  const auto reader = format->Open(file, /*whole=*/true);
  Require(reader.ok());
  const auto records = (*reader)->Split(file);
  for (const phiwire::RecordRange& range : *records) {
    const auto entry = file.substr(range.begin, range.end - range.begin);
    const auto fields = (*reader)->Fields(entry);
    Require(fields.ok());
    std::size_t at = 0;
    for (const phiwire::Field& field : fields->fields) {
      Require(at <= field.begin && field.begin < field.end);
      Require(field.end <= entry.size());
      at = field.end;
    }
    const auto same = (*reader)->Splice(entry, {});
    Require(same.ok() && *same == entry);
  }
  return 0;
}
