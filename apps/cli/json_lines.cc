// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/json_lines.h"

#include <simdjson.h>

#include <cstring>

namespace phiwire::cli {
namespace {

namespace sj = simdjson;

// Ids are looked for in so many bytes.
constexpr std::size_t kHead = 4096;

absl::Status Bad(const char* what) { return absl::InvalidArgumentError(what); }

std::string_view Trimmed(std::string_view token) {
  while (!token.empty() && std::strchr(" \t\r\n", token.back()) != nullptr) {
    token.remove_suffix(1);
  }
  return token;
}

absl::Status ReadSpan(sj::ondemand::object object, JsonSpan* span) {
  bool start = false;
  bool end = false;
  for (auto field : object) {
    std::string_view key;
    if (field.unescaped_key().get(key) != sj::SUCCESS) return Bad("bad JSON");
    bool good = true;
    if (key == "start") {
      std::int64_t value = 0;
      good = start = field.value().get_int64().get(value) == sj::SUCCESS;
      span->start = value;
    } else if (key == "end") {
      std::int64_t value = 0;
      good = end = field.value().get_int64().get(value) == sj::SUCCESS;
      span->end = value;
    } else if (key == "type") {
      std::string_view value;
      good = field.value().get_string().get(value) == sj::SUCCESS;
      span->type = value;
    } else if (key == "score") {
      good = field.value().get_double().get(span->score) == sj::SUCCESS;
    }
    if (!good)
      return Bad("a span's start, end, type or score is no such value");
  }
  return start && end ? absl::OkStatus() : Bad("a span without start or end");
}

absl::Status ReadSpans(sj::ondemand::value value, JsonDocument* document) {
  sj::ondemand::array array;
  if (value.get_array().get(array) != sj::SUCCESS) {
    return Bad("\"spans\" is no list");
  }
  for (auto element : array) {
    sj::ondemand::object object;
    if (element.get_object().get(object) != sj::SUCCESS) {
      return Bad("a span is no object");
    }
    const absl::Status status =
        ReadSpan(object, &document->spans.emplace_back());
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

// The id as the raw JSON scalar it is.
absl::Status ReadId(sj::ondemand::value value, std::string* id) {
  const std::string_view token = Trimmed(value.raw_json_token());
  sj::ondemand::json_type type;
  if (value.type().get(type) != sj::SUCCESS) return Bad("bad JSON");
  if (type == sj::ondemand::json_type::string) {
    std::string_view ignored;  // its escapes must be sound
    if (value.get_string().get(ignored) != sj::SUCCESS) return Bad("bad id");
  } else if (type == sj::ondemand::json_type::number) {
    double ignored = 0;
    if (value.get_double().get(ignored) != sj::SUCCESS) return Bad("bad id");
  } else {
    return Bad("the id is neither a string nor a number");
  }
  *id = token;
  return absl::OkStatus();
}

}  // namespace

class JsonLineParser::Impl {
 public:
  absl::Status Parse(std::string_view line, bool with_spans,
                     JsonDocument* document) {
    padded_.assign(line);
    padded_.append(sj::SIMDJSON_PADDING, ' ');
    sj::ondemand::document json;
    sj::ondemand::object object;
    const auto view =
        sj::padded_string_view(padded_.data(), line.size(), padded_.size());
    if (parser_.iterate(view).get(json) != sj::SUCCESS ||
        json.get_object().get(object) != sj::SUCCESS) {
      return Bad("not a JSON object");
    }
    for (auto field : object) {
      std::string_view key;
      sj::ondemand::value value;
      if (field.unescaped_key().get(key) != sj::SUCCESS ||
          field.value().get(value) != sj::SUCCESS) {
        return Bad("bad JSON");
      }
      const absl::Status status = ReadField(key, value, with_spans, document);
      if (!status.ok()) return status;
    }
    const char* rest = nullptr;  // an error at the end: nothing is left
    if (json.current_location().get(rest) == sj::SUCCESS) {
      return Bad("more than one JSON object on the line");
    }
    if (document->id == "null") return Bad("no \"id\"");
    return absl::OkStatus();
  }

 private:
  static absl::Status ReadField(std::string_view key, sj::ondemand::value value,
                                bool with_spans, JsonDocument* document) {
    if (key == "id") return ReadId(value, &document->id);
    if (key == "text") {
      std::string_view text;
      if (value.get_string().get(text) != sj::SUCCESS) {
        return Bad("\"text\" is no sound string");
      }
      document->text = text;
      document->has_text = true;
      return absl::OkStatus();
    }
    if (key == "spans" && with_spans) return ReadSpans(value, document);
    return absl::OkStatus();
  }

  sj::ondemand::parser parser_;
  std::string padded_;
};

JsonLineParser::JsonLineParser() : impl_(std::make_unique<Impl>()) {}
JsonLineParser::~JsonLineParser() = default;

absl::Status JsonLineParser::Parse(std::string_view line, bool with_spans,
                                   JsonDocument* document) {
  document->id = "null";
  document->text.clear();
  document->spans.clear();
  document->has_text = false;
  return impl_->Parse(line, with_spans, document);
}

std::string IdOfHead(std::string_view head) {
  head = head.substr(0, kHead);
  const auto skip = [&] {
    const std::size_t at = head.find_first_not_of(" \t\r");
    head.remove_prefix(at == std::string_view::npos ? head.size() : at);
  };
  for (const std::string_view expected : {"{", "\"id\"", ":"}) {
    skip();
    if (!head.starts_with(expected)) return "null";
    head.remove_prefix(expected.size());
  }
  skip();
  const std::size_t end = head.starts_with('"')
                              ? head.find('"', 1) + 1  // 0 when unclosed
                              : head.find_first_of(",} \t");
  if (end == 0 || end > head.size()) return "null";
  // Parsed on its own, so that only a sound id passes; one with an escaped
  // quote is cut short and does not.
  JsonLineParser parser;
  JsonDocument document;
  const std::string line = "{\"id\":" + std::string(head.substr(0, end)) + "}";
  return parser.Parse(line, false, &document).ok() ? document.id : "null";
}

absl::StatusOr<std::string> IdText(std::string_view raw) {
  if (!raw.starts_with('"')) return std::string(raw);
  sj::ondemand::parser parser;
  const sj::padded_string padded(raw);
  sj::ondemand::document json;
  std::string_view value;
  if (parser.iterate(padded).get(json) != sj::SUCCESS ||
      json.get_string().get(value) != sj::SUCCESS) {
    return Bad("bad id");
  }
  return std::string(value);
}

}  // namespace phiwire::cli
