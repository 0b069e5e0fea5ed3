// SPDX-License-Identifier: Apache-2.0

#include "rules/fit/trainer.h"

#include <algorithm>
#include <cmath>
#include <random>

#include "rules/softmax.h"

namespace phiwire {
namespace {

struct Coordinate {
  GroupScores z{};
  GroupScores n{};
  GroupScores w{};
};

void Refresh(const TrainOptions& o, Coordinate* c) {
  for (std::size_t g = 0; g < kGroupCount; ++g) {
    const float z = c->z[g];
    if (std::fabs(z) <= o.l1) {
      c->w[g] = 0;
      continue;
    }
    const float sign = z < 0 ? -1.0f : 1.0f;
    c->w[g] =
        -(z - sign * o.l1) / ((o.beta + std::sqrt(c->n[g])) / o.alpha + o.l2);
  }
}

void Update(const TrainOptions& o, const GroupScores& gradient, Coordinate* c) {
  for (std::size_t g = 0; g < kGroupCount; ++g) {
    const float grad = gradient[g];
    const float squared = grad * grad;
    const float sigma =
        (std::sqrt(c->n[g] + squared) - std::sqrt(c->n[g])) / o.alpha;
    c->z[g] += grad - sigma * c->w[g];
    c->n[g] += squared;
  }
  Refresh(o, c);
}

}  // namespace

std::vector<GroupScores> Train(const Examples& examples,
                               const std::vector<bool>& use,
                               std::size_t feature_count,
                               const TrainOptions& options) {
  std::vector<Coordinate> model(feature_count);
  std::vector<std::uint32_t> order;
  for (std::size_t e = 0; e < examples.size(); ++e) {
    if (use[e]) order.push_back(static_cast<std::uint32_t>(e));
  }
  std::mt19937_64 random(options.seed);
  for (int epoch = 0; epoch < options.epochs; ++epoch) {
    std::shuffle(order.begin(), order.end(), random);
    for (const std::uint32_t e : order) {
      GroupScores scores{};
      if (!examples.offsets.empty()) scores = examples.offsets[e];
      for (const std::uint32_t f : examples.row(e)) {
        const GroupScores& w = model[f].w;
        for (std::size_t g = 0; g < kGroupCount; ++g) scores[g] += w[g];
      }
      ToProbabilities(&scores);
      scores[examples.labels[e]] -= 1.0f;
      // A confident right answer moves nothing worth the memory traffic.
      if (scores[examples.labels[e]] > -0.002f) continue;
      for (float& s : scores) s *= examples.importance[e];
      for (const std::uint32_t f : examples.row(e)) {
        Update(options, scores, &model[f]);
      }
    }
  }
  std::vector<GroupScores> weights(feature_count);
  for (std::size_t f = 0; f < feature_count; ++f) weights[f] = model[f].w;
  return weights;
}

}  // namespace phiwire
