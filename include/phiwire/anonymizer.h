// SPDX-License-Identifier: Apache-2.0
//
// What takes the place of a finding. One class an anonymizer; phiwire's own and
// a user's implement the same interface. An Anonymizer is immutable and safe
// from any thread; what changes while a record is worked on lives in the
// record's Session, which one thread has at a time.
//
// A user's own is given by name, and a policy asks for it by "user:" and the
// name ("DATE: {anonymizer: user:decade}"):
//
//   class Decade : public phiwire::Anonymizer { ... };
//   phiwire::Options options;
//   options.anonymizers["decade"] = std::make_shared<Decade>();
//   auto deid = phiwire::Deidentifier::Create(policy, options);
//
// Errors refuse the record; they must never hold anything of the text. From a
// user's own an exception refuses it too, and a message that quotes the value
// is withheld.

#ifndef PHIWIRE_INCLUDE_PHIWIRE_ANONYMIZER_H_
#define PHIWIRE_INCLUDE_PHIWIRE_ANONYMIZER_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "phiwire/types.h"

namespace phiwire {

// What a slot's grammar lets stand in it.
enum class SlotGrammar : std::uint8_t {
  kFreeText,    // anything: "[TYPE]" is fine
  kHl7Date,     // DT/TS/DTM: YYYY[MM[DD[...]]]: its year stays
  kIdentifier,  // ids, numbers, phones: a token of the slot's alphabet
  kZip,         // first three digits, or 000
  kName,        // one leaf of a name or address: free of delimiters
  kEmpty,       // nothing valid but empty (codes)
};

// Which part of a person's name a value is, where the format says so.
enum class NamePart : std::uint8_t {
  kWhole,  // not told: free text, or a field that holds all of it
  kFamily,
  kGiven,
  kMiddle,
  kAffix,  // prefix, suffix, degree
};

// A person as the record's own fields name them, written as they are there.
struct PersonName {
  std::string family;
  std::string given;
  std::string middle;
};

struct Target {
  PhiType type = PhiType::kName;
  SlotGrammar grammar = SlotGrammar::kFreeText;
  std::string_view surface;    // decoded text of the finding or slot
  std::string_view path = {};  // "PID-5.1"; empty for a plain text
  NamePart part = NamePart::kWhole;
  // Whose name the value is a part of; null when the format doesn't say.
  const PersonName* person = nullptr;
  // The value as the format spells it, with its escapes; empty when the surface
  // can't be spelled in two ways. Only what must come back byte for byte looks
  // at it.
  std::string_view raw = {};
};

// State of one anonymizer for one record.
class SessionState {
 public:
  virtual ~SessionState() = default;
};

// One record while it is worked on: whom it is about, who and what stands in
// it, and what its anonymizers remember from one value to the next. Before the
// first Apply the record's persons, names and values have all been added.
class Session {
 public:
  explicit Session(std::string_view subject = {}) : subject_(subject) {}
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // The patient's id (PID-3, a column, --subject), as written; "" when unknown.
  // In a record of several patients it follows the field.
  std::string_view subject() const { return subject_; }
  void set_subject(std::string_view subject) { subject_ = subject; }

  // Persons of the record's fields, the patient first. Stable addresses.
  std::span<const PersonName> persons() const { return persons_; }
  void set_persons(std::span<const PersonName> persons) { persons_ = persons; }

  // Surfaces of NAME findings in free text, in order, as they are written.
  std::span<const std::string_view> names() const { return names_; }
  // Room for so many values, to be added.
  void ExpectValues(std::size_t values) { values_.reserve(values); }
  // Every finding and slot of the record; views must outlive the session.
  void AddValue(PhiType type, std::string_view surface);
  // Whether a value of the record reads so, ASCII case apart.
  bool Holds(std::string_view surface);

  // 1 for the first identity of a type in this record, 2 for the next, ...; the
  // same identity has the same number.
  std::size_t Number(PhiType type, std::string_view identity);

  // The state kept for `owner` (an anonymizer's this, or the address of any
  // constant of static storage that several share), made when first asked for.
  template <class T>
  T& State(const void* owner) {
    std::unique_ptr<SessionState>& state = states_[owner];
    if (state == nullptr) state = std::make_unique<T>();
    return static_cast<T&>(*state);
  }

  // Things worth telling ("fake_collision"): names by static text, no PHI.
  void Count(std::string_view what) { ++counts_[std::string(what)]; }
  const std::map<std::string, std::size_t>& counts() const { return counts_; }

 private:
  std::string subject_;
  std::span<const PersonName> persons_;
  std::vector<std::string_view> names_;
  std::vector<std::string_view> values_;
  std::map<std::string, std::size_t> held_;  // values_ in lower case, lazily
  std::size_t indexed_ = 0;                  // how many of values_ are in held_
  std::map<std::pair<PhiType, std::string>, std::size_t> numbers_;
  std::map<PhiType, std::size_t> last_number_;
  std::map<const void*, std::unique_ptr<SessionState>> states_;
  std::map<std::string, std::size_t> counts_;
};

class Anonymizer {
 public:
  virtual ~Anonymizer() = default;
  // The name in policies ("replace"); part of the file format.
  virtual std::string_view name() const = 0;

  // The replacement, unescaped. For a slot grammar it must be a value that
  // grammar allows; an empty string empties the slot.
  virtual absl::StatusOr<std::string> Apply(const Target& target,
                                            Session& session) const = 0;

  // Called once after the last Apply of a record, before any of its output is
  // let out: what must outlast the process is written here.
  virtual absl::Status Finish(Session& session) const;

  // The way back, with the key (phiwire reidentify): target.surface is what
  // Apply gave. kUnimplemented: there is none. kInvalidArgument: this is
  // nothing Apply gave under any of the keys, or it was tampered with.
  virtual absl::StatusOr<std::string> Restore(const Target& target,
                                              Session& session) const;
};

}  // namespace phiwire

#endif  // PHIWIRE_INCLUDE_PHIWIRE_ANONYMIZER_H_
