// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import org.jspecify.annotations.Nullable;

/**
 * A job that cannot even be answered: it does not say which one it is or where the answer goes. The
 * message names the field.
 */
public final class InvalidJobException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidJobException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
