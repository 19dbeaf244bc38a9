// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the mock configuration of Step Functions Local: {@code StateMachines} with their {@code
 * TestCases}, and {@code MockedResponses} by invocation, {@code "0"} or {@code "1-2"}. Every
 * deviation from the format is refused with the file and the path in it.
 */
record MockConfigReader(String file) {
  /** Refuses anything after the first value. */
  static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private static final Pattern INVOCATIONS = Pattern.compile("(\\d{1,6})(?:-(\\d{1,6}))?");
  private static final int MAX_INVOCATIONS = 100_000;

  MockConfig read(String text) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException notJson) {
      throw refused("", "is not JSON: " + notJson.getOriginalMessage());
    }
    only("", root, Set.of("StateMachines", "MockedResponses"));
    JsonNode responses = root.path("MockedResponses");
    var known = new TreeMap<String, List<MockedResponse>>();
    structure("MockedResponses", responses)
        .forEach(
            one ->
                known.put(
                    one.getKey(), responses("MockedResponses." + one.getKey(), one.getValue())));
    MockConfig.Builder builder = MockConfig.builder();
    for (var machine : structure("StateMachines", root.path("StateMachines"))) {
      String at = "StateMachines." + machine.getKey();
      only(at, machine.getValue(), Set.of("TestCases"));
      JsonNode cases = machine.getValue().path("TestCases");
      for (var testCase : structure(at + ".TestCases", cases)) {
        String here = at + ".TestCases." + testCase.getKey();
        builder.testCase(machine.getKey(), testCase.getKey());
        for (var state : structure(here, testCase.getValue())) {
          String name = state.getValue().asText();
          List<MockedResponse> chosen = known.get(name);
          if (!state.getValue().isTextual() || chosen == null) {
            throw refused(
                here + "." + state.getKey(),
                "must name one of MockedResponses, but is " + state.getValue());
          }
          builder.mock(
              machine.getKey(),
              testCase.getKey(),
              state.getKey(),
              chosen.toArray(MockedResponse[]::new));
        }
      }
    }
    return builder.build();
  }

  private List<MockedResponse> responses(String at, JsonNode given) {
    var byInvocation = new TreeMap<Integer, MockedResponse>();
    for (var one : structure(at, given)) {
      String here = at + "." + one.getKey();
      Matcher range = INVOCATIONS.matcher(one.getKey());
      if (!range.matches()) {
        throw refused(here, "must be an invocation such as \"0\" or a range such as \"1-2\"");
      }
      int from = Integer.parseInt(range.group(1));
      int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
      if (to < from || to > MAX_INVOCATIONS) {
        throw refused(
            here,
            "must be a range whose end is after its start, at " + MAX_INVOCATIONS + " at most");
      }
      MockedResponse response = response(here, one.getValue());
      for (int invocation = from; invocation <= to; invocation++) {
        if (byInvocation.put(invocation, response) != null) {
          throw refused(
              here, "answers invocation " + invocation + ", which another response answers too");
        }
      }
    }
    if (byInvocation.isEmpty()
        || byInvocation.firstKey() != 0
        || byInvocation.lastKey() != byInvocation.size() - 1) {
      throw refused(at, "must answer the invocations from 0 on without a gap");
    }
    return List.copyOf(byInvocation.values());
  }

  private MockedResponse response(String at, JsonNode given) {
    only(at, given, Set.of("Return", "Throw"));
    if (given.has("Return") == given.has("Throw")) {
      throw refused(at, "must have either Return or Throw");
    }
    if (given.has("Return")) {
      return new MockedResponse.Return(given.get("Return"));
    }
    JsonNode thrown = given.get("Throw");
    only(at + ".Throw", thrown, Set.of("Error", "Cause"));
    for (String field : List.of("Error", "Cause")) {
      if (thrown.has(field) && !thrown.get(field).isTextual()) {
        throw refused(at + ".Throw." + field, "must be a string");
      }
    }
    if (!thrown.has("Error")) {
      throw refused(at + ".Throw.Error", "is required");
    }
    return new MockedResponse.Throw(
        thrown.get("Error").textValue(), thrown.path("Cause").asText(""));
  }

  private void only(String at, JsonNode given, Set<String> known) {
    for (var member : structure(at, given)) {
      if (!known.contains(member.getKey())) {
        throw refused(
            at.isEmpty() ? member.getKey() : at + "." + member.getKey(),
            "is not known here; known are " + known.stream().sorted().toList());
      }
    }
  }

  private Set<Map.Entry<String, JsonNode>> structure(String at, JsonNode given) {
    if (!given.isObject()) {
      throw refused(at, given.isMissingNode() ? "is required" : "must be a JSON object");
    }
    return given.properties();
  }

  private IllegalArgumentException refused(String at, String problem) {
    return new IllegalArgumentException(
        "The mock configuration " + file + (at.isEmpty() ? " " : ": '" + at + "' ") + problem);
  }
}
