// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import dev.syncline.sim.asl.HistoryEventType;
import dev.syncline.sim.asl.internal.model.StateType;

/** Event types of a state type. */
final class StateTypes {
  private StateTypes() {}

  static HistoryEventType entered(StateType type) {
    return HistoryEventType.valueOf(type.name() + "_STATE_ENTERED");
  }

  static HistoryEventType exited(StateType type) {
    return HistoryEventType.valueOf(type.name() + "_STATE_EXITED");
  }

  static HistoryEventType aborted(StateType type) {
    return HistoryEventType.valueOf(type.name() + "_STATE_ABORTED");
  }

  static HistoryEventType failed(StateType type) {
    return HistoryEventType.valueOf(type.name() + "_STATE_FAILED");
  }
}
