// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.servicetests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.port.Router;
import dev.syncline.sim.port.codec.CodecWireAnswers;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Contracts;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceProvider;
import dev.syncline.sim.service.Settings;
import dev.syncline.sim.service.contract.LogSink;
import dev.syncline.sim.service.contract.QueueConsumers;
import dev.syncline.sim.service.contract.QueueMessage;
import dev.syncline.sim.service.contract.WireAnswers;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.service.settings.FunctionSettings;
import dev.syncline.sim.service.state.Blobs;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One room alone, created by its provider: with a dispatcher, a journal and a router without a
 * socket. Other rooms are absent but for the given ones; log lines are dropped, and every queue
 * exists and is empty. Not thread-safe.
 */
final class Room implements AutoCloseable {
  static final String ACCOUNT = "111111111111";
  static final String REGION = "us-east-1";

  final SimClock clock =
      new SimClock(new ClockMode.Manual(), Instant.parse("2026-03-04T05:06:07Z"), Duration.ZERO);
  final Ids ids;
  final Journal journal = new Journal(clock);
  final FaultPlan faults;
  final Dispatcher dispatcher;
  final Router router;
  final AwsService service;

  /**
   * A room whose ids follow {@code seed}.
   *
   * @param neighbours stand-ins for the rooms that it calls
   * @param others provides the contracts of other rooms that the room needs
   */
  Room(
      ServiceProvider provider,
      Path work,
      long seed,
      List<AwsService> neighbours,
      Consumer<Contracts> others) {
    ids = new Ids(seed);
    faults = new FaultPlan(journal, ids);
    dispatcher = new Dispatcher(clock, faults);
    router = new Router(dispatcher, journal, ids, ACCOUNT, REGION);
    var contracts = new Contracts();
    if (!provider.id().equals("logs")) {
      contracts.provide(LogSink.class, (group, stream, time, message) -> {});
    }
    if (!provider.id().equals("sqs")) {
      contracts.provide(QueueConsumers.class, new EmptyQueues());
    }
    contracts.provide(WireAnswers.class, new CodecWireAnswers());
    others.accept(contracts);
    Settings settings =
        Settings.NONE.with(new FunctionSettings(FunctionExecutor.IN_PROCESS, 5, false));
    service =
        provider.create(
            new ServiceContext(
                clock,
                ids.split(provider.id()),
                journal,
                faults,
                dispatcher,
                contracts,
                settings,
                ACCOUNT,
                REGION,
                work,
                () -> URI.create("http://127.0.0.1:4566")));
    neighbours.forEach(dispatcher::register);
    dispatcher.register(service);
    service.endpoints().forEach(router::add);
    service.webSocketEndpoints().forEach(router::add);
  }

  /** Calls an operation from inside. */
  JsonNode call(String operation, ObjectNode input) throws Exception {
    Output output =
        clock.call(
            () ->
                dispatcher.call(
                    service.id(),
                    operation,
                    input,
                    new CallContext(ACCOUNT, REGION, ids.uuid().toString(), "", new byte[0])));
    return output.json();
  }

  @Override
  public void close() {
    service.close();
    clock.close();
  }

  /** Every queue exists and stays empty. */
  private static final class EmptyQueues implements QueueConsumers {
    @Override
    public Optional<Settings> settings(String queueArn) {
      return Optional.of(new Settings(false, Duration.ofSeconds(30)));
    }

    @Override
    public Pending receive(String queueArn, int most) {
      return new Pending() {
        private final CompletableFuture<List<QueueMessage>> messages = new CompletableFuture<>();

        @Override
        public CompletableFuture<List<QueueMessage>> messages() {
          return messages;
        }

        @Override
        public void stop() {
          messages.complete(List.of());
        }
      };
    }

    @Override
    public void delete(String queueArn, QueueMessage message) {
      throw new AssertionError("no message was received");
    }

    @Override
    public void release(String queueArn, QueueMessage message) {
      throw new AssertionError("no message was received");
    }
  }

  /** Content in memory, by a running number. */
  static final class MemoryBlobs implements Blobs {
    private final Map<String, byte[]> kept = new LinkedHashMap<>();

    @Override
    public String keep(Object of, Supplier<byte[]> content) {
      String id = "blob-" + kept.size();
      kept.put(id, content.get());
      return id;
    }

    @Override
    public byte[] load(String id) {
      byte[] content = kept.get(id);
      if (content == null) {
        throw new IllegalArgumentException("no content " + id);
      }
      return content;
    }

    @Override
    public Optional<byte[]> find(String id, String what) {
      return Optional.ofNullable(kept.get(id));
    }
  }
}
