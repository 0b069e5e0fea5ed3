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

// One line a catalogue file of the --rules folders: type, patterns, examples.
int RunRulesList(const EngineFlags& flags);

// Runs the examples of the --rules folders through the whole engine. A
// positive one ("text -> surface") needs a finding of the file's type over
// just the surface, a negative one needs none of that type.
int RunRulesTest(const EngineFlags& flags);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_RULES_CMD_H_
