// SPDX-License-Identifier: Apache-2.0

#include "formats/log/values.h"

#include <algorithm>
#include <string>

#include "base/ascii.h"
#include "base/byte_set.h"
#include "base/next_place.h"
#include "engine/decoded_text.h"
#include "formats/log/header.h"

namespace phiwire::log {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kLongestKey = 64;
constexpr std::size_t kLongestPlain = 256;
constexpr std::size_t kLongPath = 512;

bool IsLetter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool IsKeyByte(char c) {
  return IsLetter(c) || IsDigit(c) || c == '_' || c == '.' || c == '-' ||
         c == '@';
}

int HexDigit(char c) {
  if (IsDigit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Where a value without quotes ends.
constexpr ByteSet kBareStops(" \t\r\n,;)]}&\"'|<>");

// What stands next in a line, of whose pairs one may be inside another.
class Ahead {
 public:
  explicit Ahead(std::string_view line) : line_(line) {}

  // Of a value without quotes.
  std::size_t BareEnd(std::size_t begin) {
    return bare_end_.From(
        begin, [&](std::size_t at) { return kBareStops.NextIn(line_, at); });
  }
  // Whether [begin, end) has an escape of a URL in it.
  bool HasPercent(std::size_t begin, std::size_t end) {
    const auto next = [&](NextPlace* place, char c) {
      return place->From(begin,
                         [&](std::size_t at) { return line_.find(c, at); });
    };
    return std::min(next(&percent_, '%'), next(&plus_, '+')) < end;
  }
  // The path of a target at [begin, end), but inside a long one that was taken.
  void TakePath(std::size_t begin, std::size_t end, Parts* parts) {
    const std::size_t query =
        query_.From(begin, [&](std::size_t at) { return line_.find('?', at); });
    const std::size_t path_end = std::min(query, end);
    if (begin < long_path_end_ && path_end <= long_path_end_) return;
    TakeTarget(begin, path_end, parts);
    if (path_end - begin > kLongPath) long_path_end_ = path_end;
  }

 private:
  std::string_view line_;
  NextPlace bare_end_, percent_, plus_, query_;
  std::size_t long_path_end_ = 0;
};

bool NeedsDecoding(Quoting quoting, std::string_view raw) {
  switch (quoting) {
    case Quoting::kNone:
      return false;
    case Quoting::kBackslash:
      return raw.find('\\') != kNone;
    case Quoting::kDoubled:
      return raw.find("''") != kNone;
    case Quoting::kPercent:
      return raw.find_first_of("%+") != kNone;
  }
  return false;
}

// The bytes that %hh stands for from `i` on, as far as they make characters.
std::string PercentBytes(std::string_view raw, std::size_t i) {
  std::string bytes;
  while (i + 2 < raw.size() && raw[i] == '%') {
    const int high = HexDigit(raw[i + 1]);
    const int low = HexDigit(raw[i + 2]);
    if (high < 0 || low < 0) break;
    bytes += static_cast<char>(high * 16 + low);
    i += 3;
  }
  return bytes;
}

bool IsHex(std::string_view value) {
  return std::all_of(value.begin(), value.end(),
                     [](char c) { return HexDigit(c) >= 0 || c == '-'; });
}

bool IsEpoch(std::string_view value) {
  return value.size() <= 20 && DigitsAt(value, 0) >= 10 &&
         value.find_first_not_of("0123456789.") == kNone;
}

// How many bytes the character that begins with `lead` has; 0: none begins.
std::size_t CharacterSize(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  return lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
}

bool IsCharacter(std::string_view bytes, std::size_t size) {
  if (size == 0 || bytes.size() < size) return false;
  return std::all_of(
      bytes.begin() + 1, bytes.begin() + static_cast<std::ptrdiff_t>(size),
      [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; });
}

// One escape or byte at `i`; the raw bytes it takes.
std::size_t DecodeOne(Quoting quoting, std::string_view raw, std::size_t i,
                      std::size_t at, DecodedText* text) {
  const char c = raw[i];
  if (quoting == Quoting::kPercent && c == '%') {
    const std::string bytes = PercentBytes(raw, i);
    if (!bytes.empty()) {
      const std::size_t size =
          CharacterSize(static_cast<unsigned char>(bytes[0]));
      if (IsCharacter(bytes, size) && bytes[0] != '\0') {
        text->Put(std::string_view(bytes).substr(0, size), at + i);
        return 3 * size;
      }
      text->Put("?", at + i);
      return 3;
    }
  }
  if (quoting == Quoting::kPercent && c == '+') {
    text->Put(" ", at + i);
    return 1;
  }
  const bool more = i + 1 < raw.size();
  if (quoting == Quoting::kBackslash && c == '\\' && more) {
    const char next = raw[i + 1];
    const bool blank = next == 'n' || next == 't' || next == 'r';
    if (blank || next == '"' || next == '\\' || next == '\'' || next == '/') {
      text->Put(blank ? " " : raw.substr(i + 1, 1), at + i);
      return 2;
    }
  }
  if (quoting == Quoting::kDoubled && c == '\'' && more && raw[i + 1] == '\'') {
    text->Put("'", at + i);
    return 2;
  }
  text->Copy(raw.substr(i, 1), at + i);
  return 1;
}

std::string_view TextOf(const Parts& parts, const Field& field) {
  return field.offsets.empty()
             ? parts.entry().substr(field.begin, field.end - field.begin)
             : std::string_view(field.decoded);
}

// A number that is somebody's has three digits at least.
bool MayBeSlot(PhiType type, std::string_view value, Quoting quoting) {
  if (IsNoValue(value)) return false;
  const bool quoted =
      quoting == Quoting::kBackslash || quoting == Quoting::kDoubled;
  switch (type) {
    case PhiType::kUsername:
      return !IsServiceAccount(value);
    case PhiType::kDate:
    case PhiType::kPhone:
    case PhiType::kFax:
    case PhiType::kSsn:
    case PhiType::kZip:
    case PhiType::kIpAddress:
      // A long one without a blank is no prose, and one may begin in another:
      // it is not looked through.
      if (!quoted && value.size() > kLongestPlain) return true;
      return std::any_of(value.begin(), value.end(), IsDigit);
    default:
      return true;
  }
}

void PutSlot(const ColumnRule& rule, std::string_view key, std::size_t begin,
             std::size_t end, Quoting quoting, Parts* parts) {
  // Of a whole time stamp only the day goes, as in free text.
  if (rule.type == PhiType::kDate && !rule.birth_date) {
    const std::size_t after = StampAt(parts->entry().substr(0, end), begin).end;
    if (after != 0) {
      const Stamp stamp = StampAt(parts->entry().substr(0, end), begin);
      parts->Slot(stamp.day_begin, stamp.day_end, PhiType::kDate, key);
      parts->Keep(stamp.day_end, stamp.end);
      return;
    }
  }
  Field& field = parts->Slot(begin, end, rule.type, key);
  field.part = rule.part;
  Decode(quoting, parts, &field);
  const std::string value(TextOf(*parts, field));
  parts->Known(rule.type, value);
  if (rule.subject_rank > 0) parts->Subject(rule.subject_rank, value);
}

// The word before an '='; empty: no key.
struct KeyAt {
  std::size_t begin = 0;
  std::size_t end = 0;
};
KeyAt KeyBefore(std::string_view text, std::size_t from, std::size_t equals) {
  std::size_t end = equals;
  while (end > from && text[end - 1] == ' ' && equals - end < 2) --end;
  // Quoted identifiers: "last_name" = ..., `last_name` = ...
  if (end > from && (text[end - 1] == '"' || text[end - 1] == '`')) --end;
  std::size_t begin = end;
  while (begin > from && IsKeyByte(text[begin - 1])) --begin;
  while (begin < end && !IsLetter(text[begin]) && text[begin] != '_') ++begin;
  if (end - begin > kLongestKey) return {};
  return {begin, end};
}

std::size_t QuoteEnd(std::string_view text, std::size_t begin, std::size_t end,
                     char quote) {
  for (std::size_t i = begin; i < end; ++i) {
    if (text[i] == '\\' && quote == '"') {
      ++i;
    } else if (text[i] == quote) {
      if (quote == '\'' && i + 1 < end && text[i + 1] == '\'') {
        ++i;
      } else {
        return i;
      }
    }
  }
  return kNone;
}

// As TakeValue, of a value in one line.
bool TakeInLine(std::string_view name, std::size_t begin, std::size_t end,
                Quoting quoting, Ahead* ahead, Keys* keys, Parts* parts) {
  const std::string_view value = parts->entry().substr(begin, end - begin);
  if (begin >= end || name.empty()) return false;
  const Key key = keys->Of(name);
  switch (key.use) {
    case KeyUse::kTime:
      // Seconds since 1970 with a fraction are no number of anybody.
      if (IsEpoch(value)) {
        parts->Keep(begin, end);
        return true;
      }
      return TakeStamp(begin, parts) != begin;
    case KeyUse::kRequest:
      if (!ColumnMayKeep(value) && !IsHex(value)) return false;
      parts->Slot(begin, end, PhiType::kId, "request_id");
      return true;
    case KeyUse::kOwn:
    case KeyUse::kKeep:
      if (!ColumnMayKeep(value)) return false;
      parts->Keep(begin, end);
      return true;
    case KeyUse::kSlot:
      if (MayBeSlot(key.rule.type, value, quoting)) {
        PutSlot(key.rule, name, begin, end, quoting, parts);
        return true;
      }
      [[fallthrough]];
    case KeyUse::kText:
      if (value.front() == '/') {
        ahead->TakePath(begin, end, parts);
        return false;
      }
      // As text it is scanned with what stands around it, but not in disguise.
      const bool disguised = quoting == Quoting::kPercent
                                 ? ahead->HasPercent(begin, end)
                                 : NeedsDecoding(quoting, value);
      if (!disguised) return false;
      Decode(quoting, parts, &parts->Text(begin, end, "entry"));
      return true;
  }
  return false;
}

// From the '=' on: takes a value and returns where it ends.
std::size_t TakePair(KeyAt key, std::size_t equals, std::size_t end,
                     Ahead* ahead, Keys* keys, Parts* parts) {
  const std::string_view text = parts->entry();
  const std::string_view name = text.substr(key.begin, key.end - key.begin);
  std::size_t begin = equals + 1;
  const bool spaced = begin < end && text[begin] == ' ';
  if (spaced) ++begin;
  if (begin >= end) return end;
  const char quote = text[begin];
  if (quote == '"' || quote == '\'') {
    const std::size_t close = QuoteEnd(text, begin + 1, end, quote);
    if (close == kNone) return begin + 1;
    const Quoting quoting =
        quote == '"' ? Quoting::kBackslash : Quoting::kDoubled;
    // Text may hold pairs of its own.
    const bool taken =
        TakeInLine(name, begin + 1, close, quoting, ahead, keys, parts);
    return taken ? close + 1 : begin + 1;
  }
  // "a = b" without quotes is SQL's with a number, or prose.
  if (spaced && !IsDigit(quote)) return begin;
  const bool query = key.begin > 0 &&
                     (text[key.begin - 1] == '?' || text[key.begin - 1] == '&');
  const std::size_t to = ahead->BareEnd(begin);
  const Quoting quoting = query ? Quoting::kPercent : Quoting::kNone;
  const bool taken = TakeInLine(name, begin, to, quoting, ahead, keys, parts);
  return taken ? to : begin;
}

}  // namespace

void Decode(Quoting quoting, Parts* parts, Field* field) {
  const std::string_view raw =
      parts->entry().substr(field->begin, field->end - field->begin);
  if (!NeedsDecoding(quoting, raw)) return;
  DecodedText text;
  for (std::size_t i = 0; i < raw.size();) {
    i += DecodeOne(quoting, raw, i, field->begin, &text);
  }
  text.Finish(field->end, field);
}

bool TakeValue(std::string_view name, std::size_t begin, std::size_t end,
               Quoting quoting, Keys* keys, Parts* parts) {
  const std::string_view text = parts->entry().substr(0, end);
  if (text.find('\n', begin) != kNone) return false;
  Ahead ahead(text);
  return TakeInLine(name, begin, end, quoting, &ahead, keys, parts);
}

void TakePairs(std::size_t begin, std::size_t end, Keys* keys, Parts* parts) {
  const std::string_view text = parts->entry().substr(0, end);
  Ahead ahead(text);
  std::size_t from = begin;
  while (true) {
    const std::size_t equals = text.find('=', from);
    if (equals == kNone) return;
    const bool compares = (equals + 1 < end && text[equals + 1] == '=') ||
                          (equals > from && std::string_view("=!<>:").find(
                                                text[equals - 1]) != kNone);
    const KeyAt key = KeyBefore(text, from, equals);
    if (compares || key.begin == key.end) {
      from = equals + 1;
      continue;
    }
    from =
        std::max(TakePair(key, equals, end, &ahead, keys, parts), equals + 1);
  }
}

}  // namespace phiwire::log
