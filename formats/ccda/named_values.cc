// SPDX-License-Identifier: Apache-2.0

#include "formats/ccda/named_values.h"

#include "base/strings.h"
#include "formats/ccda/values.h"

namespace phiwire::ccda {
namespace {

// "patient/name" of "/records/patient/name".
std::string_view LastTwo(std::string_view path) {
  const std::size_t last = path.rfind('/');
  if (last == std::string_view::npos || last == 0) return path;
  const std::size_t before = path.rfind('/', last - 1);
  return before == std::string_view::npos ? path : path.substr(before + 1);
}

}  // namespace

// Names of a hostile document may be many; the same few hold for most.
const ColumnClass& NamedValues::ClassOf(std::string_view name) {
  constexpr std::size_t kMost = 10000;
  const auto found = classes_.find(name);
  if (found != classes_.end()) return found->second;
  if (classes_.size() > kMost) classes_.clear();
  std::string dotted(name);
  for (char& c : dotted) {
    if (c == '/') c = '.';
  }
  return classes_.emplace(std::string(name), ClassifyColumnName(dotted))
      .first->second;
}

bool NamedValues::Put(const ColumnClass& column, const Value& value,
                      std::string_view text) {
  if (column.use == ColumnUse::kKeep && ColumnMayKeep(text)) {
    builder_->Keep(value);
    return true;
  }
  if (column.use != ColumnUse::kSlot) return false;
  if (column.type == PhiType::kAge && AgeMayStay(text)) return true;
  SlotUse use;
  use.type = column.type;
  use.grammar = column.grammar;
  use.spelling = column.spelling;
  use.part = column.part;
  builder_->AddSlot(value, use);
  if (use.type != PhiType::kDate || column.birth_date) {
    builder_->Know(value, use, Party::kPatient);
  }
  if (column.subject_rank > 0 && column.subject_rank >= best_rank_) {
    if (column.subject_rank > best_rank_) {
      several_ = false;
    } else {
      several_ = several_ || text != best_text_;
    }
    best_rank_ = column.subject_rank;
    best_text_ = std::string(text);
    best_ = value;
  }
  return true;
}

void NamedValues::PutAttribute(AttributeKind kind,
                               const xml::Attribute& attribute,
                               const Value& value) {
  const bool structure =
      attribute.name.starts_with("xml") || attribute.name.starts_with("xsi:");
  if (structure && kind == AttributeKind::kNamespace &&
      IsPlainNamespace(attribute.value)) {
    return;
  }
  if (structure && kind != AttributeKind::kNamespace &&
      IsToken(attribute.value)) {
    return;
  }
  const std::string_view owner = value.owner;
  const std::string_view element = owner.substr(owner.rfind('/') + 1);
  if (!Put(ClassOf(Concat({element, ".", value.attribute})), value,
           TrimBlanks(attribute.value))) {
    builder_->AddText(value);
  }
}

bool NamedValues::PutText(bool inner, std::string_view path, const Value& value,
                          std::string_view text) {
  return inner && Put(ClassOf(LastTwo(path)), value, text);
}

void NamedValues::Finish() {
  if (best_rank_ > 0 && !several_) builder_->OfferId(best_rank_, best_);
}

}  // namespace phiwire::ccda
