// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.JournalEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one request, read from the journal. Immutable.
 *
 * @param steps the recorded steps, in order
 * @param waited how long the backend waited on purpose; null if it is not recorded, because a
 *     function waited in its own code
 * @param realTotal from sending to the answer
 * @param virtualTotal the same in virtual time
 */
record RequestSteps(
    List<Step> steps, @Nullable Waited waited, Duration realTotal, Duration virtualTotal) {

  /** Time spent waiting on purpose, in virtual time and in the real time that it took. */
  record Waited(Duration virtual, Duration real) {}

  private static final String FUNCTION_STARTED = "It starts the backend: a function";

  /**
   * A step.
   *
   * @param real time since the request was sent
   * @param virtual the same in virtual time
   */
  record Step(int number, String title, Duration real, Duration virtual) {}

  /** Reads the steps from the entries since the request was sent. */
  static RequestSteps of(DemoRequest request, List<Journal.Entry> entries) {
    List<Step> steps = steps(request, entries);
    Duration real = Duration.ofNanos(request.answeredRealNanos() - request.sentRealNanos());
    Duration virtual = Duration.between(request.sent(), request.answered());
    steps.add(new Step(8, "The client has the answer", real, virtual));
    return new RequestSteps(List.copyOf(steps), waited(entries), real, virtual);
  }

  /** The time between entering and leaving Wait states. */
  private static @Nullable Waited waited(List<Journal.Entry> entries) {
    Waited total = null;
    Journal.Entry entered = null;
    for (Journal.Entry entry : entries) {
      String type = entry.event().type();
      if (type.equals("states.WaitStateEntered")) {
        entered = entry;
      } else if (type.equals("states.WaitStateExited") && entered != null) {
        Duration virtual = Duration.between(entered.time(), entry.time());
        Duration real = Duration.ofNanos(entry.realNanos() - entered.realNanos());
        total =
            total == null
                ? new Waited(virtual, real)
                : new Waited(total.virtual.plus(virtual), total.real.plus(real));
      }
    }
    return total;
  }

  /** Whether a function did the work; the simulator does not see its waits. */
  boolean workedInAFunction() {
    return steps.stream().anyMatch(step -> step.title().equals(FUNCTION_STARTED));
  }

  /** As a table. */
  String toText() {
    var text = new StringBuilder("\nThe steps of the request, with the time since it was sent:\n");
    text.append(String.format("  %-58s %11s %12s%n", "", "real", "virtual"));
    for (Step step : steps) {
      text.append(
          String.format(
              "%d %-58s %11s %12s%n",
              step.number(), step.title(), millis(step.real()), millis(step.virtual())));
    }
    return text.append('\n').append(summary()).toString();
  }

  /** In one line. */
  String summary() {
    var text =
        new StringBuilder("Answered in ").append(millis(realTotal)).append(" of real time, ");
    text.append(millis(virtualTotal)).append(" of virtual time");
    if (waited != null) {
      text.append("; the workflow waited ").append(millis(waited.virtual()));
      text.append(" of virtual time, which took ").append(millis(waited.real()));
      text.append(": ").append(millis(realTotal.minus(waited.real()))).append(" of overhead");
    }
    return text.append('.').toString();
  }

  /** As JSON, times in milliseconds. */
  ObjectNode toJson() {
    ObjectNode json = CliJson.object();
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
      json.put("waitedVirtualMillis", exactMillis(waited.virtual()));
      json.put("waitedRealMillis", exactMillis(waited.real()));
      json.put("overheadRealMillis", exactMillis(realTotal.minus(waited.real())));
    }
    return json;
  }

  private static String millis(Duration duration) {
    return String.format(Locale.ROOT, "%,.1f ms", exactMillis(duration));
  }

  private static double exactMillis(Duration duration) {
    return TimeUnit.NANOSECONDS.toMicros(duration.toNanos()) / 1000.0;
  }

  /** Reads the steps in their order, without those that were not recorded. */
  private static List<Step> steps(DemoRequest request, List<Journal.Entry> entries) {
    var steps = new ArrayList<Step>();
    var told = new Telling(request, entries, steps);
    told.first(1, "API Gateway has the request", event -> event.type().startsWith("apigateway."));
    told.first(1, "and calls the bridge", type("lambda.Invoked"));
    told.first(2, "The bridge's reply subscription is acknowledged", type("appsync.Subscribed"));
    told.first(3, "It starts the backend: an execution", type("states.ExecutionStarted"));
    told.second(3, FUNCTION_STARTED, type("lambda.Invoked"));
    told.second(4, "The backend works: the function", type("lambda.Invoked"));
    for (Journal.Entry entry : entries) {
      String type = entry.event().type();
      if (type.startsWith("states.") && type.endsWith("StateEntered")) {
        told.add(4, "The backend works: " + entry.event().details().get("name"), entry);
      }
    }
    told.first(5, "The result is published", type("appsync.Published"));
    told.first(6, "AppSync Events delivers it", type("appsync.Delivered"));
    told.bridgeFinished();
    // Steps of the backend after publishing are sorted by their time.
    steps.sort(Comparator.comparing(Step::real));
    return steps;
  }

  private static Predicate<JournalEvent> type(String name) {
    return event -> event.type().equals(name);
  }

  /** Turns entries of the journal into steps. */
  private record Telling(DemoRequest request, List<Journal.Entry> entries, List<Step> steps) {

    void first(int number, String title, Predicate<JournalEvent> matcher) {
      nth(0, number, title, matcher);
    }

    void second(int number, String title, Predicate<JournalEvent> matcher) {
      nth(1, number, title, matcher);
    }

    private void nth(int index, int number, String title, Predicate<JournalEvent> matcher) {
      entries.stream()
          .filter(entry -> matcher.test(entry.event()))
          .skip(index)
          .findFirst()
          .ifPresent(entry -> add(number, title, entry));
    }

    /** The bridge is the function that is invoked first. */
    void bridgeFinished() {
      entries.stream()
          .filter(entry -> entry.event().type().equals("lambda.Invoked"))
          .findFirst()
          .map(entry -> entry.event().correlationId())
          .flatMap(
              invocation ->
                  entries.stream()
                      .filter(entry -> entry.event().type().equals("lambda.Finished"))
                      .filter(entry -> invocation.equals(entry.event().correlationId()))
                      .findFirst())
          .ifPresent(entry -> add(7, "The bridge has matched it and answers", entry));
    }

    void add(int number, String title, Journal.Entry entry) {
      steps.add(
          new Step(
              number,
              title,
              Duration.ofNanos(entry.realNanos() - request.sentRealNanos()),
              Duration.between(request.sent(), entry.time())));
    }
  }
}
