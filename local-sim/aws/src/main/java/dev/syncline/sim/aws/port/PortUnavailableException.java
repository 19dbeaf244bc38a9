// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.port;

/** The port cannot be listened on; the message is one line that says which and what to do. */
public final class PortUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PortUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
