// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.dynamodb.ModelWrite.Condition;
import dev.syncline.sim.services.dynamodb.ModelWrite.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Random items and writes for {@link DynamoDbPropertyTest}. */
record RandomWrites(Random random, long start, ItemModel model, String filler) {
  private static final String[] TEXTS = {"a", "b", "ab", "a\u0000", "ä", "\uFFFD", "\uD83D\uDE00"};
  private static final String[] COUNTS = {"1", "1.0", "10e-1", "-2", "0", "0.50", "12", "1e2"};

  /**
   * For a seed.
   *
   * @param start times to live lie after it, in seconds
   * @param model where the items are looked up, so that many conditions hold
   * @param size of some texts, in characters
   */
  RandomWrites(Random random, long start, ItemModel model, int size) {
    this(random, start, model, "x".repeat(size));
  }

  ObjectNode key() {
    ObjectNode key = Json.object();
    key.set("p", text("p" + random.nextInt(3)));
    int place = random.nextInt(6) - 1;
    key.set("r", number(random.nextInt(4) == 0 ? place + ".0" : "" + place));
    return key;
  }

  String group() {
    return "g" + random.nextInt(3);
  }

  /** A value for an attribute; sometimes one that does not fit an index. */
  JsonNode value(String attribute) {
    return switch (attribute) {
      case "s" ->
          random.nextInt(15) == 0
              ? random.nextBoolean() ? text("") : number("1")
              : text(TEXTS[random.nextInt(TEXTS.length)]);
      case "g" -> text(group());
      case "h" -> random.nextInt(8) == 0 ? text("no") : number("" + random.nextInt(3));
      case "c" -> number(COUNTS[random.nextInt(COUNTS.length)]);
      case "t" ->
          random.nextInt(6) == 0
              ? random.nextBoolean() ? text("later") : number("" + (random.nextInt(2000) - 1000))
              : number("" + (start + random.nextInt(6000)));
      case "u" -> set();
      default -> any();
    };
  }

  private JsonNode any() {
    if (!filler.isEmpty() && random.nextBoolean()) {
      return text(filler);
    }
    return switch (random.nextInt(4)) {
      case 0 -> text("");
      case 1 -> Json.object().put("BOOL", random.nextBoolean());
      case 2 -> Json.object().put("NULL", true);
      default -> {
        ObjectNode map = Json.object();
        map.putObject("M").putObject("list").putArray("L").add(text(group()));
        yield map;
      }
    };
  }

  private ObjectNode set() {
    var members = new HashSet<>(Set.of("a"));
    members.add(group());
    var order = new ArrayList<>(members);
    Collections.shuffle(order, random);
    ObjectNode json = Json.object();
    ArrayNode list = json.putArray("SS");
    order.forEach(list::add);
    return json;
  }

  static ObjectNode text(String text) {
    return Json.object().put("S", text);
  }

  static ObjectNode number(String number) {
    return Json.object().put("N", number);
  }

  /** An item for a put, sometimes the one that is present. */
  private ObjectNode item(ObjectNode key) {
    ObjectNode present = model.get(key);
    if (present != null && random.nextInt(6) == 0) {
      return present.deepCopy();
    }
    ObjectNode item = key.deepCopy();
    for (String attribute : List.of("s", "g", "h", "c", "t", "u", "x")) {
      if (random.nextInt(4) > 0) {
        item.set(attribute, value(attribute));
      }
    }
    return item;
  }

  /** A condition, which mostly holds. */
  private Condition condition(ObjectNode key) {
    if (random.nextInt(3) > 0) {
      return Condition.NONE;
    }
    if (random.nextInt(4) > 0) {
      ObjectNode present = model.get(key);
      return present == null
          ? new Condition(Kind.ABSENT, "")
          : present.has("g")
              ? new Condition(Kind.EQUAL, present.at("/g/S").textValue())
              : new Condition(Kind.PRESENT, "");
    }
    return switch (random.nextInt(3)) {
      case 0 -> new Condition(Kind.PRESENT, "");
      case 1 -> new Condition(Kind.ABSENT, "");
      default -> new Condition(Kind.EQUAL, group());
    };
  }

