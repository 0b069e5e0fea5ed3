// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/date_shift.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "anonymizers/date_form.h"
#include "anonymizers/date_offset.h"
#include "anonymizers/slot.h"
#include "base/keyed_choice.h"
#include "base/keyed_hash.h"
#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire {
namespace {

constexpr std::string_view kName = "date_shift";
constexpr std::size_t kMostDays = 3650;
constexpr std::size_t kWeek = 7;

// The offset of the subject that was asked for last: mostly the only one.
class LastOffset : public SessionState {
 public:
  std::string subject;
  int days = 0;  // 0: none yet
};

struct Settings {
  std::size_t days = 365;
  bool whole_weeks = false;
  DateOrder order = DateOrder::kMonthFirst;
  bool refuse = true;
};

class DateShift : public Anonymizer {
 public:
  DateShift(const Settings& settings, KeyedChoice choice,
            const SlotOptions& slots)
      : settings_(settings),
        offsets_(AllowedOffsets(static_cast<int>(settings.days),
                                settings.whole_weeks)),
        choice_(std::move(choice)),
        slots_(slots) {}

  std::string_view name() const override { return kName; }

  absl::StatusOr<std::string> Apply(const Target& target,
                                    Session& session) const override {
    if (target.surface.empty()) return std::string();
    if (IsNobody(session) && !settings_.refuse) return Removed(target);
    PHIWIRE_ASSIGN_OR_RETURN(const int days, Offset(session));
    if (auto moved = Moved(target, days)) return *std::move(moved);
    return Removed(target);
  }

  absl::StatusOr<std::string> Restore(const Target& target,
                                      Session& session) const override {
    if (target.surface.empty()) return std::string();  // taken out
    PHIWIRE_ASSIGN_OR_RETURN(const int days, Offset(session));
    if (auto back = Moved(target, -days)) return *std::move(back);
    return absl::InvalidArgumentError("date_shift: no date that it wrote");
  }

 private:
  // Nullopt when it isn't understood or must not be moved.
  std::optional<std::string> Moved(const Target& target, int days) const {
    if (target.type != PhiType::kDate) return std::nullopt;
    std::string repaired;
    const std::optional<WrittenDate> written = Read(target, &repaired);
    if (!written) return std::nullopt;
    const auto first = MovedBy(written->values.first, days);
    const auto last =
        written->range ? MovedBy(written->values.last, days) : DateValue{};
    if (!first || !last) return std::nullopt;
    std::string out;
    out.reserve(target.surface.size() + 8);
    WriteDate(*written, {*first, *last}, &out);
    return out;
  }

  std::optional<WrittenDate> Read(const Target& target,
                                  std::string* repaired) const {
    switch (target.grammar) {
      case SlotGrammar::kHl7Date:
        return ReadHl7Date(target.surface);
      case SlotGrammar::kFreeText:
      case SlotGrammar::kName:
        return ReadDisguisedDate(target.surface, settings_.order, repaired);
      default:
        return std::nullopt;
    }
  }

  // The slot is left without the date; a date's slot even without its year,
  // which would be a true one among moved ones.
  std::string Removed(const Target& target) const {
    if (target.grammar == SlotGrammar::kHl7Date) return "";
    if (auto form = HarborForm(target, slots_)) return *std::move(form);
    return Concat({"[", TypeName(target.type), "]"});
  }

  // A blank id is nobody's: all who come with one would share their offset.
  static bool IsNobody(const Session& session) {
    return session.subject().find_first_not_of(" \t\r\n") ==
           std::string_view::npos;
  }

  absl::StatusOr<int> Offset(Session& session) const {
    if (IsNobody(session)) {
      return absl::FailedPreconditionError(
          "date_shift: the record says no patient; give one (--subject) or set "
          "without_subject: remove");
    }
    LastOffset& last = session.State<LastOffset>(this);
    if (last.days != 0 && last.subject == session.subject()) return last.days;
    PHIWIRE_ASSIGN_OR_RETURN(KeyedChoice::Stream stream,
                             choice_.For(FoldForHash(session.subject())));
    last.days = offsets_[stream.Below(offsets_.size())];
    last.subject = session.subject();
    return last.days;
  }

  const Settings settings_;
  const std::vector<int> offsets_;
  const KeyedChoice choice_;
  const SlotOptions slots_;
};

// One of two words; the first unless given.
absl::StatusOr<bool> IsSecond(const AnonymizerParams& params,
                              const std::string& name, std::string_view first,
                              std::string_view second) {
  const auto it = params.find(name);
  if (it == params.end() || it->second == first) return false;
  if (it->second == second) return true;
  return ParamError(kName, name, Concat({"must be ", first, " or ", second}));
}

absl::StatusOr<Settings> Read(const AnonymizerParams& params) {
  PHIWIRE_RETURN_IF_ERROR(AllowParams(kName, params, kDateShiftParams));
  Settings settings;
  PHIWIRE_ASSIGN_OR_RETURN(
      settings.days,
      NumberParam(kName, params, "days", 1, kMostDays, settings.days));
  PHIWIRE_ASSIGN_OR_RETURN(settings.whole_weeks,
                           IsSecond(params, "whole_weeks", "false", "true"));
  PHIWIRE_ASSIGN_OR_RETURN(
      const bool day_first,
      IsSecond(params, "order", "month_first", "day_first"));
  PHIWIRE_ASSIGN_OR_RETURN(
      const bool remove,
      IsSecond(params, "without_subject", "refuse", "remove"));
  if (day_first) settings.order = DateOrder::kDayFirst;
  settings.refuse = !remove;
  if (settings.whole_weeks && settings.days < kWeek) {
    return ParamError(kName, "days", "must be 7 or more for whole weeks");
  }
  return settings;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Anonymizer>> NewDateShift(
    const AnonymizerParams& params, const AnonymizerContext& context) {
  PHIWIRE_ASSIGN_OR_RETURN(const Settings settings, Read(params));
  if (context.keys == nullptr) {
    return absl::InvalidArgumentError("anonymizer date_shift: no key is given");
  }
  // One offset for all types: no type in the derivation.
  PHIWIRE_ASSIGN_OR_RETURN(
      KeyedChoice choice, KeyedChoice::Create(*context.keys, "date_shift", ""));
  return std::make_unique<DateShift>(settings, std::move(choice),
                                     context.slots);
}

}  // namespace phiwire
