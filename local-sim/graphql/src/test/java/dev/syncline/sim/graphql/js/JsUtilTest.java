// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.js;

import static dev.syncline.sim.graphql.js.JsFixture.context;
import static dev.syncline.sim.graphql.js.JsFixture.error;
import static dev.syncline.sim.graphql.js.JsFixture.json;
import static dev.syncline.sim.graphql.js.JsFixture.valueOf;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code util} in resolvers, group by group. The clock stands at 2026-03-04T05:06:07.089Z. */
class JsUtilTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "util.time.nowISO8601()| '2026-03-04T05:06:07.089Z'",
        "util.time.nowEpochSeconds()| 1772600767",
        "util.time.nowEpochMilliSeconds()| 1772600767089",
        "util.time.nowFormatted('yyyy-MM-dd HH:mm:ssZ')| '2026-03-04 05:06:07+0000'",
        "util.time.nowFormatted('yyyy-MM-dd HH:mm:ssZ', 'Asia/Tokyo')| '2026-03-04 14:06:07+0900'",
        "util.time.parseFormattedToEpochMilliSeconds('2018-02-01 17:21:05+0000', 'yyyy-MM-dd"
            + " HH:mm:ssZ')| 1517505665000",
        "util.time.parseFormattedToEpochMilliSeconds('2018-02-01 17:21:05', 'yyyy-MM-dd HH:mm:ss',"
            + " 'Asia/Tokyo')| 1517473265000",
        "util.time.parseISO8601ToEpochMilliSeconds('2018-02-01T17:21:05.180+01:00')|"
            + " 1517502065180",
        "util.time.epochMilliSecondsToSeconds(1517505665999)| 1517505665",
        "util.time.epochMilliSecondsToISO8601(1517493845180)| '2018-02-01T14:04:05.180Z'",
        "util.time.epochMilliSecondsToFormatted(1517493845180, 'yyyy-MM-dd HH:mm:ssZ')|"
            + " '2018-02-01 14:04:05+0000'",
        "util.time.epochMilliSecondsToFormatted(0, 'EEE, d MMM yyyy', 'UTC')| 'Thu, 1 Jan 1970'",
      })
  void times(String expression, String value) throws Exception {
    assertThat(valueOf(expression).asText()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "util.time.parseFormattedToEpochMilliSeconds('x', 'yyyy')",
        "util.time.parseISO8601ToEpochMilliSeconds('yesterday')",
        "util.time.nowFormatted('bbbbb')",
        "util.time.nowFormatted('yyyy', 'Mars/Olympus')",
        "util.base64Decode('%')",
        "util.matches('(', 'a')",
        "util.urlEncode(1)",
        "util.dynamodb.toNumber('1')",
        "util.dynamodb.toMapValues('a')",
        "util.xml.toMap('<a>')",
      })
  void wrongInputFailsWithItsPlace(String expression) throws Exception {
    assertThat(error("return " + expression, context("{}")).message())
        .matches("(?s)code\\.js:2:\\d\\d: (Type|Range|Syntax)?Error: .*")
        .doesNotContain("Exception");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "util.autoId()| [0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
        "util.autoUlid()| [0-9A-HJKMNP-TV-Z]{26}",
        "util.autoKsuid()| [0-9A-Za-z]{27}",
      })
  void ids(String expression, String pattern) throws Exception {
    String first = valueOf(expression).asText();

    assertThat(first).matches(pattern);
    assertThat(valueOf(expression).asText()).isNotEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "util.urlEncode('a b&c=ä')| 'a+b%26c%3D%C3%A4'",
        "util.urlDecode('a+b%26')| 'a b&'",
        "util.base64Encode('hé')| 'aMOp'",
        "util.base64Decode('aMOp')| 'hé'",
        "util.escapeJavaScript('a\\nb')| 'a\\nb'",
        "util.matches('a*b', 'aaaaab')| true",
        "util.matches('^[a-z]+$', 'a1')| false",
        "util.authType()| 'IAM Authorization'",
        "util.str.normalize('é', 'nfd').length| 2",
        "util.math.roundNum(10.5)| 11",
        "util.math.minVal(2, -3)| -3",
        "util.math.maxVal(2, -3)| 2",
        "[util.math.randomDouble()].every((n) => n >= 0 && n < 1)| true",
        "[1, 2, 3, 4].every(() => [5, 6].includes(util.math.randomWithinRange(5, 7)))| true",
      })
  void textsAndNumbers(String expression, String value) throws Exception {
    assertThat(valueOf(expression).asText()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "util.dynamodb.toDynamoDB({ a: [1, 'x', null], b: true })|"
            + " {'M':{'a':{'L':[{'N':1},{'S':'x'},{'NULL':null}]},'b':{'BOOL':true}}}",
        "util.dynamodb.toString('a')| {'S':'a'}",
        "util.dynamodb.toStringSet(['a', 'b'])| {'SS':['a','b']}",
        "util.dynamodb.toNumber(1.5)| {'N':1.5}",
        "util.dynamodb.toNumberSet([1, 2])| {'NS':[1,2]}",
        "util.dynamodb.toBinary('YQ==')| {'B':'YQ=='}",
        "util.dynamodb.toBinarySet(['YQ=='])| {'BS':['YQ==']}",
        "util.dynamodb.toBoolean(false)| {'BOOL':false}",
        "util.dynamodb.toNull()| {'NULL':null}",
        "util.dynamodb.toList(['a', 1])| {'L':[{'S':'a'},{'N':1}]}",
        "util.dynamodb.toMap({ a: 'b' })| {'M':{'a':{'S':'b'}}}",
        "util.dynamodb.toMapValues({ a: 'b', c: { d: 1 } })|"
            + " {'a':{'S':'b'},'c':{'M':{'d':{'N':1}}}}",
      })
  void typedValues(String expression, String value) throws Exception {
    assertThat(valueOf(expression)).isEqualTo(json(value));
  }

  @Test
  void transformations() throws Exception {
    assertThat(valueOf("JSON.parse(util.transform.toDynamoDBFilterExpression({ a: { eq: 'x' } }))"))
        .isEqualTo(
            json(
                "{'expression':'(#a = :a_eq)','expressionNames':{'#a':'a'},"
                    + "'expressionValues':{':a_eq':{'S':'x'}}}"));
    assertThat(
            valueOf("JSON.parse(util.transform.toDynamoDBConditionExpression({ a: { ne: 1 } }))"))
        .isEqualTo(
            json(
                "{'expression':'(#a <> :a_ne)','expressionNames':{'#a':'a'},"
                    + "'expressionValues':{':a_ne':{'N':1}}}"));
    assertThat(valueOf("util.transform.toSubscriptionFilter({ a: { in: [1] } })"))
        .isEqualTo(
            json("{'filterGroup':[{'filters':[{'fieldName':'a','operator':'in','value':[1]}]}]}"));
    assertThat(valueOf("JSON.parse(util.transform.toElasticsearchQueryDSL({ a: { eq: 1 } }))"))
        .isEqualTo(json("{'bool':{'must':[{'bool':{'must':[{'term':{'a':1}}]}}]}}"));
  }

  @Test
  void headersOfTheConnectionAreNotCopied() throws Exception {
    assertThat(
            valueOf(
                "util.http.copyHeaders({ 'Transfer-Encoding': 1, connection: 1, Host: 1, expect: 1,"
                    + " 'keep-alive': 1, upgrade: 1, 'proxy-authenticate': 1,"
                    + " 'proxy-authorization': 1, te: 1, 'Content-Length': 1, Authorization: 'a',"
                    + " 'x-api-key': 'k', 'X-Trace': 't' })"))
        .isEqualTo(json("{'Authorization':'a','x-api-key':'k','X-Trace':'t'}"));
  }

  @Test
  void xmlBecomesAMapOrText() throws Exception {
    assertThat(valueOf("util.xml.toMap('<p><n>1</n><t>a</t></p>')"))
        .isEqualTo(json("{'p':{'n':1,'t':'a'}}"));
    assertThat(valueOf("util.xml.toJsonString('<p><n>1</n></p>')").asText())
        .isEqualTo("{\"p\":{\"n\":1}}");
  }

  @Test
  void answersOfTheRdsDataApiBecomeRows() throws Exception {
    assertThat(
            valueOf(
                "util.rds.toJsonObject(JSON.stringify({ sqlStatementResults: [{ columnMetadata: [{"
                    + " label: 'a' }], records: [[{ longValue: 1 }]] }] }))"))
        .isEqualTo(json("[[{'a':1}]]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "util.isNull(1)",
        "util.toJson(1)",
        "util.parseJson('1')",
        "util.qr(1)",
        "util.defaultIfNull(1, 2)",
        "util.str.toUpper('a')",
        "util.validate(true, 'a')",
        "util.list.copyAndRetainAll([], [])",
        "util.map.copyAndRemoveAllKeys({}, [])",
        "util.log.info('a')",
      })
  void functionsOfTemplatesDoNotExist(String expression) throws Exception {
    assertThat(error("return " + expression, context("{}")).message())
        .contains("which mapping templates have and APPSYNC_JS has not");
  }
}
