// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.state;

import dev.syncline.sim.kernel.Exclusive;
import dev.syncline.sim.kernel.SimClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often a user may call an operation within an hour, as the developer guide's quotas for one
 * user have it. At most {@link #MAX_USERS} users are remembered. Thread-safe.
 */
public final class AuthLimits {
  /** How many pairs of user and operation are remembered; the oldest is forgotten first. */
  public static final int MAX_USERS = 20_000;

  private static final Duration WINDOW = Duration.ofHours(1);

  /** An operation with its number of calls an hour. */
  public enum Limited {
    /** Codes of ConfirmSignUp. */
    CONFIRM_SIGN_UP(15),
    /** Calls of ResendConfirmationCode. */
    RESEND(5),
    /** Calls of ForgotPassword; AWS allows 5 to 20 by its judgement of the risk. */
    FORGOT_PASSWORD(20),
    /** Wrong codes of ConfirmForgotPassword; AWS allows 5 to 20 by its judgement of the risk. */
    CONFIRM_FORGOT_PASSWORD(20),
    /** Calls of ChangePassword. */
    CHANGE_PASSWORD(5),
    /** Calls of GetUserAttributeVerificationCode. */
    ATTRIBUTE_CODE(5),
    /** Wrong codes of VerifyUserAttribute. */
    VERIFY_ATTRIBUTE(15);

    private final int calls;

    Limited(int calls) {
      this.calls = calls;
    }
  }

  private final SimClock clock;
  private final Exclusive lock = new Exclusive();
  private final Map<String, Deque<Instant>> calls = new LinkedHashMap<>();

  /** No calls so far. */
  public AuthLimits(SimClock clock) {
    this.clock = clock;
  }

  /**
   * Counts a call.
   *
   * @throws dev.syncline.sim.service.AwsException {@code LimitExceededException}
   */
  public void count(Limited operation, String poolId, String name) {
    Instant now = clock.now();
    lock.call(
        () -> {
          String key = operation + "\n" + poolId + "\n" + name;
          Deque<Instant> earlier = calls.remove(key);
          Deque<Instant> times = earlier == null ? new ArrayDeque<>() : earlier;
          while (!times.isEmpty() && !now.isBefore(times.peekFirst().plus(WINDOW))) {
            times.removeFirst();
          }
          while (calls.size() >= MAX_USERS) {
            calls.remove(calls.keySet().iterator().next());
          }
          calls.put(key, times);
          if (times.size() >= operation.calls) {
            throw AuthErrors.limitExceeded();
          }
          times.addLast(now);
          return null;
        });
  }
}
