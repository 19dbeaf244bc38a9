// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.settings;

/** How strictly a Signature Version 4 is checked. */
public enum SignatureCheck {
  /** The key must be known to the simulator, and the signature must be correct. */
  STRICT,
  /**
   * The signature must have the right form, scope and headers; a signature with an unknown key is
   * accepted. For clients whose credentials the simulator cannot know.
   */
  STRUCTURE
}
