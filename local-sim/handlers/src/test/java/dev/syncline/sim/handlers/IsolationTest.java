// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that use the same context one after another do not notice each other. */
class IsolationTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SimClock CLOCK = new SimClock(new ClockMode.Real());
  private static final Ids IDS = new Ids(7);
  private static final HandlerLimits LIMITS =
      new HandlerLimits(200_000, Duration.ofMillis(1500), 64L << 20, 1);
  private static final HandlerEngine ENGINE = new HandlerEngine(CLOCK, IDS, LIMITS);
  private static final String PROBE =
      "return [typeof globalThis.x, typeof ({}).x, typeof [].x, typeof (() => 1).x, typeof util.x,"
          + " typeof ddb.operations.x, typeof console.x, typeof ''.x, [2].map((v) => v + 1),"
          + " JSON.stringify({ a: JSON.parse('[1]') }), Math.max(1, 2), util.urlEncode('a b'),"
          + " util.dynamodb.toDynamoDB(1), ddb.get({ key: { a: 1 } }), 'a-b'.split('-'),"
          + " Object.keys({ a: 1 }), [...new Map([[1, 2]]).values()], `${{}}`, ctx.stash]";

  @AfterAll
  static void close() {
    ENGINE.close();
    CLOCK.close();
  }

  @Test
  void everyObjectThatCodeCanReachIsFrozen() throws Exception {
    try (var sandbox = new Sandbox(CLOCK, IDS, LIMITS)) {
      JsonNode found = JSON.readTree(sandbox.audit());

      assertThat(found.get(0).asInt()).isZero();
      assertThat(found.get(1).asInt()).isGreaterThan(500);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "globalThis.x = 1",
        "({}).__proto__.x = 1",
        "[].__proto__.x = 1",
        "(() => 1).__proto__.x = 1",
        "''.__proto__.x = 1",
        "[].__proto__.map = () => 'other'",
        "JSON.parse = () => 'other'",
        "JSON.stringify = () => 'other'",
        "Object.keys = () => 'other'",
        "Math.max = () => 'other'",
        "util.x = 1",
        "util.urlEncode = () => 'other'",
        "util.dynamodb.toDynamoDB = () => 'other'",
        "util.dynamodb.toDynamoDB.x = 1",
        "ddb.operations.x = 1",
        "ddb.get.x = 1",
        "delete util.urlEncode",
        "delete globalThis.JSON",
        "console.x = 1",
        "console.log = 1",
        "Object.assign(util.time, { nowISO8601: 1 })",
        "new Map().values().__proto__.next = () => ({ done: true })",
        "new Map().values().__proto__.__proto__.map = 1",
        "({}).__proto__.toString = () => 'other'",
        "({}).__proto__.constructor = 1",
        "({}).constructor.prototype.x = 1",
        "const f = [() => 1]; ({}).__proto__.__defineGetter__('x', f[0])",
        "({}).__proto__.__proto__ = { x: 1 }",
        "globalThis.__proto__ = { x: 1 }",
      })
  void whatOneCallTriesToChangeTheNextOneFindsAsItWas(String statement) throws Exception {
    HandlerOutcome tried = run(statement);

    assertThat(tried).as("is refused").isInstanceOf(HandlerOutcome.Failed.class);
    assertThat(((HandlerOutcome.Returned) run(PROBE)).value())
        .isEqualTo(
            JSON.readTree(
                "[\"undefined\",\"undefined\",\"undefined\",\"undefined\",\"undefined\","
                    + "\"undefined\",\"undefined\",\"undefined\",[3],\"{\\\"a\\\":[1]}\",2,\"a+b\","
                    + "{\"N\":1},{\"operation\":\"GetItem\",\"key\":{\"a\":{\"N\":1}}},"
                    + "[\"a\",\"b\"],[\"a\"],[2],\"[object Object]\",{}]"));
  }

  @Test
  void ownObjectsMayHaveMembersWithTheNamesOfInheritedOnes() throws Exception {
    var returned =
        (HandlerOutcome.Returned)
            run(
                "const o = {}; o.constructor = 1; o['toString'] = 2; o.valueOf = 3;"
                    + " const p = Object.assign({}, o); return [o, p, Object.keys(p)]");

    assertThat(returned.value())
        .isEqualTo(
            JSON.readTree(
                "[{\"constructor\":1,\"toString\":2,\"valueOf\":3},"
                    + "{\"constructor\":1,\"toString\":2,\"valueOf\":3},"
                    + "[\"constructor\",\"toString\",\"valueOf\"]]"));
  }

  @Test
  void logsErrorsAndEffectsAreOfTheirOwnCall() throws Exception {
    run("console.log(1); util.appendError('a'); util.http.addResponseHeader('a', 'b')");

    HandlerTraces traces = run("return 1").traces();

    assertThat(traces.logs()).isEmpty();
    assertThat(traces.outErrors()).isEmpty();
    assertThat(traces.effects()).isEmpty();
  }

  @Test
  void manyCallsAfterStoppedOnesStillHaveTheirWholeBudget() throws Exception {
    for (int round = 0; round < 3; round++) {
      assertThat(run("const a = [1]; for (const x of a) { a.push(x) }"))
          .isInstanceOf(HandlerOutcome.Failed.class);
      for (int call = 0; call < 5; call++) {
        assertThat(run("let n = 0; for (const x of Array(20000).fill(1)) { n += x } return n"))
            .isInstanceOf(HandlerOutcome.Returned.class);
      }
    }
  }

  private static HandlerOutcome run(String body) throws CodeException {
    HandlerCode code =
        ENGINE.compile(
            "import { util, runtime, extensions } from '@aws-appsync/utils';\n"
                + "import * as ddb from '@aws-appsync/utils/dynamodb';\n"
                + "export function request(ctx) { "
                + body
                + " }",
            CodeKind.GRAPHQL);
    return ENGINE.run(
        code, "request", HandlerEngine.Phase.NONE, "", JsonNodeFactory.instance.objectNode());
  }
}
