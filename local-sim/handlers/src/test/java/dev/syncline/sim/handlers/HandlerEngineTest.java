// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandlerEngineTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String IMPORT =
      "import { util, runtime, extensions } from '@aws-appsync/utils';\n";
  private static final SimClock CLOCK = new SimClock(new ClockMode.Real());
  private static final HandlerEngine ENGINE =
      new HandlerEngine(
          CLOCK, new Ids(7), new HandlerLimits(200_000, Duration.ofMillis(1500), 64L << 20, 4));

  @AfterAll
  static void close() {
    ENGINE.close();
    CLOCK.close();
  }

  @Test
  void aFunctionSeesItsEventsAndItsAnswerComesBack() throws Exception {
    HandlerOutcome.Returned returned =
        returned(
            "return ctx.events.map((e) => ({ id: e.id, payload: { twice: e.payload.n * 2 } }))",
            "{\"events\":[{\"id\":\"a\",\"payload\":{\"n\":21}}]}");

    assertThat(returned.value())
        .isEqualTo(JSON.readTree("[{\"id\":\"a\",\"payload\":{\"twice\":42}}]"));
    assertThat(returned.early()).isFalse();
  }

  @Test
  void anObjectHandlerIsCalledByPhaseAndTheStashIsGivenBack() throws Exception {
    HandlerCode code =
        ENGINE.compile(
            "export const onPublish = { request(ctx) { ctx.stash.seen = 1; return { payload: 2 } },"
                + " response: (ctx) => ctx.stash.seen + ctx.result }");

    assertThat(code.exports()).containsEntry("onPublish", HandlerCode.Form.OBJECT);
    var request = (HandlerOutcome.Returned) run(code, HandlerEngine.Phase.REQUEST, "{}");
    ObjectNode next = JSON.createObjectNode().put("result", 41);
    next.set("stash", request.stash());
    var response =
        (HandlerOutcome.Returned)
            ENGINE.run(code, "onPublish", HandlerEngine.Phase.RESPONSE, "API Key", next);
    assertThat(response.value().asInt()).isEqualTo(42);
  }

  @Test
  void anObjectWithoutResponseIsRefused() {
    assertThatThrownBy(() -> ENGINE.compile("export const onPublish = { request: () => 1 }"))
        .isInstanceOf(CodeException.class)
        .hasMessageContaining("onPublish must be a function");
  }

  @Test
  void codeThatBreaksAsItIsLoadedIsRefused() {
    assertThatThrownBy(
            () -> ENGINE.compile("const x = missing.y;\nexport const onPublish = () => x"))
        .isInstanceOf(CodeException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void utilErrorCarriesAllItWasGiven() throws Exception {
    HandlerOutcome outcome = outcome("util.error('no', 'Sort', { a: 1 }, { b: 2 })", "{}");

    assertThat(outcome).isInstanceOf(HandlerOutcome.Refused.class);
    assertThat(((HandlerOutcome.Refused) outcome).error())
        .isEqualTo(
            JSON.readTree(
                "{\"message\":\"no\",\"errorType\":\"Sort\",\"data\":{\"a\":1},\"errorInfo\":{\"b\":2}}"));
  }

  @Test
  void utilUnauthorizedEndsTheCall() throws Exception {
    assertThat(outcome("util.unauthorized(); return 1", "{}"))
        .isInstanceOf(HandlerOutcome.Unauthorized.class);
  }

  @Test
  void anEarlyReturnIsAReturn() throws Exception {
    HandlerOutcome.Returned returned = returned("runtime.earlyReturn({ a: 1 })", "{}");

    assertThat(returned.early()).isTrue();
    assertThat(returned.value().path("a").asInt()).isEqualTo(1);
  }

  @Test
  void appendedErrorsAndLogsComeBack() throws Exception {
    HandlerOutcome.Returned returned =
        returned("console.log('hello', { a: 1 }); util.appendError('bad', 'T'); return null", "{}");

    assertThat(returned.outErrors().path(0).path("message").asText()).isEqualTo("bad");
    assertThat(returned.logs()).hasSize(1);
    assertThat(returned.logs().getFirst())
        .startsWith("INFO - code.js:3:")
        .endsWith(": \"hello\" {\"a\":1}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "util.base64Encode('å')|\"w6U=\"",
        "util.base64Decode('w6U=')|\"å\"",
        "util.urlEncode('a b&')|\"a+b%26\"",
        "util.urlDecode('a+b%26')|\"a b&\"",
        "util.matches('^a+$', 'aaa')|true",
        "util.autoId().length|36",
        "util.autoUlid().length|26",
        "util.autoKsuid().length|27",
        "util.time.epochMilliSecondsToISO8601(0)|\"1970-01-01T00:00:00.000Z\"",
        "util.time.parseISO8601ToEpochMilliSeconds('1970-01-01T00:00:01.5Z')|1500",
        "util.time.parseISO8601ToEpochMilliSeconds('1970-01-01T01:00:01+01:00')|1000",
        "util.time.epochMilliSecondsToFormatted(0, 'yyyy-MM-dd HH:mm', 'Asia/Tokyo')|\"1970-01-01"
            + " 09:00\"",
        "util.time.parseFormattedToEpochMilliSeconds('1970-01-02', 'yyyy-MM-dd')|`fails`",
        "util.time.parseFormattedToEpochMilliSeconds('1970-01-02 00:00', 'yyyy-MM-dd HH:mm',"
            + " 'UTC')|86400000",
        "util.time.nowEpochSeconds() > 0|true",
        "util.authType()|\"API Key Authorization\"",
        "util.str.normalize('e\u0301', 'nfc').length|1",
        "util.math.roundNum(2.5)|3",
        "util.dynamodb.toDynamoDB(['foo', 123, {bar: 'baz'}, true, null])|{\"L\":[{\"S\":\"foo\"},"
            + "{\"N\":123},{\"M\":{\"bar\":{\"S\":\"baz\"}}},{\"BOOL\":true},{\"NULL\":null}]}",
        "util.dynamodb.toMapValues({a: 'b', n:"
            + " [1]})|{\"a\":{\"S\":\"b\"},\"n\":{\"L\":[{\"N\":1}]}}",
        "util.dynamodb.toMap({a: false})|{\"M\":{\"a\":{\"BOOL\":false}}}",
        "util.dynamodb.toString('foo')|{\"S\":\"foo\"}",
        "util.dynamodb.toNumber(12345)|{\"N\":12345}",
        "util.dynamodb.toBinary('foo')|{\"B\":\"foo\"}",
        "util.dynamodb.toBoolean(true)|{\"BOOL\":true}",
        "util.dynamodb.toNull()|{\"NULL\":null}",
        "util.dynamodb.toStringSet(['a','b'])|{\"SS\":[\"a\",\"b\"]}",
        "util.dynamodb.toNumberSet([1,2])|{\"NS\":[1,2]}",
        "util.dynamodb.toBinarySet(['a'])|{\"BS\":[\"a\"]}",
        "util.dynamodb.toS3Object('k', 'b', 'r').S|\"{\\\"s3\\\":{\\\"key\\\":\\\"k\\\","
            + "\\\"bucket\\\":\\\"b\\\",\\\"region\\\":\\\"r\\\"}}\"",
        "util.dynamodb.fromS3ObjectJson(util.dynamodb.toS3Object('k', 'b', 'r').S).key|\"k\"",
        "util.dynamodb.toNumber('1')|fails",
        "util.xml.toMap('<posts><post id=\"7\"><id>1</id><t>a &amp; b</t></post><post/></posts>')"
            + "|{\"posts\":{\"post\":[{\"id\":[7,1],\"t\":\"a & b\"},\"\"]}}",
        "util.xml.toJsonString('<a><b>01</b><c>1</c></a>')|\"{\\\"a\\\":{\\\"b\\\":\\\"01\\\","
            + "\\\"c\\\":1}}\"",
        "util.xml.toJsonString('<a>1</a>', true)|\"{\\\"a\\\":\\\"1\\\"}\"",
        "util.xml.toMap('<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>')|fails",
        "util.xml.toMap('<a>')|fails",
        "util.http.copyHeaders({ 'X-Trace': '1', Authorization: 'secret', 'x-amzn-trace-id': 'r'"
            + " })|{\"X-Trace\":\"1\"}",
        "util.rds.toJsonObject({ sqlStatementResults: [{ columnMetadata: [{ label: 'a' }, { name:"
            + " 'b' }], records: [[{ stringValue: 'x' }, { isNull: true }], [{ longValue: 1 }, {"
            + " booleanValue: false }]] }, { numberOfRecordsUpdated: 1 }]"
            + " })|[[{\"a\":\"x\",\"b\":null},{\"a\":1,\"b\":false}],[]]",
        "JSON.parse('{')|\"\"",
        "JSON.parse('{\"a\":1}').a|1",
        "typeof Date + typeof Promise + typeof Function + typeof"
            + " __host|\"undefinedundefinedundefinedundefined\"",
      })
  void utilitiesAnswerAsDocumented(String expression, String json) throws Exception {
    HandlerOutcome outcome = outcome("return " + expression, "{}");

    if (json.equals("fails")) {
      assertThat(outcome).isInstanceOf(HandlerOutcome.Failed.class);
    } else {
      assertThat(((HandlerOutcome.Returned) outcome).value()).isEqualTo(JSON.readTree(json));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "extensions.evictFromApiCache('a'),extensions.evictFromApiCache is not a function",
    "util.http.addResponseHeader('a'),util.http.addResponseHeader is not a function",
    "util.defaultIfNull(null),util.defaultIfNull is not a function",
    "util.str.toUpper('a'),util.str.toUpper is not a function",
    "'a'.padStart(2),padStart is not a function",
    "Array.from('a'),Array.from is not a function",
    "Object.freeze(ctx),Object.freeze is not a function",
    "ctx.missing.member,code.js:3:",
  })
  void aBrokenStepFailsWithItsName(String expression, String named) throws Exception {
    HandlerOutcome outcome = outcome("return " + expression, "{}");

    assertThat(outcome).isInstanceOf(HandlerOutcome.Failed.class);
    assertThat(((HandlerOutcome.Failed) outcome).message()).contains(named);
  }

  @Test
  void nothingIsLeftFromOneCallToTheNext() throws Exception {
    HandlerCode code =
        ENGINE.compile(
            "const seen = [];\n"
                + "export const onPublish = () => { seen.push(1); return seen.length }");

    for (int i = 0; i < 3; i++) {
      var returned = (HandlerOutcome.Returned) run(code, HandlerEngine.Phase.NONE, "{}");
      assertThat(returned.value().asInt()).isEqualTo(1);
    }
  }

  @Test
  void aHandlerDoesNotReachTheHost() throws Exception {
    for (String expression :
        List.of(
            "Java.type('java.lang.System')",
            "(() => 1).constructor('return 1')()",
            "Polyglot.eval('js', '1')")) {
      assertThat(outcome("return " + expression, "{}"))
          .as(expression)
          .isInstanceOf(HandlerOutcome.Failed.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "const a = [1]; for (const x of a) { a.push(x) }",
        "const f = (g) => g(g); return f(f)",
        "let s = 'x'; for (const x of Array(100).fill(1)) { s = s + s } return s",
        "return Array(2000000000).fill(0).length",
        "return Array(1000000000).fill('x').join('')",
        "const a = []; const b = [a]; for (const x of b) { a.push(Array(1000000).fill('x'));"
            + " b.push(a) }",
        "return util.matches('^(a+)+\\\\1$', Array(64).fill('a').join('') + 'b')",
        "return [...Array(50000000)].map((x) => ({ x: 1 }))",
        "return [...Array(1000000000)].sort()",
      })
  void endlessWorkIsStopped(String statement) throws Exception {
    HandlerOutcome outcome = outcome(statement, "{}");

    assertThat(outcome).isInstanceOf(HandlerOutcome.Failed.class);
  }

  @Test
  void codeThatNeverEndsAsItIsLoadedIsRefused() {
    assertThatThrownBy(
            () ->
                ENGINE.compile(
                    "const a = [1]; for (const x of a) { a.push(x) }\n"
                        + "export const onPublish = () => 1"))
        .isInstanceOf(CodeException.class)
        .hasMessageContaining("was stopped");
  }

  @Test
  void neighboursOfHandlersThatNeverEndAreServed() throws Exception {
    HandlerCode bomb = ENGINE.compile(code("return Array(2000000000).fill(0).length"));
    HandlerCode good = ENGINE.compile(code("return ctx.n"));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HandlerOutcome>> bombs = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        bombs.add(threads.submit(call(bomb, "{}")));
      }
      for (int i = 0; i < 20; i++) {
        JsonNode value =
            ((HandlerOutcome.Returned) threads.submit(call(good, "{\"n\":" + i + "}")).get())
                .value();
        assertThat(value.asInt()).isEqualTo(i);
      }
      for (Future<HandlerOutcome> ended : bombs) {
        assertThat(ended.get()).isInstanceOf(HandlerOutcome.Failed.class);
      }
    }
  }

  private static Callable<HandlerOutcome> call(HandlerCode code, String context) {
    return () -> run(code, HandlerEngine.Phase.NONE, context);
  }

  private static HandlerOutcome.Returned returned(String statement, String context)
      throws Exception {
    return (HandlerOutcome.Returned) outcome(statement, context);
  }

  private static HandlerOutcome outcome(String statement, String context) throws Exception {
    return run(ENGINE.compile(code(statement)), HandlerEngine.Phase.NONE, context);
  }

  private static String code(String statement) {
    return IMPORT + "export function onPublish(ctx) {\n" + statement + "\n}";
  }

  private static HandlerOutcome run(HandlerCode code, HandlerEngine.Phase phase, String context)
      throws Exception {
    return ENGINE.run(
        code, "onPublish", phase, "API Key Authorization", (ObjectNode) JSON.readTree(context));
  }
}
