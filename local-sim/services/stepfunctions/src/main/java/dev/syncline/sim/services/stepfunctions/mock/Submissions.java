// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.Effect;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.stepfunctions.integration.SdkMetadata;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The answer of a service when a mocked {@code .sync} or token task was submitted, which history
 * shows. A mock gives the end of the task, but not this answer.
 */
record Submissions(SimClock clock, Ids ids) {

  JsonNode answer(Effect.ScheduleTask task) {
    JsonNode parameters = task.parameters().json();
    return switch (task.resource().service()) {
      case "sqs" -> {
        ObjectNode sent = Json.object();
        sent.put("MD5OfMessageBody", md5(text(parameters.path("MessageBody"))));
        sent.put("MessageId", ids.uuid().toString());
        yield withMetadata(sent, Json.write(sent).length(), "application/x-amz-json-1.0");
      }
      case "states" -> {
        ObjectNode wire = Json.object();
        wire.put(
            "executionArn",
            parameters.path("StateMachineArn").asText().replace(":stateMachine:", ":execution:")
                + ":"
                + parameters.path("Name").asText(ids.uuid().toString()));
        wire.set("startDate", Json.epochSeconds(clock.now()));
        ObjectNode started = Json.object();
        started.set("ExecutionArn", wire.get("executionArn"));
        started.put("StartDate", clock.millis());
        yield withMetadata(started, Json.write(wire).length(), "application/x-amz-json-1.0");
      }
      case "sns" ->
          withMetadata(Json.object().put("MessageId", ids.uuid().toString()), 294, "text/xml");
      case "events" -> {
        ObjectNode put = Json.object();
        var entries = put.putArray("Entries");
        parameters
            .path("Entries")
            .forEach(entry -> entries.addObject().put("EventId", ids.uuid().toString()));
        yield put.put("FailedEntryCount", 0);
      }
      case "lambda" ->
          withMetadata(
              Json.object().put("ExecutedVersion", "$LATEST").put("StatusCode", 200),
              2,
              "application/json");
      default -> Json.object();
    };
  }

  private ObjectNode withMetadata(ObjectNode answer, int length, String contentType) {
    String requestId = ids.uuid().toString();
    return SdkMetadata.added(
        answer, 200, SdkMetadata.headers(contentType, length, clock.now(), requestId), requestId);
  }

  private static String text(JsonNode body) {
    return body.isTextual() ? body.textValue() : Json.write(body);
  }

  private static String md5(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has MD5", impossible);
    }
  }
}
