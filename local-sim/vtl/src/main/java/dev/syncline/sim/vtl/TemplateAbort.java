// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.vtl;

/**
 * Ends a rendering on purpose, thrown by a {@link TemplateObject}. The engine passes it on to its
 * caller as it is. It has no stack trace.
 */
public abstract class TemplateAbort extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An abort with a text for logs. */
  protected TemplateAbort(String message) {
    super(message, null, false, false);
  }
}
