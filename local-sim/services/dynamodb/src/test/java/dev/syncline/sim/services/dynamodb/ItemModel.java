// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.dynamodb.ModelWrite.Action;
import dev.syncline.sim.services.dynamodb.ModelWrite.Effect;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The table of {@link DynamoDbPropertyTest} as a map, with the changes that a stream shows. */
final class ItemModel {
  private static final Duration MAX_AGE = Duration.ofDays(5 * 365);

  /** A change. Items are {@link #plain}. */
  record Changed(
      ObjectNode key, @Nullable ObjectNode before, @Nullable ObjectNode after, boolean expired) {}

  /**
   * What a write does: an error, or the items before and afterwards.
   *
   * @param error {@code ""} for none
   */
  record Outcome(String error, @Nullable ObjectNode before, @Nullable ObjectNode after) {
    boolean refused() {
      return !error.isEmpty();
    }
  }

  static final String INVALID = "ValidationException";
  static final String CONDITION = "ConditionalCheckFailedException";
  static final String DUPLICATE = "DuplicateItemException";

  private final Map<ObjectNode, ObjectNode> items = new HashMap<>();

  /** The table first, then its indexes. */
  final List<ModelIndex> indexes = new ArrayList<>();

  /** Whether items expire by {@code t}. */
  boolean expires;

  ItemModel() {
    indexes.add(ModelIndex.TABLE);
    indexes.addAll(ModelIndex.FIRST);
  }

  Collection<ObjectNode> items() {
    return items.values();
  }

  @Nullable ObjectNode get(ObjectNode key) {
    return items.get(plain(key));
  }

  /** The item with its numbers and sets in one form. */
  static ObjectNode plain(JsonNode item) {
    ObjectNode plain = Json.object();
    item.properties().forEach(entry -> plain.set(entry.getKey(), value(entry.getValue())));
    return plain;
  }

  private static JsonNode value(JsonNode value) {
    if (value.has("N")) {
      BigDecimal number = new BigDecimal(value.get("N").textValue());
      return Json.object()
          .put("N", number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString());
    }
    if (value.has("SS")) {
      return set(members(value));
    }
    return value.deepCopy();
  }

  private static TreeSet<String> members(JsonNode set) {
    var members = new TreeSet<String>();
    set.path("SS").forEach(member -> members.add(member.textValue()));
    return members;
  }

  private static ObjectNode set(TreeSet<String> members) {
    ObjectNode json = Json.object();
    ArrayNode list = json.putArray("SS");
    members.forEach(list::add);
    return json;
  }

  static ObjectNode keyOf(ObjectNode item) {
    return plain(item).retain("p", "r");
  }

  Outcome outcome(ModelWrite write) {
    ObjectNode before = get(write.key());
    if (isOfWrongType(write.effect())) {
      return new Outcome(INVALID, before, before);
    }
    boolean duplicate = write.effect() instanceof ModelWrite.Put put && put.insert();
    if (duplicate && before != null) {
      return new Outcome(DUPLICATE, before, before);
    }
    boolean present = write.effect() instanceof ModelWrite.Change change && change.present();
    if ((present && before == null) || !write.condition().holds(before)) {
      return new Outcome(CONDITION, before, before);
    }
    ObjectNode after = after(write, before);
    if (write.effect() instanceof ModelWrite.Change && after != null && isEmptyKey(after)) {
      return new Outcome(INVALID, before, before);
    }
    return new Outcome("", before, after);
  }

  private boolean isOfWrongType(Effect effect) {
    return switch (effect) {
      case ModelWrite.Put put ->
          isEmptyKey(put.item())
              || put.item().properties().stream()
                  .anyMatch(entry -> isWrong(entry.getKey(), entry.getValue()));
      case ModelWrite.Change change ->
          change.actions().entrySet().stream()
              .anyMatch(
                  entry ->
                      entry.getValue() instanceof ModelWrite.SetTo to
                          && isWrong(entry.getKey(), to.value()));
      case ModelWrite.Delete delete -> false;
      case ModelWrite.Check check -> false;
    };
  }

