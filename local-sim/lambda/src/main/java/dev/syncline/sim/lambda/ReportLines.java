// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The lines that Lambda itself writes into a function's log. */
final class ReportLines {
  private ReportLines() {}

  static String initStart(FunctionSpec spec) {
    return "INIT_START Runtime Version: " + spec.runtime();
  }

  static String initError(Slot slot, String errorType) {
    return "INIT_REPORT Init Duration: "
        + millis(slot.initDuration)
        + " ms\tPhase: init\tStatus: error\tError Type: "
        + errorType;
  }

  static String start(Ticket ticket) {
    return "START RequestId: "
        + ticket.invocation.requestId()
        + " Version: "
        + ticket.spec.version();
  }

  static String end(Ticket ticket) {
    return "END RequestId: " + ticket.invocation.requestId();
  }

  static String report(
      Slot slot, Ticket ticket, Duration duration, String status, @Nullable String errorType) {
    var line = new StringBuilder("REPORT RequestId: ").append(ticket.invocation.requestId());
    line.append("\tDuration: ").append(millis(duration)).append(" ms");
    line.append("\tBilled Duration: ").append((duration.toNanos() + 999_999) / 1_000_000);
    line.append(" ms\tMemory Size: ").append(slot.spec.memoryMb()).append(" MB");
    ExecutionEnvironment environment = slot.environment;
    if (environment != null) {
      environment
          .peakMemoryMb()
          .ifPresent(mb -> line.append("\tMax Memory Used: ").append(mb).append(" MB"));
    }
    if (ticket.cold) {
      line.append("\tInit Duration: ").append(millis(slot.initDuration)).append(" ms");
    }
    if (status.equals("timeout")) {
      line.append("\tStatus: timeout");
    } else if (status.equals("error") && errorType != null) {
      line.append("\tStatus: error\tError Type: ").append(errorType);
    }
    String traceId = ticket.invocation.traceId();
    if (traceId != null) {
      line.append("\tXRAY TraceId: ").append(traceId);
    }
    return line.toString();
  }

  private static String millis(Duration duration) {
    return String.format(Locale.ROOT, "%.2f", duration.toNanos() / 1e6);
  }
}