  ModelWrite write() {
    ObjectNode key = key();
    return switch (random.nextInt(5)) {
      case 0 -> new ModelWrite(key, new ModelWrite.Delete(), condition(key));
      case 1, 2 -> new ModelWrite(key, new ModelWrite.Put(item(key), false), condition(key));
      default -> new ModelWrite(key, new ModelWrite.Change(actions(key), false), condition(key));
    };
  }

  private Map<String, ModelWrite.Action> actions(ObjectNode key) {
    ObjectNode present = model.get(key);
    var actions = new TreeMap<String, ModelWrite.Action>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      String attribute = List.of("s", "g", "h", "c", "t", "u", "x").get(random.nextInt(7));
      // Sometimes the value that is present, which changes nothing.
      actions.put(
          attribute,
          present != null && present.has(attribute) && random.nextInt(4) == 0
              ? new ModelWrite.SetTo(present.get(attribute))
              : action(attribute));
    }
    return actions;
  }

  private ModelWrite.Action action(String attribute) {
    int choice = random.nextInt(4);
    if (attribute.equals("u") && choice == 0) {
      return new ModelWrite.Take(set());
    }
    if ((attribute.equals("u") || attribute.equals("c")) && choice < 3) {
      return new ModelWrite.Add(value(attribute));
    }
    return choice == 3 ? new ModelWrite.Remove() : new ModelWrite.SetTo(value(attribute));
  }

  /** A write of BatchWriteItem. */
  ModelWrite batchWrite() {
    ObjectNode key = key();
    ModelWrite.Effect effect =
        random.nextInt(3) == 0 ? new ModelWrite.Delete() : new ModelWrite.Put(item(key), false);
    return new ModelWrite(key, effect, Condition.NONE);
  }

  /** A write of TransactWriteItems. */
  ModelWrite transactionWrite() {
    if (random.nextInt(5) > 0) {
      return write();
    }
    ObjectNode key = key();
    boolean present = (model.get(key) != null) == random.nextInt(8) > 0;
    Kind kind = present ? Kind.PRESENT : Kind.ABSENT;
    return new ModelWrite(key, new ModelWrite.Check(), new Condition(kind, ""));
  }

  /** A write of a statement. Mostly its item is there, or is not for an INSERT. */
  ModelWrite statement() {
    ObjectNode key = key();
    boolean present = (model.get(key) != null) == random.nextInt(8) > 0;
    if (!present) {
      return new ModelWrite(key, new ModelWrite.Put(item(key), true), Condition.NONE);
    }
    Condition condition = condition(key);
    if (random.nextInt(3) == 0) {
      return new ModelWrite(
          key,
          new ModelWrite.Delete(),
          condition.kind() == Kind.EQUAL
              ? new Condition(Kind.EQUAL_OR_ABSENT, condition.value())
              : Condition.NONE);
    }
    var actions = new TreeMap<String, ModelWrite.Action>();
    actions(key)
        .forEach(
            (attribute, action) ->
                actions.put(
                    attribute,
                    action instanceof ModelWrite.SetTo || action instanceof ModelWrite.Remove
                        ? action
                        : new ModelWrite.SetTo(value(attribute))));
    return new ModelWrite(
        key,
        new ModelWrite.Change(actions, true),
        condition.kind() == Kind.EQUAL ? condition : Condition.NONE);
  }

  /** Between 1 and 5 writes of different items. */
  static List<ModelWrite> several(Random random, Supplier<ModelWrite> one) {
    var writes = new LinkedHashMap<ObjectNode, ModelWrite>();
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      ModelWrite write = one.get();
      writes.putIfAbsent(ItemModel.plain(write.key()), write);
    }
    return List.copyOf(writes.values());
  }
}
