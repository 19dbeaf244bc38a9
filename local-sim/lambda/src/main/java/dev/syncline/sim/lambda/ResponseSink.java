// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

/**
 * Receives a function's response while the function streams it. Called by one thread at a time, in
 * order; may block, and then the function waits. How it ended is the invocation's outcome: an error
 * after the first part is a failure whose parts have been delivered.
 */
public interface ResponseSink {
  /**
   * The response begins.
   *
   * @param contentType as the function gave it, {@code application/octet-stream} when it did not
   */
  void start(String contentType);

  /** The next part, at least one byte; the array is not used again. */
  void part(byte[] bytes);
}
