// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/generalize.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "anonymizers/coarse.h"
#include "anonymizers/slot.h"
#include "anonymizers/zip3.h"
#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire {
namespace {

constexpr std::string_view kName = "generalize";

struct Settings {
  DatePrecision dates = DatePrecision::kYear;
  ZipList zips = ZipList::kUnion;
  std::optional<int> decimals;  // none: coordinates go
};

class Generalize : public Anonymizer {
 public:
  Generalize(const Settings& settings, const SlotOptions& slots)
      : settings_(settings), slots_(slots) {}

  std::string_view name() const override { return kName; }

  absl::StatusOr<std::string> Apply(const Target& target,
                                    Session&) const override {
    if (target.surface.empty()) return std::string();
    switch (target.grammar) {
      case SlotGrammar::kHl7Date:
        return CoarseHl7Date(target.surface, settings_.dates,
                             slots_.reference_year);
      case SlotGrammar::kZip:
        return HarborZip(target.surface, settings_.zips);
      case SlotGrammar::kFreeText:
      case SlotGrammar::kName:
        break;
      default:
        return HarborForm(target, slots_).value_or("");
    }
    std::string out = Coarse(target);
    if (!out.empty()) return out;
    return Concat({"[", TypeName(target.type), "]"});
  }

 private:
  std::string Coarse(const Target& target) const {
    switch (target.type) {
      case PhiType::kDate:
        return CoarseDate(target.surface, settings_.dates,
                          slots_.reference_year);
      case PhiType::kAge:
        return CoarseAge(target.surface, slots_.reference_year);
      case PhiType::kZip:
        return HarborZip(target.surface, settings_.zips);
      case PhiType::kLocation:
        return settings_.decimals
                   ? CoarsePoint(target.surface, *settings_.decimals)
                   : "";
      default:
        return "";
    }
  }

  const Settings settings_;
  const SlotOptions slots_;
};

// The index of the setting's word among `words`; 0 when it is not given.
absl::StatusOr<std::size_t> WordParam(const AnonymizerParams& params,
                                      const std::string& name,
                                      std::span<const std::string_view> words) {
  const auto it = params.find(name);
  if (it == params.end()) return 0;
  std::string list;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (it->second == words[i]) return i;
    list += Concat({list.empty() ? "" : ", ", words[i]});
  }
  return ParamError(kName, name, Concat({"must be one of ", list}));
}

absl::StatusOr<Settings> Read(const AnonymizerParams& params) {
  constexpr std::array<std::string_view, 4> kDates = {"year", "month", "day",
                                                      "hour"};
  constexpr std::array<std::string_view, 3> kLists = {"union", "2000", "2020"};
  constexpr std::array<std::string_view, 4> kPoints = {"remove", "0", "1", "2"};
  PHIWIRE_RETURN_IF_ERROR(AllowParams(kName, params, kGeneralizeParams));
  PHIWIRE_ASSIGN_OR_RETURN(const std::size_t dates,
                           WordParam(params, "dates", kDates));
  PHIWIRE_ASSIGN_OR_RETURN(const std::size_t list,
                           WordParam(params, "zip_list", kLists));
  PHIWIRE_ASSIGN_OR_RETURN(const std::size_t point,
                           WordParam(params, "coordinates", kPoints));
  Settings settings;
  settings.dates = static_cast<DatePrecision>(dates);
  settings.zips = static_cast<ZipList>(list);
  if (point > 0) settings.decimals = static_cast<int>(point) - 1;
  return settings;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Anonymizer>> NewGeneralize(
    const AnonymizerParams& params, const AnonymizerContext& context) {
  PHIWIRE_ASSIGN_OR_RETURN(const Settings settings, Read(params));
  return std::make_unique<Generalize>(settings, context.slots);
}

}  // namespace phiwire
