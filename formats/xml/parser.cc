// SPDX-License-Identifier: Apache-2.0

#include "formats/xml/parser.h"

#include <expat.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "base/ascii.h"
#include "base/strings.h"
#include "formats/xml/start_tag.h"

namespace phiwire::xml {
namespace {

static_assert(std::is_same_v<XML_Char, char>, "expat built for UTF-8");

constexpr std::size_t kCdataOpen = 9;     // <![CDATA[
constexpr std::size_t kCommentOpen = 4;   // <!--
constexpr std::size_t kCommentClose = 3;  // -->

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

// The name stays in the output: it has to be one, not anybody's.
bool IsEncodingName(std::string_view name) {
  constexpr std::string_view kFamilies[] = {
      "utf-8",    "utf8",      "utf-16",      "utf-16le", "utf-16be",
      "us-ascii", "ascii",     "iso-8859-",   "windows-", "iso-10646-ucs-",
      "euc-",     "shift_jis", "iso-2022-jp", "big5",     "gb18030",
      "gbk",      "gb2312",    "koi8-r",      "koi8-u",   "cp125"};
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), Lower);
  const auto* found = std::find_if(
      std::begin(kFamilies), std::end(kFamilies), [&](std::string_view family) {
        return std::string_view(lower).starts_with(family);
      });
  if (found == std::end(kFamilies)) return false;
  const std::string_view rest = std::string_view(lower).substr(found->size());
  return rest.size() <= 4 && std::all_of(rest.begin(), rest.end(), [](char c) {
           return IsDigit(c) || c == 'j' || c == 'p' || c == 'k' || c == 'r';
         });
}

// Turns expat's calls into events. expat is a C library: its callbacks get
// this object as a pointer, and none of them throws.
class Run {
 public:
  Run(std::string_view document, Handler& handler)
      : document_(document),
        handler_(handler),
        parser_(XML_ParserCreate("UTF-8"), XML_ParserFree) {}

  absl::Status Parse() {
    if (parser_ == nullptr) return absl::InternalError("xml: out of memory");
    XML_Parser parser = parser_.get();
    XML_SetUserData(parser, this);
    XML_SetElementHandler(parser, OnStart, OnEnd);
    XML_SetCommentHandler(parser, OnComment);
    XML_SetProcessingInstructionHandler(parser, OnInstruction);
    XML_SetCdataSectionHandler(parser, OnCdata, OnCdataEnd);
    XML_SetXmlDeclHandler(parser, OnDeclaration);
    XML_SetStartDoctypeDeclHandler(parser, OnDoctype);
    const XML_Status result =
        XML_Parse(parser, document_.data(), static_cast<int>(document_.size()),
                  /*isFinal=*/1);
    if (!status_.ok()) return status_;
    if (result == XML_STATUS_OK) return absl::OkStatus();
    const RecordRange at = Here();
    // expat's own words, which quote nothing.
    return Refuse(XML_ErrorString(XML_GetErrorCode(parser)), at.begin, at.end);
  }

