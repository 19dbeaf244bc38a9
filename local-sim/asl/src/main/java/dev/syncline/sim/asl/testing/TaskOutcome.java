// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.Payload;
import org.jspecify.annotations.Nullable;

/** The outcome of a mocked task. Immutable. */
public sealed interface TaskOutcome {

  /** The task succeeds. */
  record Returns(Payload output) implements TaskOutcome {}

  /** The task fails. */
  record Fails(@Nullable String error, @Nullable String cause) implements TaskOutcome {}

  /** The task gets no answer: its TimeoutSeconds or HeartbeatSeconds decide. */
  record Silence() implements TaskOutcome {}

  /** The service accepts a {@code .sync} or token task; {@code then} is how the task ends. */
  record Submitted(Payload output, TaskOutcome then) implements TaskOutcome {}

  /** Success with a JSON text. */
  static TaskOutcome returns(String json) {
    return new Returns(Payload.parse(json));
  }

  /** Success with a JSON value. */
  static TaskOutcome returns(JsonNode json) {
    return new Returns(Payload.of(json));
  }

  /** Failure. */
  static TaskOutcome fails(@Nullable String error, @Nullable String cause) {
    return new Fails(error, cause);
  }

  /** No answer at all. */
  static TaskOutcome silence() {
    return new Silence();
  }
}
