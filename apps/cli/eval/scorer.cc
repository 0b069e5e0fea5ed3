// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/eval/scorer.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "apps/cli/eval/characters.h"

namespace phiwire::cli {
namespace {

constexpr double kZ = 1.96;  // of 95 %

std::size_t Clip(long long offset, std::size_t size) {
  if (offset <= 0) return 0;
  return std::min(static_cast<std::size_t>(offset), size);
}

// What is known of each character of one document.
struct Marks {
  explicit Marks(std::size_t size)
      : gold(size, nullptr), predicted(size, nullptr), ignored(size, 0) {}
  std::vector<const std::string*> gold;       // its type, the last one's
  std::vector<const std::string*> predicted;  // likewise
  std::vector<char> ignored;
};

class DocumentScorer {
 public:
  DocumentScorer(const EvalDocument& document, std::size_t index,
                 const EvalOptions& options, EvalScore* score)
      : document_(document),
        index_(index),
        options_(options),
        score_(*score),
        marks_(document.text.size()) {}

  void Run() {
    ++score_.documents;
    score_.missing += !document_.has_prediction;
    Mark();
    CountCharacters();
    const std::u32string& text = document_.text;
    for (std::size_t i = 0; i < text.size();) {
      if (!IsAlnum(text[i])) {
        ++i;
        continue;
      }
      const std::size_t begin = i;
      while (i < text.size() && IsAlnum(text[i])) ++i;
      CountToken(begin, i);
    }
    for (const EvalSpan& span : document_.gold) {
      if (!options_.ignore.contains(span.type)) CountEntity(span);
    }
  }

 private:
  void Mark() {
    const std::size_t size = document_.text.size();
    for (const bool ignored : {true, false}) {
      for (const EvalSpan& span : document_.gold) {
        if (options_.ignore.contains(span.type) != ignored) continue;
        const std::size_t end = Clip(span.end, size);
        for (std::size_t k = Clip(span.start, size); k < end; ++k) {
          marks_.ignored[k] = ignored ? 1 : 0;
          if (!ignored) marks_.gold[k] = &span.type;
        }
      }
    }
    for (const EvalSpan& span : document_.predicted) {
      if (!(span.score >= options_.min_score)) continue;
      const std::size_t end = Clip(span.end, size);
      for (std::size_t k = Clip(span.start, size); k < end; ++k) {
        marks_.predicted[k] = &span.type;
      }
    }
  }

  void CountCharacters() {
    for (std::size_t k = 0; k < document_.text.size(); ++k) {
      if (marks_.gold[k] == nullptr || IsSpace(document_.text[k])) continue;
      const bool alnum = IsAlnum(document_.text[k]);
      const bool hit = marks_.predicted[k] != nullptr;
      for (Counts* c : {&score_.all, &score_.by_type[*marks_.gold[k]]}) {
        ++c->characters;
        c->characters_hit += hit;
        c->alnum += alnum;
        c->alnum_hit += alnum && hit;
      }
    }
  }

  void CountToken(std::size_t begin, std::size_t end) {
    const std::string* gold = nullptr;
    const std::string* predicted = nullptr;
    bool all = true;
    bool ignored = false;
    for (std::size_t k = begin; k < end; ++k) {
      if (marks_.gold[k] != nullptr) {
        if (gold == nullptr) gold = marks_.gold[k];
        all = all && marks_.predicted[k] != nullptr;
      }
      if (predicted == nullptr) predicted = marks_.predicted[k];
      ignored = ignored || marks_.ignored[k];
    }
    if (gold != nullptr) {
      for (Counts* c : {&score_.all, &score_.by_type[*gold]}) {
        ++(all ? c->tp : c->fn);
      }
      if (!all) Note(begin, end, true, *gold);
    } else if (!ignored) {
      ++(predicted != nullptr ? score_.fp : score_.tn);
      if (predicted != nullptr) {
        score_.fp_types.Add(*predicted);
        Note(begin, end, false, *predicted);
      }
    }
  }

  void Note(std::size_t begin, std::size_t end, bool missed,
            const std::string& type) {
    const std::u32string_view token =
        std::u32string_view(document_.text).substr(begin, end - begin);
    OrderedCounter& examples = missed ? score_.fn_examples : score_.fp_examples;
    examples.Add(type + ":" + Utf8Of(token));
    if (options_.mistakes) {
      score_.mistakes.push_back({index_, begin, end, missed, type});
    }
  }

  void CountEntity(const EvalSpan& span) {
    bool any_alnum = false;
    bool all_alnum_hit = true;
    bool any_alnum_hit = false;
    bool all_hit = true;
    bool any_hit = false;
    const std::size_t end = Clip(span.end, document_.text.size());
    for (std::size_t k = Clip(span.start, end); k < end; ++k) {
      const char32_t c = document_.text[k];
      if (IsSpace(c)) continue;
      const bool hit = marks_.predicted[k] != nullptr;
      all_hit = all_hit && hit;
      any_hit = any_hit || hit;
      if (!IsAlnum(c)) continue;
      any_alnum = true;
      all_alnum_hit = all_alnum_hit && hit;
      any_alnum_hit = any_alnum_hit || hit;
    }
    // A span of punctuation only is judged by its punctuation.
    for (Counts* c : {&score_.all, &score_.by_type[span.type]}) {
      ++c->entities;
      c->full += any_alnum ? all_alnum_hit : all_hit;
      c->strict += all_hit;
      c->leaks += !(any_alnum ? any_alnum_hit : any_hit);
    }
  }

  const EvalDocument& document_;
  std::size_t index_;
  const EvalOptions& options_;
  EvalScore& score_;
  Marks marks_;
};

}  // namespace

void OrderedCounter::Add(const std::string& key) {
  const auto [it, is_new] = index_.emplace(key, counts_.size());
  if (is_new) counts_.emplace_back(key, 0);
  ++counts_[it->second].second;
}

std::vector<std::pair<std::string, std::size_t>> OrderedCounter::MostCommon(
    std::size_t n) const {
  auto sorted = counts_;
  std::stable_sort(
      sorted.begin(), sorted.end(),
      [](const auto& a, const auto& b) { return a.second > b.second; });
  sorted.resize(std::min(n, sorted.size()));
  return sorted;
}

double EvalScore::recall() const { return Ratio(all.tp, all.tp + all.fn); }
double EvalScore::precision() const { return Ratio(all.tp, all.tp + fp); }

double Ratio(std::size_t part, std::size_t whole) {
  if (whole == 0) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(part) / static_cast<double>(whole);
}

std::pair<double, double> Wilson(std::size_t part, std::size_t whole) {
  if (whole == 0) return {0.0, 1.0};
  const auto n = static_cast<double>(whole);
  const double p = static_cast<double>(part) / n;
  const double d = 1 + kZ * kZ / n;
  const double c = p + kZ * kZ / (2 * n);
  const double h = kZ * std::sqrt(p * (1 - p) / n + kZ * kZ / (4 * n * n));
  return {std::max(0.0, (c - h) / d), std::min(1.0, (c + h) / d)};
}

double FBeta(double precision, double recall, double beta) {
  if (precision + recall == 0) return 0;
  const double b = beta * beta;
  return (1 + b) * precision * recall / (b * precision + recall);
}

EvalScore Score(std::span<const EvalDocument> documents,
                const EvalOptions& options) {
  EvalScore score;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    DocumentScorer(documents[i], i, options, &score).Run();
  }
  return score;
}

}  // namespace phiwire::cli
