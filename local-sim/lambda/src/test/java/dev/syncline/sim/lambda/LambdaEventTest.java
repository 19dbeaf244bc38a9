// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LambdaEventTest {
  @Test
  void eventsOfEnvironmentsShowTheirComponentsInOrder() {
    var started = new LambdaEvent.EnvironmentStarted("f", "$LATEST", "env", "invocation");
    assertEquals("lambda.EnvironmentStarted", started.type());
    assertNull(started.correlationId());
    assertEquals(
        "{function=f, version=$LATEST, environment=env, reason=invocation}",
        started.details().toString());
    assertEquals(
        "{function=f, environment=env, initMillis=250}",
        new LambdaEvent.EnvironmentReady("f", "env", Duration.ofMillis(250)).details().toString());
    assertEquals(
        "{function=f, threads=2, message=function f still runs after its time-out}",
        new LambdaEvent.StillRuns("f", 2).details().toString());
    assertEquals(
        "{function=f, environment=env}",
        new LambdaEvent.EnvironmentStopped("f", "env", "").details().toString());
  }

  @Test
  void eventsOfInvocationsAreCorrelatedByTheirRequestId() {
    var invoked = new LambdaEvent.Invoked("r", "f", "1", "env", true, null);
    assertEquals("lambda.Invoked", invoked.type());
    assertEquals("r", invoked.correlationId());
    assertEquals(
        "{requestId=r, function=f, version=1, environment=env, cold=true}",
        invoked.details().toString());
    assertEquals(
        "{requestId=r, function=f, status=success, durationMillis=1500}",
        new LambdaEvent.Finished("r", "f", "success", "", Duration.ofMillis(1500))
            .details()
            .toString());
    assertEquals(
        "{requestId=r, function=f, attempt=2, delayMillis=60000, reason=error}",
        new LambdaEvent.RetryScheduled("r", "f", 2, Duration.ofMinutes(1), "error")
            .details()
            .toString());
  }
}
