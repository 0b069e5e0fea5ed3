// SPDX-License-Identifier: Apache-2.0
//
// The fields of one HL7 v2 record: one Field a leaf, sorted, with escapes
// decoded, and the message's own known values. Text that runs over lines is
// one Field (running_text.h), and fields may stand in its gaps. Paths are
// "PID-5.1", with the subcomponent ("PID-5.1.2") where the component has
// several; repetitions and repeated segments share a path, as policies want
// it.

#ifndef PHIWIRE_FORMATS_HL7V2_READER_H_
#define PHIWIRE_FORMATS_HL7V2_READER_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "engine/format.h"
#include "formats/hl7v2/site_rules.h"

namespace phiwire::hl7v2 {

// kDataLoss, with a reason and a byte range of the record, when refused.
absl::StatusOr<RecordFields> ReadFields(std::string_view record,
                                        const SiteTable& site = {});

// The same, with what the message knows as late_known, which keeps views of
// the record.
absl::StatusOr<RecordFields> ReadLateFields(std::string_view record,
                                            const SiteTable& site);

}  // namespace phiwire::hl7v2

#endif  // PHIWIRE_FORMATS_HL7V2_READER_H_
