// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import java.util.Map;

/** A value that the journal shows as several details, in place of one. Immutable. */
public interface JournalDetails {
  /** The details to show, in order. Never secrets. */
  Map<String, String> details();
}
