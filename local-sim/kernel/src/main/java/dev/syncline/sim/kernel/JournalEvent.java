// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import org.jspecify.annotations.Nullable;

/**
 * An entry of the journal. Each service declares its own events, in most cases as records that
 * implement {@link JournalRecord}; the journal and its readers depend on no service.
 */
public interface JournalEvent extends JournalDetails {
  /** The type of the event, as {@code service.event}, for example {@code states.StateEntered}. */
  String type();

  /** The id that ties the events of one request together, if the event has one. */
  default @Nullable String correlationId() {
    return null;
  }
}
