// SPDX-License-Identifier: Apache-2.0

#include "python_bindings/own_anonymizer.h"

#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>

#include <optional>
#include <utility>

#include "base/strings.h"
#include "policy/anonymizer_catalogue.h"
#include "python_bindings/bindings.h"
#include "python_bindings/errors.h"

namespace phiwire::python {
namespace {

namespace nb = nanobind;
using nb::literals::operator""_a;

std::string_view GrammarName(SlotGrammar grammar) {
  switch (grammar) {
    case SlotGrammar::kFreeText:
      return "text";
    case SlotGrammar::kHl7Date:
      return "hl7_date";
    case SlotGrammar::kIdentifier:
      return "identifier";
    case SlotGrammar::kZip:
      return "zip";
    case SlotGrammar::kName:
      return "name";
    case SlotGrammar::kEmpty:
      return "empty";
  }
  return "empty";
}

// What one anonymizer keeps of one record; it dies where the library likes.
struct RecordDict : SessionState {
  RecordDict() = default;
  RecordDict(const RecordDict&) = delete;
  RecordDict& operator=(const RecordDict&) = delete;
  ~RecordDict() override {
    if (!nb::is_alive()) {
      dict.release();
      return;
    }
    const nb::gil_scoped_acquire acquire;
    dict.reset();
  }
  nb::object dict;
};

// The session as Python sees it: of no use once the call is over.
struct PySession {
  Session* session = nullptr;
  const void* owner = nullptr;

  Session& get() const {
    if (session == nullptr) {
      RaiseInput("the session is over: keep what you need of it in its state");
    }
    return *session;
  }
};

// A PySession for as long as this lives; the GIL is held.
class LiveSession {
 public:
  LiveSession(Session& session, const void* owner)
      : object_(nb::cast(PySession{&session, owner})) {}
  LiveSession(const LiveSession&) = delete;
  LiveSession& operator=(const LiveSession&) = delete;
  ~LiveSession() { nb::inst_ptr<PySession>(object_)->session = nullptr; }
  const nb::object& object() const { return object_; }

