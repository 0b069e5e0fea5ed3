// SPDX-License-Identifier: Apache-2.0
//
// phiwire rules check|list|test: for those who write catalogue files for
// their site.

#ifndef PHIWIRE_APPS_CLI_RULES_CMD_H_
#define PHIWIRE_APPS_CLI_RULES_CMD_H_

#include "apps/cli/engine_flags.h"

namespace phiwire::cli {

// Builds an engine with the rules: everything that can be wrong with a file is
// found, and named by file, line and column.
int RunRulesCheck(const EngineFlags& flags);

// One line a rule of the catalogue, built in and of the --rules folders: its
// type, its probability alone and under a label, where it stands.
int RunRulesList(const EngineFlags& flags);

// Runs the examples of every catalogue file through the recognizers: a
// positive one ("text -> surface") needs a candidate of the file's type over
// the surface, a negative one none.
int RunRulesTest(const EngineFlags& flags);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_RULES_CMD_H_
