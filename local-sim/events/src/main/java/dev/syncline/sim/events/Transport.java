// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import java.util.Locale;

/** How a publish arrives; AppSync words some refusals differently. */
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
