// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compares an answer with a recorded one, in which a recorder has put names in the place of what
 * differs from run to run. Such a name means the same text throughout one case. Not thread-safe.
 */
final class AnswerJudge extends JsonDifference {
  private static final String MOMENT =
      "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?(?:Z|[+-]\\d{2}:?\\d{2})";
  private static final Pattern TOKEN =
      Pattern.compile(
          "<[A-Za-z][A-Za-z0-9_"
              + " -]*(?::\\d+)?>|\\bs[nf][fn]_role_arn\\w*|\\b111111111111\\b|\\bdate\\b|"
              + MOMENT
              // Names that a test gave to what it made, standing in the middle of ARNs.
              + "|\\bstate_machine_alias_name\\b|\\blog_group_name\\b|\\bactivity_arn(?:_\\d)?\\b");
  private static final Set<String> ANYTHING = Set.of("timestamp", "datetime", "date");
  private static final Set<String> NOT_COMPARED =
      Set.of("ResponseMetadata", "timestamp", "roleArn");

  private final Set<String> wildcards = new HashSet<>();
  private final Map<String, String> bound = new HashMap<>();

  AnswerJudge(JsonNode wildcards) {
    wildcards.forEach(one -> this.wildcards.add(one.asText()));
  }

  @Override
  @Nullable String difference(JsonNode expected, JsonNode actual, String path) {
    if (expected.isTextual() && isAnything(expected.asText())) {
      return null;
    }
    JsonNode got = expected.isContainerNode() ? parsed(actual) : actual;
    if (expected.isObject()) {
      return got.isObject() ? objects(expected, got, path) : differs(path, expected, got);
    }
    if (expected.isArray()) {
      return got.isArray() ? arrays(expected, got, path) : differs(path, expected, got);
    }
    if (expected.isNumber() && got.isNumber()) {
      return expected.asDouble() == got.asDouble() ? null : differs(path, expected, got);
    }
    if (expected.isTextual() && got.isTextual()) {
      String want = expected.asText();
      String have = got.asText();
      JsonNode wanted = parsed(expected);
      boolean same =
          matches(want, have)
              || (wanted.isContainerNode() && difference(wanted, parsed(got), path) == null);
      return same ? null : differs(path, expected, got);
    }
    return expected.equals(got) ? null : differs(path, expected, got);
  }

  private boolean isAnything(String text) {
    return ANYTHING.contains(text) || wildcards.contains(text);
  }

  private @Nullable String objects(JsonNode expected, JsonNode got, String path) {
    for (Map.Entry<String, JsonNode> entry : expected.properties()) {
      if (NOT_COMPARED.contains(entry.getKey())) {
        continue;
      }
      JsonNode value = got.get(entry.getKey());
      if (value == null) {
        return path + "." + entry.getKey() + " is missing";
      }
      String found = difference(entry.getValue(), value, path + "." + entry.getKey());
      if (found != null) {
        return found;
      }
    }
    for (Map.Entry<String, JsonNode> entry : got.properties()) {
      if (!expected.has(entry.getKey()) && !NOT_COMPARED.contains(entry.getKey())) {
        return path + "." + entry.getKey() + " is too much";
      }
    }
    return null;
  }

  private boolean matches(String expected, String actual) {
    if (expected.equals(actual)) {
      return true;
    }
    Matcher token = TOKEN.matcher(expected);
    var form = new StringBuilder();
    var names = new ArrayList<String>();
    int from = 0;
    while (token.find()) {
      form.append(Pattern.quote(expected.substring(from, token.start()))).append("(.*?)");
      names.add(token.group());
      from = token.end();
    }
    if (names.isEmpty()) {
      return false;
    }
    form.append(Pattern.quote(expected.substring(from)));
    Matcher match = Pattern.compile(form.toString(), Pattern.DOTALL).matcher(actual);
    if (!match.matches()) {
      return false;
    }
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      boolean moment = name.equals("date") || Character.isDigit(name.charAt(0));
      String before = moment ? null : bound.putIfAbsent(name, match.group(i + 1));
      if (before != null && !before.equals(match.group(i + 1))) {
        return false;
      }
    }
    return true;
  }
}
