// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.settings;

/** How closely a Signature Version 4 is looked at. */
public enum SignatureCheck {
  /** The key must be one that the simulator knows, and the signature must be right. */
  STRICT,
  /**
   * The signature must have its form, scope and headers; a key that is not known is taken at its
   * word. For clients whose credentials the simulator cannot know.
   */
  STRUCTURE
}
