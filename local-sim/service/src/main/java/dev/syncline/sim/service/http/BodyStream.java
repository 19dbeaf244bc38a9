// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.http;

import java.io.IOException;

/** A body that is made while it is sent. */
@FunctionalInterface
public interface BodyStream {
  /** Takes the parts of a body. */
  @FunctionalInterface
  interface Parts {
    /**
     * Sends a part; blocks until it has been written.
     *
     * @throws IOException when the client has gone or takes nothing
     */
    void write(byte[] part) throws IOException;
  }

  /**
   * Writes the whole body, in order. Called once, on the thread that has answered, inside {@link
   * dev.syncline.sim.kernel.SimClock#call}, also when the body is not wanted.
   *
   * @throws Exception when it cannot be completed; the connection is then closed, so that the
   *     client sees that the body is cut off
   */
  void writeTo(Parts out) throws Exception;

  /** Ends a body that is not sent, so that its maker does not wait for a reader. */
  default void abandon() {
    try {
      writeTo(
          part -> {
            throw new IOException("the body is not sent");
          });
    } catch (Exception expected) {
      // This is how its maker stops.
    }
  }
}
