// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The lines that Lambda itself writes into a function's log. */
final class ReportLines {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private ReportLines() {}

  static String initStart(FunctionSpec spec) {
    return "INIT_START Runtime Version: " + spec.runtime();
  }

  /** Written only after a failed or slow Init phase; {@code status} is the end of the line. */
  static String init(Slot slot, String status) {
    return "INIT_REPORT Init Duration: "
        + millis(slot.initDuration)
        + " ms\tPhase: "
        + (slot.reason == StartReason.RETRY ? "invoke" : "init")
        + status;
  }

  static String start(PendingInvocation pending) {
    return "START RequestId: "
        + pending.invocation.requestId()
        + " Version: "
        + pending.spec.version();
  }

  static String timedOut(Instant now, PendingInvocation pending) {
    return TIME.format(now)
        + " "
        + pending.invocation.requestId()
        + " Task timed out after "
        + String.format(Locale.ROOT, "%.2f", pending.spec.timeout().toMillis() / 1000.0)
        + " seconds";
  }

  static String end(PendingInvocation pending) {
    return "END RequestId: " + pending.invocation.requestId();
  }

  /** Init is billed too, since August 2025. */
  static String report(
      Slot slot,
      PendingInvocation pending,
      Duration duration,
      String status,
      @Nullable String errorType) {
    Duration restored = slot.restoreDuration();
    boolean withInit = withInit(slot, pending);
    Duration init = withInit ? slot.initDuration : Duration.ZERO;
    var line = new StringBuilder("REPORT RequestId: ").append(pending.invocation.requestId());
    line.append("\tDuration: ").append(millis(duration)).append(" ms");
    line.append("\tBilled Duration: ").append(billed(duration.plus(init)));
    line.append(" ms\tMemory Size: ").append(slot.spec.memoryMb()).append(" MB");
    memoryUsed(slot).ifPresent(mb -> line.append("\tMax Memory Used: ").append(mb).append(" MB"));
    if (withInit) {
      line.append("\tInit Duration: ").append(millis(init)).append(" ms");
    }
    if (pending.cold && restored != null) {
      line.append("\tRestore Duration: ").append(millis(restored)).append(" ms");
      line.append("\tBilled Restore Duration: ").append(billed(restored)).append(" ms");
    }
    if (status.equals("timeout")) {
      line.append("\tStatus: timeout");
    } else if (status.equals("error") && errorType != null) {
      line.append("\tStatus: error\tError Type: ").append(errorType);
    }
    String traceId = pending.invocation.traceId();
    if (traceId != null) {
      line.append("\tXRAY TraceId: ").append(traceId);
    }
    return line.toString();
  }

  /** Whether the environment's start is part of the invocation's report. */
  static boolean withInit(Slot slot, PendingInvocation pending) {
    return pending.cold && slot.restoreDuration() == null && slot.reason != StartReason.RETRY;
  }

  /** The environment's peak memory in MB, if known; at most what the function has. */
  static OptionalInt memoryUsed(Slot slot) {
    ExecutionEnvironment environment = slot.environment;
    OptionalInt peak = environment == null ? OptionalInt.empty() : environment.peakMemoryMb();
    return peak.isPresent()
        ? OptionalInt.of(Math.min(peak.getAsInt(), slot.spec.memoryMb()))
        : peak;
  }

  static long billed(Duration duration) {
    return (duration.toNanos() + 999_999) / 1_000_000;
  }

  private static String millis(Duration duration) {
    return BigDecimal.valueOf(duration.toNanos(), 6).setScale(2, RoundingMode.HALF_UP).toString();
  }
}
