// SPDX-License-Identifier: Apache-2.0
//
// One rewriting of a text and the way back. A layer is filled from begin to
// end: Verbatim copies a range of the source, Atom puts bytes in the place of
// one (an escape, a folded character); what is neither vanishes. Memory is 16
// bytes an atom, so a page with one typographic quote costs three segments.
//
//   layer.Start(source);
//   layer.Atom("'", 4, 7);   // source[0, 4) is copied first
//   layer.Finish();          // and the rest

#ifndef PHIWIRE_ENGINE_CANONICAL_LAYER_H_
#define PHIWIRE_ENGINE_CANONICAL_LAYER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace phiwire {

class TextLayer {
 public:
  // Nothing is copied before the first Atom. source outlives the filling.
  void Start(std::string_view source);
  // bytes stand for source [begin, end); begin is not before the last end.
  void Atom(std::string_view bytes, std::size_t begin, std::size_t end);
  // The source up to end goes with the last Atom, or vanishes where there is
  // none.
  void ExtendAtom(std::size_t end);
  // Whether anything differs from the source.
  bool Finish();

  bool changed() const { return changed_; }
  std::string_view text() const { return text_; }

  // [begin, end) of text(), begin < end -> range of the source.
  std::pair<std::size_t, std::size_t> ToSource(std::size_t begin,
                                               std::size_t end) const;

 private:
  struct Segment {
    std::uint32_t target;  // where it begins in text()
    std::uint32_t begin;   // source range
    std::uint32_t end;
    bool verbatim;
  };
  void CopyUpTo(std::size_t source_end);
  const Segment& At(std::size_t target) const;

  std::string_view source_;
  std::string text_;
  std::vector<Segment> segments_;
  std::size_t done_ = 0;  // of source_
  bool changed_ = false;
};

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_CANONICAL_LAYER_H_
