// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/stop_signal.h"

#include <signal.h>

#include <atomic>

namespace phiwire::cli {
namespace {

// A signal handler can reach nothing but a global.
std::atomic<int> stop_signal{0};
static_assert(std::atomic<int>::is_always_lock_free);

void Note(int signal) { stop_signal.store(signal); }

}  // namespace

void CatchStopSignals() {
  struct sigaction action {};
  action.sa_handler = Note;
  // Without SA_RESTART a blocked read returns; the second signal is deadly.
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigemptyset(&action.sa_mask);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    sigaction(signal, &action, nullptr);
  }
  struct sigaction ignore {};
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &ignore, nullptr);
  sigaction(SIGXFSZ, &ignore, nullptr);
}

int StopSignal() { return stop_signal.load(); }

}  // namespace phiwire::cli
