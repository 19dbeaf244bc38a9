// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import java.time.Duration;

/**
 * Something that goes wrong, as a value. Attached to places in a {@link FaultPlan}. Which faults a
 * place can carry out is the place's to say, in a {@link FaultPlace}; one it cannot is refused when
 * the plan is made.
 */
public sealed interface Fault {

  /** Carries on after {@code delay} of virtual time. */
  record Delay(Duration delay) implements Fault {}

  /** Does not happen at all, silently. */
  record Drop() implements Fault {}

  /** Happens {@code times} times in place of once. */
  record Duplicate(int times) implements Fault {
    /** Refuses fewer than two. */
    public Duplicate {
      if (times < 2) {
        throw new IllegalArgumentException("duplicate takes at least 2 times, got " + times);
      }
    }
  }

  /** Something else arrives in place of what was sent. */
  record Corrupt(String replacement) implements Fault {}

  /** The connection is cut. */
  record Disconnect() implements Fault {}

  /** The connection is closed in order, with that code of RFC 6455. */
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

  /** From here on the connection stays open and nothing comes over it, in either direction. */
  record Silence() implements Fault {}

  /** The service answers with an error, before doing anything. */
  record Refuse(int status, String errorType, String message) implements Fault {}

  /** The service says that it is asked too often, with the error it has for that. */
  record Throttle() implements Fault {}
}