  private boolean isWrong(String attribute, JsonNode value) {
    return indexes.stream().anyMatch(index -> index.keys().contains(attribute))
        && !value.has(ModelIndex.TYPES.get(attribute));
  }

  /** Whether the key {@code s} of indexes is empty. */
  private static boolean isEmptyKey(ObjectNode item) {
    return item.at("/s/S").asText("-").isEmpty();
  }

  private static @Nullable ObjectNode after(ModelWrite write, @Nullable ObjectNode before) {
    return switch (write.effect()) {
      case ModelWrite.Put put -> plain(put.item());
      case ModelWrite.Delete delete -> null;
      case ModelWrite.Check check -> before;
      case ModelWrite.Change change -> {
        boolean creates =
            change.actions().values().stream()
                .anyMatch(
                    action ->
                        action instanceof ModelWrite.SetTo || action instanceof ModelWrite.Add);
        if (before == null && !creates) {
          yield null;
        }
        ObjectNode after = before == null ? plain(write.key()) : before.deepCopy();
        change.actions().forEach((attribute, action) -> change(after, attribute, action));
        yield after;
      }
    };
  }

  private static void change(ObjectNode item, String attribute, Action action) {
    JsonNode old = item.path(attribute);
    switch (action) {
      case ModelWrite.SetTo to -> item.set(attribute, value(to.value()));
      case ModelWrite.Remove remove -> item.remove(attribute);
      case ModelWrite.Add add -> {
        if (add.value().has("N")) {
          BigDecimal sum =
              new BigDecimal(old.path("N").asText("0"))
                  .add(new BigDecimal(add.value().path("N").textValue()));
          item.set(attribute, value(Json.object().put("N", sum.toPlainString())));
        } else {
          TreeSet<String> members = members(old);
          members.addAll(members(add.value()));
          item.set(attribute, set(members));
        }
      }
      case ModelWrite.Take take -> {
        TreeSet<String> members = members(old);
        members.removeAll(members(take.value()));
        if (members.isEmpty()) {
          item.remove(attribute);
        } else {
          item.set(attribute, set(members));
        }
      }
    }
  }

  /** Makes the write; adds to the changes if it changes anything. */
  void commit(ModelWrite write, Outcome outcome, List<Changed> changes) {
    ObjectNode key = plain(write.key());
    ObjectNode before = outcome.before();
    ObjectNode after = outcome.after();
    if (after == null) {
      items.remove(key);
    } else {
      items.put(key, after);
    }
    boolean same = before == null ? after == null : before.equals(after);
    if (!same) {
      changes.add(new Changed(key, before, after, false));
    }
  }

  /** Removes what has expired. */
  List<Changed> expire(Instant now) {
    var changes = new ArrayList<Changed>();
    if (!expires) {
      return changes;
    }
    for (ObjectNode item : List.copyOf(items.values())) {
      JsonNode time = item.at("/t/N");
      if (time.isTextual() && isPast(new BigDecimal(time.textValue()), now)) {
        changes.add(new Changed(keyOf(item), item, null, true));
        items.remove(keyOf(item));
      }
    }
    return changes;
  }

  private static boolean isPast(BigDecimal seconds, Instant now) {
    BigDecimal millis = seconds.movePointRight(3);
    return seconds.signum() > 0
        && millis.compareTo(BigDecimal.valueOf(now.toEpochMilli())) < 0
        && millis.compareTo(BigDecimal.valueOf(now.minus(MAX_AGE).toEpochMilli())) >= 0;
  }

  /** The entries of an index, or the items. */
  List<ObjectNode> entries(ModelIndex index) {
    return items.values().stream().filter(index::holds).map(index::project).toList();
  }
}
