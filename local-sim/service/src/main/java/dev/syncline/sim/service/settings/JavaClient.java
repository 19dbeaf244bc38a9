// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.settings;

/**
 * How AWS's runtime interface client for Java runs in child processes. Immutable.
 *
 * @param inJava whether Java code takes the place of its native library also where it has one for
 *     the machine
 */
public record JavaClient(boolean inJava) {
  /** The native library where there is one. */
  public static final JavaClient DEFAULT = new JavaClient(false);
}
