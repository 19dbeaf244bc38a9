// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that AppSync's scalars take and refuse. */
class AwsScalarsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Coercing<?, ?> coercing(String scalar) {
    return Objects.requireNonNull(ApiScalars.byName(scalar)).getCoercing();
  }

  private static @Nullable Object parse(String scalar, Object value) {
    return coercing(scalar).parseValue(value, GraphQLContext.getDefault(), Locale.ROOT);
  }

  private static @Nullable Object serialize(String scalar, Object value) {
    return coercing(scalar).serialize(value, GraphQLContext.getDefault(), Locale.ROOT);
  }

  private static @Nullable Object literal(String scalar, Value<?> value) {
    return coercing(scalar)
        .parseLiteral(
            value, CoercedVariables.emptyVariables(), GraphQLContext.getDefault(), Locale.ROOT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-1", "1577836800", "-31557014167219200", "31556889864403199", "12.0"})
  void takesTimestamps(String value) throws Exception {
    long expected = Double.valueOf(value) == 12.0 ? 12 : Long.parseLong(value);

    assertThat(parse("AWSTimestamp", JSON.readTree(value))).isEqualTo(expected);
    assertThat(serialize("AWSTimestamp", JSON.readTree(value))).isEqualTo(expected);
    assertThat(serialize("AWSTimestamp", value)).isEqualTo(expected);
  }

  /** A scalar, the word for it in refusals, and values. */
  private static Stream<Arguments> rows(String scalar, String noun, String... values) {
    return Stream.of(values).map(value -> Arguments.of(scalar, noun, value));
  }

  private static Stream<Arguments> accepted() {
    return Stream.of(
            rows(
                "AWSDate",
                "date",
                "1970-01-01",
                "2020-02-29",
                "1970-01-01Z",
                "1970-01-01-07:00",
                "1970-01-01+05:30:10",
                "0000-01-01",
                "-2017-05-01",
                "-9999-01-01Z"),
            rows(
                "AWSTime",
                "time",
                "12:30",
                "12:30Z",
                "12:30:24-07:00",
                "12:30:24.500+05:30",
                "12:00:00.123456789",
                "23:59:59.9",
                "00:00:00+00:00:01"),
            rows(
                "AWSDateTime",
                "DateTime Object",
                "1970-01-01T00:00:00Z",
                "1970-01-01T12:00:00.2Z",
                "1970-01-01T12:00:00.123456789-07:00",
                "2020-01-01T00:00+00:00",
                "2021-05-06T16:44Z",
                "-2017-01-01T00:00Z",
                "1970-01-01T12:30:24+05:30:15"),
            rows(
                "AWSEmail",
                "email",
                "username@example.com",
                "a.b+c@sub.example.co.uk",
                "\"a b\"@example.com",
                "a@b",
                "user@[192.0.2.1]",
                "o'neil_x-y=z@example.org"),
            rows(
                "AWSURL",
                "URL",
                "https://www.amazon.com/dp/B000NZW3KC/",
                "http://localhost:8080/a?b=c//d#e",
                "mailto:example@example.com",
                "ftp://host/file",
                "https://example.com",
                "s3://bucket/key"),
            rows(
                "AWSPhone",
                "phone number",
                "+1 206-555-0100",
                "206 266 1000",
                "206-266-1000",
                "2062661000",
                "+44 20 7946 0018",
                "+49 30 901820",
                "(206) 266-1000"),
            rows(
                "AWSIPAddress",
                "IP address",
                "123.12.34.56",
                "0.0.0.0/0",
                "123.45.67.89/16",
                "1a2b:3c4b::1234:4567",
                "::",
                "::1",
                "1::",
                "2001:db8::/32",
                "1:2:3:4:5:6:7:8/128",
                "::ffff:192.0.2.1",
                "1:2:3:4:5:6:1.2.3.4"))
        .flatMap(rows -> rows);
  }

  private static Stream<Arguments> refused() {
    return Stream.of(
            rows(
                "AWSDate",
                "date",
                "",
                "2019-02-29",
                "1970-13-01",
                "1970-1-1",
                "70-01-01",
                "1970-01-01T00:00Z",
                "1970-01-01+19:00",
                "1970-01-01 ",
                "1970/01/01",
                "1970-01-01z",
                "+1970-01-01",
                "today"),
            rows(
                "AWSTime",
                "time",
                "",
                "24:00",
                "12",
                "12:60",
                "12:30:60",
                "12:30:24.",
                "12:30:24.1234567890",
                "1:30",
                "12:30.5",
                "12:30+5",
                "12:30 PM"),
            rows(
                "AWSDateTime",
                "DateTime Object",
                "",
                "1970-01-01T00:00:00",
                "1970-01-01",
                "1970-01-01 00:00:00Z",
                "2019-02-29T00:00:00Z",
                "1970-01-01T24:00:00Z",
                "1970-01-01T00:00:00.Z",
                "1970-01-01T00:00:00+0100",
                "1970-01-01T00Z",
                "1970-01-01T00:00:00.1234567890Z",
                "v"),
            rows(
                "AWSTimestamp",
                "timestamp. Ensure that the value provided is an Integer that lies within the"
                    + " limits specified in this scalar's description",
                "",
                "1.5",
                "-31557014167219201",
                "31556889864403200",
                "1e400",
                "1e999999999",
                "x",
                "2020-01-01T00:00:00Z"),
            rows(
                "AWSEmail",
                "email",
                "",
                "user",
                "@example.com",
                "user@",
                "a@b@c",
                "a b@example.com",
                ".a@example.com",
                "a..b@example.com",
                "a.@example.com",
                "user@-example.com",
                "user@example..com",
                "user@exa mple.com",
                "Name <user@example.com>"),
            rows(
                "AWSURL",
                "URL",
                "",
                "www.amazon.com",
                "/path",
                "https://",
                "http:///path",
                "https://example.com/a//b",
                "https://exa mple.com",
                "https://example.com/{id}",
                "://x",
                "1http://x",
                "mailto:"),
            rows(
                "AWSPhone",
                "phone number",
                "",
                "555",
                "1110004444",
                "6781982162",
                "+1 111 111 1111",
                "abc",
                "+999 12345678"),
            rows(
                "AWSIPAddress",
                "IP address",
                "",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "01.2.3.4",
                "1.2.3.4/33",
                "1.2.3.4/",
                "1.2.3.4/08",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                ":::",
                "1:2:3:4:5:6:7::8",
                "::1/129",
                "12345::",
                "fe80::1%eth0",
                "::1.2.3.4:5",
                "localhost",
                ":1:2:3:4:5:6:7"))
        .flatMap(rows -> rows);
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void takesValues(String scalar, String noun, String value) {
    assertThat(parse(scalar, TextNode.valueOf(value))).as(noun).isEqualTo(value);
    assertThat(parse(scalar, value)).isEqualTo(value);
    assertThat(literal(scalar, StringValue.of(value))).isEqualTo(value);
    assertThat(serialize(scalar, TextNode.valueOf(value))).isEqualTo(value);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesOtherValues(String scalar, String noun, String value) {
    String end = " `" + value + "` as a valid " + noun + ".";
    assertThatThrownBy(() -> parse(scalar, value))
        .isInstanceOf(CoercingParseValueException.class)
        .hasMessage("Unable to parse" + end);
    assertThatThrownBy(() -> serialize(scalar, value))
        .isInstanceOf(CoercingSerializeException.class)
        .hasMessage("Unable to serialize" + end);
    assertThatThrownBy(() -> literal(scalar, StringValue.of(value)))
        .isInstanceOf(CoercingParseLiteralException.class)
        .hasMessage("Unable to parse" + end);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":[1,null]}", "[]", "1", "\"text\"", "true", "null", " {} "})
  void takesJson(String value) throws Exception {
    JsonNode parsed = JSON.readTree(value);

    assertThat(parse("AWSJSON", value)).isEqualTo(parsed);
    assertThat(literal("AWSJSON", StringValue.of(value))).isEqualTo(parsed);
    assertThat(serialize("AWSJSON", TextNode.valueOf(value))).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "{", "{a:1}", "{'a':1}", "{} {}", "[1,]", "text", "01"})
  void refusesOtherJson(String value) {
    assertThatThrownBy(() -> parse("AWSJSON", value))
        .isInstanceOf(CoercingParseValueException.class)
        .hasMessage("Unable to parse " + value + " as valid JSON.");
  }

  @Test
  void refusesDeepJson() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    assertThatThrownBy(() -> parse("AWSJSON", deep))
        .isInstanceOf(CoercingParseValueException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"a":1} | {"a":1}
          [1,"b"] | [1,"b"]
          3       | 3
          true    | true
          "text"  | "text"
          "{}"    | {}
          """)
  void makesATextOfAnyJson(String value, String text) throws Exception {
    assertThat(serialize("AWSJSON", JSON.readTree(value))).isEqualTo(text);
  }

  @Test
  void refusesJsonThatIsNoText() throws Exception {
    JsonNode object = JSON.readTree("{\"a\":[1,{\"b\":null}]}");
    assertThatThrownBy(() -> parse("AWSJSON", object))
        .hasMessage("Unable to parse {a=[1, {b=null}]} as valid JSON.");
  }

  @Test
  void textScalarsRefuseOtherKinds() throws Exception {
    for (String scalar : new String[] {"AWSDate", "AWSEmail", "AWSPhone", "AWSIPAddress"}) {
      for (String value : new String[] {"7", "true", "null", "{}", "[]"}) {
        JsonNode node = JSON.readTree(value);
        assertThatThrownBy(() -> parse(scalar, node))
            .isInstanceOf(CoercingParseValueException.class);
      }
    }
  }
}