 private:
  static void OnStart(void* self, const char* name, const char** attributes) {
    static_cast<Run*>(self)->Start(name, attributes);
  }
  static void OnEnd(void* self, const char*) {
    Run& run = *static_cast<Run*>(self);
    if (run.stopped_) return;  // expat still ends <a/> after a stop
    const RecordRange tag = run.Next();
    --run.depth_;
    run.handler_.End(tag);
    run.Check();
  }
  static void OnComment(void* self, const char*) {
    Run& run = *static_cast<Run*>(self);
    const RecordRange raw = run.Next();
    run.handler_.Comment(raw,
                         {raw.begin + kCommentOpen, raw.end - kCommentClose});
    run.Check();
  }
  static void OnInstruction(void* self, const char* target, const char*) {
    Run& run = *static_cast<Run*>(self);
    const RecordRange raw = run.Next();
    std::size_t begin = raw.begin + 2 + std::string_view(target).size();
    const std::size_t end = raw.end - 2;
    begin = std::min(run.document_.find_first_not_of(" \t\r\n", begin), end);
    run.handler_.Instruction(raw, {begin, end});
    run.Check();
  }
  static void OnCdata(void* self) {
    Run& run = *static_cast<Run*>(self);
    run.cdata_ = run.Next().begin;
  }
  static void OnCdataEnd(void* self) {
    Run& run = *static_cast<Run*>(self);
    const RecordRange close = run.Here();
    run.last_ = close.end;
    run.handler_.Cdata({run.cdata_, close.end},
                       {run.cdata_ + kCdataOpen, close.begin});
    run.Check();
  }
  static void OnDeclaration(void* self, const char*, const char* encoding,
                            int) {
    Run& run = *static_cast<Run*>(self);
    const RecordRange raw = run.Next();
    if (encoding != nullptr && !IsEncodingName(encoding)) {
      run.Stop(Refuse("unknown encoding", raw.begin, raw.end));
    }
  }
  static void OnDoctype(void* self, const char*, const char*, const char*,
                        int) {
    Run& run = *static_cast<Run*>(self);
    const RecordRange raw = run.Here();
    run.Stop(Refuse("document type declaration", raw.begin, raw.end));
  }

  void Start(const char* name, const char* const* read) {
    const RecordRange tag = Next();
    if (++depth_ > kMaxDepth) {
      return Stop(Refuse("nested too deep", tag.begin, tag.end));
    }
    if (!FindAttributes(document_.substr(tag.begin, tag.end - tag.begin),
                        tag.begin, read, &attributes_)) {
      return Stop(Refuse("start tag not understood", tag.begin, tag.end));
    }
    for (const Attribute& attribute : attributes_) {
      if (attribute.end - attribute.begin > kMaxAttribute) {
        return Stop(
            Refuse("attribute too large", attribute.begin, attribute.end));
      }
    }
    handler_.Start(name, attributes_, tag);
    Check();
  }

  // The event's own bytes.
  RecordRange Here() const {
    const auto begin =
        static_cast<std::size_t>(XML_GetCurrentByteIndex(parser_.get()));
    const auto size =
        static_cast<std::size_t>(XML_GetCurrentByteCount(parser_.get()));
    const std::size_t end = std::min(begin + size, document_.size());
    return {std::min(begin, end), end};
  }

  // The same, after what stands between the last event and this one, which is
  // character data (before and behind the root element: blanks).
  RecordRange Next() {
    const RecordRange here = Here();
    if (here.begin > last_ && depth_ > 0) {
      if (document_.substr(last_, here.begin - last_).find('<') !=
          std::string_view::npos) {
        Stop(Refuse("mark-up not understood", last_, here.begin));
      }
      handler_.Text({last_, here.begin});
    }
    last_ = here.end;
    return here;
  }

  void Check() {
    if (!handler_.status().ok()) Stop(handler_.status());
  }

  void Stop(absl::Status status) {
    if (stopped_) return;
    stopped_ = true;
    status_ = std::move(status);
    XML_StopParser(parser_.get(), XML_FALSE);
  }

  std::string_view document_;
  Handler& handler_;
  std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser_;
  std::vector<Attribute> attributes_;
  std::size_t last_ = 0;   // where the last event ended
  std::size_t cdata_ = 0;  // where the CDATA section began
  int depth_ = 0;
  bool stopped_ = false;
  absl::Status status_;
};

}  // namespace

absl::Status Refuse(std::string_view reason, std::size_t begin,
                    std::size_t end) {
  return absl::DataLossError(
      Concat({"xml: ", reason, " at bytes ", std::to_string(begin), "-",
              std::to_string(end)}));
}

absl::Status Parse(std::string_view document, Handler& handler) {
  if (document.size() >= std::numeric_limits<int>::max()) {
    return Refuse("document too large", 0, document.size());
  }
  return Run(document, handler).Parse();
}

}  // namespace phiwire::xml
