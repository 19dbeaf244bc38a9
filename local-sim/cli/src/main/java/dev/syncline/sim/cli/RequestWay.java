// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.JournalEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The way one request took, told from the journal: a reader of events, like any other. Immutable.
 *
 * @param steps the steps that left a trace, in the order of the way
 * @param waited how long the backend waited on purpose, in virtual time; null where that is not to
 *     be seen, because a function kept its waiting to itself
 * @param realTotal from sending to the answer
 * @param virtualTotal the same in virtual time
 */
record RequestWay(
    List<Step> steps, @Nullable Duration waited, Duration realTotal, Duration virtualTotal) {

  /**
   * A step.
   *
   * @param real since the request was sent
   * @param virtual the same in virtual time
   */
  record Step(int number, String title, Duration real, Duration virtual) {}

  /** Reads the way out of what was recorded since the request was sent. */
  static RequestWay of(DemoRequest request, List<Journal.Entry> entries) {
    var steps = new ArrayList<Step>();
    for (Stage stage : Stage.values()) {
      stage
          .in(entries)
          .ifPresent(
              entry ->
                  steps.add(
                      new Step(
                          stage.number,
                          stage.title,
                          Duration.ofNanos(entry.realNanos() - request.sentRealNanos()),
                          Duration.between(request.sent(), entry.time()))));
    }
    Duration real = Duration.ofNanos(request.answeredRealNanos() - request.sentRealNanos());
    Duration virtual = Duration.between(request.sent(), request.answered());
    steps.add(new Step(8, "The client has the answer", real, virtual));
    return new RequestWay(List.copyOf(steps), waited(entries), real, virtual);
  }

  /** The time between entering and leaving Wait states. */
  private static @Nullable Duration waited(List<Journal.Entry> entries) {
    Duration total = Duration.ZERO;
    Instant entered = null;
    boolean any = false;
    for (Journal.Entry entry : entries) {
      JournalEvent event = entry.event();
      if (!event.details().containsValue("Wait")) {
        continue;
      }
      if (event.type().equals("states.StateEntered")) {
        entered = entry.time();
      } else if (event.type().equals("states.StateExited") && entered != null) {
        total = total.plus(Duration.between(entered, entry.time()));
        any = true;
      }
    }
    return any ? total : null;
  }

  /** As a table. */
  String toText() {
    var text = new StringBuilder("\nThe way it took, since it was sent:\n");
    text.append(String.format("  %-58s %11s %12s%n", "", "real", "virtual"));
    for (Step step : steps) {
      text.append(
          String.format(
              "%d %-58s %11s %12s%n",
              step.number(), step.title(), millis(step.real()), millis(step.virtual())));
    }
    text.append("\nAnswered in ").append(millis(realTotal)).append(" of real time, ");
    text.append(millis(virtualTotal)).append(" of virtual time");
    if (waited != null) {
      text.append(", of which the workflow waited ").append(millis(waited)).append(": ");
      text.append(millis(virtualTotal.minus(waited))).append(" of overhead");
    }
    return text.append('.').toString();
  }

  /** As JSON, times in milliseconds. */
  ObjectNode toJson() {
    ObjectNode json = Json.object();
    ArrayNode list = json.putArray("steps");
    for (Step step : steps) {
      list.addObject()
          .put("step", step.number())
          .put("title", step.title())
          .put("realMillis", exactMillis(step.real()))
          .put("virtualMillis", exactMillis(step.virtual()));
    }
    json.put("realMillis", exactMillis(realTotal)).put("virtualMillis", exactMillis(virtualTotal));
    if (waited != null) {
      json.put("waitedMillis", exactMillis(waited));
      json.put("overheadMillis", exactMillis(virtualTotal.minus(waited)));
    }
    return json;
  }

  private static String millis(Duration duration) {
    return String.format(Locale.ROOT, "%,.1f ms", exactMillis(duration));
  }

  private static double exactMillis(Duration duration) {
    return TimeUnit.NANOSECONDS.toMicros(duration.toNanos()) / 1000.0;
  }

  /** The steps as the journal shows them. */
  private enum Stage {
    GATEWAY(1, "API Gateway has the request", type("apigateway.RequestReceived")),
    INVOKED(1, "and calls the bridge", type("lambda.InvocationStarted")),
    SUBSCRIBED(2, "The bridge's reply subscription is acknowledged", type("appsync.Subscribed")),
    STARTED(3, "The backend is started", type("states.ExecutionStarted").or(event -> false)),
    ENTERED(4, "The backend works", type("states.StateEntered")),
    PUBLISHED(5, "The backend publishes the result", type("appsync.Published")),
    DELIVERED(6, "AppSync Events delivers it", type("appsync.Delivered")),
    RESPONDED(7, "The bridge has matched it and answers", type("lambda.InvocationCompleted")),
    ANSWERED(8, "API Gateway answers", type("apigateway.ResponseSent"));

    private final int number;
    private final String title;
    private final Predicate<JournalEvent> matcher;

    Stage(int number, String title, Predicate<JournalEvent> matcher) {
      this.number = number;
      this.title = title;
      this.matcher = matcher;
    }

    Optional<Journal.Entry> in(List<Journal.Entry> entries) {
      return entries.stream()
          .filter(entry -> matcher.test(entry.event()))
          .min(Comparator.comparingLong(Journal.Entry::sequence));
    }

    private static Predicate<JournalEvent> type(String name) {
      return event -> event.type().equals(name);
    }
  }
}
