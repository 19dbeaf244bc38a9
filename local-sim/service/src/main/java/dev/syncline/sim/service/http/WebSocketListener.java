// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.http;

/**
 * Receives what a WebSocket peer sends: one call at a time, in order, never on an I/O thread, and
 * inside {@link dev.syncline.sim.kernel.SimClock#run}.
 */
public interface WebSocketListener {
  /** A whole text message, already assembled. */
  void onText(String message);

  /** The connection is gone, by either side or by a failure. Called once, last. */
  void onClosed(int code, String reason);
}
