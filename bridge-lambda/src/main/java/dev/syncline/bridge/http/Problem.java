// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A problem document (RFC 9457). Callers read it, so it contains no stack trace and no secret.
 *
 * <p>Immutable and thread-safe.
 *
 * @param status the HTTP status
 * @param kind the last part of the type URI {@code urn:syncline:problem:<kind>}
 * @param title the kind of problem, the same for all of its type
 * @param detail the explanation of this occurrence
 * @param members further members, in order
 * @param headers response headers
 */
public record Problem(
    int status,
    String kind,
    String title,
    String detail,
    Map<String, String> members,
    Map<String, String> headers) {

  private static final JsonFactory JSON = new JsonFactory();

  public Problem {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    headers = Map.copyOf(headers);
  }

  public Problem(int status, String kind, String title, String detail) {
    this(status, kind, title, detail, Map.of(), Map.of());
  }

  /** A copy with one more member. */
  public Problem with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(members);
    more.put(name, value);
    return new Problem(status, kind, title, detail, more, headers);
  }

  /** A copy with one more response header. */
  public Problem withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Problem(status, kind, title, detail, members, more);
  }

  /** The document as a response. */
  public BridgeResponse toResponse() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("type", "urn:syncline:problem:" + kind);
      json.writeStringField("title", title);
      json.writeNumberField("status", status);
      json.writeStringField("detail", detail);
      for (Map.Entry<String, String> member : members.entrySet()) {
        json.writeStringField(member.getKey(), member.getValue());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string writer does no I/O", e);
    }
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Content-Type", "application/problem+json");
    return new BridgeResponse(status, all, text.toString());
  }
}
