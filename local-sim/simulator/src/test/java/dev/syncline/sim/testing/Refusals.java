// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.service.AwsException;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions about calls that a service refuses. */
public final class Refusals {
  private Refusals() {}

  /** The call is refused with this code and exactly this message. */
  public static void assertRefused(ThrowingCallable call, String code, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AwsException.class,
            refused ->
                Assertions.assertThat(refused.code() + ": " + refused.text())
                    .isEqualTo(code + ": " + message));
  }
}
