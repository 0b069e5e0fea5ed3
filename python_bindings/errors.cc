// SPDX-License-Identifier: Apache-2.0

#include "python_bindings/errors.h"

#include <nanobind/nanobind.h>
#include <nanobind/stl/string.h>

#include <string>

#include "base/strings.h"

namespace phiwire::python {
namespace {

namespace nb = nanobind;

const char* ClassName(absl::StatusCode code, Stage stage) {
  switch (code) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kDataLoss:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kPermissionDenied:
      return stage == Stage::kSetup ? "PolicyError" : "InputError";
    case absl::StatusCode::kOutOfRange:
      return stage == Stage::kSetup ? "PolicyError" : "LimitError";
    case absl::StatusCode::kResourceExhausted:
      return "LimitError";
    case absl::StatusCode::kUnimplemented:
      return "UnsupportedError";
    default:
      return "InternalError";
  }
}

}  // namespace

void Raise(const absl::Status& status, Stage stage, std::string_view prefix) {
  const std::string message = Concat({prefix, ToStd(status.message())});
  nb::object type = nb::module_::import_("phiwire.errors")
                        .attr(ClassName(status.code(), stage));
  nb::object error = type(message, absl::StatusCodeToString(status.code()));
  PyErr_SetObject(type.ptr(), error.ptr());
  throw nb::python_error();
}

void RaiseInput(std::string_view message) {
  Raise(absl::InvalidArgumentError(ToAbsl(message)), Stage::kInput);
}

}  // namespace phiwire::python
