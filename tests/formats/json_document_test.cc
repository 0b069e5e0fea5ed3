// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "formats/json/document.h"
#include "formats/json/sniff.h"
#include "formats/json/splice.h"
#include "formats/json/strings.h"

namespace phiwire::json {
namespace {

std::string Nested(std::size_t depth) {
  return std::string(depth, '[') + "1" + std::string(depth, ']');
}

struct Refused {
  std::string_view name;
  std::string text;
  std::string_view reason;
};

TEST(JsonDocument, RefusesWhatIsNoWholeValue) {
  const std::vector<Refused> cases = {
      {"nothing", "", "no value"},
      {"blanks", " \n\t", "no value"},
      {"cut object", "{\"a\":1", "truncated"},
      {"cut array", "[1,", "truncated"},
      {"cut string", "{\"a\":\"x", "without end"},
      {"cut literal", "{\"a\":tru", "not a value"},
      {"crossed", "{\"a\":[1}", "neither a comma"},
      {"crossed back", "[{\"a\":1]", "neither a comma"},
      {"two values", "{} {}", "more than one"},
      {"comma at end", "[1,]", "not a value"},
      {"comma at end of object", "{\"a\":1,}", "no member name"},
      {"bare name", "{a:1}", "no member name"},
      {"no colon", "{\"a\" 1}", "no colon"},
      {"single quotes", "{'a':1}", "no member name"},
      {"comment", "{} // x", "more than one"},
      {"NaN", "[NaN]", "not a value"},
      {"Infinity", "[-Infinity]", "not a value"},
      {"leading zero", "[01]", "not a value"},
      {"plus", "[+1]", "not a value"},
      {"bare point", "[1.]", "not a value"},
      {"bare exponent", "[1e]", "not a value"},
      {"glued", "[\"a\"b]", "neither a comma"},
      {"twice", "{\"a\":1,\"a\":2}", "a member twice"},
      {"twice by escape", "{\"a\":1,\"\\u0061\":2}", "a member twice"},
      {"half a pair", "[\"\\ud83d\"]", "no character"},
      {"second half", "[\"\\udc00x\"]", "no character"},
      {"two firsts", "[\"\\ud83d\\ud83d\"]", "no character"},
      {"bad escape", "[\"\\x41\"]", "no character"},
      {"short escape", "[\"\\u00e\"]", "no character"},
      {"control", "[\"a\nb\"]", "control character"},
      {"latin-1", "[\"caf\xE9\"]", "invalid UTF-8"},
      {"byte order mark", "\xEF\xBB\xBF{}", "not a value"},
      {"too deep", Nested(129), "deeper than 128"},
      {"endless number", "[" + std::string(4097, '1') + "]", "too long"},
  };
  for (const Refused& c : cases) {
    const auto doc = Parse(c.text);
    ASSERT_FALSE(doc.ok()) << c.name;
    EXPECT_EQ(doc.status().code(), absl::StatusCode::kDataLoss) << c.name;
    EXPECT_THAT(std::string(doc.status().message()),
                testing::AllOf(testing::HasSubstr(std::string(c.reason)),
                               testing::HasSubstr("at bytes ")))
        << c.name;
  }
}

TEST(JsonDocument, RefusesManyMembersOfWhichTwoAreTheSame) {
  std::string text = "{";
  for (int i = 0; i < 400; ++i) text += "\"k" + std::to_string(i) + "\":1,";
  EXPECT_TRUE(Parse(text + "\"x\":1}").ok());
  EXPECT_FALSE(Parse(text + "\"k7\":1}").ok());
}

TEST(JsonDocument, ReadsEdgesOfWhatIsAllowed) {
  const std::vector<std::string> cases = {"1",
                                          "\"\"",
                                          "null",
                                          " [ ] ",
                                          "{}",
                                          Nested(128),
                                          "[-0.0e-10]",
                                          "[1E+400]",
                                          "[" + std::string(400, '9') + "]",
                                          "[\"\\ud83d\\ude00\\/\"]",
                                          "{\"\":1,\" \":2}",
                                          "{\"a\":{\"a\":1}}",
                                          "[1e5,\"\xC3\xA9\"]"};
  for (const std::string& text : cases) {
    EXPECT_TRUE(Parse(text).ok()) << text.substr(0, 40);
  }
}

TEST(JsonDocument, GivesByteRanges) {
  const std::string text = " { \"a\" : [ 12.50 , \"x\\n\" ] , \"b\" : true }\n";
  const auto doc = Parse(text);
  ASSERT_TRUE(doc.ok()) << doc.status();
  std::vector<std::string> seen;
  for (const Node& node : doc->nodes) {
    seen.push_back(std::string(doc->RawKey(node)) + "=" +
                   std::string(doc->Raw(node)));
  }
  EXPECT_THAT(seen, testing::ElementsAre(
                        "={ \"a\" : [ 12.50 , \"x\\n\" ] , \"b\" : true }",
                        "a=[ 12.50 , \"x\\n\" ]", "=12.50", "=x\\n", "b=true"));
  EXPECT_EQ(doc->Member(0, "b"), 4u);
  EXPECT_EQ(doc->Member(0, "c"), 0u);
}

TEST(JsonStrings, DecodesWithOffsets) {
  const std::string raw = "J\\u00f6\\ud83d\\ude00\\n\xC3\xA9";
  const DecodedString decoded = DecodeWithOffsets(raw, 100);
  EXPECT_EQ(decoded.text, "J\xC3\xB6\xF0\x9F\x98\x80\n\xC3\xA9");
  EXPECT_THAT(decoded.offsets,
              testing::ElementsAre(100, 101, 101, 107, 107, 107, 107, 119, 121,
                                   122, 123));
}

struct SpliceCase {
  std::string_view name;
  std::string_view text;
  std::string_view cut;  // what is edited, by its first occurrence
  std::string_view with;
  std::string_view plain;  // the outcome
  std::string_view fhir;   // with remove_emptied
};

TEST(JsonSplice, StaysJsonWhateverIsWritten) {
  const std::vector<SpliceCase> cases = {
      {"quotes", "{\"a\":\"Joe\"}", "Joe", "\"},{\\", "{\"a\":\"\\\"},{\\\\\"}",
       "{\"a\":\"\\\"},{\\\\\"}"},
      {"line end", "[\"Joe\"]", "Joe", "a\nb\x01", "[\"a\\nb\\u0001\"]",
       "[\"a\\nb\\u0001\"]"},
      {"number to number", "[123]", "123", "-4.5e1", "[-4.5e1]", "[-4.5e1]"},
      {"number to text", "[123]", "123", "X1", "[\"X1\"]", "[\"X1\"]"},
      {"number in part", "[12345]", "234", "-", "[\"1-5\"]", "[\"1-5\"]"},
      {"number to zeros", "[123]", "123", "000", "[\"000\"]", "[\"000\"]"},
      {"number to two", "[123]", "123", "1,2", "[\"1,2\"]", "[\"1,2\"]"},
      {"number emptied", "{\"a\":1,\"b\":234}", "234", "",
       "{\"a\":1,\"b\":null}", "{\"a\":1}"},
      {"first", "{\"a\":\"Joe\", \"b\":1}", "Joe", "", "{\"a\":\"\", \"b\":1}",
       "{\"b\":1}"},
      {"middle", "{\"x\":0 , \"a\":\"Joe\" , \"b\":1}", "Joe", "",
       "{\"x\":0 , \"a\":\"\" , \"b\":1}", "{\"x\":0 , \"b\":1}"},
      {"only one", "{\"x\":[{\"a\":\"Joe\"}],\"y\":1}", "Joe", "",
       "{\"x\":[{\"a\":\"\"}],\"y\":1}", "{\"y\":1}"},
      {"all", "{\"a\":\"Joe\"}", "Joe", "", "{\"a\":\"\"}", "{}"},
      {"extension",
       "{\"extension\":[{\"url\":\"u\",\"valueString\":\"Joe\"}],"
       "\"y\":1}",
       "Joe", "",
       "{\"extension\":[{\"url\":\"u\",\"valueString\":\"\"}],\"y\":1}",
       "{\"y\":1}"},
      {"places", "{\"given\":[\"A\",\"Joe\"],\"_given\":[{\"id\":\"1\"},null]}",
       "Joe", "", "{\"given\":[\"A\",\"\"],\"_given\":[{\"id\":\"1\"},null]}",
       "{\"given\":[\"A\",null],\"_given\":[{\"id\":\"1\"},null]}"},
      {"name", "{\"Joe\":1,\"[NAME]\":2}", "Joe", "[NAME]",
       "{\"[NAME] 2\":1,\"[NAME]\":2}", "{\"[NAME] 2\":1,\"[NAME]\":2}"},
  };
  for (const SpliceCase& c : cases) {
    const std::size_t at = c.text.find(c.cut);
    const Edit edit{at, at + c.cut.size(), std::string(c.with)};
    const auto plain = Splice(c.text, {&edit, 1});
    ASSERT_TRUE(plain.ok()) << c.name << plain.status();
    EXPECT_EQ(*plain, c.plain) << c.name;
    const auto fhir = Splice(c.text, {&edit, 1}, {true, nullptr});
    ASSERT_TRUE(fhir.ok()) << c.name << fhir.status();
    EXPECT_EQ(*fhir, c.fhir) << c.name;
    EXPECT_TRUE(Parse(*plain).ok() && Parse(*fhir).ok()) << c.name;
  }
}

TEST(JsonSplice, RefusesEditsOverStructure) {
  constexpr std::string_view kText = "{\"a\":\"x\",\"b\":true}";
  for (const auto& [begin, end] : std::vector<std::pair<int, int>>{
           {0, 1}, {1, 3}, {4, 5}, {5, 8}, {6, 9}, {13, 17}}) {
    const Edit edit{static_cast<std::size_t>(begin),
                    static_cast<std::size_t>(end), "y"};
    EXPECT_EQ(Splice(kText, {&edit, 1}).status().code(),
              absl::StatusCode::kInternal)
        << begin;
  }
}

TEST(JsonSniff, TellsJsonFromWhatBeginsLikeIt) {
  for (const std::string_view yes :
       {"{\"a\":1}", " [ {\"a\":1}", "{\n  \"a", "[1,2]\n", "{\"a\":1}\n{\"b",
        "\xEF\xBB\xBF{\"a\": \"", "[]", "{\"a\": [\n"}) {
    EXPECT_TRUE(LooksLikeJson(yes)) << yes;
  }
  for (const std::string_view no :
       {"", "x", "[INFO] started\n[INFO] done\n", "{note}", "[Smith, J.]",
        "{\"a\"} is a set\nof one\n", "<a/>", "MSH|"}) {
    EXPECT_FALSE(LooksLikeJson(no)) << no;
  }
}

}  // namespace
}  // namespace phiwire::json
