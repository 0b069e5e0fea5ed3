// SPDX-License-Identifier: Apache-2.0

#include "bench/raw_scan.h"

#include <hs/hs.h>

namespace phiwire::bench {

RawScan::RawScan(const hs_database* database) : database_(database) {
  MakeScratch();
}

RawScan::RawScan(const char* literal) {
  hs_compile_error_t* error = nullptr;
  if (hs_compile(literal, 0, HS_MODE_BLOCK, nullptr, &own_, &error) !=
      HS_SUCCESS) {
    hs_free_compile_error(error);
    return;
  }
  database_ = own_;
  MakeScratch();
}

RawScan::~RawScan() {
  hs_free_scratch(scratch_);
  hs_free_database(own_);
}

void RawScan::MakeScratch() {
  if (hs_alloc_scratch(database_, &scratch_) != HS_SUCCESS) scratch_ = nullptr;
}

std::size_t RawScan::Count(std::string_view text) {
  std::size_t count = 0;
  hs_scan(
      database_, text.data(), static_cast<unsigned>(text.size()), 0, scratch_,
      [](unsigned, unsigned long long, unsigned long long, unsigned,
         void* total) {
        ++*static_cast<std::size_t*>(total);
        return 0;
      },
      &count);
  return count;
}

}  // namespace phiwire::bench
