// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The texts that a client may have signed for a frame. The client does not sign the frame: it signs
 * a body of {@code channel} and {@code events}, which it writes separately, and the service writes
 * the body again to verify it. Known forms: compact (Amplify, Swift, Android), with {@code <},
 * {@code >} and {@code &} escaped (Go), with a space after each colon and comma (Python).
 */
final class SignedBodies {
  /** The signed body of a connection. */
  static final List<String> CONNECT = List.of("{}");

  private SignedBodies() {}

  static List<String> of(ObjectNode frame) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("channel", frame.path("channel"));
    if (frame.path("events").isArray()) {
      body.set("events", frame.get("events"));
    }
    String compact = body.toString();
    return List.of(compact, htmlEscaped(compact), spaced(body));
  }

  private static String htmlEscaped(String compact) {
    return compact.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
  }

  /** As Python's {@code json.dumps} writes it: with spaces, and in ASCII only. */
  private static String spaced(JsonNode body) {
    var text = new StringBuilder("{\"channel\": ").append(ascii(body.path("channel").toString()));
    if (body.has("events")) {
      text.append(", \"events\": [");
      String separator = "";
      for (JsonNode event : body.get("events")) {
        text.append(separator).append(ascii(event.toString()));
        separator = ", ";
      }
      text.append(']');
    }
    return text.append('}').toString();
  }

  private static String ascii(String text) {
    var escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        escaped.append(c);
      } else {
        escaped.append(String.format("\\u%04x", (int) c));
      }
    }
    return escaped.toString();
  }
}
