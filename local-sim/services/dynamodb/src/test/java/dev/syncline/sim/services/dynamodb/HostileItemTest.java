// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.ItemFuzzer;
import dev.syncline.sim.services.dynamodb.values.ValueReader;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Malformed items get an answer or an AWS error from every operation that takes items. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileItemTest {
  private static final String TABLE = "{'TableName':'hostile'}";
  private static final String NESTING =
      "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels"
          + " beyond supported limit";

  @AutoClose private final DynamoDbCalls room = new DynamoDbCalls().withTable("hostile");

  @Test
  void everyInputOfTheFuzzerIsStoredOrRefused() throws Exception {
    List<byte[]> inputs = ItemFuzzer.inputs();
    var random = new SplittableRandom(21);
    int stored = 0;
    for (int i = 0; i < 6_000; i++) {
      JsonNode json;
      try {
        json =
            Json.MAPPER.readTree(
                i < inputs.size() ? inputs.get(i) : ItemFuzzer.change(inputs, random));
      } catch (IOException notJson) {
        continue;
      }
      stored += putAndGet(json) ? 1 : 0;
      refusedOrAnswered("BatchWriteItem", batch(json));
      refusedOrAnswered("TransactWriteItems", transaction(json));
      refusedOrAnswered("UpdateItem", update(json));
      refusedOrAnswered("GetItem", table().set("Key", json));
      refusedOrAnswered("Scan", table().set("ExclusiveStartKey", json));
    }
    assertThat(stored).isGreaterThan(50);
  }

  @Test
  void threeHundredLevelsAreRefusedByEveryWayIn() {
    ObjectNode deep = DynamoDbCalls.json("{'p':{'S':'a'}}");
    deep.set("a", nested(300));
    assertThat(refusal("PutItem", table().set("Item", deep)))
        .isEqualTo("1 validation error detected: " + NESTING);
    assertThat(refusal("BatchWriteItem", batch(deep))).isEqualTo(NESTING);
    assertThat(refusal("TransactWriteItems", transaction(deep))).contains(NESTING);
    ObjectNode update = update(DynamoDbCalls.json("{}"));
    update.putObject("ExpressionAttributeValues").set(":v", nested(300));
    assertThat(refusal("UpdateItem", update)).isEqualTo("1 validation error detected: " + NESTING);
  }

  @Test
  void setsOfAHundredThousandMembersAreStoredOrTooLarge() {
    ObjectNode item = DynamoDbCalls.json("{'p':{'S':'a'}}");
    ArrayNode strings = item.putObject("s").putArray("SS");
    IntStream.range(0, 100_000).forEach(i -> strings.add("member" + i));
    assertThat(refusal("PutItem", table().set("Item", item)))
        .isEqualTo("Item size has exceeded the maximum allowed size");
    strings.add("member7");
    assertThat(refusal("PutItem", table().set("Item", item))).contains("contains duplicates.");

    item.remove("s");
    ArrayNode numbers = item.putObject("n").putArray("NS");
    IntStream.range(0, 100_000).forEach(i -> numbers.add(Integer.toString(i)));
    room.call("PutItem", (ObjectNode) table().set("Item", item));
    assertThat(room.call("GetItem", get("a")).at("/Item/n/NS")).hasSize(100_000);
    room.call(
        "UpdateItem",
        "{'TableName':'hostile','Key':{'p':{'S':'a'}},'UpdateExpression':'DELETE n :v',"
            + "'ExpressionAttributeValues':{':v':{'NS':['5','500000']}}}");
    assertThat(room.call("GetItem", get("a")).at("/Item/n/NS")).hasSize(99_999);
  }

  /** True when the item was stored; then it comes back equal. */
  private boolean putAndGet(JsonNode json) {
    JsonNode keyed = json.deepCopy();
    if (keyed instanceof ObjectNode object) {
      object.putObject("p").put("S", "key");
    }
    if (!refusedOrAnswered("PutItem", table().set("Item", keyed))) {
      return false;
    }
    Item expected = ValueReader.readItem(keyed);
    Item actual = ValueReader.readItem(room.call("GetItem", get("key")).path("Item"));
    assertThat(actual.equals(expected)).as(keyed.toString()).isTrue();
    return true;
  }

  /** True for an answer; an error is the caller's fault and says why. */
  private boolean refusedOrAnswered(String operation, JsonNode input) {
    try {
      room.call(operation, (ObjectNode) input);
      return true;
    } catch (AwsException refused) {
      assertThat(refused.status()).as(operation + " " + input).isEqualTo(400);
      assertThat(refused.text()).as(operation + " " + input).isNotEmpty();
      return false;
    }
  }

  private String refusal(String operation, JsonNode input) {
    try {
      return room.call(operation, (ObjectNode) input).toString();
    } catch (AwsException refused) {
      return refused.members().containsKey("CancellationReasons")
          ? refused.members().toString()
          : refused.text();
    }
  }

  private static ObjectNode table() {
    return DynamoDbCalls.json(TABLE);
  }

  private static ObjectNode get(String key) {
    ObjectNode get = table();
    get.putObject("Key").putObject("p").put("S", key);
    return get;
  }

  private static ObjectNode batch(JsonNode item) {
    ObjectNode batch = DynamoDbCalls.json("{'RequestItems':{'hostile':[{'PutRequest':{}}]}}");
    ((ObjectNode) batch.at("/RequestItems/hostile/0/PutRequest")).set("Item", item);
    return batch;
  }

  private static ObjectNode transaction(JsonNode item) {
    ObjectNode transaction =
        DynamoDbCalls.json("{'TransactItems':[{'Put':{'TableName':'hostile'}}]}");
    ((ObjectNode) transaction.at("/TransactItems/0/Put")).set("Item", item);
    return transaction;
  }

  /** Sets {@code a} to a map with what is given, so that its values are those of an expression. */
  private static ObjectNode update(JsonNode values) {
    ObjectNode update = get("key");
    update.put("UpdateExpression", "SET a = :v");
    update.putObject("ExpressionAttributeValues").putObject(":v").set("M", values);
    return update;
  }

  private static ObjectNode nested(int levels) {
    ObjectNode value = DynamoDbCalls.json("{'S':'a'}");
    for (int i = 1; i < levels; i++) {
      ObjectNode outer = DynamoDbCalls.json("{}");
      outer.putObject("M").set("a", value);
      value = outer;
    }
    return value;
  }
}
