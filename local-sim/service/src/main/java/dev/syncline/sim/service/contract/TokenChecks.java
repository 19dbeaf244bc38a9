// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Verifies JSON web tokens. {@code appsync} provides it; {@code apigatewayv2} uses it for JWT
 * authorizers and {@code apigateway} for authorizers of user pools. It is not an operation: it is
 * not in the journal, and planned faults do not apply to it. Implementations are thread-safe.
 */
@FunctionalInterface
public interface TokenChecks {
  /** The result of a check. */
  sealed interface Result {
    /** The token is valid. */
    record Valid(ObjectNode claims) implements Result {}

    /**
     * The token is refused, with the reason.
     *
     * @param expired whether it would be valid at an earlier time
     */
    record Invalid(String reason, boolean expired) implements Result {
      /** A token that was never valid. */
      public Invalid(String reason) {
        this(reason, false);
      }
    }
  }

  /**
   * Checks the signature against the issuer's published keys, the issuer, and the times {@code exp}
   * and {@code nbf}; not the audience. May read the keys of an issuer over the network, in real
   * time, for up to five seconds.
   *
   * @param token with or without the prefix {@code Bearer}
   */
  Result check(String token, String issuer);
}
