// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.syncline.testing.RecordedScores.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Compares an execution with a recorded one, level by level, by the rules of the corpus' own
 * runner: L0 status, L1 output, error and cause, L2 event types, L3 every field of every event.
 */
final class Judge {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ISO =
      Pattern.compile(
          "(?:[1-9]\\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01]))T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d"
              + "(?:\\.\\d{1,9})?(?:Z|[+-][01]\\d:?(?:[0-5]\\d)?)");
  private static final Pattern TOKEN =
      Pattern.compile(
          "<(?:ArnPart[^<>]*|ExecArnPart[^<>]*|SyncExecArn[^<>]*|ExpressExecArn[^<>]*|MapRunArn[^<>]*|partition|region|[A-Za-z][A-Za-z0-9_-]*:\\d+|[a-z][a-z0-9_"
              + " -]*>?)>|\\bsnf_role_arn\\b|\\bsfn_role_arn\\b|\\b111111111111\\b|\\bdate\\b");
  private static final Set<String> IGNORED = Set.of("timestamp", "ResponseMetadata", "roleArn");
  private static final Set<String> TIMES = Set.of("timestamp", "datetime", "date");

  private final JsonNode testCase;
  private final Set<String> wildcards = new HashSet<>();
  private final Map<String, String> bound = new HashMap<>();

  Judge(JsonNode testCase) {
    this.testCase = testCase;
    testCase.at("/compare/wildcards").forEach(name -> wildcards.add(name.asText()));
  }

  Verdict judge(ObjectNode actual, @Nullable ArrayNode history) {
    JsonNode expected = testCase.get("expected");
    if (!expected.path("status").equals(actual.path("status"))) {
      return new Verdict(-1, "status " + actual + " want " + expected.path("status"));
    }
    JsonNode shown = dated(decode(actual));
    for (String key : new String[] {"output", "error", "cause"}) {
      if (expected.hasNonNull(key)) {
        String problem =
            shown.has(key)
                ? match(dated(expected.get(key)), shown.get(key), key)
                : key + " missing";
        if (problem != null) {
          return new Verdict(0, problem + ": got " + shown.get(key) + " want " + expected.get(key));
        }
      }
    }
    JsonNode events = expected.path("history");
    if (events.isEmpty() || history == null) {
      return new Verdict(3, "");
    }
    ArrayNode want = (ArrayNode) dated(events);
    ObjectNode wrapped = JSON.createObjectNode();
    wrapped.set("e", history);
    ArrayNode got = (ArrayNode) dated(decode(wrapped)).get("e");
    return testCase.at("/compare/history_mode").asText().equals("multiset")
        ? unordered(want, got)
        : ordered(want, got);
  }

  /** The first place where an answer differs from the recorded one; null if it does not. */
  @Nullable String difference(JsonNode expected, JsonNode actual) {
    return match(dated(expected), dated(decode(actual)), "answer");
  }

  private Verdict ordered(ArrayNode want, ArrayNode got) {
    List<String> wantTypes = types(want);
    List<String> gotTypes = types(got);
    if (!wantTypes.equals(gotTypes)) {
      return new Verdict(1, "types " + gotTypes + " want " + wantTypes);
    }
    String problem = match(want, got, "history");
    return problem == null
        ? new Verdict(3, "")
        : new Verdict(2, problem + "\n   got  " + got + "\n   want " + want);
  }

  private Verdict unordered(ArrayNode want, ArrayNode got) {
    List<JsonNode> wanted = details(want);
    List<JsonNode> left = details(got);
    List<String> wantTypes = wanted.stream().map(e -> e.path("type").asText()).sorted().toList();
    List<String> gotTypes = left.stream().map(e -> e.path("type").asText()).sorted().toList();
    if (!wantTypes.equals(gotTypes)) {
      return new Verdict(1, "types " + gotTypes + " want " + wantTypes);
    }
    for (JsonNode event : wanted) {
      JsonNode hit = null;
      for (JsonNode candidate : left) {
        Map<String, String> before = new HashMap<>(bound);
        boolean equal = match(event, candidate, "event") == null;
        bound.clear();
        bound.putAll(before);
        if (equal) {
          hit = candidate;
          break;
        }
      }
      if (hit == null) {
        return new Verdict(2, "no event equal to " + event);
      }
      left.remove(hit);
    }
    return new Verdict(3, "");
  }

  private static List<String> types(ArrayNode events) {
    return StreamSupport.stream(events.spliterator(), false)
        .map(event -> event.path("type").asText())
        .toList();
  }

