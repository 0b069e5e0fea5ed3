// SPDX-License-Identifier: Apache-2.0
//
// phiwire keygen: a new site key (base/key_file.h), 256 random bits.

#ifndef PHIWIRE_APPS_CLI_KEYGEN_H_
#define PHIWIRE_APPS_CLI_KEYGEN_H_

#include <string>

namespace phiwire::cli {

// To a new file with mode 0600; one that exists is never overwritten. Empty:
// to standard output.
int RunKeygen(const std::string& output);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_KEYGEN_H_
