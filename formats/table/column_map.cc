// SPDX-License-Identifier: Apache-2.0

#include "formats/table/column_map.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/ascii.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "formats/table/column_words.h"

namespace phiwire::table {
namespace {

// Shares of the filled cells of a sample at which a shape decides.
constexpr double kMostCells = 0.9;
constexpr double kManyDistinct = 0.6;
constexpr std::size_t kFewCells = 6;
constexpr std::size_t kLongestHeaderCell = 64;
// "addr2" and "icd10" are names of columns, "SSN 219-09-9999" is a cell.
constexpr std::size_t kFewestNumberDigits = 3;
constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

// Who isn't family: notes name them, but their numbers aren't the patient's.
constexpr std::string_view kStaff[] = {
    "prov",     "prvdr", "physician", "physn",   "doctor",    "attending",
    "ordering", "refer", "nurse",     "surgeon", "clinician", "author",
    "staff",    "pcp",   "therapist", "signed"};

bool IsStaff(std::string_view owner) {
  return std::any_of(
      std::begin(kStaff), std::end(kStaff),
      [&](std::string_view word) { return owner.find(word) != owner.npos; });
}

double ShareOfDistinct(const ColumnSample& sample) {
  if (sample.filled() == 0) return 0;
  return static_cast<double>(sample.distinct()) /
         static_cast<double>(sample.filled());
}

ColumnRule DateRule(const ColumnSample& sample) {
  ColumnRule rule = Date();
  if (sample.day_first()) rule.spelling = Spelling::kDayFirstDate;
  return rule;
}

// Capitalised words that hardly repeat: people's names more often than not.
bool LooksLikeNames(const ColumnSample& sample, bool named) {
  if (sample.Share(Shape::kLastFirst) >= kMostCells) return true;
  const double words =
      sample.Share(Shape::kWords) + sample.Share(Shape::kLastFirst);
  if (words < kMostCells) return false;
  if (sample.filled() >= kFewCells) {
    return ShareOfDistinct(sample) >= kManyDistinct;
  }
  return !named && sample.distinct() == sample.filled();
}

// What the cells of a column look like, where its name says nothing.
ColumnRule RuleByContent(const ColumnSample& sample, bool named) {
  struct ShapeRule {
    Shape shape;
    ColumnRule rule;
  };
  const ShapeRule kShapes[] = {{Shape::kDate, DateRule(sample)},
                               {Shape::kYear, Date()},
                               {Shape::kSsn, Number(PhiType::kSsn)},
                               {Shape::kPhone, Number(PhiType::kPhone)},
                               {Shape::kEmail, Words(PhiType::kEmail)},
                               {Shape::kUrl, Words(PhiType::kUrl)},
                               {Shape::kIpAddress, Words(PhiType::kIpAddress)},
                               {Shape::kUuid, Number(PhiType::kId)}};
  for (const ShapeRule& s : kShapes) {
    if (sample.Share(s.shape) >= kMostCells) return s.rule;
  }
  if (sample.Share(Shape::kSmall) + sample.Share(Shape::kYear) >= kMostCells) {
    return kKept;
  }
  const double ids =
      sample.Share(Shape::kLargeNumber) + sample.Share(Shape::kMixed);
  if (ids >= kMostCells && ShareOfDistinct(sample) >= kManyDistinct) {
    return Number(PhiType::kId);
  }
  if (LooksLikeNames(sample, named)) return Name(NamePart::kWhole);
  return kScanned;
}

// A "patient" column of numbers holds ids, a kept one of dates none of that.
ColumnClass Corrected(ColumnClass c, const ColumnSample& sample) {
  if (sample.filled() == 0) return c;
  if (c.use == ColumnUse::kUnknown || c.use == ColumnUse::kKeep) {
    const ColumnRule by_content = RuleByContent(sample, true);
    const bool of_kept = by_content.use == ColumnUse::kSlot &&
                         by_content.type != PhiType::kName &&
                         by_content.type != PhiType::kId &&
                         sample.Share(Shape::kYear) < kMostCells;
    if (c.use == ColumnUse::kUnknown || of_kept) {
      static_cast<ColumnRule&>(c) = by_content;
    }
    return c;
  }
  if (c.use != ColumnUse::kSlot) return c;
  if (c.type == PhiType::kName) {
    const double numbers =
        sample.Share(Shape::kLargeNumber) + sample.Share(Shape::kMixed) +
        sample.Share(Shape::kSmall) + sample.Share(Shape::kUuid);
    if (numbers >= kMostCells) {
      const bool patient = c.part == NamePart::kWhole && c.owner.empty();
      static_cast<ColumnRule&>(c) =
          Number(PhiType::kId, patient ? std::uint8_t{2} : std::uint8_t{0});
    }
  }
  if (c.type == PhiType::kDate && c.spelling == Spelling::kAnyDate &&
      sample.day_first()) {
    c.spelling = Spelling::kDayFirstDate;
  }
  return c;
}

std::string PlaceName(std::size_t index) {
  return Concat({"#", std::to_string(index + 1)});
}

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool IsPlace(std::string_view name) {
  return name.size() > 1 && name.front() == '#' &&
         name.find_first_not_of("0123456789", 1) == name.npos;
}

// Index of a column by its name as written, else in any case, else by place.
std::size_t FindColumn(const std::vector<std::string>& names,
                       std::size_t columns, std::string_view name) {
  const auto exact = std::find(names.begin(), names.end(), name);
  if (exact != names.end()) {
    return static_cast<std::size_t>(exact - names.begin());
  }
  const std::string lower = Lower(name);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (Lower(names[i]) == lower) return i;
  }
  if (!IsPlace(name)) return kNowhere;
  std::size_t place = 0;
  std::from_chars(name.data() + 1, name.data() + name.size(), place);
  return place == 0 || place > columns ? kNowhere : place - 1;
}

ColumnRule RuleOf(SiteRule::As as, PhiType type, bool* dropped) {
  *dropped = as == SiteRule::As::kDrop;
  switch (as) {
    case SiteRule::As::kText:
      return kProse;
    case SiteRule::As::kKeep:
      return kKept;
    case SiteRule::As::kDrop:
      return Slot(PhiType::kId, SlotGrammar::kEmpty);
    case SiteRule::As::kSlot:
      break;
  }
  return RuleOfType(type);
}

class Planner {
 public:
  Planner(const TableHead& head, const ColumnMap& map,
          std::span<const SiteRule> site)
      : head_(head), map_(map), site_(site), names_(head.names) {}

