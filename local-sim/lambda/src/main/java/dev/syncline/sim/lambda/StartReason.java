// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import java.util.Locale;

/** Why an environment is started. */
enum StartReason {
  /** No environment had room for an invocation. */
  INVOCATION,
  /** Ahead of the first invocation. */
  PROACTIVE,
  /** Its predecessor's Init phase failed; this is part of the invocation that waits for it. */
  RETRY,
  /** For a version's snapshot. */
  SNAPSHOT;

  /** As the journal shows it. */
  String shown() {
    return name().toLowerCase(Locale.ROOT);
  }
}
