// SPDX-License-Identifier: Apache-2.0
//
// From absl::Status to the exceptions of phiwire/errors.py; the mapping is in
// errors.cc and nowhere else. The message is the Status' own, which never
// holds document text.
//
//   return Unwrap(Policy::FromFile(path), Stage::kSetup);
//
// Threads: Raise and Unwrap need the GIL; Guarded doesn't.

#ifndef PHIWIRE_PYTHON_BINDINGS_ERRORS_H_
#define PHIWIRE_PYTHON_BINDINGS_ERRORS_H_

#include <new>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace phiwire::python {

// What the caller handed over decides whose mistake an error is.
enum class Stage { kSetup, kInput };

// Sets the Python exception and throws nanobind::python_error. prefix goes
// before the message ("text 3: ").
[[noreturn]] void Raise(const absl::Status& status, Stage stage,
                        std::string_view prefix = {});

// An InputError of the bindings' own making.
[[noreturn]] void RaiseInput(std::string_view message);

template <typename T>
T Unwrap(absl::StatusOr<T> result, Stage stage, std::string_view prefix = {}) {
  if (!result.ok()) Raise(result.status(), stage, prefix);
  return *std::move(result);
}

// Runs f, which returns a StatusOr, and lets no C++ exception out: its what()
// could quote the document, and on a worker thread it would end the process.
template <typename F>
auto Guarded(F&& f) -> decltype(f()) {
  try {
    return f();
  } catch (const std::bad_alloc&) {
    return absl::ResourceExhaustedError("out of memory");
  } catch (...) {
    return absl::InternalError("an exception left the library");
  }
}

}  // namespace phiwire::python

#endif  // PHIWIRE_PYTHON_BINDINGS_ERRORS_H_
