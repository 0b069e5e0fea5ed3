// SPDX-License-Identifier: Apache-2.0
//
// What `phiwire` gives back to the shell; part of the contract (docs/cli.md).

#ifndef PHIWIRE_APPS_CLI_EXIT_CODE_H_
#define PHIWIRE_APPS_CLI_EXIT_CODE_H_

namespace phiwire::cli {

inline constexpr int kExitDone = 0;
inline constexpr int kExitRefused = 1;  // some input was refused
inline constexpr int kExitUsage = 2;    // bad usage or configuration

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_EXIT_CODE_H_
