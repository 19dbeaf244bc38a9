// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation.template;

/** A template or a parameter that is not right; the message names the part at fault. */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message for the template's author. */
  public TemplateException(String message) {
    super(message, null, false, false);
  }
}