  absl::StatusOr<Plan> Make() {
    plan_.columns.resize(std::max(head_.samples.size(), names_.size()));
    classes_.resize(plan_.columns.size());
    PHIWIRE_RETURN_IF_ERROR(PlaceSpecs());
    for (std::size_t i = 0; i < plan_.columns.size(); ++i) Decide(i);
    PHIWIRE_RETURN_IF_ERROR(FindSubjects());
    GroupNames();
    plan_.fields = static_cast<std::size_t>(std::count_if(
        plan_.columns.begin(), plan_.columns.end(), [](const Column& column) {
          return column.rule.use != ColumnUse::kKeep;
        }));
    return std::move(plan_);
  }

 private:
  absl::Status PlaceSpecs() {
    specs_.resize(plan_.columns.size(), nullptr);
    for (const ColumnSpec& spec : map_.columns) {
      const std::size_t at = spec.index != 0 ? spec.index - 1 : Find(spec.name);
      if (at >= specs_.size()) {
        return absl::InvalidArgumentError(Concat(
            {"the column map names a column that the table lacks: ",
             spec.name.empty() ? PlaceName(spec.index - 1) : spec.name}));
      }
      if (specs_[at] != nullptr) {
        return absl::InvalidArgumentError(
            Concat({"the column map names column ", PlaceName(at), " twice"}));
      }
      specs_[at] = &spec;
    }
    if (!map_.strict) return absl::OkStatus();
    const auto gap = std::find(specs_.begin(), specs_.end(), nullptr);
    if (gap == specs_.end()) return absl::OkStatus();
    return absl::InvalidArgumentError(
        Concat({"the column map is strict and lacks column ",
                PlaceName(static_cast<std::size_t>(gap - specs_.begin()))}));
  }

  std::size_t Find(std::string_view name) const {
    const std::size_t at = FindColumn(names_, plan_.columns.size(), name);
    if (at != kNowhere) return at;
    // A name that the map itself gives to a place.
    for (const ColumnSpec& spec : map_.columns) {
      if (spec.index != 0 && spec.name == name) return spec.index - 1;
    }
    return kNowhere;
  }

  void Decide(std::size_t i) {
    Column& column = plan_.columns[i];
    ColumnClass& c = classes_[i];
    const bool named = i < names_.size();
    std::string_view name =
        named ? std::string_view(names_[i]) : std::string_view();
    if (specs_[i] != nullptr && !specs_[i]->name.empty()) {
      name = specs_[i]->name;
    }
    c = ClassifyColumnName(name);
    column.path = c.use == ColumnUse::kUnknown && specs_[i] == nullptr
                      ? PlaceName(i)
                      : std::string(name);
    if (column.path.empty()) column.path = PlaceName(i);
    if (i < head_.samples.size()) {
      c = named || !name.empty()
              ? Corrected(c, head_.samples[i])
              : ColumnClass{RuleByContent(head_.samples[i], false), {}};
    }
    Tell(i, name, &column);
    column.personal = !IsStaff(c.owner);
    column.rule = c;
  }

