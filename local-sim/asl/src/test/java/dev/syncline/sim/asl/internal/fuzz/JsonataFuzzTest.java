// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.internal.expr.JsonataExpression;
import dev.syncline.sim.asl.internal.expr.QuerySyntaxException;
import dev.syncline.sim.asl.internal.expr.Scope;
import dev.syncline.sim.asl.internal.expr.StateFailure;
import dev.syncline.sim.asl.internal.expr.Variables;
import java.time.Instant;
import java.util.SplittableRandom;

/** A JSONata expression is refused, gives a value or fails as a state may fail; and it ends. */
class JsonataFuzzTest {
  private static final Payload INPUT =
      Payload.parse("{\"a\":[1,-2.5,\"b\",{\"c\":null}],\"s\":\"aaaaaaaaaaaaaab\",\"t\":true}");

  @FuzzTest(maxDuration = "4m")
  void anExpressionIsRefusedOrEvaluated(FuzzedDataProvider data) {
    String text = data.consumeRemainingAsString();
    Scope scope =
        new Scope(
            INPUT,
            INPUT::json,
            new Variables(null),
            new SplittableRandom(1),
            Instant.EPOCH,
            INPUT.json(),
            INPUT.json());
    try {
      assertThat(JsonataExpression.parse("{%" + text + "%}").evaluate(scope, "Output")).isNotNull();
    } catch (QuerySyntaxException | StateFailure e) {
      // A state turns this exception into an error.
    }
  }
}
