// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.parse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.internal.model.ErrorHandling;
import dev.syncline.sim.asl.internal.model.ErrorHandling.Catcher;
import dev.syncline.sim.asl.internal.model.ErrorHandling.Retrier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads Retry and Catch. */
record HandlingParser(Fields fields) {
  private static final String ALL = "States.ALL";
  private static final Set<String> RETRY_FIELDS =
      Set.of(
          "Comment",
          "ErrorEquals",
          "IntervalSeconds",
          "MaxAttempts",
          "BackoffRate",
          "MaxDelaySeconds",
          "JitterStrategy");
  private static final Set<String> CATCH_PATH =
      Set.of("Comment", "ErrorEquals", "Next", "ResultPath", "Assign");
  private static final Set<String> CATCH_JSONATA =
      Set.of("Comment", "ErrorEquals", "Next", "Output", "Assign");
  private static final double MAX_SECONDS = 99_999_999;
  private static final double MAX_DELAY_SECONDS = 31_622_400;

  ErrorHandling parse() {
    List<Retrier> retriers = new ArrayList<>();
    List<JsonNode> retry = fields.array("Retry");
    for (int i = 0; i < retry.size(); i++) {
      Fields element = fields.child(retry.get(i), fields.at("Retry[" + i + "]"));
      if (element != null) {
        retriers.add(retrier(element, i == retry.size() - 1));
      }
    }
    List<Catcher> catchers = new ArrayList<>();
    List<JsonNode> catches = fields.array("Catch");
    for (int i = 0; i < catches.size(); i++) {
      Fields element = fields.child(catches.get(i), fields.at("Catch[" + i + "]"));
      Catcher catcher = element == null ? null : catcher(element, i == catches.size() - 1);
      if (catcher != null) {
        catchers.add(catcher);
      }
    }
    return new ErrorHandling(List.copyOf(retriers), List.copyOf(catchers));
  }

  private static Retrier retrier(Fields element, boolean last) {
    element.allow(RETRY_FIELDS);
    element.require("ErrorEquals");
    double backoff = element.number("BackoffRate", 2.0, 1, Double.MAX_VALUE);
    String jitter = element.text("JitterStrategy");
    if (jitter != null && !jitter.equals("FULL") && !jitter.equals("NONE")) {
      element.schema(
          "JitterStrategy",
          "The field 'JitterStrategy' should have one of these values: [FULL, NONE]");
    }
    return new Retrier(
        names(element, last),
        element.number("IntervalSeconds", 1, 1, MAX_SECONDS),
        (int) element.number("MaxAttempts", 3, 0, MAX_SECONDS),
        backoff,
        element.has("MaxDelaySeconds")
            ? element.number("MaxDelaySeconds", 1, 1, MAX_DELAY_SECONDS)
            : null,
        "FULL".equals(jitter));
  }

  private static @Nullable Catcher catcher(Fields element, boolean last) {
    element.allow(
        element.jsonata() ? CATCH_JSONATA : CATCH_PATH,
        element.jsonata() ? CATCH_PATH : CATCH_JSONATA);
    element.require("ErrorEquals", "Next");
    String next = element.text("Next");
    if (element.has("Assign")) {
      AssignCheck.check(element, "Assign");
    }
    List<String> names = names(element, last);
    return next == null
        ? null
        : new Catcher(
            names,
            next,
            element.resultPath("ResultPath"),
            element.template("Output"),
            element.template("Assign"));
  }

  private static List<String> names(Fields element, boolean last) {
    List<String> names = new ArrayList<>();
    for (JsonNode name : element.array("ErrorEquals")) {
      names.add(name.asText());
    }
    if (element.has("ErrorEquals") && names.isEmpty()) {
      element.schema("ErrorEquals", "Value cannot be empty");
    }
    if (names.contains(ALL) && names.size() > 1) {
      element.schema("ErrorEquals", "'States.ALL' must be the only element in the array");
    }
    if (names.contains(ALL) && !last) {
      element.schema("ErrorEquals", "'States.ALL' can only appear in the last element");
    }
    return List.copyOf(names);
  }
}
