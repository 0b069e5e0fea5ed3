// SPDX-License-Identifier: Apache-2.0
//
// Early return on error; Debian 12's Abseil has no such macros.
//
//   PHIWIRE_RETURN_IF_ERROR(DoIt());
//   PHIWIRE_ASSIGN_OR_RETURN(auto policy, Policy::FromFile(path));

#ifndef PHIWIRE_BASE_STATUS_MACROS_H_
#define PHIWIRE_BASE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define PHIWIRE_CONCAT_INNER(a, b) a##b
#define PHIWIRE_CONCAT(a, b) PHIWIRE_CONCAT_INNER(a, b)

#define PHIWIRE_RETURN_IF_ERROR(expr)                \
  do {                                               \
    absl::Status phiwire_status = (expr);            \
    if (!phiwire_status.ok()) return phiwire_status; \
  } while (false)

#define PHIWIRE_ASSIGN_OR_RETURN_IMPL(var, lhs, expr) \
  auto var = (expr);                                  \
  if (!var.ok()) return std::move(var).status();      \
  lhs = *std::move(var)

#define PHIWIRE_ASSIGN_OR_RETURN(lhs, expr)                                  \
  PHIWIRE_ASSIGN_OR_RETURN_IMPL(PHIWIRE_CONCAT(phiwire_statusor_, __LINE__), \
                                lhs, expr)

#endif  // PHIWIRE_BASE_STATUS_MACROS_H_
