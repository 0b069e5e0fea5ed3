// SPDX-License-Identifier: Apache-2.0

#include "policy/nested_document.h"

#include <string>
#include <string_view>

#include "absl/strings/escaping.h"
#include "base/strings.h"
#include "gtest/gtest.h"

namespace phiwire {
namespace {

std::string Base64(std::string_view bytes) {
  return absl::Base64Escape(ToAbsl(bytes));
}

Field DocumentField(Wrapping wrapping, std::string_view media_type) {
  Field field;
  field.kind = FieldKind::kDocument;
  field.wrapping = wrapping;
  field.media_type = media_type;
  return field;
}

struct Row {
  Wrapping wrapping;
  std::string_view media_type;
  std::string packed;
  Format format;
  std::string_view text;
};

TEST(NestedDocument, IsOpenedByItsMediaTypeOrContent) {
  const Row rows[] = {
      {Wrapping::kNone, "text/plain", "seen today", Format::kText,
       "seen today"},
      {Wrapping::kBase64, "text/plain", Base64("seen today"), Format::kText,
       "seen today"},
      {Wrapping::kBase64, "text/plain; charset=utf-8", Base64("x"),
       Format::kText, "x"},
      {Wrapping::kHex, "", "7365656E", Format::kText, "seen"},
      {Wrapping::kBase64, "application/octet-stream", Base64("MSH|^~\\&|A\r"),
       Format::kHl7, "MSH|^~\\&|A\r"},
      {Wrapping::kBase64, "text/rtf", Base64("{\\rtf1 a}"), Format::kRtf,
       "{\\rtf1 a}"},
      {Wrapping::kBase64, "text/html", Base64("<p>a"), Format::kHtml, "<p>a"},
      {Wrapping::kBase64, "application/xml", Base64("<a/>"), Format::kCcda,
       "<a/>"},
      {Wrapping::kBase64, "application/fhir+json", Base64("{}"), Format::kFhir,
       "{}"},
      // Not UTF-8: as Windows wrote it.
      {Wrapping::kBase64, "text/plain", Base64("Andr\xE9"), Format::kText,
       "Andr\xC3\xA9"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.packed);
    const auto nested =
        OpenNested(DocumentField(row.wrapping, row.media_type), row.packed);
    ASSERT_TRUE(nested.ok());
    EXPECT_EQ(nested->format, row.format);
    EXPECT_EQ(nested->text.utf8, row.text);
    const auto again = CloseNested(*nested, row.wrapping, nested->text.utf8);
    ASSERT_TRUE(again.ok());
    if (row.wrapping == Wrapping::kBase64) {
      EXPECT_EQ(*again, row.packed);
    }
  }
}

TEST(NestedDocument, Utf16ComesBackAsUtf16) {
  const std::string bytes("\xFF\xFEh\0i\0", 6);
  const std::string packed = Base64(bytes);
  const auto nested =
      OpenNested(DocumentField(Wrapping::kBase64, "text/plain"), packed);
  ASSERT_TRUE(nested.ok());
  EXPECT_EQ(nested->text.utf8, "hi");
  EXPECT_EQ(*CloseNested(*nested, Wrapping::kBase64, "hi"), packed);
}

TEST(NestedDocument, LinesOfBase64StayAsLongAsTheyWere) {
  const std::string packed = Base64(std::string(200, 'a'));
  const std::string lined =
      packed.substr(0, 76) + "\r\n" + packed.substr(76, 76) + "\r\n" +
      packed.substr(152, 76) + "\r\n" + packed.substr(228);
  const auto nested =
      OpenNested(DocumentField(Wrapping::kBase64, "text/plain"), lined);
  ASSERT_TRUE(nested.ok());
  EXPECT_EQ(*CloseNested(*nested, Wrapping::kBase64, nested->text.utf8), lined);
}

struct BadRow {
  Wrapping wrapping;
  std::string_view media_type;
  std::string packed;
  std::string_view reason;
  PhiType type;
};

TEST(NestedDocument, WhatNoScanCanReadIsNamedWithoutItsContent) {
  const BadRow rows[] = {
      {Wrapping::kBase64, "application/pdf", Base64("%PDF-1.4"), "a PDF file",
       PhiType::kId},
      {Wrapping::kBase64, "image/jpeg", Base64("x"), "an image",
       PhiType::kPhoto},
      {Wrapping::kBase64, "audio/wav", Base64("x"), "a recording",
       PhiType::kBiometric},
      {Wrapping::kBase64, "text/john-doe", Base64("x"),
       "a media type that can't be scanned", PhiType::kId},
      {Wrapping::kBase64, "text/plain", Base64("%PDF-1.4 x"), "a PDF file",
       PhiType::kId},
      {Wrapping::kBase64, "text/plain", "John Doe!", "broken base64",
       PhiType::kId},
      {Wrapping::kHex, "text/plain", "4A6", "broken hexadecimal", PhiType::kId},
      {Wrapping::kHex, "text/plain", "4AXY", "broken hexadecimal",
       PhiType::kId},
      {Wrapping::kBase64, "", Base64(std::string("a\0b\1c", 5)), "binary data",
       PhiType::kId},
  };
  for (const BadRow& row : rows) {
    SCOPED_TRACE(row.reason);
    const auto nested =
        OpenNested(DocumentField(row.wrapping, row.media_type), row.packed);
    ASSERT_FALSE(nested.ok());
    EXPECT_TRUE(absl::IsUnimplemented(nested.status()));
    EXPECT_EQ(ToStd(nested.status().message()), row.reason);
    EXPECT_EQ(TypeOfUnread(row.media_type), row.type);
  }
}

}  // namespace
}  // namespace phiwire
