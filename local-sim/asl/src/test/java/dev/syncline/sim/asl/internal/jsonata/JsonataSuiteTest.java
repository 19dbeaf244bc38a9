// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.syncline.testing.RecordedData;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * JSONata's own test suite. A case that fails must be on the list; a listed case that passes fails
 * the test, so the list can only shrink.
 */
class JsonataSuiteTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** JSONata's own suite nests deeper than AWS allows. */
  private static final int SUITE_DEPTH = 302;

  private static final JsonataEnvironment SURROUNDINGS =
      new JsonataEnvironment(new SplittableRandom(1), Instant.parse("2026-01-01T00:00:00Z"));

  private static int passed;
  private static int all;

  @TestFactory
  Stream<DynamicTest> suite() throws IOException {
    Path file = suiteFile();
    JsonNode suite = JSON.readTree(file.toFile());
    Set<String> known = knownFailures();
    return StreamSupport.stream(suite.get("cases").spliterator(), false)
        // Step Functions has no $eval.
        .filter(one -> !one.get("expr").asText().contains("$eval("))
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.get("name").asText(), () -> check(one, suite.get("datasets"), known)));
  }

  @AfterAll
  static void printScore() {
    if (all > 0) {
      System.out.printf("JSONata suite: %d of %d pass%n", passed, all);
    }
  }

  private static void check(JsonNode one, JsonNode datasets, Set<String> known) {
    String problem;
    try {
      problem = problem(one, datasets);
    } catch (RuntimeException e) {
      problem = e.toString();
    }
    all++;
    passed += problem == null ? 1 : 0;
    String name = one.get("name").asText();
    if (Boolean.getBoolean("syncline.corpus.list")) {
      if (problem != null) {
        System.out.println("JSONATA " + name + "\n    " + one.get("expr") + "\n    " + problem);
      }
      return;
    }
    assertThat(problem == null)
        .as("%s: %s: %s", name, one.get("expr"), problem)
        .isEqualTo(!known.contains(name));
  }

  private static @Nullable String problem(JsonNode one, JsonNode datasets) {
    JsonNode data = one.has("data") ? one.get("data") : datasets.get(one.path("dataset").asText());
    String code = one.path("code").asText(one.at("/error/code").asText(""));
    Map<String, Object> bindings = new HashMap<>();
    one.path("bindings")
        .properties()
        .forEach(b -> bindings.put(b.getKey(), Conversion.fromJson(b.getValue())));
    Object value;
    try {
      Object input = data == null || data.isNull() ? null : Conversion.fromJson(data);
      value =
          Program.parse(one.get("expr").asText(), SUITE_DEPTH)
              .evaluate(input, bindings, SURROUNDINGS);
    } catch (JsonataException e) {
      boolean expected = code.isEmpty() ? one.has("error") : code.equals(e.code());
      return expected ? null : "fails with " + e.code() + " " + e.words() + ", want " + want(one);
    }
    if (!code.isEmpty() || one.has("error")) {
      return "gives " + value + ", want " + want(one);
    }
    if (one.has("undefinedResult")) {
      return value == null ? null : "gives " + value + ", want nothing";
    }
    JsonNode got = value == null ? null : Conversion.toJson(value);
    boolean same =
        got == null
            ? one.get("result").isNull() && value == JsonNull.NULL
            : same(one.get("result"), got, one.has("unordered"));
    return same ? null : "gives " + got + ", want " + want(one);
  }

  private static String want(JsonNode one) {
    return one.has("result")
        ? one.get("result").toString()
        : one.path("code").asText() + one.path("error");
  }

  private static boolean same(JsonNode want, JsonNode got, boolean unordered) {
    if (want.isNumber() && got.isNumber()) {
      return Math.abs(want.doubleValue() - got.doubleValue())
          <= 1e-14 * Math.abs(want.doubleValue());
    }
    if (want.isArray() && got.isArray() && want.size() == got.size()) {
      if (unordered) {
        Set<String> left =
            StreamSupport.stream(want.spliterator(), false)
                .map(JsonNode::toString)
                .collect(Collectors.toSet());
        got.forEach(element -> left.remove(element.toString()));
        return left.isEmpty();
      }
      for (int i = 0; i < want.size(); i++) {
        if (!same(want.get(i), got.get(i), false)) {
          return false;
        }
      }
      return true;
    }
    if (want.isObject() && got.isObject() && want.size() == got.size()) {
      return want.properties().stream()
          .allMatch(
              field ->
                  got.has(field.getKey())
                      && same(field.getValue(), got.get(field.getKey()), false));
    }
    return want.equals(got);
  }

  private static Path suiteFile() {
    return RecordedData.require("jsonata/cases.json");
  }

  private static Set<String> knownFailures() {
    try (InputStream list =
        Objects.requireNonNull(
            JsonataSuiteTest.class.getResourceAsStream("/known-failures-jsonata.txt"))) {
      String text = new String(list.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("\n"))
          .filter(line -> !line.startsWith("#"))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
