// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import dev.syncline.sim.kernel.JournalRecord;

/** What the port writes into the journal. */
public sealed interface PortEvents extends JournalRecord {
  @Override
  default String source() {
    return "port";
  }

  /** The guard refused a request; what a page may have put into the query is not kept. */
  record Refused(String method, String path, String host, String origin, String reason)
      implements PortEvents {}

  /** A WebSocket peer does not read what is sent to it, for the first time or once more. */
  record MailboxFull(String path, String overflow) implements PortEvents {}

  /** So many frames were dropped for a WebSocket peer since its mailbox was full. */
  record FramesDropped(String path, long frames) implements PortEvents {}

  /** A handler failed unexpectedly: a defect of the simulator, never the caller's fault. */
  record HandlerFailed(String where, String failure, String requestId) implements PortEvents {
    static HandlerFailed of(String where, Throwable failure, String requestId) {
      var text = new StringBuilder(failure.toString());
      StackTraceElement[] frames = failure.getStackTrace();
      for (int i = 0; i < Math.min(frames.length, 12); i++) {
        text.append("\n  at ").append(frames[i]);
      }
      return new HandlerFailed(where, text.toString(), requestId);
    }
  }
}
