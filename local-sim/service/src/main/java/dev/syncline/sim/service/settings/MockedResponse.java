// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

/** One response of a mocked task. Immutable; the JSON must not be changed. */
public sealed interface MockedResponse {

  /** The task succeeds with this output. */
  record Return(JsonNode output) implements MockedResponse {}

  /**
   * The task fails. {@code States.Timeout} and {@code States.HeartbeatTimeout} without a cause mean
   * that it does not answer: the state's own TimeoutSeconds or HeartbeatSeconds ends it. {@code
   * States.TaskFailed} without a cause means, for a task that waits for its token, SendTaskFailure
   * without an error.
   */
  record Throw(String error, String cause) implements MockedResponse {}

  /**
   * Success with a JSON text.
   *
   * @throws IllegalArgumentException when the text is not JSON
   */
  static MockedResponse returns(String json) {
    try {
      return new Return(MockConfigReader.JSON.readTree(json));
    } catch (JsonProcessingException notJson) {
      throw new IllegalArgumentException("not JSON: " + json, notJson);
    }
  }

  /** Success with a JSON value. */
  static MockedResponse returns(JsonNode json) {
    return new Return(json);
  }

  /** Failure. */
  static MockedResponse fails(String error, String cause) {
    return new Throw(error, cause);
  }
}
