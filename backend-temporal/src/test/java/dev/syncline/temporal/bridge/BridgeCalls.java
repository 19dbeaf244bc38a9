// SPDX-License-Identifier: Apache-2.0
package dev.syncline.temporal.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.bridge.BridgeHandler;
import dev.syncline.testing.TestContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A bridge called as the gateway calls it. Stateless. */
final class BridgeCalls {
  private static final ObjectMapper JSON = new ObjectMapper();

  private BridgeCalls() {}

  /** A {@code POST /event} with this name, with a key derived from it. */
  static JsonNode post(BridgeHandler bridge, String name, String prefer) {
    return call(bridge, "POST", "/event", name, prefer);
  }

  /** The response at the {@code Location} of an earlier response. */
  static JsonNode atLocation(BridgeHandler bridge, JsonNode accepted) {
    String location = accepted.path("headers").path("Location").asText();
    return call(bridge, "GET", location.substring(location.indexOf("/event/")), "", "wait=2");
  }

  private static JsonNode call(
      BridgeHandler bridge, String method, String path, String name, String prefer) {
    ObjectNode event = JSON.createObjectNode();
    event.put("resource", "/event").put("path", path).put("httpMethod", method);
    event
        .putObject("headers")
        .put("Content-Type", "application/json")
        .put("Prefer", prefer)
        .put("Idempotency-Key", "key-of-" + name);
    event.putObject("requestContext").put("path", "/dev" + path).put("requestId", "gateway");
    if (method.equals("POST")) {
      event.put(
          "body", JSON.createObjectNode().put("name", name).put("surname", "Lovelace").toString());
    }
    event.put("isBase64Encoded", false);
    try {
      var out = new ByteArrayOutputStream();
      bridge.handleRequest(
          new ByteArrayInputStream(event.toString().getBytes(StandardCharsets.UTF_8)),
          out,
          TestContext.of("invocation", () -> 60_000));
      return JSON.readTree(out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
