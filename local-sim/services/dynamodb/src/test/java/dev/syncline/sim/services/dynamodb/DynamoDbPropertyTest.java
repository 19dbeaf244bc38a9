// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.contract.TableStreams;
import dev.syncline.sim.service.contract.TableStreams.StreamRecord;
import dev.syncline.sim.service.settings.DynamoDbSettings;
import dev.syncline.sim.service.settings.Wording;
import dev.syncline.sim.services.dynamodb.ItemModel.Changed;
import dev.syncline.sim.services.dynamodb.ItemModel.Outcome;
import dev.syncline.sim.services.dynamodb.WriteRequests.Request;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random writes by every path of the API against {@link ItemModel}: after each, the stream has one
 * record for each change and no other, and reads of the table and its indexes agree, also after a
 * restart.
 */
class DynamoDbPropertyTest {
  private static final int STEPS = 400;
  private static final int STEPS_BETWEEN_CHECKS = 20;
  private static final int LARGE_STEPS = 80;

  /** The size of some texts of large items, in characters. */
  private static final int LARGE = 200_000;

  private static final int PAGE = 50;

  /** How long expired items stay. */
  private Duration expiryDelay = Duration.ZERO;

  @AutoClose private DynamoDbCalls room = newRoom();
  private final ItemModel model = new ItemModel();
  private final IdentityBlobs blobs = new IdentityBlobs();
  private final List<Changed> history = new ArrayList<>();
  private Random random = new Random();
  private RandomWrites writes = new RandomWrites(random, 0, model, 0);
  private @Nullable BigInteger lastRecord;
  private int transactions;

