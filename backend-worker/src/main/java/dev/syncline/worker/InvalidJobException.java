// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import org.jspecify.annotations.Nullable;

/**
 * A job that cannot be answered, because its id or its reply address is missing or invalid. The
 * message names the field.
 */
public final class InvalidJobException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidJobException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
