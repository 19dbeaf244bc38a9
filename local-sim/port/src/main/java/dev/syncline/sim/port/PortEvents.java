// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import dev.syncline.sim.kernel.JournalRecord;

/** The journal events of the port. */
public sealed interface PortEvents extends JournalRecord {
  @Override
  default String source() {
    return "port";
  }

  /** The guard refused a request; the query is not recorded, because a page may have chosen it. */
  record Refused(String method, String path, String host, String origin, String reason)
      implements PortEvents {}

  /** A WebSocket peer stopped reading, for the first time or again. */
  record MailboxFull(String path, String overflow) implements PortEvents {}

  /** The number of frames dropped for a WebSocket peer since its mailbox was full. */
  record FramesDropped(String path, long frames) implements PortEvents {}

  /** A handler failed unexpectedly: a defect of the simulator, not of the caller. */
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
