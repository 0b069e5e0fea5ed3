// SPDX-License-Identifier: Apache-2.0

#include "formats/json/splice.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "base/strings.h"
#include "formats/json/removal.h"
#include "formats/json/strings.h"
#include "formats/splice.h"

namespace phiwire::json {
namespace {

bool IsNumberText(std::string_view text) {
  if (text.empty() || text.front() == '"' || text.front() == '{' ||
      text.front() == '[' || text.front() == ' ') {
    return false;
  }
  const auto doc = Parse(text);
  return doc.ok() && doc->nodes[0].kind == Kind::kNumber &&
         doc->nodes[0].end == text.size();
}

// The edits of one string, name or number.
struct Target {
  std::uint32_t node = 0;
  bool key = false;
  std::span<const Edit> edits;
};

class Splicer {
 public:
  Splicer(const Document& doc, const SpliceOptions& options)
      : doc_(doc), options_(options) {}

  absl::StatusOr<std::string> Run(std::span<const Edit> edits) {
    out_.reserve(doc_.text.size());
    for (std::size_t i = 0; i < edits.size();) {
      PHIWIRE_ASSIGN_OR_RETURN(const Target target, TargetOf(edits.subspan(i)));
      Write(target);
      i += target.edits.size();
    }
    std::vector<Replaced> all = std::move(replaced_);
    if (!emptied_.empty()) {
      AddRemovals(doc_, emptied_, &all);
    }
    std::size_t copied = 0;
    for (const Replaced& r : all) {
      out_.append(doc_.text.substr(copied, r.begin - copied));
      out_.append(r.text);
      copied = r.end;
    }
    out_.append(doc_.text.substr(copied));
    return std::move(out_);
  }

 private:
  static bool Holds(std::size_t begin, std::size_t end, const Edit& edit) {
    return begin <= edit.begin && edit.end <= end;
  }

  absl::StatusOr<Target> TargetOf(std::span<const Edit> edits) {
    const Edit& edit = edits.front();
    const auto after =
        std::upper_bound(doc_.nodes.begin(), doc_.nodes.end(), edit.begin,
                         [](std::size_t at, const Node& node) {
                           return at < node.whole_begin();
                         });
    Target target;
    if (after != doc_.nodes.begin()) {
      const Node& node = *(after - 1);
      target.node = static_cast<std::uint32_t>(&node - doc_.nodes.data());
      std::size_t begin = node.begin;
      std::size_t end = node.begin;
      if (node.has_key && Holds(node.key_begin, node.key_end, edit)) {
        target.key = true;
        begin = node.key_begin;
        end = node.key_end;
      } else if (node.kind == Kind::kString) {
        begin = node.begin + 1;
        end = node.end - 1;
      } else if (node.kind == Kind::kNumber) {
        end = node.end;
      }
      std::size_t count = 0;
      while (count < edits.size() && Holds(begin, end, edits[count])) ++count;
      if (count > 0) {
        target.edits = edits.first(count);
        return target;
      }
    }
    return absl::InternalError("edit over the structure of JSON");
  }

  // The new content of [begin, end), escaped for JSON when `quoted`.
  std::string Content(const Target& target, std::size_t begin, std::size_t end,
                      bool quoted) {
    const Node& node = doc_.nodes[target.node];
    std::string content;
    std::string text;
    std::size_t copied = begin;
    for (const Edit& edit : target.edits) {
      content.append(doc_.text.substr(copied, edit.begin - copied));
      text.clear();
      if (options_.escape != nullptr && quoted && !target.key) {
        options_.escape(doc_, node, edit.text, &text);
      } else {
        text = edit.text;
      }
      if (quoted) {
        AppendEscaped(text, &content);
      } else {
        content += text;
      }
      copied = edit.end;
    }
    content.append(doc_.text.substr(copied, end - copied));
    return content;
  }

  void Write(const Target& target) {
    const Node& node = doc_.nodes[target.node];
    if (target.key) {
      WriteKey(target);
    } else if (node.kind == Kind::kNumber) {
      WriteNumber(target);
    } else {
      std::string content = Content(target, node.begin + 1, node.end - 1, true);
      if (content.empty() && options_.remove_emptied) {
        emptied_.push_back(target.node);
        return;
      }
      replaced_.push_back({node.begin + 1, node.end - 1, std::move(content)});
    }
  }

  void WriteNumber(const Target& target) {
    const Node& node = doc_.nodes[target.node];
    std::string content = Content(target, node.begin, node.end, false);
    if (content.empty()) {
      if (options_.remove_emptied) {
        emptied_.push_back(target.node);
        return;
      }
      content = "null";
    } else if (!IsNumberText(content)) {
      std::string quoted = "\"";
      AppendEscaped(content, &quoted);
      content = quoted + "\"";
    }
    replaced_.push_back({node.begin, node.end, std::move(content)});
  }

  void WriteKey(const Target& target) {
    const Node& node = doc_.nodes[target.node];
    std::string content = Content(target, node.key_begin, node.key_end, true);
    std::set<std::string>& taken = NamesOf(node.parent);
    const std::string base = Decode(content);
    std::string name = base;
    for (int i = 2; !taken.insert(name).second; ++i) {
      name = base + " " + std::to_string(i);
    }
    content.append(name.substr(base.size()));
    replaced_.push_back({node.key_begin, node.key_end, std::move(content)});
  }

  // The names in an object, those it had too: a new one must differ from all.
  std::set<std::string>& NamesOf(std::uint32_t object) {
    const auto [it, made] = names_.try_emplace(object);
    if (made) {
      const Node& node = doc_.nodes[object];
      for (std::uint32_t i = object + 1; i < node.next;
           i = doc_.nodes[i].next) {
        it->second.insert(Decode(doc_.RawKey(doc_.nodes[i])));
      }
    }
    return it->second;
  }

  const Document& doc_;
  const SpliceOptions& options_;
  std::vector<Replaced> replaced_;
  std::vector<std::uint32_t> emptied_;
  std::map<std::uint32_t, std::set<std::string>> names_;
  std::string out_;
};

}  // namespace

absl::StatusOr<std::string> Splice(std::string_view text,
                                   std::span<const Edit> edits,
                                   const SpliceOptions& options) {
  PHIWIRE_RETURN_IF_ERROR(CheckEdits(text, edits));
  if (edits.empty()) return std::string(text);
  PHIWIRE_ASSIGN_OR_RETURN(const Document doc, Parse(text));
  return Splicer(doc, options).Run(edits);
}

}  // namespace phiwire::json
