// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Pages;
import dev.syncline.sim.service.contract.QueueConsumers;
import dev.syncline.sim.service.state.SavedForm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Event source mappings from SQS queues; other sources are refused by name. A mapping is Enabled or
 * Disabled at once after the answer that shows it Creating, Updating or Deleting. Thread-safe.
 */
public final class EventSourceMappings implements AutoCloseable {
  private static final String BASE = "/2015-03-31/event-source-mappings";
  private static final String ONE = BASE + "/{UUID}";
  private static final int MAX_LISTED = 100;

  private final SimClock clock;
  private final Ids ids;
  private final java.util.function.Function<String, TargetFunction> functions;
  private final Supplier<QueueConsumers> queues;
  private final BatchRun run;
  private final String arnPrefix;
  private final Map<String, QueuePoller> pollers = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> tags = new LinkedHashMap<>();

  /**
   * No mappings yet.
   *
   * @param dispatcher invokes the functions
   * @param functions looks a function up by name or ARN; throws AwsException when there is none
   */
  public EventSourceMappings(
      SimClock clock,
      Ids ids,
      Dispatcher dispatcher,
      java.util.function.Function<String, TargetFunction> functions,
      Supplier<QueueConsumers> queues,
      String account,
      String region) {
    this.clock = clock;
    this.ids = ids;
    this.functions = functions;
    this.queues = queues;
    this.run = new BatchRun(clock, ids, dispatcher, account, region);
    this.arnPrefix = Arn.aws("lambda", region, account, "event-source-mapping:");
  }

  /** The operations, part of Lambda's. */
  public List<Operation> operations() {
    return List.of(
        Operation.rest(
            "CreateEventSourceMapping",
            HttpBinding.post(BASE, 202),
            this::create,
            members("EventSourceArn", "Tags")),
        Operation.rest("GetEventSourceMapping", HttpBinding.get(ONE), this::get),
        Operation.rest(
            "UpdateEventSourceMapping", HttpBinding.put(ONE, 202), this::update, members()),
        Operation.rest("DeleteEventSourceMapping", HttpBinding.delete(ONE, 202), this::delete),
        Operation.rest(
            "ListEventSourceMappings",
            HttpBinding.get(BASE),
            this::list,
            "EventSourceArn",
            "FunctionName",
            "Marker",
            "MaxItems"));
  }

  /**
   * A function that a mapping may be made for.
   *
   * @param timeout in seconds
   */
  public record TargetFunction(String name, int timeout) {}

  /** A mapping as it is saved. */
  private record Saved(
      String uuid,
      String arn,
      String queueArn,
      String functionArn,
      boolean enabled,
      int batchSize,
      Duration window,
      boolean partialFailures,
      @Nullable Integer mostConcurrent,
      List<String> patterns,
      Instant modified,
      String lastResult,
      Map<String, String> tags) {}

  /** Every mapping, to be saved. */
  public synchronized JsonNode saved() {
    return SavedForm.PLAIN.write(
        pollers.values().stream()
            .map(
                poller -> {
                  Mapping mapping = poller.mapping();
                  return new Saved(
                      mapping.uuid(),
                      mapping.arn(),
                      mapping.queueArn(),
                      mapping.functionArn(),
                      mapping.enabled(),
                      mapping.batchSize(),
                      mapping.window(),
                      mapping.partialFailures(),
                      mapping.mostConcurrent(),
                      mapping.patterns(),
                      mapping.modified(),
                      poller.lastResult(),
                      tags.getOrDefault(mapping.arn(), Map.of()));
                })
            .toList());
  }

  /** Restores what {@link #saved} returned; nothing is received before {@link #resume}. */
  public synchronized void restore(JsonNode saved) {
    for (Saved one : SavedForm.PLAIN.read(saved, Saved[].class)) {
      var mapping =
          new Mapping(
              one.uuid,
              one.arn,
              one.queueArn,
              one.functionArn,
              one.enabled,
              one.batchSize,
              one.window,
              one.partialFailures,
              one.mostConcurrent,
              one.patterns,
              MappingReader.filter(one.patterns),
              one.modified);
      pollers.put(one.uuid, new QueuePoller(clock, queues.get(), run, mapping, one.lastResult));
      tags.put(one.arn, new ConcurrentSkipListMap<>(one.tags));
    }
  }

  /** Begins to receive. */
  public void resume() {
    List<QueuePoller> all;
    synchronized (this) {
      all = List.copyOf(pollers.values());
    }
    all.forEach(QueuePoller::start);
  }

