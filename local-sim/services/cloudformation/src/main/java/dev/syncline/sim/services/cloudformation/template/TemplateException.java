// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation.template;

/** An invalid template or parameter; the message names the faulty part. */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message for the template's author. */
  public TemplateException(String message) {
    super(message, null, false, false);
  }
}
