// SPDX-License-Identifier: Apache-2.0
//
// The pieces module.cc puts together, one a file.

#ifndef PHIWIRE_PYTHON_BINDINGS_BINDINGS_H_
#define PHIWIRE_PYTHON_BINDINGS_BINDINGS_H_

#include <nanobind/nanobind.h>

#include <string_view>

#include "phiwire/types.h"
#include "python_bindings/errors.h"

namespace phiwire::python {

// The type of a name; raises for an unknown one.
PhiType RequireType(std::string_view name, Stage stage);

void BindPolicy(nanobind::module_& m);
void BindEngine(nanobind::module_& m);

}  // namespace phiwire::python

#endif  // PHIWIRE_PYTHON_BINDINGS_BINDINGS_H_
