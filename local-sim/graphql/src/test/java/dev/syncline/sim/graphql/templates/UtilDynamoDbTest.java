// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code $util.dynamodb}: documented samples; each function and its twin give the same. */
class UtilDynamoDbTest {
  private final TemplateBench bench = new TemplateBench();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "toDynamoDB|'foo'|{\"S\":\"foo\"}",
        "toDynamoDB|12|{\"N\":12}",
        "toDynamoDB|true|{\"BOOL\":true}",
        "toDynamoDB|$none|{\"NULL\":null}",
        "toDynamoDB|{'foo': 'bar', 'l': [1, {'x':"
            + " $none}]}|{\"M\":{\"foo\":{\"S\":\"bar\"},\"l\":{\"L\":[{\"N\":1},{\"M\":{\"x\":{\"NULL\":null}}}]}}}",
        "toString|'foo'|{\"S\":\"foo\"}",
        "toString|$none|{\"NULL\":null}",
        "toStringSet|['a', 'b']|{\"SS\":[\"a\",\"b\"]}",
        "toNumber|12345|{\"N\":12345}",
        "toNumberSet|[1, 4.56]|{\"NS\":[1,4.56]}",
        "toBinary|'foo'|{\"B\":\"foo\"}",
        "toBinarySet|['foo']|{\"BS\":[\"foo\"]}",
        "toBoolean|false|{\"BOOL\":false}",
        "toNull||{\"NULL\":null}",
        "toList|['foo', 123]|{\"L\":[{\"S\":\"foo\"},{\"N\":123}]}",
        "toMap|{'bar': 1}|{\"M\":{\"bar\":{\"N\":1}}}",
        "toMapValues|{'bar': 1, 'baz': ['x']}|{\"bar\":{\"N\":1},\"baz\":{\"L\":[{\"S\":\"x\"}]}}",
        "toS3Object|'foo', 'bar',"
            + " 'baz'|{\"S\":\"{\\\"s3\\\":{\\\"key\\\":\\\"foo\\\",\\\"bucket\\\":\\\"bar\\\",\\\"region\\\":\\\"baz\\\"}}\"}",
        "toS3Object|'foo', 'bar', 'baz',"
            + " 'v1'|{\"S\":\"{\\\"s3\\\":{\\\"key\\\":\\\"foo\\\",\\\"bucket\\\":\\\"bar\\\",\\\"region\\\":\\\"baz\\\",\\\"version\\\":\\\"v1\\\"}}\"}",
      })
  void valuesGetTheirTypes(String function, String arguments, String expected) {
    String in = "(" + (arguments == null ? "" : arguments) + ")";
    assertThat(bench.render("$util.dynamodb." + function + "Json" + in)).isEqualTo(expected);
    assertThat(bench.render("$util.toJson($util.dynamodb." + function + in + ")"))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "$util.dynamodb.fromS3ObjectJson('{\"s3\":{\"key\":\"foo\",\"bucket\":\"bar\"}}').key|foo",
        "$util.dynamodb.toNumberJson('1')|$util.dynamodb.toNumberJson('1')",
        "$util.dynamodb.toStringSetJson({})|$util.dynamodb.toStringSetJson({})",
      })
  void otherwise(String template, String expected) {
    assertThat(bench.render(template)).isEqualTo(expected);
  }
}
