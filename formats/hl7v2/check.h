// SPDX-License-Identifier: Apache-2.0
//
// What is wrong with the messages of a file, for those who send or route them:
// what the reader would refuse, missing segments and fields, delimiters,
// versions, data types, set ids, counts of batches. Values are never told.
//
// It asks less than a conformance profile: what is required in every version
// since the one named in check_tables.h, and structures as far as a missing
// segment makes a message useless. Pure, safe from any thread.

#ifndef PHIWIRE_FORMATS_HL7V2_CHECK_H_
#define PHIWIRE_FORMATS_HL7V2_CHECK_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace phiwire::hl7v2 {

// `name` is a view of the file or static.
struct Flaw {
  std::size_t record = 0;   // from 1; batch segments count
  std::size_t segment = 0;  // from 1, in its record; 0: the record
  std::string_view name;    // of the segment when it is one we know, or ""
  int field = 0;            // 0: the segment
  std::size_t begin = 0;    // byte range in the file
  std::size_t end = 0;
  bool refused = false;  // deid would not take the record
  std::string what;      // "required field is empty": no content
};

struct CheckResult {
  std::size_t records = 0;
  std::vector<Flaw> flaws;  // in order of the file, but for batch counts
};

CheckResult CheckFile(std::string_view file);

}  // namespace phiwire::hl7v2

#endif  // PHIWIRE_FORMATS_HL7V2_CHECK_H_
