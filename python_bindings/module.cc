// SPDX-License-Identifier: Apache-2.0
//
// The extension module phiwire._phiwire. Users see the package phiwire, whose
// .py files give these classes their documented shape.

#include <nanobind/nanobind.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

#include <cstddef>
#include <string_view>
#include <vector>

#include "phiwire/types.h"
#include "python_bindings/bindings.h"
#include "python_bindings/own_anonymizer.h"

NB_MODULE(_phiwire, m) {
  m.doc() = "The C++ library behind the package phiwire; not for direct use.";
  m.attr("VERSION") = PHIWIRE_VERSION;
  m.def(
      "type_names",
      [] {
        std::vector<std::string_view> names;
        for (std::size_t i = 0; i < phiwire::kPhiTypeCount; ++i) {
          names.push_back(phiwire::TypeName(static_cast<phiwire::PhiType>(i)));
        }
        return names;
      },
      "Every type of PHI that phiwire knows.");
  phiwire::python::BindPolicy(m);
  phiwire::python::BindSession(m);
  phiwire::python::BindEngine(m);
}
