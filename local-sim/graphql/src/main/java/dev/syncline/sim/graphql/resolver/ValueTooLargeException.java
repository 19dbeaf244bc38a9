// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.resolver;

/** A value of a template that is too deep or too large for JSON. */
public final class ValueTooLargeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  ValueTooLargeException(String message) {
    super(message);
  }
}
