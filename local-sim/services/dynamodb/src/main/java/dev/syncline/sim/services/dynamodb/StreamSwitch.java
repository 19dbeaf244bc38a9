// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.services.dynamodb.data.ChangeListener;

/** Turns the streams of tables on and off. Thread-safe. */
interface StreamSwitch {
  /**
   * A stream that has begun.
   *
   * @param label the last part of its ARN
   * @param listener hears of the table's changes from now on
   */
  record Started(String label, ChangeListener listener) {}

  /** Begins a stream; the table has no enabled one. */
  Started enable(TableDescription table, String viewType);

  /** Ends the enabled stream; its records stay readable for 24 hours. */
  void disable(TableDescription table);

  /** The listener of a table that has been restored with an enabled stream. */
  ChangeListener restored(TableDescription table);
}
