// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.internal.expr.PathFailure;
import dev.syncline.sim.asl.internal.expr.Query;
import dev.syncline.sim.asl.internal.expr.QuerySyntaxException;
import dev.syncline.sim.asl.internal.expr.ReferencePath;
import dev.syncline.sim.asl.internal.expr.Scope;
import dev.syncline.sim.asl.internal.expr.StateFailure;
import dev.syncline.sim.asl.internal.expr.Variables;
import java.time.Instant;
import java.util.SplittableRandom;

/** Paths, reference paths and intrinsic functions fail in one of three known ways or not at all. */
class PathFuzzTest {
  private static final Payload INPUT =
      Payload.parse(
          "{\"a\":[1,-2.5,\"b\",{\"c\":null,\"d\":[[1,2],[3]]}],\"s\":\"aaaaaaaaaaaaaaaaaaaaaaab\","
              + "\"t\":true,\"j\":\"{\\\"x\\\":[1]}\",\"o\":{\"k\":\"v\"}}");

  private static Scope scope() {
    Variables variables = new Variables(null);
    variables.put("v", INPUT.json());
    return new Scope(
        INPUT, INPUT::json, variables, new SplittableRandom(1), Instant.EPOCH, null, null);
  }

  @FuzzTest(maxDuration = "3m")
  void aPathReadsOrFails(FuzzedDataProvider data) {
    String text = data.consumeRemainingAsString();
    try {
      assertThat(Query.parse(text).read(scope())).isNotNull();
    } catch (QuerySyntaxException | PathFailure | StateFailure e) {
      // A state turns this exception into an error.
    }
  }

  @FuzzTest(maxDuration = "1m")
  void aReferencePathWritesOrFails(FuzzedDataProvider data) {
    String text = data.consumeRemainingAsString();
    try {
      assertThat(ReferencePath.parse(text).write(INPUT.json(), INPUT.json())).isNotNull();
    } catch (QuerySyntaxException | StateFailure e) {
      // A state turns this exception into an error.
    }
  }
}
