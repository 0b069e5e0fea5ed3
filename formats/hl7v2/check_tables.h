// SPDX-License-Identifier: Apache-2.0
//
// What hl7 check asks for, from the message and segment tables of HL7 v2.1 to
// v2.8.2. `since`: the first version (25 is 2.5) from which on all versions
// require it; senders of older ones are not asked.

#ifndef PHIWIRE_FORMATS_HL7V2_CHECK_TABLES_H_
#define PHIWIRE_FORMATS_HL7V2_CHECK_TABLES_H_

#include <string_view>

namespace phiwire::hl7v2 {

struct RequiredField {
  std::string_view segment;
  int field = 0;
  int since = 0;
};

inline constexpr RequiredField kRequiredFields[] = {
    {"AL1", 1, 21},  {"AL1", 3, 21},  {"DG1", 1, 21}, {"EVN", 2, 21},
    {"FT1", 4, 21},  {"FT1", 6, 21},  {"FT1", 7, 21}, {"GT1", 1, 21},
    {"GT1", 3, 21},  {"IN1", 1, 21},  {"IN1", 2, 23}, {"IN1", 3, 21},
    {"MFE", 1, 22},  {"MFI", 1, 22},  {"MRG", 1, 21}, {"MSA", 1, 21},
    {"MSA", 2, 21},  {"MSH", 7, 25},  {"MSH", 9, 21}, {"MSH", 10, 21},
    {"MSH", 11, 21}, {"MSH", 12, 21}, {"NK1", 1, 21}, {"OBR", 4, 21},
    {"OBX", 3, 21},  {"OBX", 11, 23}, {"ORC", 1, 21}, {"PID", 3, 21},
    {"PID", 5, 21},  {"PR1", 1, 21},  {"PV1", 2, 21}, {"QRD", 1, 21},
    {"RXA", 3, 22},  {"RXA", 5, 22},  {"SCH", 6, 23}, {"TXA", 1, 22},
    {"TXA", 2, 22},  {"TXA", 12, 22},
};

struct RequiredSegments {
  std::string_view message;   // MSH-9.1
  std::string_view segments;  // names, a blank between them
};

inline constexpr RequiredSegments kRequiredSegments[] = {
    {"ACK", "MSA"},     {"ADT", "EVN PID"},     {"BAR", "EVN PID"},
    {"DFT", "EVN PID"}, {"MDM", "EVN PID TXA"}, {"MFN", "MFI MFE"},
    {"ORM", "ORC"},     {"ORR", "MSA"},         {"ORU", "OBR"},
    {"QRY", "QRD"},     {"RDE", "ORC"},         {"RSP", "MSA QAK QPD"},
    {"SIU", "SCH"},     {"VXU", "PID"},
};

// The highest field of a segment in any version.
struct LastFieldOf {
  std::string_view segment;
  int field = 0;
};

inline constexpr LastFieldOf kLastFields[] = {
    {"AL1", 6},  {"DG1", 26}, {"EVN", 7},  {"MSA", 8},  {"MSH", 25},
    {"NK1", 41}, {"NTE", 9},  {"OBR", 55}, {"OBX", 31}, {"ORC", 34},
    {"PD1", 24}, {"PID", 40}, {"PV1", 54}, {"PV2", 50}, {"TXA", 28},
};

// Segments that number themselves in field 1.
inline constexpr std::string_view kNumbered[] = {"AL1", "DG1", "GT1", "IN1",
                                                 "NK1", "OBR", "OBX", "PR1"};

// HL7 table 0125, withdrawn types too.
inline constexpr std::string_view kValueTypes[] = {
    "AD", "CE",  "CF",  "CK",  "CN",  "CNE", "CP", "CQ",  "CWE", "CX",
    "DR", "DT",  "DTM", "ED",  "EI",  "FN",  "FT", "GTS", "HD",  "ID",
    "IS", "MA",  "MO",  "NA",  "NM",  "NR",  "PL", "PN",  "PPN", "RP",
    "SI", "SN",  "SNM", "SRT", "ST",  "TM",  "TN", "TS",  "TX",  "VID",
    "VR", "XAD", "XCN", "XON", "XPN", "XTN"};

// MSH-12.1, and the number `since` speaks of.
struct Version {
  std::string_view name;
  int number = 0;
};

inline constexpr Version kVersions[] = {
    {"2.1", 21}, {"2.2", 22},   {"2.3", 23},   {"2.3.1", 23}, {"2.4", 24},
    {"2.5", 25}, {"2.5.1", 25}, {"2.6", 26},   {"2.7", 27},   {"2.7.1", 27},
    {"2.8", 28}, {"2.8.1", 28}, {"2.8.2", 28}, {"2.0", 21},   {"2.9", 28}};

}  // namespace phiwire::hl7v2

#endif  // PHIWIRE_FORMATS_HL7V2_CHECK_TABLES_H_
