// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads an API Gateway REST proxy event as a stream, keeping only what the bridge uses. Streaming
 * instead of the events library's classes because it starts in a quarter of the time.
 *
 * <p>One use per event; not thread-safe.
 */
public final class ProxyRequestReader {

  private static final JsonFactory JSON = new JsonFactory();

  private String method = "";
  private String path = "";
  private String resource = "";
  private String contextPath = "";
  private String requestId = "";
  private OptionalLong receivedAt = OptionalLong.empty();
  private String caller = "";
  private final Map<String, String> headers = new HashMap<>();
  private final Map<String, String> multiValueHeaders = new HashMap<>();
  private @Nullable String body;
  private boolean base64;

  private ProxyRequestReader() {}

  /**
   * Reads one event.
   *
   * @throws IOException if it is not a proxy event; the message does not quote it
   */
  public static ProxyRequest read(InputStream in) throws IOException {
    ProxyRequestReader reader = new ProxyRequestReader();
    try (JsonParser parser = JSON.createParser(in)) {
      reader.readEvent(parser);
    }
    if (reader.method.isEmpty() || reader.path.isEmpty()) {
      throw new IOException("not an API Gateway proxy event: httpMethod or path is missing");
    }
    reader.headers.putAll(reader.multiValueHeaders);
    return new ProxyRequest(
        reader.method.toUpperCase(Locale.ROOT),
        reader.path,
        reader.resource,
        reader.contextPath,
        reader.requestId,
        reader.receivedAt,
        reader.caller,
        reader.headers,
        reader.body,
        reader.base64);
  }

  private void readEvent(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("not an API Gateway proxy event: not an object");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "httpMethod" -> method = text(parser);
        case "path" -> path = text(parser);
        case "resource" -> resource = text(parser);
        case "headers" -> readHeaders(parser, value);
        case "multiValueHeaders" -> readMultiValueHeaders(parser, value);
        case "requestContext" -> readContext(parser, value);
        case "body" -> body = value == JsonToken.VALUE_NULL ? null : text(parser);
        case "isBase64Encoded" -> base64 = value == JsonToken.VALUE_TRUE;
        default -> parser.skipChildren();
      }
    }
  }

  private void readHeaders(JsonParser parser, JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName().toLowerCase(Locale.ROOT);
      parser.nextToken();
      headers.put(name, text(parser));
    }
  }

  private void readMultiValueHeaders(JsonParser parser, JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName().toLowerCase(Locale.ROOT);
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        parser.skipChildren();
        continue;
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        multiValueHeaders.merge(name, text(parser), (a, b) -> a + ", " + b);
      }
    }
  }

  private void readContext(JsonParser parser, JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken content = parser.nextToken();
      switch (name) {
        case "path" -> contextPath = text(parser);
        case "requestId" -> requestId = text(parser);
        case "requestTimeEpoch" ->
            receivedAt =
                content == JsonToken.VALUE_NUMBER_INT
                    ? OptionalLong.of(parser.getLongValue())
                    : OptionalLong.empty();
        case "identity" -> readCaller(parser, content, "apiKeyId", "userArn");
        case "authorizer" -> readCaller(parser, content, "principalId");
        default -> parser.skipChildren();
      }
    }
  }

  private void readCaller(JsonParser parser, JsonToken value, String... names) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken content = parser.nextToken();
      if (content == JsonToken.VALUE_STRING && List.of(names).contains(name)) {
        caller = caller.isEmpty() ? text(parser) : caller + " " + text(parser);
      } else {
        parser.skipChildren();
      }
    }
  }

  private static String text(JsonParser parser) throws IOException {
    String text = parser.getValueAsString();
    parser.skipChildren();
    return text == null ? "" : text;
  }
}
