// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.subscription;

/** A filter of a resolver breaks a rule. The message is for the client. */
public final class InvalidFilterException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidFilterException(String message) {
    super(message);
  }

  /** The error that the client gets. */
  public RealtimeError error() {
    return RealtimeError.coded(null, String.valueOf(getMessage()));
  }
}
