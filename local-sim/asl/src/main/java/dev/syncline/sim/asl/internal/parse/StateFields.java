// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.parse;

import dev.syncline.sim.asl.internal.model.QueryLanguage;
import dev.syncline.sim.asl.internal.model.StateType;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which fields a state may have, by type and query language. */
final class StateFields {
  private static final String ALL = "Type Comment QueryLanguage";
  private static final String MOVING = " Next End Assign";
  private static final String PATHS = " InputPath OutputPath";
  private static final String HANDLED = " Retry Catch";

  private static final Map<StateType, Set<String>> JSON_PATH = new EnumMap<>(StateType.class);
  private static final Map<StateType, Set<String>> JSONATA = new EnumMap<>(StateType.class);

  static {
    put(StateType.PASS, MOVING, PATHS + " Parameters Result ResultPath", " Output");
    put(
        StateType.TASK,
        MOVING + HANDLED + " Resource TimeoutSeconds HeartbeatSeconds Credentials",
        PATHS + " Parameters ResultSelector ResultPath TimeoutSecondsPath HeartbeatSecondsPath",
        " Arguments Output");
    put(StateType.CHOICE, " Choices Default Assign", PATHS, " Output");
    put(
        StateType.WAIT,
        MOVING + " Seconds Timestamp",
        PATHS + " SecondsPath TimestampPath",
        " Output");
    put(StateType.SUCCEED, "", PATHS, " Output");
    put(StateType.FAIL, " Error Cause", " ErrorPath CausePath", "");
    put(
        StateType.PARALLEL,
        MOVING + HANDLED + " Branches",
        PATHS + " Parameters ResultSelector ResultPath",
        " Arguments Output");
    put(
        StateType.MAP,
        MOVING
            + HANDLED
            + " ItemProcessor Iterator MaxConcurrency Label ItemReader ItemBatcher ResultWriter"
            + " ItemSelector ToleratedFailureCount ToleratedFailurePercentage",
        PATHS
            + " ItemsPath Parameters ResultSelector ResultPath MaxConcurrencyPath"
            + " ToleratedFailureCountPath ToleratedFailurePercentagePath",
        " Items Output");
  }

  private StateFields() {}

  private static void put(StateType type, String shared, String jsonPath, String jsonata) {
    JSON_PATH.put(type, Set.of((ALL + shared + jsonPath).split(" ")));
    JSONATA.put(type, Set.of((ALL + shared + jsonata).split(" ")));
  }

  static Set<String> of(StateType type, QueryLanguage language) {
    Map<StateType, Set<String>> table = language == QueryLanguage.JSONATA ? JSONATA : JSON_PATH;
    return table.getOrDefault(type, new HashSet<>());
  }

  /** The fields that a state may have in the other query language. */
  static Set<String> ofOther(StateType type, QueryLanguage language) {
    return of(
        type, language == QueryLanguage.JSONATA ? QueryLanguage.JSON_PATH : QueryLanguage.JSONATA);
  }
}
