// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened. Each service declares its own events as records that implement this; the
 * journal and its readers know no service.
 */
public interface JournalEvent {
  /** What happened, as {@code service.event}, for example {@code states.StateEntered}. */
  String type();

  /** The id that ties the events of one request together, where the source knows one. */
  default @Nullable String correlationId() {
    return null;
  }

  /** What a reader may show, in order. Never secrets. */
  Map<String, String> details();
}
