// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

/** Something that is running; while one is open a skipping clock does not jump. Thread-safe. */
public interface ClockActivity extends AutoCloseable {
  /** Ends it. Calling it again does nothing. */
  @Override
  void close();
}
