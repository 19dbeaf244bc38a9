// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

/** JSON's null, as opposed to undefined. */
public enum JsonNull {
  /** The one value. */
  NULL;

  @Override
  public String toString() {
    return "null";
  }
}
