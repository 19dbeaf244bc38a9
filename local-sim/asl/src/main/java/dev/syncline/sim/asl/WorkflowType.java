// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl;

/** The two workflow types. */
public enum WorkflowType {
  /** Up to a year, exactly once, with history. */
  STANDARD,
  /** Up to five minutes; no {@code .sync}, no task tokens, no activities. */
  EXPRESS
}
