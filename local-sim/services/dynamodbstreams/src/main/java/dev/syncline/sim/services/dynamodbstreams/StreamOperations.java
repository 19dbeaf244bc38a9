// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodbstreams;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Constraints;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.contract.TableStreams;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Lists and describes streams. */
final class StreamOperations {
  private static final int MAX_PAGE = 100;
  private static final Pattern TABLE_NAME = Pattern.compile("[a-zA-Z0-9_.-]+");

  private final StreamLookup lookup;

  StreamOperations(Supplier<TableStreams> streams) {
    this.lookup = new StreamLookup(streams);
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("ListStreams: TableName, Limit, ExclusiveStartStreamArn", this::list),
        Operation.of(
            "DescribeStream: StreamArn, Limit, ExclusiveStartShardId, ShardFilter",
            this::describe));
  }

  private Output list(Input input, CallContext context) {
    Constraints.of(input)
        .pattern("TableName", TABLE_NAME)
        .length("TableName", 3, 255)
        .range("Limit", 1, MAX_PAGE)
        .verify();
    String table = input.text("TableName").orElse("");
    String start = input.text("ExclusiveStartStreamArn").orElse("");
    if (!start.isEmpty()) {
      StreamLookup.requireArn(start);
    }
    int limit = input.integer("Limit").orElse(MAX_PAGE);
    List<TableStreams.Stream> page =
        lookup.streams().streams().stream()
            .filter(stream -> table.isEmpty() || stream.tableName().equals(table))
            .filter(stream -> stream.arn().compareTo(start) > 0)
            .limit(limit)
            .toList();
    ObjectNode json = Json.object();
    ArrayNode items = json.putArray("Streams");
    for (TableStreams.Stream stream : page) {
      items
          .addObject()
          .put("StreamArn", stream.arn())
          .put("TableName", stream.tableName())
          .put("StreamLabel", stream.label());
    }
    if (page.size() == limit) {
      json.put("LastEvaluatedStreamArn", page.getLast().arn());
    }
    return Output.of(json);
  }

  private Output describe(Input input, CallContext context) {
    Constraints.of(input)
        .required("StreamArn")
        .range("Limit", 1, MAX_PAGE)
        .length("ExclusiveStartShardId", 28, 65)
        .verify();
    String parent = parentFilter(input);
    TableStreams.Stream stream = lookup.stream(input.text("StreamArn").orElse(""));
    if (!parent.isEmpty()) {
      StreamLookup.shard(stream, parent);
    }
    String start = input.text("ExclusiveStartShardId").orElse("");
    int limit = input.integer("Limit").orElse(MAX_PAGE);
    List<TableStreams.Shard> rest =
        stream.shards().stream()
            .filter(shard -> parent.isEmpty() || Objects.equals(shard.parentId(), parent))
            .filter(shard -> shard.id().compareTo(start) > 0)
            .toList();
    ObjectNode json = Json.object();
    ObjectNode description =
        json.putObject("StreamDescription")
            .put("StreamArn", stream.arn())
            .put("StreamLabel", stream.label())
            .put("StreamStatus", stream.status())
            .put("StreamViewType", stream.viewType());
    description.set("CreationRequestDateTime", Json.epochSeconds(stream.created()));
    description.put("TableName", stream.tableName());
    description.putArray("KeySchema").addAll(stream.keySchema());
    ArrayNode shards = description.putArray("Shards");
    rest.stream().limit(limit).forEach(shard -> shards.add(json(shard)));
    if (rest.size() > limit) {
      description.put("LastEvaluatedShardId", rest.get(limit - 1).id());
    }
    return Output.of(json);
  }

  /** The shard whose children are asked for; empty for all shards. */
  private static String parentFilter(Input input) {
    return input
        .structure("ShardFilter")
        .map(
            filter -> {
              filter.only("Type", "ShardId");
              Constraints.of(filter)
                  .oneOf("Type", List.of("CHILD_SHARDS"))
                  .length("ShardId", 28, 65)
                  .verify();
              if (!filter.has("Type") || !filter.has("ShardId")) {
                throw StreamErrors.invalid("ShardFilter must have a Type and a ShardId");
              }
              return filter.text("ShardId").orElse("");
            })
        .orElse("");
  }

  private static ObjectNode json(TableStreams.Shard shard) {
    ObjectNode json = Json.object().put("ShardId", shard.id());
    ObjectNode range =
        json.putObject("SequenceNumberRange")
            .put("StartingSequenceNumber", shard.first().toString());
    if (shard.last() != null) {
      range.put("EndingSequenceNumber", shard.last().toString());
    }
    if (shard.parentId() != null) {
      json.put("ParentShardId", shard.parentId());
    }
    return json;
  }
}
