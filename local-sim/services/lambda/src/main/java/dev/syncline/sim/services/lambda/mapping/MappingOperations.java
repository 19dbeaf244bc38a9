// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Pages;
import dev.syncline.sim.service.Tolerances;
import dev.syncline.sim.service.contract.QueueConsumers;
import dev.syncline.sim.service.contract.TableStreams;
import dev.syncline.sim.service.settings.Tolerance;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Creates and changes mappings from SQS queues and DynamoDB streams; other sources are refused by
 * name. A mapping is Enabled or Disabled at once after the answer that shows it Creating, Updating
 * or Deleting. Thread-safe.
 */
public final class MappingOperations {
  private static final String BASE = "/2015-03-31/event-source-mappings";
  private static final String ONE = BASE + "/{UUID}";
  private static final int MAX_LISTED = 100;

  private static final List<String> SETTINGS =
      List.of(
          "FunctionName",
          "Enabled",
          "BatchSize",
          "FilterCriteria",
          "MaximumBatchingWindowInSeconds",
          "FunctionResponseTypes",
          "ScalingConfig",
          "DestinationConfig",
          "BisectBatchOnFunctionError",
          "MaximumRecordAgeInSeconds",
          "MaximumRetryAttempts",
          "ParallelizationFactor",
          "TumblingWindowInSeconds",
          "KMSKeyArn",
          "MetricsConfig",
          "LoggingConfig");

  private final SimClock clock;
  private final Ids ids;
  private final MappingStore store;
  private final MappingWorkers workers;
  private final java.util.function.Function<String, TargetFunction> functions;
  private final Tolerances tolerances;
  private final String arnPrefix;

  /**
   * The operations on a store.
   *
   * @param functions looks a function up by name or ARN; throws AwsException for an unknown one
   */
  public MappingOperations(
      SimClock clock,
      Ids ids,
      MappingStore store,
      MappingWorkers workers,
      java.util.function.Function<String, TargetFunction> functions,
      Tolerances tolerances,
      String account,
      String region) {
    this.clock = clock;
    this.ids = ids;
    this.store = store;
    this.workers = workers;
    this.functions = functions;
    this.tolerances = tolerances;
    this.arnPrefix = new Arn("aws", "lambda", region, account, "event-source-mapping:").toString();
  }

  /** The operations, part of Lambda's. */
  public List<Operation> operations() {
    return List.of(
        Operation.rest(
            "CreateEventSourceMapping",
            HttpBinding.of("POST", BASE, 202),
            this::create,
            and("EventSourceArn", "StartingPosition", "Tags")),
        Operation.rest("GetEventSourceMapping", HttpBinding.of("GET", ONE, 200), this::get, "UUID"),
        Operation.rest(
            "UpdateEventSourceMapping", HttpBinding.of("PUT", ONE, 202), this::update, and("UUID")),
        Operation.rest(
            "DeleteEventSourceMapping", HttpBinding.of("DELETE", ONE, 202), this::delete, "UUID"),
        Operation.rest(
            "ListEventSourceMappings",
            HttpBinding.of("GET", BASE, 200),
            this::list,
            "EventSourceArn",
            "FunctionName",
            "Marker",
            "MaxItems"));
  }

