// SPDX-License-Identifier: Apache-2.0
//
// Reads names at one place of a document; the part of KnownNames that looks
// at the text. Lives for one look-up.

#ifndef PHIWIRE_RULES_KNOWN_NAMES_READER_H_
#define PHIWIRE_RULES_KNOWN_NAMES_READER_H_

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "rules/known_names.h"

namespace phiwire {

class KnownNames::Reader {
 public:
  Reader(const KnownNames& names, const Document& document)
      : names_(names), document_(document), tokens_(document.tokens) {}

  KnownMatch Match(std::size_t i) const;

 private:
  struct Gap {
    bool joins = true;  // what stands between may stand inside a name
    bool comma = false;
    bool caret = false;
    bool period = false;
    bool dash = false;
    bool newline = false;
  };
  struct PartsHere {
    std::array<Seen, 4> items;
    std::size_t count = 0;
  };

  Gap GapBetween(std::size_t a, std::size_t b) const;
  // The next word that may belong to the same name.
  std::optional<std::size_t> Next(std::size_t at, Gap* gap) const;
  PartsHere PartsAt(std::size_t i) const;
  bool IsInitial(std::size_t i) const;
  bool Accepts(const Seen& a, std::size_t a_first, const Seen& b,
               std::size_t b_first) const;
  std::optional<std::size_t> PairWith(std::size_t i, const Seen& part) const;
  std::optional<std::size_t> InitialsFrom(std::size_t i) const;
  std::optional<std::size_t> SimilarFrom(std::size_t i, bool known) const;
  bool SimilarPair(std::size_t i, std::size_t j) const;
  bool MaySlip(std::size_t i) const;
  void Similar(std::size_t i, int most, std::vector<std::uint32_t>* out) const;
  std::size_t Extend(std::size_t last, bool reversed, bool caret) const;

  const KnownNames& names_;
  const Document& document_;
  const std::vector<Token>& tokens_;
};

}  // namespace phiwire

#endif  // PHIWIRE_RULES_KNOWN_NAMES_READER_H_
