// SPDX-License-Identifier: Apache-2.0

#include "rules/span_typer.h"

#include <algorithm>
#include <array>

#include "base/ask_ahead.h"
#include "rules/token_marks.h"

namespace phiwire {
namespace {

// Characters that may stand inside one value of a group.
std::string_view Joiners(Group group) {
  switch (group) {
    case Group::kName:
      return " .-,^'\"";
    case Group::kDate:
      return " /.-,'";
    case Group::kStreet:
      return " .,#-/'";
    case Group::kOrg:
      return " .,-&'/";
    case Group::kPlace:
      return " .-'";
    case Group::kNumber:
      return " -./:";
    case Group::kContact:
      return " -.()+/@:_";
    default:
      return "";
  }
}

bool SharesCandidate(const DocumentView& view, std::size_t a, std::size_t b,
                     Group group) {
  for (const std::int32_t x : view.covers(a)) {
    if (x < 0) break;
    const Candidate& c =
        view.document().candidates[static_cast<std::size_t>(x)];
    if (GroupOf(c.type) == group && c.begin <= view.token(a).begin &&
        c.end >= view.token(b).end) {
      return true;
    }
  }
  return false;
}

// Whether the text between two decided tokens holds them together.
bool Joins(const DocumentView& view, std::size_t a, std::size_t b,
           Group group) {
  if (SharesCandidate(view, a, b, group)) return true;
  const std::size_t begin = view.token(a).end;
  const std::size_t length = view.token(b).begin - begin;
  if (length > 3) return false;
  const std::string_view gap = view.document().text.substr(begin, length);
  if (gap.find_first_not_of(Joiners(group)) != std::string_view::npos) {
    return false;
  }
  const bool space = gap.find(' ') != std::string_view::npos;
  const bool mark = gap.find_first_not_of(' ') != std::string_view::npos;
  switch (group) {
    case Group::kName:
      // "Doe, John" is one; so is "J. Doe"; a list "Doe - Smith" is not.
      return !(space && mark) || gap == ". " || gap == ", ";
    case Group::kDate:
    case Group::kPlace:
      return !(space && mark) || gap == ", " || gap == ". ";
    case Group::kNumber:
      return !space;
    default:
      return true;
  }
}

// Votes for the types of one group; few types ever get any, so they are a list.
class Votes {
 public:
  void Add(PhiType type, float weight) {
    for (std::size_t k = 0; k < size_; ++k) {
      if (types_[k] != type) continue;
      weights_[k] += weight;
      return;
    }
    types_[size_] = type;
    weights_[size_++] = weight;
  }
  bool any() const { return size_ > 0; }
  // Of equal ones, the first in the order of types.
  PhiType Best() const {
    std::size_t best = 0;
    for (std::size_t k = 1; k < size_; ++k) {
      if (weights_[k] > weights_[best] ||
          (weights_[k] == weights_[best] && types_[k] < types_[best])) {
        best = k;
      }
    }
    return types_[best];
  }

 private:
  std::array<PhiType, kPhiTypeCount> types_;
  std::array<float, kPhiTypeCount> weights_;
  std::size_t size_ = 0;
};

// Votes of one token for the types of its group.
void Vote(const DocumentView& view, std::size_t i, Group group, Votes* votes) {
  constexpr std::size_t kAhead = 32;  // both lie in the order of the text
  const Covers& covers = view.covers(i);
  AskAhead(&covers, kAhead);
  for (const std::int32_t id : covers) {
    if (id < 0) break;
    const Candidate& c =
        view.document().candidates[static_cast<std::size_t>(id)];
    AskAhead(&c, kAhead);
    if (GroupOf(c.type) != group) continue;
    const float weight = c.score + (c.valid ? 0.2f : 0.0f);
    if (weight > 0) votes->Add(c.type, weight);
  }
  // A label at most six tokens before; its distance is told in steps, and
  // asked for where they leave it open.
  const LabelValue label = LabelOf(view.label_value(i));
  if (label.type == 0xFF ||
      GroupOf(static_cast<PhiType>(label.type)) != group) {
    return;
  }
  if (label.most <= 6 || (label.least <= 6 && view.context(i).distance <= 6)) {
    votes->Add(static_cast<PhiType>(label.type), 0.5f);
  }
}

PhiType Winner(const DocumentView& view, std::size_t first, std::size_t last,
               Group group, bool* voted) {
  Votes votes;
  for (std::size_t i = first; i <= last; ++i) {
    if (IsWordLike(view.token(i))) Vote(view, i, group, &votes);
  }
  *voted = votes.any();
  return *voted ? votes.Best() : DefaultType(view, first, group);
}

// Groups of a single type.
bool IsOneType(Group group) {
  return group == Group::kName || group == Group::kStreet;
}

// Whether a decided token goes on a span that ends with a decided token.
bool GoesOn(const DocumentView& view, const Decisions& decisions,
            std::size_t last, std::size_t i) {
  const Decision& a = decisions[last];
  const Decision& b = decisions[i];
  if (a.group != b.group) return false;
  const bool apart = b.group == Group::kDate || b.type == PhiType::kZip ||
                     b.type == PhiType::kCounty || a.type == PhiType::kZip;
  return (!apart || a.type == b.type) && Joins(view, last, i, b.group);
}

// Of a whole span, by its tokens' votes, where there are any.
void SetType(const DocumentView& view, const Decisions& decisions,
             TokenSpan* span) {
  const Decision& first = decisions[span->first];
  if (first.proof || IsOneType(first.group)) return;
  bool voted = false;
  const PhiType type =
      Winner(view, span->first, span->last, first.group, &voted);
  if (voted) span->type = type;
}

}  // namespace

PhiType TokenType(const DocumentView& view, std::size_t i, Group group) {
  if (group == Group::kName) return PhiType::kName;
  if (group == Group::kStreet) return PhiType::kStreet;
  bool voted = false;
  return Winner(view, i, i, group, &voted);
}

void FormSpans(const DocumentView& view, const Decisions& decisions,
               std::vector<TokenSpan>* spans) {
  spans->clear();
  decisions.ForEach([&](std::size_t i) {
    view.AskBehind(i);
    const Decision& d = decisions[i];
    const auto index = static_cast<std::uint32_t>(i);
    if (spans->empty() || !GoesOn(view, decisions, spans->back().last, i)) {
      if (!spans->empty()) SetType(view, decisions, &spans->back());
      spans->push_back({index, index, d.type, d.phi, index, d.proof});
      return;
    }
    TokenSpan& last = spans->back();
    last.last = index;
    last.proof = last.proof || d.proof;
    if (d.phi > last.phi) {
      last.phi = d.phi;
      last.surest = index;
    }
  });
  if (!spans->empty()) SetType(view, decisions, &spans->back());
}

}  // namespace phiwire
