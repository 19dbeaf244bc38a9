// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A write of {@link DynamoDbPropertyTest}, however it is sent.
 *
 * @param key the key, as sent
 */
record ModelWrite(ObjectNode key, Effect effect, Condition condition) {
  /** What is done. */
  sealed interface Effect {}

  /**
   * Puts an item.
   *
   * @param item as sent
   * @param insert refused when an item is present: PartiQL's INSERT
   */
  record Put(ObjectNode item, boolean insert) implements Effect {}

  record Delete() implements Effect {}

  /** Checks the condition only. */
  record Check() implements Effect {}

  /**
   * Changes attributes.
   *
   * @param present refused when the item is missing: PartiQL's UPDATE
   */
  record Change(Map<String, Action> actions, boolean present) implements Effect {}

  /** What is done to an attribute. */
  sealed interface Action {}

  record SetTo(JsonNode value) implements Action {}

  record Remove() implements Action {}

  /** Adds to a number or a set. */
  record Add(JsonNode value) implements Action {}

  /** Removes members of a set. */
  record Take(JsonNode value) implements Action {}

  /** When it is done. */
  enum Kind {
    ALWAYS,
    PRESENT,
    ABSENT,
    /** The attribute {@code g} has the value. */
    EQUAL,
    /** As {@link #EQUAL}, or the item is missing: PartiQL's DELETE. */
    EQUAL_OR_ABSENT
  }

  record Condition(Kind kind, String value) {
    static final Condition NONE = new Condition(Kind.ALWAYS, "");

    boolean holds(@Nullable ObjectNode before) {
      return switch (kind) {
        case ALWAYS -> true;
        case PRESENT -> before != null;
        case ABSENT -> before == null;
        case EQUAL -> isEqual(before);
        case EQUAL_OR_ABSENT -> before == null || isEqual(before);
      };
    }

    private boolean isEqual(@Nullable ObjectNode before) {
      return before != null && before.at("/g/S").asText("-").equals(value);
    }
  }
}
