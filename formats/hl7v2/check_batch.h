// SPDX-License-Identifier: Apache-2.0
//
// Whether the batch segments of a file fit: BTS-1 and FTS-1 count what stands
// before them (FHS BHS MSH... BTS FTS), and each header has its trailer.
// Not thread-safe: one a file.

#ifndef PHIWIRE_FORMATS_HL7V2_CHECK_BATCH_H_
#define PHIWIRE_FORMATS_HL7V2_CHECK_BATCH_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "engine/field.h"
#include "formats/hl7v2/check.h"

namespace phiwire::hl7v2 {

class BatchCounter {
 public:
  explicit BatchCounter(std::vector<Flaw>* flaws) : flaws_(flaws) {}

  void Take(std::string_view record, std::size_t ordinal, RecordRange range);
  // The file ends.
  void Finish(std::size_t size);

 private:
  void Open(std::string_view name, std::size_t* open);
  void Close(std::string_view name, std::string_view record, std::size_t count,
             std::size_t* open);
  void Add(std::string_view name, int field, std::string_view what);

  std::vector<Flaw>* flaws_;
  std::size_t ordinal_ = 0;
  RecordRange range_;
  std::size_t file_ = 0;   // ordinal of the FHS that is open; 0: none
  std::size_t batch_ = 0;  // of the BHS
  std::size_t messages_ = 0;
  std::size_t batches_ = 0;
};

}  // namespace phiwire::hl7v2

#endif  // PHIWIRE_FORMATS_HL7V2_CHECK_BATCH_H_
