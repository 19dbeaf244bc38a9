// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.contract.FunctionNotices;
import dev.syncline.sim.service.contract.LogSink;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Tells the user how a function differs from AWS here: once as an event of the journal and as a
 * line in the function's log group, and for as long as the function exists by {@link
 * FunctionNotices}. Thread-safe.
 *
 * @param waiting lines that wait for the first line of their log group
 */
record NoticeTeller(
    SimClock clock,
    Journal journal,
    LogSink logs,
    FunctionNotices.Kept kept,
    Map<String, List<String>> waiting)
    implements LogSink {
  private static final String STREAM = "simulator";

  NoticeTeller(SimClock clock, Journal journal, LogSink logs, FunctionNotices.Kept kept) {
    this(clock, journal, logs, kept, new ConcurrentHashMap<>());
  }

  /**
   * Tells it. The line is written before the function's first one: on AWS too a function's log
   * group exists only from then on, and a template may make it after the function.
   */
  void tell(String function, String logGroup, String text) {
    if (kept.add(function, text)) {
      journal.record(new FunctionNotice(function, text));
      waiting.merge(
          logGroup,
          List.of(text),
          (before, more) -> Stream.concat(before.stream(), more.stream()).toList());
    }
  }

  /** Appends a line of a function, and before it the notices that wait. */
  @Override
  public void append(String logGroup, String logStream, Instant time, String message) {
    tellWaiting(logGroup);
    logs.append(logGroup, logStream, time, message);
  }

  @Override
  public boolean append(
      CallPrincipal.RoleSession role,
      String logGroup,
      String logStream,
      Instant time,
      String message) {
    tellWaiting(logGroup);
    return logs.append(role, logGroup, logStream, time, message);
  }

  private void tellWaiting(String logGroup) {
    List<String> notices = waiting.remove(logGroup);
    if (notices != null) {
      notices.forEach(notice -> logs.append(logGroup, STREAM, clock.now(), "[NOTICE] " + notice));
    }
  }

  /** Forgets the notices of a function, before it is checked again or when it has been deleted. */
  void forget(String function) {
    kept.forget(function);
  }
}
