// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

/** A document that is no policy. Its message names the element. */
public final class MalformedPolicyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A fault of a document. */
  public MalformedPolicyException(String message) {
    super(message);
  }
}
