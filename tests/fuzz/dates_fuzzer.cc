// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a date, an age and a point: what is read can be moved and
// written, within bounds; what is made coarse stays as it is when made coarse
// again.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "anonymizers/coarse.h"
#include "anonymizers/date_form.h"
#include "anonymizers/date_offset.h"

namespace {

constexpr int kYear = 2024;

void Move(const std::optional<phiwire::WrittenDate>& written,
          std::size_t size) {
  if (!written) return;
  for (int days : {-3650, -31, 1, 200}) {
    const auto first = phiwire::MovedBy(written->values.first, days);
    const auto last = written->range
                          ? phiwire::MovedBy(written->values.last, days)
                          : phiwire::DateValue{};
    if (!first || !last) continue;
    std::string out;
    phiwire::WriteDate(*written, {*first, *last}, &out);
    // Words for words: "May first" may become "September twenty-seventh".
    if (out.empty() || out.size() > size + 120) std::abort();
  }
}

template <class F>
void IsFixedPoint(std::string_view text, F coarse) {
  const std::string once = coarse(text);
  if (!once.empty() && coarse(once) != once) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::string repaired;
  Move(phiwire::ReadDisguisedDate(text, phiwire::DateOrder::kMonthFirst,
                                  &repaired),
       size);
  Move(phiwire::ReadDate(text, phiwire::DateOrder::kDayFirst), size);
  Move(phiwire::ReadHl7Date(text), size);
  for (const auto precision :
       {phiwire::DatePrecision::kYear, phiwire::DatePrecision::kMonth,
        phiwire::DatePrecision::kDay, phiwire::DatePrecision::kHour}) {
    IsFixedPoint(text, [precision](std::string_view t) {
      return phiwire::CoarseDate(t, precision, kYear);
    });
    IsFixedPoint(text, [precision](std::string_view t) {
      return phiwire::CoarseHl7Date(t, precision, kYear);
    });
  }
  IsFixedPoint(text,
               [](std::string_view t) { return phiwire::CoarseAge(t, kYear); });
  for (int decimals : {0, 1, 2}) {
    IsFixedPoint(text, [decimals](std::string_view t) {
      return phiwire::CoarsePoint(t, decimals);
    });
  }
  return 0;
}
