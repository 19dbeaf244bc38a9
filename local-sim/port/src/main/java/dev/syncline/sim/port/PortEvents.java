// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import dev.syncline.sim.kernel.JournalEvent;
import java.util.Map;

/** The journal events of the port. */
public final class PortEvents {
  private PortEvents() {}

  /** The guard refused a request; the query is not recorded, because a page may have chosen it. */
  record Refused(String method, String path, String host, String origin, String reason)
      implements JournalEvent {
    @Override
    public String type() {
      return "port.Refused";
    }

    @Override
    public Map<String, String> details() {
      return Map.of(
          "method", method, "path", path, "host", host, "origin", origin, "reason", reason);
    }
  }

  /** A WebSocket peer stopped reading, for the first time or again. */
  record MailboxFull(String path, Overflow overflow) implements JournalEvent {
    @Override
    public String type() {
      return "port.MailboxFull";
    }

    @Override
    public Map<String, String> details() {
      return Map.of("path", path, "overflow", overflow.label());
    }
  }

  /** The number of frames dropped for a WebSocket peer since its mailbox was full. */
  record FramesDropped(String path, long frames) implements JournalEvent {
    @Override
    public String type() {
      return "port.FramesDropped";
    }

    @Override
    public Map<String, String> details() {
      return Map.of("path", path, "frames", Long.toString(frames));
    }
  }

  /** A handler failed unexpectedly: a defect of the simulator, not of the caller. */
  record HandlerFailed(String where, String failure, String requestId) implements JournalEvent {
    @Override
    public String type() {
      return "port.HandlerFailed";
    }

    @Override
    public Map<String, String> details() {
      return Map.of("where", where, "failure", failure, "requestId", requestId);
    }

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
