// SPDX-License-Identifier: Apache-2.0

#include "formats/rtf/reader.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "base/utf8.h"
#include "formats/rtf/code_pages.h"
#include "formats/rtf/fonts.h"
#include "formats/rtf/parts.h"
#include "formats/rtf/tokens.h"
#include "formats/rtf/words.h"

namespace phiwire::rtf {
namespace {

constexpr std::size_t kMaxDepth = 128;
// Writers use 0, 1 or 2; more could hide text from the scan.
constexpr long kMaxFallback = 4;

struct Group {
  Word destination = Word::kMain;
  std::string_view name;  // the destination's word
  int code_page = 0;      // of the font; 0: the document's
  long fallback = 1;      // \ucN
  bool fresh = true;      // nothing but \* stood in it
  bool starred = false;
};

bool IsDestination(Word word) { return word >= Word::kMain; }

// A byte of \'hh and where it stands.
struct CodedByte {
  char byte;
  std::size_t begin;
  std::size_t end;
};

class Reader {
 public:
  explicit Reader(std::string_view record) : record_(record) {}

  absl::StatusOr<RecordFields> Read() {
    parts_.main.Reserve(record_.size());
    std::size_t at = record_.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    while (at < record_.size()) {
      PHIWIRE_ASSIGN_OR_RETURN(const Token token, NextToken(record_, at));
      at = token.end;
      PHIWIRE_RETURN_IF_ERROR(Take(token, &at));
    }
    if (!groups_.empty() || !closed_) {
      return Refuse("a group without its end", 0, record_.size());
    }
    return parts_.Finish();
  }

 private:
  absl::Status Take(const Token& token, std::size_t* at) {
    if (token.kind == Token::Kind::kLineEnd) return absl::OkStatus();
    if (token.kind == Token::Kind::kOpen) return Open(token);
    if (groups_.empty()) return Outside(token);
    if (token.kind == Token::Kind::kClose) return CloseGroup();
    if (token.kind == Token::Kind::kText) return Text(token);
    // A word is nobody's fallback: no text hides behind one.
    if (token.kind == Token::Kind::kWord) skip_ = 0;
    if (skip_ > 0) {
      --skip_;
      ExtendText(token.end);
      return absl::OkStatus();
    }
    if (token.kind == Token::Kind::kHex) return Hex(token);
    FlushBytes();
    if (token.name != "u") FlushSurrogate();
    return token.kind == Token::Kind::kSymbol ? Symbol(token)
                                              : Control(token, at);
  }

  // What stands before and after the document: white space at most.
  absl::Status Outside(const Token& token) const {
    const std::string_view raw =
        record_.substr(token.begin, token.end - token.begin);
    if (token.kind == Token::Kind::kText &&
        raw.find_first_not_of(" \t\x1A") == std::string_view::npos) {
      return absl::OkStatus();
    }
    return Refuse(
        closed_ ? "bytes behind the last group" : "no group at the front",
        token.begin, record_.size());
  }

  absl::Status Open(const Token& token) {
    Flush();
    skip_ = 0;
    parts_.EndData();
    EndSlot();
    if (groups_.empty() && closed_) return Outside(token);
    if (groups_.empty() && !record_.substr(token.end).starts_with("\\rtf")) {
      return Refuse("no \\rtf at the front", token.begin, token.end);
    }
    if (groups_.size() == kMaxDepth) {
      return Refuse("groups nested too deep", token.begin, token.end);
    }
    Group group = groups_.empty() ? Group() : groups_.back();
    group.fresh = true;
    group.starred = false;
    groups_.push_back(group);
    return absl::OkStatus();
  }

  absl::Status CloseGroup() {
    Flush();
    skip_ = 0;
    parts_.EndData();
    EndSlot();
    parts_.aside.Break();
    if (groups_.back().destination == Word::kMain &&
        !groups_.back().name.empty() &&
        (groups_.size() == 1 ||
         groups_[groups_.size() - 2].name != groups_.back().name)) {
      parts_.main.Break();
    }
    groups_.pop_back();
    closed_ = groups_.empty();
    return absl::OkStatus();
  }

  absl::Status Text(const Token& token) {
    std::size_t at = token.begin;
    for (; skip_ > 0 && at < token.end; --skip_) {
      ++at;
      while (at < token.end && IsUtf8Continuation(record_[at])) ++at;
      ExtendText(at);
    }
    if (at < token.end && lead_pending_) {
      AddByte(record_[at], at, at + 1);
      ++at;
    }
    if (at == token.end) return absl::OkStatus();
    Flush();
    groups_.back().fresh = false;
    const Word destination = groups_.back().destination;
    if (destination == Word::kPicture || destination == Word::kData) {
      parts_.AddData(record_, {at, token.end}, media_type_);
      return absl::OkStatus();
    }
    if (Stream* const sink = Sink()) {
      sink->Copy(record_.substr(at, token.end - at), at);
    }
    return absl::OkStatus();
  }

