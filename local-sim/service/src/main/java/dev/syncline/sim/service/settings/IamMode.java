// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.settings;

/** What permissions do. */
public enum IamMode {
  /** Nothing is evaluated. */
  OFF,
  /** Every permission is evaluated and recorded; none is refused. */
  RECORD,
  /** A call without permission is refused as AWS refuses it. */
  ENFORCE
}