  private static List<JsonNode> details(ArrayNode events) {
    List<JsonNode> details = new ArrayList<>();
    for (JsonNode event : events) {
      if (!Set.of("ParallelStateSucceeded", "ParallelStateExited")
          .contains(event.path("type").asText())) {
        details.add(
            ((ObjectNode) event).deepCopy().without(List.of("id", "previousEventId", "timestamp")));
      }
    }
    return details;
  }

  /** Texts inside objects that hold a JSON object become that object, as in the recordings. */
  private static JsonNode decode(JsonNode value) {
    if (value.isObject()) {
      ObjectNode decoded = JSON.createObjectNode();
      value
          .properties()
          .forEach(
              field -> {
                JsonNode inner = field.getValue();
                JsonNode parsed =
                    inner.isTextual() && inner.textValue().startsWith("{")
                        ? parse(inner.textValue())
                        : null;
                decoded.set(
                    field.getKey(),
                    parsed != null ? parsed : inner.isTextual() ? inner : decode(inner));
              });
      return decoded;
    }
    if (value.isArray()) {
      ArrayNode decoded = JSON.createArrayNode();
      value.forEach(element -> decoded.add(decode(element)));
      return decoded;
    }
    return value;
  }

  private static JsonNode dated(JsonNode value) {
    JsonNode dated = parse(ISO.matcher(value.toString()).replaceAll("date"));
    return dated == null ? value : dated;
  }

  private static @Nullable JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** Null if equal, else the first place that is not. */
  private @Nullable String match(JsonNode e, JsonNode a, String path) {
    if (e.isObject() && a.isTextual()) {
      JsonNode parsed = parse(a.textValue());
      return parsed == null ? path : match(e, parsed, path);
    }
    if (e.isTextual() && !a.isTextual()) {
      String text = e.textValue();
      if (TIMES.contains(text) || wildcards.contains(text) || TOKEN.matcher(text).matches()) {
        return null;
      }
      JsonNode parsed = parse(text);
      return parsed != null && match(parsed, a, path) == null ? null : path;
    }
    if (e.isObject()) {
      return a.isObject() ? matchObjects(e, a, path) : path;
    }
    if (e.isArray()) {
      if (!a.isArray() || e.size() != a.size()) {
        return path + "(length)";
      }
      for (int i = 0; i < e.size(); i++) {
        String problem = match(e.get(i), a.get(i), path + "[" + i + "]");
        if (problem != null) {
          return problem;
        }
      }
      return null;
    }
    if (e.isNumber() && a.isNumber()) {
      return e.decimalValue().compareTo(a.decimalValue()) == 0 ? null : path;
    }
    if (e instanceof TextNode && a instanceof TextNode) {
      return matchTexts(e.textValue(), a.textValue(), path);
    }
    return e.equals(a) ? null : path;
  }

  private @Nullable String matchObjects(JsonNode e, JsonNode a, String path) {
    for (Map.Entry<String, JsonNode> field : e.properties()) {
      String key = field.getKey();
      if (IGNORED.contains(key)) {
        continue;
      }
      if (!a.has(key)) {
        if (TOKEN.matcher(key).find() || ISO.matcher(key).find()) {
          continue;
        }
        return path + "." + key + "(missing)";
      }
      String problem = match(field.getValue(), a.get(key), path + "." + key);
      if (problem != null) {
        return problem;
      }
    }
    for (Map.Entry<String, JsonNode> field : a.properties()) {
      if (!e.has(field.getKey()) && !IGNORED.contains(field.getKey())) {
        return path + "." + field.getKey() + "(extra)";
      }
    }
    return null;
  }

  private @Nullable String matchTexts(String e, String a, String path) {
    if (matchTokens(e, a)) {
      return null;
    }
    if (e.startsWith("[") || e.startsWith("\"")) {
      JsonNode expected = parse(e);
      JsonNode actual = parse(a);
      if (expected != null && actual != null && match(expected, actual, path) == null) {
        return null;
      }
    }
    return path;
  }

  private boolean matchTokens(String e, String a) {
    if (e.equals(a) || TIMES.contains(e) || wildcards.contains(e)) {
      return true;
    }
    StringBuilder regex = new StringBuilder();
    List<String> tokens = new ArrayList<>();
    Matcher found = TOKEN.matcher(e);
    int at = 0;
    while (found.find()) {
      regex.append(Pattern.quote(e.substring(at, found.start()))).append("(.*?)");
      tokens.add(found.group());
      at = found.end();
    }
    if (tokens.isEmpty()) {
      return false;
    }
    regex.append(Pattern.quote(e.substring(at)));
    Matcher whole = Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(a);
    if (!whole.matches()) {
      return false;
    }
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.get(i);
      String value = whole.group(i + 1);
      if (!token.equals("date") && !bound.computeIfAbsent(token, t -> value).equals(value)) {
        return false;
      }
    }
    return true;
  }
}