 private:
  nb::object object_;
};

nb::str ToPython(std::string_view utf8) {
  PyObject* str = PyUnicode_FromStringAndSize(
      utf8.data(), static_cast<Py_ssize_t>(utf8.size()));
  if (str == nullptr) throw nb::python_error();
  return nb::steal<nb::str>(str);
}

nb::object ToPython(const Target& target, const Session& session) {
  return nb::module_::import_("phiwire.anonymizer")
      .attr("Target")(ToPython(TypeName(target.type)), ToPython(target.surface),
                      ToPython(GrammarName(target.grammar)),
                      ToPython(target.path), ToPython(session.subject()));
}

absl::StatusOr<std::string> FromPython(const nb::object& value) {
  if (!nb::isinstance<nb::str>(value)) {
    return absl::FailedPreconditionError("it returned no str");
  }
  Py_ssize_t size = 0;
  const char* data = PyUnicode_AsUTF8AndSize(value.ptr(), &size);
  if (data == nullptr) {
    PyErr_Clear();
    return absl::FailedPreconditionError("it returned a lone surrogate");
  }
  return std::string(data, static_cast<std::size_t>(size));
}

// The class alone: a message may quote the value. What isn't an Exception is
// no opinion on the value, so on_failure must not take it for one.
absl::Status ToStatus(const nb::python_error& error) {
  if (error.matches(PyExc_KeyboardInterrupt)) {
    PyErr_SetInterrupt();
    return absl::AbortedError("it was interrupted");
  }
  nb::object name = nb::getattr(error.type(), "__name__", nb::none());
  std::string class_name = "an exception";
  if (!nb::try_cast(name, class_name)) PyErr_Clear();
  const std::string message = Concat({"it raised ", class_name});
  if (!error.matches(PyExc_Exception)) return absl::AbortedError(message);
  return absl::FailedPreconditionError(message);
}

// Runs f with the GIL and gives back no exception of any kind.
template <typename F>
auto WithGil(const F& f) -> decltype(f()) {
  if (!nb::is_alive()) return absl::AbortedError("Python is shutting down");
  const nb::gil_scoped_acquire acquire;
  return Guarded([&]() -> decltype(f()) {
    try {
      return f();
    } catch (const nb::python_error& error) {
      return ToStatus(error);
    }
  });
}

}  // namespace

OwnAnonymizer::OwnAnonymizer(std::string name, nb::object object)
    : name_(std::move(name)) {
  if (nb::hasattr(object, "apply")) {
    apply_ = object.attr("apply");
    method_ = true;
    if (nb::hasattr(object, "finish")) finish_ = object.attr("finish");
  } else {
    apply_ = std::move(object);
  }
  if (!PyCallable_Check(apply_.ptr()) ||
      (finish_.is_valid() && !PyCallable_Check(finish_.ptr()))) {
    Raise(absl::InvalidArgumentError(
              ToAbsl(Concat({"anonymizer user:", name_,
                             ": neither a function of (type, value) nor an "
                             "object with apply(target, session)"}))),
          Stage::kSetup);
  }
}

OwnAnonymizer::~OwnAnonymizer() {
  if (!nb::is_alive()) {
    apply_.release();
    finish_.release();
    return;
  }
  const nb::gil_scoped_acquire acquire;
  Clear();
}

nb::object OwnAnonymizer::Call(const Target& target, Session& session) const {
  const nb::object apply = apply_;  // Clear may come in between
  if (!method_) {
    return apply(ToPython(TypeName(target.type)), ToPython(target.surface));
  }
  const LiveSession live(session, this);
  return apply(ToPython(target, session), live.object());
}

absl::StatusOr<std::string> OwnAnonymizer::Apply(const Target& target,
                                                 Session& session) const {
  return WithGil([&]() -> absl::StatusOr<std::string> {
    if (!apply_.is_valid()) return absl::AbortedError("it is gone");
    return FromPython(Call(target, session));
  });
}

absl::Status OwnAnonymizer::Finish(Session& session) const {
  if (!method_) return absl::OkStatus();
  return WithGil([&]() -> absl::Status {
    if (!finish_.is_valid()) return absl::OkStatus();
    const nb::object finish = finish_;
    const LiveSession live(session, this);
    finish(live.object());
    return absl::OkStatus();
  });
}

int OwnAnonymizer::Visit(visitproc visit, void* arg) const {
  Py_VISIT(apply_.ptr());
  Py_VISIT(finish_.ptr());
  return 0;
}

void OwnAnonymizer::Clear() {
  // Gone from here before what their end may run.
  const nb::object apply = std::move(apply_);
  const nb::object finish = std::move(finish_);
}

OwnAnonymizers ReadAnonymizers(const nb::dict& anonymizers) {
  OwnAnonymizers own;
  for (const auto& [key, object] : anonymizers) {
    std::string name;
    if (!nb::try_cast(key, name) || !UserName(Concat({"user:", name}))) {
      Raise(absl::InvalidArgumentError(
                "an anonymizer's name is of letters, digits, - and _"),
            Stage::kSetup);
    }
    own.push_back(std::make_shared<OwnAnonymizer>(
        std::move(name), nb::borrow<nb::object>(object)));
  }
  return own;
}

void BindSession(nb::module_& m) {
  nb::class_<PySession>(m, "Session",
                        "One record while it is worked on; of use during the "
                        "call only.")
      .def_prop_ro(
          "subject",
          [](const PySession& s) { return ToPython(s.get().subject()); },
          nb::sig("def subject(self) -> str"),
          "The patient's id as written, \"\" when unknown.")
      .def_prop_ro(
          "state",
          [](const PySession& s) {
            auto& state = s.get().State<RecordDict>(s.owner);
            if (!state.dict.is_valid()) state.dict = nb::dict();
            return state.dict;
          },
          nb::sig("def state(self) -> dict"),
          "What this anonymizer keeps of this record, a dict.")
      .def(
          "number",
          [](const PySession& s, std::string_view type,
             std::string_view identity) {
            return s.get().Number(RequireType(type, Stage::kInput), identity);
          },
          "type"_a, "identity"_a,
          "1 for the first identity of a type in this record, 2 for the next.")
      .def(
          "holds",
          [](const PySession& s, std::string_view text) {
            return s.get().Holds(text);
          },
          "text"_a,
          "Whether a value of the record reads so, ASCII case apart.");
}

}  // namespace phiwire::python
