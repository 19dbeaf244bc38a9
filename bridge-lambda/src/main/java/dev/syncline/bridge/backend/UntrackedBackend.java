// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import dev.syncline.bridge.correlate.CorrelationId;

/** A backend that cannot report the state of work later. */
interface UntrackedBackend extends Backend {
  @Override
  default FindResult find(CorrelationId id) {
    return new FindResult.Untracked();
  }
}