  private static String[] and(String... more) {
    var all = new ArrayList<>(SETTINGS);
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  /**
   * A function that a mapping may be made for.
   *
   * @param timeout in seconds
   */
  public record TargetFunction(String name, int timeout) {}

  private Output create(Input input, CallContext context) {
    String source = input.text("EventSourceArn").orElse("");
    if (source.isEmpty()) {
      throw MappingErrors.noSource();
    }
    boolean stream = isStream(source);
    if (!stream && !source.matches("arn:[^:]+:sqs:.*")) {
      throw MappingErrors.invalid(
          "The simulator supports event source mappings from SQS queues and DynamoDB streams only,"
              + " not from '"
              + source
              + "'.");
    }
    if (stream) {
      StreamMappingReader.verify(input);
      StreamMappingReader.verifyStart(input, source);
    } else {
      QueueMappingReader.verify(input);
    }
    Function function = function(input.requiredText("FunctionName"));
    StreamPositions start = stream ? start(source, input) : StreamPositions.NONE;
    String uuid = ids.uuid().toString();
    Mapping mapping =
        mapping(
            input,
            null,
            new MappingIdentity(uuid, arnPrefix + uuid, source, function.arn()),
            function);
    workers.requireRole(mapping);
    MappingWorker worker = store.add(mapping, function.name(), start, input.textMap("Tags"));
    return Output.of(mapping.json("Creating", worker.lastResult()));
  }

  private static boolean isStream(String arn) {
    return arn.matches("arn:[^:]+:dynamodb:.*");
  }

  private StreamPositions start(String streamArn, Input input) {
    TableStreams streams = workers.streams();
    TableStreams.Stream stream =
        streams.stream(streamArn).orElseThrow(() -> MappingErrors.streamNotFound(streamArn));
    return StreamPositions.starting(streams, stream, input.requiredText("StartingPosition"));
  }

  private Mapping mapping(
      Input input, @Nullable Mapping before, MappingIdentity identity, Function function) {
    return isStream(identity.sourceArn())
        ? StreamMappingReader.read(input, before, identity, workers::has, clock.now())
        : QueueMappingReader.read(
            input, before, identity, queue(identity.sourceArn(), function), clock.now());
  }

  private Output get(Input input, CallContext context) {
    return Output.of(shown(worker(input)));
  }

  private Output update(Input input, CallContext context) {
    MappingWorker worker = worker(input);
    Mapping before = worker.mapping();
    boolean stream = before.source() instanceof MappingSource.Stream;
    if (stream) {
      StreamMappingReader.verify(input);
    } else {
      QueueMappingReader.verify(input);
    }
    Function function =
        input.has("FunctionName")
            ? function(input.requiredText("FunctionName"))
            // The function of a stream may be gone; that of a queue has a time-out to check.
            : stream ? new Function("", before.functionArn(), 0) : function(before.functionArn());
    Mapping after =
        mapping(
            input,
            before,
            new MappingIdentity(before.uuid(), before.arn(), before.sourceArn(), function.arn()),
            function);
    workers.requireRole(after);
    worker.change(after);
    String state =
        after.enabled() == before.enabled()
            ? "Updating"
            : after.enabled() ? "Enabling" : "Disabling";
    return Output.of(after.json(state, worker.lastResult()));
  }

  private Output delete(Input input, CallContext context) {
    MappingWorker worker = worker(input);
    store.remove(worker);
    return Output.of(worker.mapping().json("Deleting", worker.lastResult()));
  }

  private Output list(Input input, CallContext context) {
    String source = input.text("EventSourceArn").orElse("");
    String function = input.text("FunctionName").map(this::arnOf).orElse("");
    List<MappingWorker> found =
        store.all().stream()
            .filter(
                worker ->
                    (source.isEmpty() || worker.mapping().sourceArn().equals(source))
                        && (function.isEmpty() || worker.mapping().functionArn().equals(function)))
            .toList();
    Pages.Page<MappingWorker> page =
        Pages.page(
            found,
            input.integer("MaxItems").orElse(MAX_LISTED),
            input.text("Marker"),
            "InvalidParameterValueException");
    ObjectNode json = Json.object();
    var items = json.putArray("EventSourceMappings");
    page.items().forEach(worker -> items.add(shown(worker)));
    page.next().ifPresent(marker -> json.put("NextMarker", marker));
    return Output.of(json);
  }

  private static ObjectNode shown(MappingWorker worker) {
    Mapping mapping = worker.mapping();
    return mapping.json(mapping.settledState(), worker.lastResult());
  }

  private MappingWorker worker(Input input) {
    return store.require(input.requiredText("UUID"));
  }

  /**
   * A function that exists.
   *
   * @param arn qualified as the caller named it
   */
  private record Function(String name, String arn, int timeout) {}

  private Function function(String reference) {
    TargetFunction found;
    try {
      found = functions.apply(reference);
    } catch (AwsException refused) {
      throw refused.status() == 404 ? MappingErrors.noFunction() : refused;
    }
    String name = found.name();
    String arn = arnPrefix.replace(":event-source-mapping:", ":function:") + name;
    int at = reference.lastIndexOf(name);
    String rest = at < 0 ? "" : reference.substring(at + name.length());
    return new Function(name, rest.startsWith(":") ? arn + rest : arn, found.timeout());
  }

  /** The ARN of a function; the reference itself when it does not exist, which no mapping has. */
  private String arnOf(String reference) {
    try {
      return function(reference).arn();
    } catch (AwsException unknown) {
      return reference;
    }
  }

  private QueueConsumers.Settings queue(String arn, Function function) {
    QueueConsumers.Settings queue =
        workers
            .queues()
            .settings(arn)
            .orElseThrow(
                () ->
                    MappingErrors.invalid(
                        "Error occurred while ReceiveMessage. SQS Error Code:"
                            + " AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The"
                            + " specified queue does not exist."));
    if (queue.visibility().toSeconds() < function.timeout()) {
      tolerances.refuse(
          Tolerance.VISIBILITY_TIMEOUT,
          "EventSourceArn",
          arn,
          MappingErrors.shortVisibility(queue.visibility().toSeconds(), function.timeout()));
    }
    return queue;
  }
}
