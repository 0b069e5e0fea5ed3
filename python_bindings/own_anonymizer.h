// SPDX-License-Identifier: Apache-2.0
//
// A user's own anonymizer in Python: a function of (type, value), or an object
// with apply(target, session) and, if it likes, finish(session).
//
//   OwnAnonymizers own = ReadAnonymizers(dict);       // {"initials": fn}
//   options.anonymizers["initials"] = own[0];
//
// An exception becomes a refusal that names its class and nothing else of it;
// KeyboardInterrupt is raised again once the library has returned.
// Threads: the library calls from any of them and without the GIL, which is
// taken for each call; calls of one object may so overlap where it gives the
// GIL up.
// Garbage: the object may hold what holds this; Visit and Clear are for the
// collector of cycles.

#ifndef PHIWIRE_PYTHON_BINDINGS_OWN_ANONYMIZER_H_
#define PHIWIRE_PYTHON_BINDINGS_OWN_ANONYMIZER_H_

#include <nanobind/nanobind.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "phiwire/anonymizer.h"

namespace phiwire::python {

class OwnAnonymizer : public Anonymizer {
 public:
  // Raises PolicyError when `object` is neither.
  OwnAnonymizer(std::string name, nanobind::object object);
  ~OwnAnonymizer() override;  // takes the GIL
  OwnAnonymizer(const OwnAnonymizer&) = delete;
  OwnAnonymizer& operator=(const OwnAnonymizer&) = delete;

  std::string_view name() const override { return name_; }
  absl::StatusOr<std::string> Apply(const Target& target,
                                    Session& session) const override;
  absl::Status Finish(Session& session) const override;

  // With the GIL; after Clear nothing is applied any more.
  int Visit(visitproc visit, void* arg) const;
  void Clear();

 private:
  nanobind::object Call(const Target& target, Session& session) const;

  const std::string name_;
  nanobind::object apply_;   // the function, or the object's method
  nanobind::object finish_;  // null: none
  bool method_ = false;
};

using OwnAnonymizers = std::vector<std::shared_ptr<OwnAnonymizer>>;

// Names to functions or objects; raises PolicyError for a name that no policy
// can name.
OwnAnonymizers ReadAnonymizers(const nanobind::dict& anonymizers);

void BindSession(nanobind::module_& m);

}  // namespace phiwire::python

#endif  // PHIWIRE_PYTHON_BINDINGS_OWN_ANONYMIZER_H_
