// SPDX-License-Identifier: Apache-2.0
//
// Scores predictions against a gold standard, PHI or not, token by token.
//
//   token       a run of letters and digits (Python's [^\W_]+)
//   gold        a token with at least one gold character
//   true pos.   gold, and all its gold characters predicted; else a miss (FN)
//   false pos.  not gold, with at least one predicted character
//   full        a gold span all of whose letters and digits are predicted
//   leak        a gold span none of whose letters and digits are predicted
//
// Types play no part in it but to group the results. Gold types that are
// ignored are neither rewarded nor counted as false positives. Offsets are
// code points. Intervals are Wilson's at 95 %; tokens are taken as
// independent, so they are a little too narrow.

#ifndef PHIWIRE_APPS_CLI_EVAL_SCORER_H_
#define PHIWIRE_APPS_CLI_EVAL_SCORER_H_

#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace phiwire::cli {

struct EvalSpan {
  long long start = 0;  // code points
  long long end = 0;
  std::string type;
  double score = 1.0;
};

struct EvalDocument {
  std::string id;
  std::u32string text;
  std::vector<EvalSpan> gold;       // 0 <= start <= end <= text.size()
  std::vector<EvalSpan> predicted;  // clipped to the text
  bool has_prediction = false;
};

struct EvalOptions {
  double min_score = 0;
  std::set<std::string> ignore;
  bool mistakes = false;  // fill EvalScore::mistakes
};

struct Counts {
  std::size_t characters = 0, characters_hit = 0;  // gold, no white space
  std::size_t alnum = 0, alnum_hit = 0;            // gold, letters and digits
  std::size_t tp = 0, fn = 0;                      // tokens
  std::size_t entities = 0, full = 0, strict = 0, leaks = 0;
};

// (key, count) in the order of first appearance, like Python's Counter.
class OrderedCounter {
 public:
  void Add(const std::string& key);
  // By count, ties in order of first appearance.
  std::vector<std::pair<std::string, std::size_t>> MostCommon(
      std::size_t n) const;

 private:
  std::map<std::string, std::size_t> index_;
  std::vector<std::pair<std::string, std::size_t>> counts_;
};

// A token that was missed or wrongly predicted.
struct Mistake {
  std::size_t document = 0;  // index
  std::size_t begin = 0;     // code points
  std::size_t end = 0;
  bool missed = false;  // else a false positive
  std::string type;     // gold type of a miss, else the predicted one
};

struct EvalScore {
  std::size_t documents = 0, missing = 0;
  Counts all;
  std::size_t fp = 0, tn = 0;
  std::map<std::string, Counts> by_type;  // gold types
  OrderedCounter fp_types;
  OrderedCounter fp_examples, fn_examples;  // "TYPE:token"
  std::vector<Mistake> mistakes;

  double recall() const;
  double precision() const;
};

EvalScore Score(std::span<const EvalDocument> documents,
                const EvalOptions& options);

double Ratio(std::size_t part, std::size_t whole);  // NaN for 0 / 0
std::pair<double, double> Wilson(std::size_t part, std::size_t whole);
double FBeta(double precision, double recall, double beta);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_EVAL_SCORER_H_
