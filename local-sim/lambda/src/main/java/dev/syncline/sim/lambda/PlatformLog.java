// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes Lambda's own records into a function's log: lines of text, or JSON objects that the
 * function's system log level filters. Source of the objects and of their levels: Lambda's
 * documentation, "Configuring advanced logging controls" and the Telemetry API's event schema.
 */
final class PlatformLog {
  private static final List<String> LEVELS = List.of("DEBUG", "INFO", "WARN");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private PlatformLog() {}

  /** An environment begins to start. */
  static void initStart(Slot slot, Instant now) {
    if (!slot.spec.logging().json()) {
      slot.log(ReportLines.initStart(slot.spec));
      return;
    }
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    record.put("initializationType", slot.spec.snapStart() ? "snap-start" : "on-demand");
    record.put("phase", phase(slot));
    record.put("runtimeVersion", slot.spec.runtime());
    record.put("functionName", slot.spec.name());
    record.put("functionVersion", slot.spec.version());
    write(slot, now, "INFO", "platform.initStart", record);
  }

  /**
   * A start has ended that is reported: one that failed, or was part of an invocation.
   *
   * @param status {@code success}, {@code error} or {@code timeout}
   */
  static void initReport(Slot slot, Instant now, String status, @Nullable String errorType) {
    if (!slot.spec.logging().json()) {
      slot.log(ReportLines.init(slot, statusFields(status, errorType)));
      return;
    }
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    record.put("initializationType", slot.spec.snapStart() ? "snap-start" : "on-demand");
    record.put("phase", phase(slot));
    record.put("status", status);
    if (errorType != null) {
      record.put("errorType", errorType);
    }
    record.putObject("metrics").put("durationMs", millis(slot.initDuration));
    write(slot, now, status.equals("success") ? "INFO" : "WARN", "platform.initReport", record);
  }

  private static String statusFields(String status, @Nullable String errorType) {
    if (status.equals("success")) {
      return "";
    }
    return "\tStatus: " + status + (errorType == null ? "" : "\tError Type: " + errorType);
  }

  /** An invocation begins. */
  static void start(Slot slot, Instant now, PendingInvocation pending) {
    if (!slot.spec.logging().json()) {
      slot.log(ReportLines.start(pending));
      return;
    }
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    record.put("requestId", pending.invocation.requestId());
    record.put("version", pending.spec.version());
    write(slot, now, "INFO", "platform.start", record);
  }

  /** An invocation has ended. */
  static void report(
      Slot slot,
      Instant now,
      PendingInvocation pending,
      Duration duration,
      String status,
      FunctionOutcome outcome) {
    String error = outcome.errorType();
    if (!slot.spec.logging().json()) {
      if (status.equals("timeout")) {
        slot.log(ReportLines.timedOut(now, pending));
      }
      slot.log(ReportLines.end(pending));
      slot.log(ReportLines.report(slot, pending, duration, status, error));
      if (RuntimeErrors.EXITED.equals(error)) {
        slot.log(RuntimeErrors.messageOf(outcome.payload()) + "\n" + error);
      }
      return;
    }
    boolean success = status.equals("success");
    ObjectNode done = ended(pending, status, error);
    done.putObject("metrics")
        .put("durationMs", millis(duration))
        .put("producedBytes", outcome.payload().length);
    write(slot, now, success ? "DEBUG" : "WARN", "platform.runtimeDone", done);
    ObjectNode report = ended(pending, status, error);
    ObjectNode metrics = report.putObject("metrics");
    boolean withInit = ReportLines.withInit(slot, pending);
    Duration init = withInit ? slot.initDuration : Duration.ZERO;
    metrics.put("durationMs", millis(duration));
    metrics.put("billedDurationMs", ReportLines.billed(duration.plus(init)));
    metrics.put("memorySizeMB", slot.spec.memoryMb());
    ReportLines.memoryUsed(slot).ifPresent(mb -> metrics.put("maxMemoryUsedMB", mb));
    if (withInit) {
      metrics.put("initDurationMs", millis(init));
    }
    Duration restored = slot.restoreDuration();
    if (pending.cold && restored != null) {
      metrics.put("restoreDurationMs", millis(restored));
      metrics.put("billedRestoreDurationMs", ReportLines.billed(restored));
    }
    String traceId = pending.invocation.traceId();
    if (traceId != null) {
      report.putObject("tracing").put("type", "X-Amzn-Trace-Id").put("value", traceId);
    }
    write(slot, now, success ? "INFO" : "WARN", "platform.report", report);
  }

  private static ObjectNode ended(
      PendingInvocation pending, String status, @Nullable String errorType) {
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    record.put("requestId", pending.invocation.requestId());
    record.put("status", status);
    if (status.equals("error") && errorType != null) {
      record.put("errorType", errorType);
    }
    return record;
  }

  private static void write(Slot slot, Instant now, String level, String type, ObjectNode record) {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(slot.spec.logging().systemLevel())) {
      return;
    }
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("time", TIME.format(now));
    event.put("type", type);
    event.set("record", record);
    slot.log(event.toString());
  }

  private static String phase(Slot slot) {
    return slot.reason == StartReason.RETRY ? "invoke" : "init";
  }

  private static BigDecimal millis(Duration duration) {
    return BigDecimal.valueOf(duration.toNanos(), 6).setScale(3, RoundingMode.HALF_UP);
  }
}
