// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.logs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.logs.LogGroup.Stream;
import java.util.Comparator;
import java.util.List;

/** The operations on log streams. Thread-safe. */
record LogStreamOperations(SimClock clock, LogStore store) {
  List<Operation> operations() {
    return List.of(
        Operation.of("CreateLogStream: logGroupName, logStreamName", this::createStream),
        Operation.of("DeleteLogStream: logGroupName, logStreamName", this::deleteStream),
        Operation.of(
            """
            DescribeLogStreams: logGroupName, logGroupIdentifier, logStreamNamePrefix, orderBy,
              descending, limit, nextToken
            """,
            this::describeStreams));
  }

  private Output createStream(Input input, CallContext context) {
    String stream = input.requiredText("logStreamName");
    if (stream.length() > 512 || stream.matches(".*[:*].*")) {
      throw LogsErrors.invalidStreamName();
    }
    if (!store.group(input).create(stream, clock.millis())) {
      throw LogsErrors.streamExists();
    }
    return Output.empty();
  }

  private Output deleteStream(Input input, CallContext context) {
    if (!store.group(input).delete(input.requiredText("logStreamName"))) {
      throw LogsErrors.noStream();
    }
    return Output.empty();
  }

  private Output describeStreams(Input input, CallContext context) {
    LogGroup group = store.group(input);
    String prefix = input.text("logStreamNamePrefix").orElse("");
    boolean byTime = input.text("orderBy").orElse("LogStreamName").equals("LastEventTime");
    if (byTime && !prefix.isEmpty()) {
      throw LogsErrors.orderWithPrefix();
    }
    Comparator<Stream> order =
        byTime
            ? Comparator.comparingLong(stream -> stream.lastEvent)
            : Comparator.comparing(stream -> stream.name);
    List<Stream> found =
        group.streams().stream()
            .filter(stream -> stream.name.startsWith(prefix))
            .sorted(input.bool("descending", false) ? order.reversed() : order)
            .toList();
    return Output.of(
        LogGroupOperations.page(found, input)
            .addTo(
                Json.object(), "logStreams", stream -> json(group, stream, context), "nextToken"));
  }

  private static ObjectNode json(LogGroup group, Stream stream, CallContext context) {
    ObjectNode json =
        Json.object()
            .put("logStreamName", stream.name)
            .put("creationTime", stream.created)
            .put("arn", group.arn(context) + ":log-stream:" + stream.name)
            .put("storedBytes", 0);
    if (stream.lastIngestion >= 0) {
      json.put("firstEventTimestamp", stream.firstEvent)
          .put("lastEventTimestamp", stream.lastEvent)
          .put("lastIngestionTime", stream.lastIngestion);
    }
    return json;
  }
}
