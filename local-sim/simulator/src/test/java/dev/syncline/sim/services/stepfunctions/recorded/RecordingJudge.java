// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compares an answer with one that was recorded from AWS with its own ids and times: field names,
 * and values that are neither ids nor times. An id that occurs twice in the recording must occur
 * twice here. JSON within a text is compared as JSON. Not thread-safe: one for each recording.
 */
final class RecordingJudge extends JsonDifference {
  private static final Pattern ID =
      Pattern.compile(
          "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
              + "|<token:[^>]*>|\\b[0-9a-f]{16}\\b");
  private static final Pattern MOMENT =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?(?:Z|[+-]\\d{2}:?\\d{2})");

  /** Members that hold a time, an id or a mark that no client reads. */
  private static final Set<String> NOT_COMPARED =
      Set.of(
          "creationDate",
          "updateDate",
          "startDate",
          "stopDate",
          "__type",
          "ReceiptHandle",
          "QueueUrl",
          "billingDetails");

  private final Map<String, String> ids = new HashMap<>();

  /** The id here in place of an id of the recording; the recorded id if there is no other. */
  String given(String text) {
    Matcher id = ID.matcher(text);
    return id.replaceAll(
        found -> Matcher.quoteReplacement(ids.getOrDefault(found.group(), found.group())));
  }

  @Override
  @Nullable String difference(JsonNode recorded, JsonNode actual, String path) {
    JsonNode expected = parsed(recorded);
    JsonNode got = parsed(actual);
    if (expected.isObject() && got.isObject()) {
      return objects(expected, got, path);
    }
    if (expected.isArray() && got.isArray()) {
      return path.endsWith(".tags") ? tags(expected, got, path) : arrays(expected, got, path);
    }
    if (expected.isNumber() && got.isNumber()) {
      return expected.asDouble() == got.asDouble() ? null : differs(path, expected, got);
    }
    if (expected.isTextual() && got.isTextual()) {
      return same(expected.asText(), got.asText()) ? null : differs(path, expected, got);
    }
    return expected.equals(got) ? null : differs(path, expected, got);
  }

  private @Nullable String objects(JsonNode expected, JsonNode got, String path) {
    var names = new TreeSet<String>();
    expected.fieldNames().forEachRemaining(names::add);
    got.fieldNames().forEachRemaining(names::add);
    names.remove("__type");
    for (String name : names) {
      String here = path + "." + name;
      if (!got.has(name)) {
        return here + " is missing";
      }
      if (!expected.has(name)) {
        return here + " is too much";
      }
      String found =
          NOT_COMPARED.contains(name) ? null : difference(expected.get(name), got.get(name), here);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** AWS promises no order of tags. */
  private static @Nullable String tags(JsonNode expected, JsonNode got, String path) {
    var left = new ArrayList<JsonNode>();
    got.forEach(left::add);
    for (JsonNode tag : expected) {
      if (!left.remove(tag)) {
        return path + " lacks " + tag;
      }
    }
    return left.isEmpty() ? null : path + " has too much: " + left;
  }

  private boolean same(String expected, String got) {
    var names = new ArrayList<String>();
    String form = form(expected, names);
    Matcher match = Pattern.compile(form, Pattern.DOTALL).matcher(got);
    if (!match.matches()) {
      return false;
    }
    for (int i = 0; i < names.size(); i++) {
      String before = ids.putIfAbsent(names.get(i), match.group(i + 1));
      if (before != null && !before.equals(match.group(i + 1))) {
        return false;
      }
    }
    return true;
  }

  /** A pattern of the text with a group for each id; the ids are added to {@code names}. */
  private static String form(String text, ArrayList<String> names) {
    Pattern either = Pattern.compile(ID.pattern() + "|(" + MOMENT.pattern() + ")");
    Matcher token = either.matcher(text);
    var form = new StringBuilder();
    int from = 0;
    while (token.find()) {
      form.append(Pattern.quote(text.substring(from, token.start())));
      if (token.group(1) != null) {
        form.append(MOMENT.pattern());
      } else {
        form.append("(.+?)");
        names.add(token.group());
      }
      from = token.end();
    }
    return form.append(Pattern.quote(text.substring(from))).toString();
  }
}
