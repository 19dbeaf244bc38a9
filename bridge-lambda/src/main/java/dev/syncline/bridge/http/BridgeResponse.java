// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An API Gateway proxy response. It has only members that the gateway allows, because others cause
 * a 502. Immutable and thread-safe.
 *
 * @param status the HTTP status
 * @param headers by name
 * @param body JSON text
 */
public record BridgeResponse(int status, Map<String, String> headers, String body) {

  private static final JsonFactory JSON = new JsonFactory();

  public BridgeResponse {
    headers = Map.copyOf(headers);
  }

  /** A JSON response without further headers. */
  public static BridgeResponse json(int status, String body) {
    return new BridgeResponse(status, Map.of("Content-Type", "application/json"), body);
  }

  /** A copy with one more header. */
  public BridgeResponse with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new BridgeResponse(status, more, body);
  }

  /** Writes the response in the gateway's format, and flushes. */
  public void writeTo(OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("statusCode", status);
      json.writeObjectFieldStart("headers");
      for (Map.Entry<String, String> header : headers.entrySet()) {
        json.writeStringField(header.getKey(), header.getValue());
      }
      json.writeEndObject();
      json.writeStringField("body", Utf8.repaired(body));
      json.writeBooleanField("isBase64Encoded", false);
      json.writeEndObject();
    }
  }
}
