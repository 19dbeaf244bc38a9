// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.http;

/**
 * Receives the messages of a WebSocket peer: one call at a time, in order, never on an I/O thread,
 * and inside {@link dev.syncline.sim.kernel.SimClock#run}.
 */
public interface WebSocketListener {
  /** A whole text message, already assembled. */
  void onText(String message);

  /** The connection has ended, by either side or by a failure. Called once, as the last call. */
  void onClosed(int code, String reason);
}