  private DynamoDbCalls newRoom() {
    return new DynamoDbCalls(
        new DynamoDbSettings(Wording.NEW, Duration.ZERO, expiryDelay, Duration.ZERO));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void tableIndexesAndStreamAgreeWithTheModel(long seed) {
    run(seed, STEPS, 0);
  }

  /** Pages end at a megabyte, and the table is saved in several parts. */
  @ParameterizedTest
  @ValueSource(longs = {13, 14})
  void largeItemsAgreeToo(long seed) {
    run(seed, LARGE_STEPS, LARGE);
  }

  private void run(long seed, int steps, int size) {
    random = new Random(seed);
    expiryDelay = Duration.ofSeconds(random.nextBoolean() ? 0 : random.nextInt(600));
    room.close();
    room = newRoom();
    writes = new RandomWrites(random, DynamoDbCalls.START.getEpochSecond(), model, size);
    createTable();
    for (int step = 1; step <= steps; step++) {
      step();
      passTime();
      if (step % STEPS_BETWEEN_CHECKS == 0) {
        new ReadChecks(random, room, model).all();
      }
    }
    checkReplay();
    restart();
    new ReadChecks(random, room, model).all();
    checkReplay();
  }

  private void createTable() {
    ObjectNode input =
        Json.object().put("TableName", WriteRequests.TABLE).put("BillingMode", "PAY_PER_REQUEST");
    input.set("KeySchema", ModelIndex.TABLE.keySchema());
    var attributes = new TreeSet<String>();
    for (ModelIndex index : model.indexes) {
      attributes.addAll(index.keys());
      if (index.name() != null) {
        input
            .withArray(index.global() ? "GlobalSecondaryIndexes" : "LocalSecondaryIndexes")
            .add(index.definition());
      }
    }
    input.set("AttributeDefinitions", ModelIndex.definitions(attributes));
    input
        .putObject("StreamSpecification")
        .put("StreamEnabled", true)
        .put("StreamViewType", "NEW_AND_OLD_IMAGES");
    room.call("CreateTable", input);
  }

  private void step() {
    switch (random.nextInt(40)) {
      case 0, 1 -> toggleIndex(random.nextInt(3) == 0 ? ModelIndex.SMALL : ModelIndex.LATE);
      case 2 -> toggleExpiry();
      case 3 -> restart();
      // A later save writes only what has changed since.
      case 4 -> save();
      case 5, 6, 7 -> batch();
      case 8, 9, 10, 11, 12 ->
          transaction(RandomWrites.several(random, writes::transactionWrite), false);
      case 13, 14, 15 -> transaction(RandomWrites.several(random, writes::statement), true);
      case 16, 17, 18 -> statementBatch();
      case 19, 20, 21, 22, 23 -> statement();
      case 24, 25, 26, 27, 28 -> single(true);
      default -> single(false);
    }
  }

  private @Nullable AwsException errorOf(Request request) {
    try {
      room.call(request.operation(), request.input());
      return null;
    } catch (AwsException refused) {
      return refused;
    }
  }

  private static String code(@Nullable AwsException error) {
    return error == null ? "" : error.code();
  }

  private void single(boolean legacy) {
    ModelWrite write = writes.write();
    Request request = legacy ? WriteRequests.legacy(write) : WriteRequests.single(write);
    Outcome outcome = model.outcome(write);
    var changes = new ArrayList<Changed>();
    if (outcome.refused()) {
      assertThat(code(errorOf(request))).as("%s", request).isEqualTo(outcome.error());
    } else {
      JsonNode old = room.call(request.operation(), request.input()).path("Attributes");
      assertThat(ItemModel.plain(old))
          .as("%s", request)
          .isEqualTo(outcome.before() == null ? Json.object() : outcome.before());
      model.commit(write, outcome, changes);
    }
    checkRecords(request, changes);
  }

  private void statement() {
    ModelWrite write = writes.statement();
    Request request = WriteRequests.statement(write);
    Outcome outcome = model.outcome(write);
    var changes = new ArrayList<Changed>();
    assertThat(code(errorOf(request))).as("%s", request).isEqualTo(outcome.error());
    if (!outcome.refused()) {
      model.commit(write, outcome, changes);
    }
    checkRecords(request, changes);
  }

  private void batch() {
    List<ModelWrite> all = RandomWrites.several(random, writes::batchWrite);
    Request request = WriteRequests.batch(all);
    List<Outcome> outcomes = all.stream().map(model::outcome).toList();
    boolean refused = outcomes.stream().anyMatch(Outcome::refused);
    assertThat(code(errorOf(request)))
        .as("%s", request)
        .isEqualTo(refused ? ItemModel.INVALID : "");
    checkRecords(request, refused ? List.of() : commit(all, outcomes));
  }

  private List<Changed> commit(List<ModelWrite> all, List<Outcome> outcomes) {
    var changes = new ArrayList<Changed>();
    for (int i = 0; i < all.size(); i++) {
      model.commit(all.get(i), outcomes.get(i), changes);
    }
    return changes;
  }

  private void statementBatch() {
    List<ModelWrite> all = RandomWrites.several(random, writes::statement);
    Request request = WriteRequests.statements(all);
    JsonNode responses = room.call(request.operation(), request.input()).path("Responses");
    assertThat(responses).hasSize(all.size());
    var changes = new ArrayList<Changed>();
    for (int i = 0; i < all.size(); i++) {
      Outcome outcome = model.outcome(all.get(i));
      assertThat(responses.get(i).at("/Error/Code").asText())
          .as("%s", request)
          .isEqualTo(memberCode(outcome.error()));
      if (!outcome.refused()) {
        model.commit(all.get(i), outcome, changes);
      }
    }
    checkRecords(request, changes);
  }

  /** The code of one statement or action. */
  private static String memberCode(String error) {
    return error.equals(ItemModel.INVALID) ? "ValidationError" : error.replace("Exception", "");
  }

  private void transaction(List<ModelWrite> all, boolean statements) {
    String token = "token-" + transactions++;
    Request request =
        statements
            ? WriteRequests.statementTransaction(all, token)
            : WriteRequests.transaction(all, token);
    List<Outcome> outcomes = all.stream().map(model::outcome).toList();
    AwsException error = errorOf(request);
    if (outcomes.stream().noneMatch(Outcome::refused)) {
      assertThat(code(error)).as("%s", request).isEmpty();
      checkRecords(request, commit(all, outcomes));
      // With the same token it changes nothing more.
      if (random.nextBoolean()) {
        single(false);
        assertThat(code(errorOf(request))).as("%s", request).isEmpty();
        checkRecords(request, List.of());
      }
      return;
    }
    if (outcomes.stream().anyMatch(outcome -> outcome.error().equals(ItemModel.INVALID))) {
      // A key that is empty refuses the request as a whole, and an unfit one comes before others.
      assertThat(code(error))
          .as("%s", request)
          .isIn("TransactionCanceledException", ItemModel.INVALID);
    } else {
      assertThat(code(error)).as("%s", request).isEqualTo("TransactionCanceledException");
      JsonNode reasons =
          Json.MAPPER.valueToTree(
              error == null ? List.of() : error.members().get("CancellationReasons"));
      assertThat(reasons.findValuesAsText("Code"))
          .as("%s", request)
          .isEqualTo(
              outcomes.stream()
                  .map(outcome -> outcome.refused() ? memberCode(outcome.error()) : "None")
                  .toList());
    }
    checkRecords(request, List.of());
  }

  private void toggleIndex(ModelIndex index) {
    ObjectNode input = Json.object().put("TableName", WriteRequests.TABLE);
    ObjectNode update = input.putArray("GlobalSecondaryIndexUpdates").addObject();
    if (model.indexes.remove(index)) {
      update.putObject("Delete").put("IndexName", index.name());
    } else {
      update.set("Create", index.definition());
      input.set("AttributeDefinitions", ModelIndex.definitions(Set.copyOf(index.keys())));
      model.indexes.add(index);
    }
    room.call("UpdateTable", input);
    checkRecords(new Request("UpdateTable", input), List.of());
    if (model.indexes.contains(index)) {
      new ReadChecks(random, room, model).entries(index);
    }
  }

  private void toggleExpiry() {
    model.expires = !model.expires;
    ObjectNode input = Json.object().put("TableName", WriteRequests.TABLE);
    input
        .putObject("TimeToLiveSpecification")
        .put("Enabled", model.expires)
        .put("AttributeName", "t");
    room.call("UpdateTimeToLive", input);
  }

  private void passTime() {
    room.clock.advance(
        Duration.ofMillis(1 + random.nextInt(random.nextInt(4) == 0 ? 60_000 : 100)));
    checkRecords(
        new Request("TTL", Json.object()), model.expire(room.clock.now().minus(expiryDelay)));
  }

  private JsonNode save() {
    return parsed(Json.writeBytes(room.service.state().save(blobs)));
  }

  /** The room's state in a new process at the same time. */
  private void restart() {
    List<StreamRecord> records = records(null);
    JsonNode described = room.describe(WriteRequests.TABLE);
    JsonNode saved = save();
    DynamoDbCalls next = newRoom();
    next.clock.advance(Duration.between(next.clock.now(), room.clock.now()));
    next.service.state().restore(saved, blobs);
    next.service.state().resume();
    room.close();
    room = next;
    assertThat(room.describe(WriteRequests.TABLE)).isEqualTo(described);
    assertThat(records(null)).isEqualTo(records);
  }

  private static JsonNode parsed(byte[] json) {
    try {
      return Json.MAPPER.readTree(json);
    } catch (IOException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }

  private List<StreamRecord> records(@Nullable BigInteger after) {
    TableStreams streams = ((DynamoDbService) room.service).streams();
    TableStreams.Stream stream = streams.streams().getFirst();
    var found = new ArrayList<StreamRecord>();
    for (TableStreams.Shard shard : stream.shards()) {
      @Nullable BigInteger last = after;
      List<StreamRecord> page = streams.read(stream.arn(), shard.id(), last, PAGE, 1 << 20);
      while (!page.isEmpty()) {
        found.addAll(page);
        last = page.getLast().sequenceNumber();
        page = streams.read(stream.arn(), shard.id(), last, PAGE, 1 << 20);
      }
    }
    return found;
  }

  /** The stream has records of these changes, each of another item, since the last call. */
  private void checkRecords(Request request, List<Changed> changes) {
    List<StreamRecord> records = records(lastRecord);
    assertThat(records.stream().map(DynamoDbPropertyTest::changed).toList())
        .as("%s", request)
        .containsExactlyInAnyOrderElementsOf(changes);
    if (!records.isEmpty()) {
      lastRecord = records.getLast().sequenceNumber();
    }
    history.addAll(changes);
  }

  private static Changed changed(StreamRecord record) {
    JsonNode change = record.json().path("dynamodb");
    ObjectNode before = image(change.path("OldImage"));
    ObjectNode after = image(change.path("NewImage"));
    assertThat(record.json().path("eventName").asText())
        .isEqualTo(before == null ? "INSERT" : after == null ? "REMOVE" : "MODIFY");
    return new Changed(
        ItemModel.plain(change.path("Keys")), before, after, record.json().has("userIdentity"));
  }

  private static @Nullable ObjectNode image(JsonNode image) {
    return image.isMissingNode() ? null : ItemModel.plain(image);
  }

  /** The whole stream rebuilds the table, and has not lost a record. */
  private void checkReplay() {
    List<StreamRecord> records = records(null);
    assertThat(records).hasSameSizeAs(history);
    Map<ObjectNode, ObjectNode> replayed = new HashMap<>();
    for (StreamRecord record : records) {
      Changed change = changed(record);
      assertThat(replayed.get(change.key())).isEqualTo(change.before());
      if (change.after() == null) {
        replayed.remove(change.key());
      } else {
        replayed.put(change.key(), change.after());
      }
    }
    assertThat(replayed.values()).containsExactlyInAnyOrderElementsOf(model.items());
  }
}
