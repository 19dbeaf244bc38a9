// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.syncline.sim.asl.TaskResource;
import dev.syncline.sim.asl.internal.expr.Scope;
import dev.syncline.sim.asl.internal.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs an ItemReader: reads an object, a listing, the objects of a listing (LOAD_AND_FLATTEN), or
 * the data files of an S3 inventory, one call after the other, until it has as many items as the
 * state asks for.
 */
final class ItemReading {
  private static final TaskResource GET_OBJECT =
      Objects.requireNonNull(TaskResource.parse("arn:aws:states:::s3:getObject"));

  private final State.Reader reader;
  private final ItemContent content;
  private final ObjectNode arguments;
  private final String bucket;
  private final @Nullable Long maxItems;
  private final List<MapItem> items = new ArrayList<>();
  private final Consumer<List<MapItem>> done;
  private final Consumer<@Nullable String> failed;
  private final TransferRun calls;

  ItemReading(
      StateRun state,
      State.Reader reader,
      Scope seen,
      Consumer<List<MapItem>> done,
      Consumer<@Nullable String> failed) {
    this.reader = reader;
    this.content = new ItemContent(reader.config());
    this.arguments = TransferRun.arguments(reader.resource(), reader.arguments(), seen);
    this.bucket = arguments.path("Bucket").asText();
    this.maxItems = Numbers.whole(reader.config().maxItems(), seen);
    this.done = done;
    this.failed = failed;
    this.calls = new TransferRun(state, failed);
  }

  /** The items in the data that a test gives in place of the reader's source. */
  static List<MapItem> ofTest(State.Reader reader, String data, Scope seen)
      throws ItemContent.Unreadable {
    JsonNode found;
    if (reader.resource().action().equals("listObjectsV2")) {
      JsonNode answer = ItemContent.json(data);
      found = ItemContent.array(answer.has("Contents") ? answer.get("Contents") : answer);
    } else {
      found = new ItemContent(reader.config()).items(TextNode.valueOf(data));
    }
    Long most = Numbers.whole(reader.config().maxItems(), seen);
    List<MapItem> items = new ArrayList<>();
    for (JsonNode item : found) {
      if (most == null || most <= 0 || items.size() < most) {
        items.add(new MapItem(items.size(), item, null));
      }
    }
    return items;
  }

  void begin() {
    calls.call(reader.resource(), arguments, this::first);
  }

  void cancel() {
    calls.cancel();
  }

  private void first(JsonNode answer) {
    attempt(
        () -> {
          if (maxItems != null && maxItems < 0) {
            throw new ItemContent.Unreadable("field MaxItems must be positive");
          }
          if (reader.resource().action().equals("listObjectsV2")) {
            JsonNode listed =
                ItemContent.array(answer.has("Contents") ? answer.get("Contents") : answer);
            if (reader.config().loadListed()) {
              load(keys(listed, "Key"), 0, List.of());
            } else {
              take(listed, "S3://" + bucket);
            }
          } else if (reader.config().inputType().equals("MANIFEST")) {
            JsonNode manifest = ItemContent.json(ItemContent.text(answer));
            List<String> columns =
                List.of(manifest.path("fileSchema").asText().strip().split("\\s*,\\s*"));
            load(keys(manifest.path("files"), "key"), 0, columns);
          } else {
            take(content.items(answer), "S3://" + bucket + "/" + arguments.path("Key").asText());
          }
        });
  }

  private static List<String> keys(JsonNode objects, String field) {
    List<String> keys = new ArrayList<>();
    objects.forEach(object -> keys.add(object.path(field).asText()));
    return keys;
  }

  private void load(List<String> keys, int next, List<String> columns) {
    if (next == keys.size() || full()) {
      done.accept(items);
      return;
    }
    String key = keys.get(next);
    ObjectNode get = JsonNodeFactory.instance.objectNode().put("Bucket", bucket).put("Key", key);
    calls.call(
        GET_OBJECT,
        get,
        answer ->
            attempt(
                () -> {
                  add(
                      columns.isEmpty()
                          ? content.items(answer)
                          : content.inventory(answer, columns),
                      "S3://" + bucket + "/" + key);
                  load(keys, next + 1, columns);
                }));
  }

  private void take(JsonNode found, String source) {
    add(found, source);
    done.accept(items);
  }

  private void add(JsonNode found, String source) {
    for (int i = 0; i < found.size() && !full(); i++) {
      items.add(new MapItem(items.size(), found.get(i), source));
    }
  }

  /** A limit of 0 means no limit (recorded). */
  private boolean full() {
    return maxItems != null && maxItems > 0 && items.size() >= maxItems;
  }

  @FunctionalInterface
  private interface Step {
    void run() throws ItemContent.Unreadable;
  }

  private void attempt(Step step) {
    try {
      step.run();
    } catch (ItemContent.Unreadable e) {
      failed.accept(e.getMessage());
    }
  }
}
