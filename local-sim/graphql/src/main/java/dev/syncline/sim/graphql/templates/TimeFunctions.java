// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import dev.syncline.sim.handlers.UtilTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** {@code $util.time}, on the simulator's clock. Stateless. */
final class TimeFunctions {
  private static final String UTC = "UTC";

  static final FunctionTable TABLE = conversions(now(new FunctionTable("$util.time")));

  private TimeFunctions() {}

  private static FunctionTable now(FunctionTable table) {
    return table
        .add("nowISO8601", (run, in) -> UtilTime.iso(run.clock().now()))
        .add("nowEpochSeconds", (run, in) -> run.clock().now().getEpochSecond())
        .add("nowEpochMilliSeconds", (run, in) -> run.clock().millis())
        .add(
            "nowFormatted",
            (run, in) -> UtilTime.formatted(run.clock().now(), in.needed(0), UTC),
            String.class)
        .add(
            "nowFormatted",
            (run, in) -> UtilTime.formatted(run.clock().now(), in.needed(0), in.needed(1)),
            String.class,
            String.class);
  }

  private static FunctionTable conversions(FunctionTable table) {
    return table
        .add(
            "parseFormattedToEpochMilliSeconds",
            (run, in) -> UtilTime.parse(in.needed(0), in.needed(1), ""),
            String.class,
            String.class)
        .add(
            "parseFormattedToEpochMilliSeconds",
            (run, in) -> UtilTime.parse(in.needed(0), in.needed(1), in.needed(2)),
            String.class,
            String.class,
            String.class)
        .add(
            "parseISO8601ToEpochMilliSeconds",
            (run, in) -> UtilTime.parseIso(in.needed(0)),
            String.class)
        .add(
            "epochMilliSecondsToSeconds",
            (run, in) -> Math.floorDiv(millis(in.get(0)), 1000L),
            Number.class)
        .add(
            "epochMilliSecondsToISO8601",
            (run, in) -> UtilTime.iso(Instant.ofEpochMilli(millis(in.get(0)))),
            Number.class)
        .add(
            "epochMilliSecondsToFormatted",
            (run, in) ->
                UtilTime.formatted(Instant.ofEpochMilli(millis(in.get(0))), in.needed(1), UTC),
            Number.class,
            String.class)
        .add(
            "epochMilliSecondsToFormatted",
            (run, in) ->
                UtilTime.formatted(
                    Instant.ofEpochMilli(millis(in.get(0))), in.needed(1), in.needed(2)),
            Number.class,
            String.class,
            String.class);
  }

  private static long millis(@Nullable Object value) {
    if (value instanceof Number number) {
      return number.longValue();
    }
    throw new IllegalArgumentException("the number of milliseconds is null");
  }
}
