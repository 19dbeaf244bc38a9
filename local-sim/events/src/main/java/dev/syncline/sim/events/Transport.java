// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import java.util.Locale;

/** The transport of a publish request; AppSync's texts of some refusals depend on it. */
public enum Transport {
  /** {@code POST /event}. */
  HTTP,
  /** A {@code publish} frame. */
  WEBSOCKET;

  /** As the journal shows it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
