// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.Tolerances;
import dev.syncline.sim.service.state.ServiceState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Mappings from one stream to a function that a test scripts, on a manual clock. A queue and a
 * bucket keep what they are sent.
 */
final class MappingBench implements AutoCloseable {
  static final String FUNCTION = "arn:aws:lambda:us-east-1:111111111111:function:f";

  final SimClock clock =
      new SimClock(new ClockMode.Manual(), Instant.parse("2026-01-31T12:00:00Z"), Duration.ZERO);
  final Journal journal = new Journal(clock);
  final WrittenStream stream = new WrittenStream(clock);
  final BlockingQueue<JsonNode> notices = new LinkedBlockingQueue<>();
  final BlockingQueue<ObjectNode> objects = new LinkedBlockingQueue<>();
  MappingStore store;

  /** Answers an event; throws AwsException for an invocation that is refused. */
  volatile Function<JsonNode, Answer> function = event -> Answer.of("null");

  private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
  final Dispatcher dispatcher =
      new Dispatcher(clock, new FaultPlan(new Journal(clock), new Ids(1)));
  private final Ids ids = new Ids(2);
  private final MappingWorkers workers =
      new MappingWorkers(
          clock,
          ids,
          journal,
          dispatcher,
          () -> {
            throw new IllegalStateException("no queues here");
          },
          () -> stream,
          "111111111111",
          "us-east-1",
          function -> CallPrincipal.INTERNAL);
  private Map<String, Operation> operations = Map.of();

  /** A function's answer. */
  record Answer(String text, boolean failed) {
    static Answer of(String singleQuoted) {
      return new Answer(singleQuoted.replace('\'', '"'), false);
    }

    static final Answer FAILURE = new Answer("{}", true);
  }

  MappingBench() {
    store = restart();
    dispatcher.register(
        service("lambda", Operation.of("Invoke", this::invoke, members("FunctionName"))));
    dispatcher.register(
        service(
            "sqs",
            Operation.of(
                "SendMessage",
                (input, context) -> {
                  notices.add(json(input.requiredText("MessageBody")));
                  return Output.of(Json.object());
                },
                members("QueueUrl"))));
    dispatcher.register(
        service(
            "s3",
            Operation.of(
                "PutObject",
                (input, context) -> {
                  ObjectNode object = input.json().deepCopy();
                  object.set("Body", json(new String(context.body(), StandardCharsets.UTF_8)));
                  objects.add(object);
                  return Output.of(Json.object());
                },
                members("Bucket"))));
  }

  /** A new store with the operations on it, as after a restart. */
  MappingStore restart() {
    var made = new MappingStore(workers);
    var byName = new HashMap<String, Operation>();
    new MappingOperations(
            clock,
            ids,
            made,
            workers,
            MappingBench::target,
            Tolerances.NONE,
            "111111111111",
            "us-east-1")
        .operations()
        .forEach(operation -> byName.put(operation.name(), operation));
    operations = byName;
    store = made;
    return made;
  }

  private static MappingOperations.TargetFunction target(String reference) {
    if (!reference.equals("f") && !reference.equals(FUNCTION)) {
      throw new AwsException("ResourceNotFoundException", 404, "Function not found: " + reference);
    }
    return new MappingOperations.TargetFunction("f", 3);
  }

  private static String[] members(String first) {
    return new String[] {
      first, "InvocationType", "Payload", "MessageBody", "Key",
    };
  }

  private static AwsService service(String id, Operation operation) {
    return new AwsService() {
      @Override
      public String signingName() {
        return id;
      }

      @Override
      public String title() {
        return id;
      }

      @Override
      public Protocol protocol() {
        return new Protocol.RestJson();
      }

      @Override
      public List<Operation> operations() {
        return List.of(operation);
      }

      @Override
      public ServiceState state() {
        return ServiceState.NONE;
      }
    };
  }

  private Output invoke(Input input, CallContext context) {
    JsonNode event = input.node("Payload").orElseThrow().deepCopy();
    Answer answer;
    try {
      answer = function.apply(event);
    } finally {
      events.add(event);
    }
    var headers = new HashMap<String, String>();
    headers.put("X-Amz-Executed-Version", "$LATEST");
    if (answer.failed()) {
      headers.put("X-Amz-Function-Error", "Unhandled");
    }
    return Output.raw(200, headers, answer.text().getBytes(StandardCharsets.UTF_8));
  }

  static AwsException throttled() {
    return new AwsException("TooManyRequestsException", 429, "Rate Exceeded.");
  }

  JsonNode call(String operation, String input) {
    return Objects.requireNonNull(operations.get(operation))
        .handler()
        .handle(
            new Input((ObjectNode) json(input)),
            new CallContext("111111111111", "us-east-1", "r", "", new byte[0]))
        .json();
  }

  /** Makes a mapping from the beginning of the stream, with further members. */
  String map(String more) {
    String uuid =
        call(
                "CreateEventSourceMapping",
                "{'FunctionName':'f','EventSourceArn':'"
                    + WrittenStream.ARN
                    + "'"
                    + (more.contains("StartingPosition")
                        ? ""
                        : ",'StartingPosition':'TRIM_HORIZON'")
                    + more
                    + "}")
            .path("UUID")
            .asText();
    quiet();
    return uuid;
  }

  void update(String uuid, String more) {
    call("UpdateEventSourceMapping", "{'UUID':'" + uuid + "'" + more + "}");
    quiet();
  }

  /** The next notice in the queue, which must be there. */
  JsonNode notice() {
    return Objects.requireNonNull(notices.poll());
  }

  /** The next object in the bucket, which must be there. */
  ObjectNode object() {
    return Objects.requireNonNull(objects.poll());
  }

  String result(String uuid) {
    return call("GetEventSourceMapping", "{'UUID':'" + uuid + "'}")
        .path("LastProcessingResult")
        .asText();
  }

  static JsonNode json(String singleQuoted) {
    try {
      return Json.MAPPER.readTree(
          singleQuoted.contains("\"") ? singleQuoted : singleQuoted.replace('\'', '"'));
    } catch (IOException badTest) {
      throw new UncheckedIOException(badTest);
    }
  }

  /** Waits until no lane has a thread. */
  void quiet() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (store.all().stream()
        .anyMatch(worker -> worker instanceof StreamConsumer consumer && consumer.anyActive())) {
      assertThat(System.nanoTime()).as("the lanes do not become quiet").isLessThan(end);
      Thread.yield();
    }
  }

  void write(String... keys) {
    stream.write(keys);
    quiet();
  }

  /** Advances in steps of at most half a second, so that threads see each due time. */
  void advance(Duration span) {
    Duration left = span;
    while (!left.isZero()) {
      Duration step = left.compareTo(Duration.ofMillis(500)) > 0 ? Duration.ofMillis(500) : left;
      clock.advance(step);
      quiet();
      left = left.minus(step);
    }
  }

  /** The keys of the records of each invocation since the last call. */
  List<List<String>> invocations() {
    var all = new ArrayList<List<String>>();
    for (JsonNode event : events()) {
      var keys = new ArrayList<String>();
      event.path("Records").forEach(one -> keys.add(one.at("/dynamodb/Keys/id/S").asText()));
      all.add(keys);
    }
    return all;
  }

  List<JsonNode> events() {
    var all = new ArrayList<JsonNode>();
    events.drainTo(all);
    return all;
  }

  @Override
  public void close() {
    store.close();
    clock.close();
  }
}
