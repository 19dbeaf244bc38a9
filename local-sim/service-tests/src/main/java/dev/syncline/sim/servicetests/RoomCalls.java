// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.servicetests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The calls of one room's test, from {@code room-calls.json} beside the test. Its members:
 *
 * <ul>
 *   <li>{@code creations}: calls that create something, in order; each an object with one member,
 *       the operation's name with its input;
 *   <li>{@code readings}: calls that read what the creations made;
 *   <li>{@code notRead}: reading operations without a call, with the reason.
 * </ul>
 *
 * <p>In an input, <code>{CreateApi/api/apiId}</code> is replaced by that member of what CreateApi
 * last answered in the same room.
 *
 * @param creations must succeed on an empty room
 * @param readings must succeed after the creations
 * @param notRead reasons by operation
 */
record RoomCalls(List<Call> creations, List<Call> readings, Map<String, String> notRead) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern REFERENCE = Pattern.compile("\\{([A-Z]\\w+)(/[^{}\"]+)\\}");

  /**
   * One call.
   *
   * @param operation as AWS spells it
   * @param input with references to earlier answers
   */
  record Call(String operation, JsonNode input) {}

  /** The calls of a test. */
  static RoomCalls of(Class<?> test) {
    try (InputStream file = test.getResourceAsStream("room-calls.json")) {
      if (file == null) {
        throw new AssertionError("no room-calls.json beside " + test.getName());
      }
      JsonNode calls = JSON.readTree(file);
      var notRead = new TreeMap<String, String>();
      calls
          .path("notRead")
          .properties()
          .forEach(one -> notRead.put(one.getKey(), one.getValue().asText()));
      return new RoomCalls(calls(calls.path("creations")), calls(calls.path("readings")), notRead);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<Call> calls(JsonNode list) {
    var calls = new ArrayList<Call>();
    list.forEach(
        one ->
            one.properties().forEach(call -> calls.add(new Call(call.getKey(), call.getValue()))));
    return calls;
  }

  /** The answers to the calls of one room. Not thread-safe. */
  static final class Answers {
    private final Map<String, JsonNode> byOperation = new HashMap<>();

    /** Makes the call, with what earlier ones answered. */
    JsonNode call(Room room, Call call) throws Exception {
      JsonNode answer;
      try {
        answer = room.call(call.operation(), (ObjectNode) JSON.readTree(filled(call.input())));
      } catch (RuntimeException refused) {
        throw new AssertionError(call + ": " + refused, refused);
      }
      byOperation.put(call.operation(), answer);
      return answer;
    }

    private String filled(JsonNode input) {
      return REFERENCE
          .matcher(input.toString())
          .replaceAll(
              reference -> {
                JsonNode answer = byOperation.get(reference.group(1));
                if (answer == null || !answer.at(reference.group(2)).isTextual()) {
                  throw new AssertionError("nothing for " + reference.group() + " in " + answer);
                }
                // Without the quotes: the reference stands within a text.
                String text = TextNode.valueOf(answer.at(reference.group(2)).asText()).toString();
                return Matcher.quoteReplacement(text.substring(1, text.length() - 1));
              });
    }
  }
}
