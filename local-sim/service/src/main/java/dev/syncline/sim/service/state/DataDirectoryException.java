// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.state;

/** A data directory cannot be used. The message names it, the reason, and what to do. */
public final class DataDirectoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DataDirectoryException(String message) {
    super(message);
  }

  public DataDirectoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