  // What people said comes before names and content.
  void Tell(std::size_t i, std::string_view name, Column* column) {
    std::optional<SiteRule::As> as;
    PhiType type = PhiType::kId;
    for (const SiteRule& rule : site_) {
      if (FindColumn(names_, plan_.columns.size(), rule.place) != i &&
          (name.empty() || rule.place != name)) {
        continue;
      }
      as = rule.as;
      type = rule.type;
      column->path = rule.place;
    }
    if (specs_[i] != nullptr && specs_[i]->as) {
      as = specs_[i]->as;
      type = specs_[i]->type;
      column->path = specs_[i]->name.empty() ? PlaceName(i) : specs_[i]->name;
    }
    if (!as) return;
    column->told = true;
    const ColumnRule by_name = classes_[i];
    ColumnRule rule = RuleOf(*as, type, &column->dropped);
    // The part of a name, the spelling of a date and the patient's key.
    if (*as == SiteRule::As::kSlot && by_name.use == ColumnUse::kSlot &&
        by_name.type == type) {
      rule = by_name;
    }
    rule.subject_rank = by_name.subject_rank;
    static_cast<ColumnRule&>(classes_[i]) = rule;
  }

  absl::Status FindSubjects() {
    std::size_t best = kNowhere;
    if (!map_.subject.empty()) {
      best = Find(map_.subject);
      if (best >= plan_.columns.size()) return NoSubject(map_.subject);
    } else {
      for (std::size_t i = 0; i < classes_.size(); ++i) {
        const std::uint8_t rank = classes_[i].subject_rank;
        if (rank != 0 &&
            (best == kNowhere || rank > classes_[best].subject_rank)) {
          best = i;
        }
      }
    }
    if (best != kNowhere) plan_.subjects.push_back(best);
    for (std::size_t i = 0; i < plan_.columns.size(); ++i) {
      plan_.columns[i].subject = best == kNowhere ? -1 : 0;
      if (specs_[i] == nullptr || specs_[i]->subject.empty()) continue;
      const std::size_t of = Find(specs_[i]->subject);
      if (of >= plan_.columns.size()) return NoSubject(specs_[i]->subject);
      plan_.columns[i].subject = SubjectIndex(of);
    }
    return absl::OkStatus();
  }

  static absl::Status NoSubject(std::string_view name) {
    return absl::InvalidArgumentError(Concat(
        {"the column map's subject is a column that the table lacks: ", name}));
  }

  std::int32_t SubjectIndex(std::size_t column) {
    auto& subjects = plan_.subjects;
    auto at = std::find(subjects.begin(), subjects.end(), column);
    if (at == subjects.end()) at = subjects.insert(at, column);
    return static_cast<std::int32_t>(at - subjects.begin());
  }

  // Parts of a name whose columns have one owner are one person's; the patient
  // comes first.
  void GroupNames() {
    std::map<std::string, std::int32_t> people;
    for (const bool patient : {true, false}) {
      for (std::size_t i = 0; i < classes_.size(); ++i) {
        const ColumnClass& c = classes_[i];
        if (c.use != ColumnUse::kSlot || c.type != PhiType::kName ||
            c.part == NamePart::kWhole || c.owner.empty() != patient) {
          continue;
        }
        const auto next = static_cast<std::int32_t>(people.size());
        plan_.columns[i].person =
            people.try_emplace(c.owner, next).first->second;
      }
    }
    plan_.persons = people.size();
  }

  const TableHead& head_;
  const ColumnMap& map_;
  std::span<const SiteRule> site_;
  const std::vector<std::string>& names_;
  std::vector<const ColumnSpec*> specs_;
  std::vector<ColumnClass> classes_;
  Plan plan_;
};

}  // namespace

absl::StatusOr<Plan> MakePlan(const TableHead& head, const ColumnMap& map,
                              std::span<const SiteRule> site) {
  return Planner(head, map, site).Make();
}

ColumnRule RuleOfType(PhiType type) {
  switch (type) {
    case PhiType::kDate:
      return Date();
    case PhiType::kZip:
      return Slot(type, SlotGrammar::kZip);
    case PhiType::kAge:
      return Slot(type, SlotGrammar::kFreeText);
    case PhiType::kName:
    case PhiType::kStreet:
    case PhiType::kCity:
    case PhiType::kCounty:
    case PhiType::kLocation:
    case PhiType::kFacility:
    case PhiType::kEmployer:
    case PhiType::kProfession:
    case PhiType::kEmail:
    case PhiType::kUrl:
    case PhiType::kIpAddress:
    case PhiType::kUsername:
    case PhiType::kBiometric:
    case PhiType::kPhoto:
      return Words(type);
    default:
      return Number(type);
  }
}

bool HoldsNumber(std::string_view name) {
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (DigitsAt(name, i) >= kFewestNumberDigits) return true;
  }
  return false;
}

bool LooksLikeHeader(std::span<const std::string> cells) {
  std::size_t known = 0;
  std::size_t filled = 0;
  for (const std::string& cell : cells) {
    const std::string_view name = TrimBlanks(cell);
    if (name.empty()) continue;
    ++filled;
    if (name.size() > kLongestHeaderCell || HoldsNumber(name)) return false;
    const Shape shape = ShapeOf(name);
    if (shape != Shape::kOther && shape != Shape::kWords &&
        shape != Shape::kMixed) {
      return false;
    }
    if (ClassifyColumnName(name).use != ColumnUse::kUnknown) ++known;
  }
  // A row of data seldom holds a word of the dictionary, never mostly such.
  return known >= 1 && (known >= 3 || 3 * known >= filled);
}

}  // namespace phiwire::table
