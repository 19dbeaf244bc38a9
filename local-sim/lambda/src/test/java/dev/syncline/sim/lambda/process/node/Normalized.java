// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts of clients without what differs between machines: directories, times, and the stack frames
 * of the client and of Node.js itself.
 */
final class Normalized {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Set<String> STACKS = Set.of("trace", "stack", "stackTrace");
  private static final Pattern RECORD =
      Pattern.compile("\0syncline-record:(.*?)\0syncline-end\n", Pattern.DOTALL);
  private static final int MAX_SHOWN = 5000;

  private final String root;
  private final Pattern client;

  Normalized(Path root, Path client) {
    this.root = root.toString();
    this.client = Pattern.compile("(file://)?" + Pattern.quote(client.toString()) + "/[\\w.-]+");
  }

  /** One post as the expected results have it. */
  ObjectNode post(RecordingRuntimeApi.Post post) {
    ObjectNode shown = JSON.createObjectNode();
    shown.put("path", post.path());
    ObjectNode headers = shown.putObject("headers");
    post.headers().forEach((name, value) -> headers.put(name, json(text(value))));
    String body = json(text(post.body()));
    int length = body.codePointCount(0, body.length());
    shown.put("body", length > MAX_SHOWN ? length + " characters" : body);
    if (!post.trailers().isEmpty()) {
      ObjectNode trailers = shown.putObject("trailers");
      post.trailers()
          .forEach(
              (name, value) ->
                  trailers.put(
                      name, name.endsWith("error-body") ? json(text(decoded(value))) : value));
    }
    return shown;
  }

  /** The lines of a log; those of a record are joined by CR, as a client without records does. */
  ArrayNode log(String output) {
    String lines =
        RECORD
            .matcher(output)
            .replaceAll(
                record -> Matcher.quoteReplacement(record.group(1).replace('\n', '\r') + "\n"));
    ArrayNode shown = JSON.createArrayNode();
    for (String line : text(lines).split("\n", -1)) {
      shown.add(logLine(line));
    }
    if (shown.get(shown.size() - 1).asText().isEmpty()) {
      shown.remove(shown.size() - 1);
    }
    return shown;
  }

  private String text(String text) {
    return client
        .matcher(text)
        .replaceAll("<runtime>/index.mjs")
        .replace(root, "/var/task")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z", "TIME");
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  private static String logLine(String line) {
    String shown = line;
    int from = line.indexOf('{');
    int to = line.lastIndexOf('}');
    if (from >= 0 && to > from) {
      shown = line.substring(0, from) + json(line.substring(from, to + 1)) + line.substring(to + 1);
    }
    return String.join("\r", frames(List.of(shown.split("\r", -1))));
  }

  private static String json(String text) {
    try {
      JsonNode value = JSON.readTree(text);
      return value != null && value.isContainerNode() ? deep(value).toString() : text;
    } catch (JsonProcessingException noJson) {
      return text;
    }
  }

  private static JsonNode deep(JsonNode value) {
    if (value instanceof ObjectNode object) {
      ObjectNode shown = JSON.createObjectNode();
      object.properties().forEach(field -> shown.set(field.getKey(), deep(field.getValue())));
      for (String name : STACKS) {
        if (shown.get(name) instanceof ArrayNode stack) {
          shown.set(name, stack(stack));
        }
      }
      if (shown.has("paths") && shown.has("exceptions")) {
        shown.put("working_directory", "/var/task");
        ArrayNode paths = shown.putArray("paths");
        for (JsonNode path : object.path("paths")) {
          if (path.asText().startsWith("/var/task")) {
            paths.add(path);
          }
        }
      }
      return shown;
    }
    if (value instanceof ArrayNode array) {
      ArrayNode shown = JSON.createArrayNode();
      array.forEach(element -> shown.add(deep(element)));
      return shown;
    }
    if (value.isTextual() && value.asText().contains("\n    at ")) {
      return TextNode.valueOf(String.join("\n", frames(List.of(value.asText().split("\n", -1)))));
    }
    return value;
  }

  /** A stack without foreign frames: lines, or the entries of X-Ray's cause. */
  private static ArrayNode stack(ArrayNode stack) {
    ArrayNode shown = JSON.createArrayNode();
    for (JsonNode frame : stack) {
      boolean foreign =
          frame.isTextual()
              ? isForeign(frame.asText())
              : frame.has("path") && !frame.path("path").asText().startsWith("/var/task");
      if (!foreign) {
        shown.add(frame);
      }
    }
    return shown;
  }

  private static List<String> frames(List<String> lines) {
    var shown = new ArrayList<String>();
    for (String line : lines) {
      if (!isForeign(line)) {
        shown.add(line);
      }
    }
    return shown;
  }

  private static boolean isForeign(String line) {
    return line.matches("\\s+at .*")
        && (line.contains("<runtime>") || line.contains("node:") || line.contains("/internal/"));
  }
}
