// SPDX-License-Identifier: Apache-2.0
//
// Interrupts (Ctrl-C, TERM, HUP) end the work between two documents, so that
// temporary files are removed; a second one kills. A closed pipe and
// a file over the limit are errors of write(2), not signals.

#ifndef PHIWIRE_APPS_CLI_STOP_SIGNAL_H_
#define PHIWIRE_APPS_CLI_STOP_SIGNAL_H_

namespace phiwire::cli {

void CatchStopSignals();
// The signal that came, 0 if none.
int StopSignal();

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_STOP_SIGNAL_H_