  absl::Status Hex(const Token& token) {
    FlushSurrogate();
    groups_.back().fresh = false;
    if (Sink() == nullptr) return absl::OkStatus();
    const int code_page = fonts_.Page(groups_.back().code_page);
    if (token.number >= 0x80 && !code_pages_.Has(code_page)) {
      return Refuse("an unknown code page", token.begin, token.end);
    }
    AddByte(static_cast<char>(token.number), token.begin, token.end);
    return absl::OkStatus();
  }

  absl::Status Symbol(const Token& token) {
    Group& group = groups_.back();
    const char symbol = token.name.front();
    if (symbol == '*' && group.fresh) {
      group.starred = true;
      return absl::OkStatus();
    }
    group.fresh = false;
    Stream* const sink = Sink();
    if (sink == nullptr) return absl::OkStatus();
    switch (symbol) {
      case '\\':
      case '{':
      case '}':
        sink->Put(token.name, token.begin, token.end);
        break;
      case '~':
        sink->Put(" ", token.begin, token.end);
        break;
      case '_':
        sink->Put("-", token.begin, token.end);
        break;
      case '\n':
      case '\r':
        sink->Separate('\n', token.begin, token.end);
        break;
      case '\t':
        sink->Separate('\t', token.begin, token.end);
        break;
      default:
        break;  // layout: \- \| \:
    }
    return absl::OkStatus();
  }

  absl::Status Control(const Token& token, std::size_t* at) {
    Group& group = groups_.back();
    const Word word = WordOf(token.name);
    const bool front = group.fresh;
    group.fresh = false;
    if (group.destination == Word::kPicture) PictureKind(token.name);
    if (IsDestination(word) || (front && group.starred)) {
      Enter(IsDestination(word) ? word : Word::kAside, front, token);
      return absl::OkStatus();
    }
    if (word == Word::kBinary) return Binary(token, at);
    parts_.EndData();
    if (word == Word::kUnicode) return Unicode(token);
    if (word == Word::kFallback) {
      if (token.number < 0 || token.number > kMaxFallback) {
        return Refuse("too long a fallback", token.begin, token.end);
      }
      group.fallback = token.has_number ? token.number : 1;
      return absl::OkStatus();
    }
    if (word == Word::kDatePart) {
      if (token.has_number) {
        parts_.AddDatePart({token.number_begin, token.number_end}, token.name);
      }
      return absl::OkStatus();
    }
    if (word <= Word::kBullet) {
      Layout(word, token);
    } else {
      fonts_.Take(word, token.number, group.destination == Word::kFontTable,
                  &group.code_page);
    }
    return absl::OkStatus();
  }

  // What goes on in a group after a destination's word.
  void Enter(Word word, bool front, const Token& token) {
    Group& group = groups_.back();
    const bool removed = word == Word::kPicture || word == Word::kData;
    // Only what is removed is believed elsewhere than at a group's front.
    if (!front && !removed) return;
    switch (group.destination) {
      case Word::kData:
        return;  // all of it goes
      case Word::kStructure:
      case Word::kFontTable:
        // Names of lists are text; what is unknown belongs to the table.
        if (!removed && WordOf(token.name) != Word::kAside) return;
        break;
      case Word::kName:
      case Word::kEmployer:
      case Word::kStamp:
        if (!removed) return;
        break;
      case Word::kAside:
        // A header inside a footnote is no running text.
        if (word == Word::kMain) return;
        break;
      default:
        break;
    }
    group.destination = word;
    group.name = token.name;
    if (word == Word::kMain) parts_.main.Break();
    if (word == Word::kAside) parts_.aside.Break();
    if (word == Word::kPicture) media_type_ = "image/x-unknown";
    if (word == Word::kData) media_type_ = "application/x-ole-storage";
  }

  void PictureKind(std::string_view word) {
    if (word == "pngblip") media_type_ = "image/png";
    if (word == "jpegblip") media_type_ = "image/jpeg";
    if (word == "emfblip") media_type_ = "image/emf";
    if (word == "wmetafile") media_type_ = "image/wmf";
  }

  // \binN: N bytes that follow. Where the file was recoded on its way here N
  // no longer fits, so only ASCII is believed.
  absl::Status Binary(const Token& token, std::size_t* at) {
    const std::size_t rest = record_.size() - token.end;
    if (token.number < 0 || static_cast<std::size_t>(token.number) > rest) {
      return Refuse("binary data past the end", token.begin, record_.size());
    }
    const auto size = static_cast<std::size_t>(token.number);
    const std::string_view bytes = record_.substr(token.end, size);
    if (std::any_of(bytes.begin(), bytes.end(),
                    [](char c) { return (c & 0x80) != 0; })) {
      return Refuse("binary data", token.begin, token.end + size);
    }
    *at = token.end + size;
    if (groups_.back().destination != Word::kPicture) {
      parts_.EndData();
      media_type_ = "application/x-ole-storage";
    }
    parts_.AddData(record_, {token.begin, *at}, media_type_);
    return absl::OkStatus();
  }