  private static String[] members(String... more) {
    var all = new ArrayList<>(MappingReader.MEMBERS);
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  /** The tags of a mapping, to be changed in place; empty when the ARN is not one of a mapping. */
  public synchronized Optional<Map<String, String>> tags(String arn) {
    return Optional.ofNullable(tags.get(arn));
  }

  private Output create(Input input, CallContext context) {
    String queueArn = input.text("EventSourceArn").orElse("");
    if (!queueArn.matches("arn:[^:]+:sqs:.*")) {
      throw MappingErrors.invalid(
          "The simulator supports event source mappings from SQS queues only, not from '"
              + queueArn
              + "'.");
    }
    Function function = function(input.requiredText("FunctionName"));
    QueueConsumers.Settings queue = queue(queueArn, function);
    String uuid = ids.uuid().toString();
    Mapping mapping =
        MappingReader.read(
            input, null, uuid, arnPrefix + uuid, queueArn, function.arn(), queue, clock.now());
    var poller = new QueuePoller(clock, queues.get(), run, mapping, QueuePoller.NOTHING_YET);
    synchronized (this) {
      for (QueuePoller existing : pollers.values()) {
        if (existing.mapping().queueArn().equals(queueArn)
            && existing.mapping().functionArn().equals(function.arn())) {
          throw MappingErrors.exists(queueArn, function.name(), existing.mapping().uuid());
        }
      }
      pollers.put(uuid, poller);
      tags.put(mapping.arn(), new ConcurrentSkipListMap<>(input.textMap("Tags")));
    }
    poller.start();
    return Output.of(mapping.json("Creating", poller.lastResult()));
  }

  private Output get(Input input, CallContext context) {
    QueuePoller poller = poller(input);
    return Output.of(shown(poller));
  }

  private Output update(Input input, CallContext context) {
    QueuePoller poller = poller(input);
    Mapping before = poller.mapping();
    Function function =
        input.has("FunctionName")
            ? function(input.requiredText("FunctionName"))
            : function(before.functionArn());
    QueueConsumers.Settings queue = queue(before.queueArn(), function);
    Mapping after =
        MappingReader.read(
            input,
            before,
            before.uuid(),
            before.arn(),
            before.queueArn(),
            function.arn(),
            queue,
            clock.now());
    poller.change(after);
    String state =
        after.enabled() == before.enabled()
            ? "Updating"
            : after.enabled() ? "Enabling" : "Disabling";
    return Output.of(after.json(state, poller.lastResult()));
  }

  private Output delete(Input input, CallContext context) {
    QueuePoller poller = poller(input);
    synchronized (this) {
      pollers.remove(poller.mapping().uuid());
      tags.remove(poller.mapping().arn());
    }
    poller.stop();
    return Output.of(poller.mapping().json("Deleting", poller.lastResult()));
  }

  private Output list(Input input, CallContext context) {
    String queueArn = input.text("EventSourceArn").orElse("");
    String function = input.text("FunctionName").map(name -> function(name).arn()).orElse("");
    List<QueuePoller> found;
    synchronized (this) {
      found =
          pollers.values().stream()
              .filter(
                  poller ->
                      (queueArn.isEmpty() || poller.mapping().queueArn().equals(queueArn))
                          && (function.isEmpty()
                              || poller.mapping().functionArn().equals(function)))
              .toList();
    }
    Pages.Page<QueuePoller> page =
        Pages.page(
            found,
            input.integer("MaxItems").orElse(MAX_LISTED),
            input.text("Marker"),
            "InvalidParameterValueException");
    return Output.of(
        page.addTo(Json.object(), "EventSourceMappings", EventSourceMappings::shown, "NextMarker"));
  }

  private static ObjectNode shown(QueuePoller poller) {
    Mapping mapping = poller.mapping();
    return mapping.json(mapping.settledState(), poller.lastResult());
  }

  private QueuePoller poller(Input input) {
    String uuid = input.requiredText("UUID");
    synchronized (this) {
      QueuePoller poller = pollers.get(uuid);
      if (poller != null) {
        return poller;
      }
    }
    throw MappingErrors.notFound();
  }

  /**
   * A function that exists.
   *
   * @param arn qualified as the caller named it
   */
  private record Function(String name, String arn, int timeout) {}

  private Function function(String reference) {
    TargetFunction found = functions.apply(reference);
    String name = found.name();
    String arn = arnPrefix.replace(":event-source-mapping:", ":function:") + name;
    int at = reference.lastIndexOf(name);
    String rest = at < 0 ? "" : reference.substring(at + name.length());
    return new Function(name, rest.startsWith(":") ? arn + rest : arn, found.timeout());
  }

  private QueueConsumers.Settings queue(String arn, Function function) {
    QueueConsumers.Settings queue =
        queues
            .get()
            .settings(arn)
            .orElseThrow(
                () ->
                    MappingErrors.invalid(
                        "Error occurred while ReceiveMessage. SQS Error Code:"
                            + " AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The"
                            + " specified queue does not exist."));
    if (queue.visibility().toSeconds() < function.timeout()) {
      throw MappingErrors.invalid(
          "Queue visibility timeout: "
              + queue.visibility().toSeconds()
              + " seconds is less than Function timeout: "
              + function.timeout()
              + " seconds");
    }
    return queue;
  }

  /** Stops every mapping. */
  @Override
  public void close() {
    List<QueuePoller> all;
    synchronized (this) {
      all = List.copyOf(pollers.values());
    }
    all.forEach(QueuePoller::stop);
  }
}
