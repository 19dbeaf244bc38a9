// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import java.time.Duration;

/**
 * A fault, as a value. A {@link FaultPlan} attaches it to a place. A {@link FaultPlace} lists the
 * faults that it supports; a plan with another fault is refused when it is made.
 */
public sealed interface Fault {

  /** Continues after {@code delay} of virtual time. */
  record Delay(Duration delay) implements Fault {}

  /** The operation or message is dropped, without an error. */
  record Drop() implements Fault {}

  /** The operation is done {@code times} times instead of once. */
  record Duplicate(int times) implements Fault {
    /** Refuses fewer than two. */
    public Duplicate {
      if (times < 2) {
        throw new IllegalArgumentException("duplicate takes at least 2 times, got " + times);
      }
    }
  }

  /** The receiver gets {@code replacement} instead of the data that was sent. */
  record Corrupt(String replacement) implements Fault {}

  /** The connection is cut without a close frame. */
  record Disconnect() implements Fault {}

  /** The connection is closed with a close frame; {@code code} is a code of RFC 6455. */
  record Close(int code, String reason) implements Fault {
    /** Refuses codes that a server may not send. */
    public Close {
      boolean sendable =
          (code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006)
              || (code >= 3000 && code <= 4999);
      if (!sendable) {
        throw new IllegalArgumentException(
            "a close code must be 1000 to 1014 but not 1004 to 1006, or 3000 to 4999, got " + code);
      }
    }
  }

  /** The connection stays open but carries no more data in either direction. */
  record Silence() implements Fault {}

  /** The service answers with an error and does nothing else. */
  record Refuse(int status, String errorType, String message) implements Fault {}

  /** The service answers with its throttling error. */
  record Throttle() implements Fault {}
}
