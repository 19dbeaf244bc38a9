// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.bridge.correlate.ReplyEnvelope;
import dev.syncline.bridge.correlate.WorkOutcome;
import dev.syncline.bridge.http.BridgeRequest;
import dev.syncline.bridge.http.BridgeRequestReader;
import dev.syncline.bridge.http.EventBody;
import dev.syncline.bridge.http.ResponseFormat;
import dev.syncline.bridge.http.Route;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Runs the code of one request without I/O, so that its classes are loaded before a snapshot is
 * taken. Stateless and thread-safe.
 */
final class WarmUp {

  private static final String EVENT =
      """
      {"resource":"/event","path":"/event","httpMethod":"POST",
       "headers":{"Content-Type":"application/json"},"multiValueHeaders":null,
       "requestContext":{"path":"/dev/event","requestId":"rehearsal","requestTimeEpoch":1},
       "body":"{\\"a\\":1}","isBase64Encoded":false}
      """;

  private WarmUp() {}

  static void run() {
    try {
      BridgeRequest request =
          BridgeRequestReader.read(
              new ByteArrayInputStream(EVENT.getBytes(StandardCharsets.UTF_8)));
      Route unusedRoute = Route.of(request);
      String body = EventBody.json(request, 1_024);
      CorrelationId id = CorrelationId.fromIdempotencyKey(new byte[] {1}, "rehearsal", body);
      ReplyEnvelope reply =
          ReplyEnvelope.parse(
              "{\"id\":\"" + id + "\",\"status\":\"COMPLETED\",\"result\":" + body + "}");
      WorkOutcome outcome = reply.outcome().orElseThrow();
      ResponseMapper.of(id, outcome, ResponseFormat.V1).writeTo(OutputStream.nullOutputStream());
      ResponseMapper.accepted(id, request).writeTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException("no I/O is done", e);
    } catch (ReplyEnvelope.Malformed e) {
      throw new IllegalStateException("the warm-up's own reply cannot be parsed", e);
    }
  }
}