  absl::Status Unicode(const Token& token) {
    if (!token.has_number || token.number < -0x8000 || token.number > 0xFFFF) {
      return Refuse("no character of that number", token.begin, token.end);
    }
    skip_ = groups_.back().fallback;
    const auto unit = static_cast<char32_t>(token.number & 0xFFFF);
    if (unit >= 0xD800 && unit <= 0xDBFF) {
      FlushSurrogate();
      high_ = unit;
      high_begin_ = token.begin;
      high_end_ = token.end;
      return absl::OkStatus();
    }
    if (unit >= 0xDC00 && unit <= 0xDFFF && high_ != 0) {
      const char32_t value =
          0x10000 + ((high_ - 0xD800) << 10) + (unit - 0xDC00);
      high_ = 0;
      PutChar(value, high_begin_, token.end);
      return absl::OkStatus();
    }
    FlushSurrogate();
    PutChar(unit, token.begin, token.end);
    return absl::OkStatus();
  }

  void Layout(Word word, const Token& token) {
    Stream* const sink = Sink();
    if (sink == nullptr) return;
    switch (word) {
      case Word::kLineEnd:
        sink->Separate('\n', token.begin, token.end);
        break;
      case Word::kTab:
        sink->Separate('\t', token.begin, token.end);
        break;
      case Word::kBlank:
        sink->Put(" ", token.begin, token.end);
        break;
      case Word::kDash:
        sink->Put("\u2013", token.begin, token.end);
        break;
      case Word::kQuote:
        sink->Put("'", token.begin, token.end);
        break;
      case Word::kQuotes:
        sink->Put("\"", token.begin, token.end);
        break;
      case Word::kBullet:
        sink->Put("\u2022", token.begin, token.end);
        break;
      default:
        break;
    }
  }

  void EndSlot() {
    if (!groups_.empty()) {
      parts_.EndSlot(groups_.back().destination, groups_.back().name);
    }
  }

  // Where the group's text goes; null: nowhere, it is no text.
  Stream* Sink() {
    switch (groups_.back().destination) {
      case Word::kMain:
        return &parts_.main;
      case Word::kAside:
        return &parts_.aside;
      case Word::kName:
      case Word::kEmployer:
      case Word::kStamp:
        return &parts_.slot;
      default:
        return nullptr;
    }
  }

  void ExtendText(std::size_t end) {
    if (high_ != 0) {
      high_end_ = end;
    } else if (Stream* const sink = Sink()) {
      sink->Extend(end);
    }
  }

  void PutChar(char32_t value, std::size_t begin, std::size_t end) {
    Stream* const sink = Sink();
    if (sink == nullptr) return;
    std::string text;
    if (value == 0 || !AppendUtf8(value, &text)) AppendUtf8(0xFFFD, &text);
    sink->Put(text, begin, end);
  }

  void AddByte(char byte, std::size_t begin, std::size_t end) {
    bytes_.push_back({byte, begin, end});
    lead_pending_ =
        !lead_pending_ && IsLeadByte(fonts_.Page(groups_.back().code_page),
                                     static_cast<unsigned char>(byte));
  }

  // What waits for what may follow: bytes of a code page, half a pair.
  void Flush() {
    FlushBytes();
    FlushSurrogate();
  }

  void FlushBytes() {
    if (bytes_.empty()) return;
    const int code_page = fonts_.Page(groups_.back().code_page);
    raw_bytes_.clear();
    for (const CodedByte& b : bytes_) raw_bytes_ += b.byte;
    const std::string_view raw = raw_bytes_;
    for (std::size_t i = 0; i < bytes_.size();) {
      const auto first = static_cast<unsigned char>(raw[i]);
      CodePages::Char one{first, 1};
      if (first >= 0x80) {
        one = code_pages_.First(code_page, raw.substr(i, 4));
      }
      const std::size_t begin = bytes_[i].begin;
      const std::size_t end = bytes_[i + one.size - 1].end;
      if (one.value == '\n' || one.value == '\r') {
        Sink()->Separate('\n', begin, end);
      } else {
        PutChar(one.value, begin, end);
      }
      i += one.size;
    }
    bytes_.clear();
    lead_pending_ = false;
  }

  void FlushSurrogate() {
    if (high_ == 0) return;
    high_ = 0;
    PutChar(0xFFFD, high_begin_, high_end_);
  }

  std::string_view record_;
  std::vector<Group> groups_;
  bool closed_ = false;  // the document's own group has ended
  Parts parts_;
  Fonts fonts_;
  CodePages code_pages_;
  // Characters not yet whole.
  std::vector<CodedByte> bytes_;
  std::string raw_bytes_;
  bool lead_pending_ = false;
  char32_t high_ = 0;  // the first half of a surrogate pair
  std::size_t high_begin_ = 0;
  std::size_t high_end_ = 0;
  long skip_ = 0;           // fallback characters still to be passed over
  std::string media_type_;  // of the picture or object being read
};

}  // namespace

absl::StatusOr<RecordFields> ReadFields(std::string_view record) {
  if (record.size() >= std::numeric_limits<std::uint32_t>::max()) {
    return Refuse("a document over 4 GiB", 0, record.size());
  }
  return Reader(record).Read();
}

}  // namespace phiwire::rtf
