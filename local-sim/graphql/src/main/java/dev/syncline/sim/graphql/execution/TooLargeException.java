// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

/** A document or a response that exceeds a bound. */
final class TooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooLargeException(String message) {
    super(message);
  }
}
