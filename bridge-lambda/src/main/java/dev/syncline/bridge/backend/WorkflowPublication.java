// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/**
 * Finds the event that a workflow published in its last task. The output of such a workflow is the
 * Event API's HTTP response, and the result is only in its history, as the body of that task's
 * request. Stateless and thread-safe.
 */
final class WorkflowPublication {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_EVENTS = 25;

  private WorkflowPublication() {}

  /** Whether an execution's output is a result of {@code http:invoke}. */
  static boolean isHttpAnswer(@Nullable String output) {
    Set<String> names = new HashSet<>();
    try (JsonParser parser = JSON.createParser(output == null ? "" : output)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        names.add(parser.currentName());
        parser.nextToken();
        parser.skipChildren();
      }
    } catch (IOException e) {
      return false;
    }
    return names.contains("StatusCode") && names.contains("ResponseBody");
  }

  /** The first event of the last scheduled request. */
  static Optional<String> event(SfnClient client, String executionArn, Duration timeout) {
    for (HistoryEvent event :
        client
            .getExecutionHistory(
                history ->
                    history
                        .executionArn(executionArn)
                        .overrideConfiguration(override -> override.apiCallTimeout(timeout))
                        .reverseOrder(true)
                        .includeExecutionData(true)
                        .maxResults(MAX_EVENTS))
            .events()) {
      if (event.taskScheduledEventDetails() != null) {
        Optional<String> text = firstEvent(event.taskScheduledEventDetails().parameters());
        if (text.isPresent()) {
          return text;
        }
      }
    }
    return Optional.empty();
  }

  /** {@code RequestBody.events[0]} of the task's parameters. */
  static Optional<String> firstEvent(@Nullable String parameters) {
    try (JsonParser parser = JSON.createParser(parameters == null ? "" : parameters)) {
      parser.nextToken();
      return enter(parser, "RequestBody")
              && enter(parser, "events")
              && parser.currentToken() == JsonToken.START_ARRAY
              && parser.nextToken() == JsonToken.VALUE_STRING
          ? Optional.of(parser.getText())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Moves the parser to a member's value. */
  private static boolean enter(JsonParser parser, String member) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return false;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = parser.currentName().equals(member);
      parser.nextToken();
      if (wanted) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }
}
