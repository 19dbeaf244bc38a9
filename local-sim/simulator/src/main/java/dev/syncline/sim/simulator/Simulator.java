// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator;

import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.port.GuardSettings;
import dev.syncline.sim.port.PortLimits;
import dev.syncline.sim.port.PortServer;
import dev.syncline.sim.port.Router;
import dev.syncline.sim.port.codec.CodecWireAnswers;
import dev.syncline.sim.port.codec.Signers;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Contracts;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Permissions;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceProvider;
import dev.syncline.sim.service.contract.AccessKeys;
import dev.syncline.sim.service.contract.FunctionConnections;
import dev.syncline.sim.service.contract.FurtherPorts;
import dev.syncline.sim.service.contract.LocalHttp;
import dev.syncline.sim.service.contract.WireAnswers;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.WebSocketEndpoint;
import dev.syncline.sim.service.settings.IamSettings;
import dev.syncline.sim.service.state.ServiceState;
import dev.syncline.sim.simulator.persistence.DataDirectory;
import dev.syncline.sim.simulator.persistence.Persistence;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A running simulator: every service behind one port. This is the composition root: all parts are
 * connected here and nowhere else.
 *
 * <p>Thread-safe. Close it to end every connection and every child process.
 */
public final class Simulator implements AutoCloseable {
  /** The difference between the seeds of consecutive runs: an odd number without a pattern. */
  private static final long SEED_STEP = 0x9E3779B97F4A7C15L;

  private final SimulatorConfig config;
  private final SimClock clock;
  private final Ids ids;
  private final Journal journal;
  private final FaultPlan faults;
  private final Dispatcher dispatcher;
  private final Router router;
  private final Contracts contracts = new Contracts();
  private final ServiceContext context;
  private final PortServer server;
  private final @Nullable Persistence persistence;
  private List<String> skippedState = List.of();

  private Simulator(SimulatorConfig config, @Nullable DataDirectory data) {
    this.config = config;
    RunOptions run = config.run();
    Instant left = data == null ? null : data.time();
    this.clock = clock(run, left);
    // A restarted simulator must not repeat the ids of its earlier runs.
    this.ids = new Ids(data == null ? run.seed() : run.seed() + SEED_STEP * data.starts());
    this.journal = new Journal(clock);
    this.faults = new FaultPlan(journal, ids);
    this.dispatcher = new Dispatcher(clock, faults);
    this.router =
        new Router(
            dispatcher,
            journal,
            ids,
            run.account(),
            run.region(),
            new GuardSettings(
                config.port().address(),
                config.port().allowedOrigins(),
                (clientPort, serverPort) ->
                    contracts.get(FunctionConnections.class).holds(clientPort, serverPort)));
    contracts.provide(WireAnswers.class, new CodecWireAnswers());
    contracts.provide(LocalHttp.class, new PortHttp(router, this::isOwnPort));
    contracts.provide(FurtherPorts.class, new ServerPorts(this::server));
    this.context =
        new ServiceContext(
            clock,
            ids,
            journal,
            faults,
            dispatcher,
            contracts,
            config.settings(),
            run.account(),
            run.region(),
            config.directories().work(),
            this::endpoint);
    router.verifying(
        new Signers(
            AccessKeys.later(() -> contracts.get(AccessKeys.class)),
            config.settings().get(IamSettings.class, IamSettings.DEFAULT).unknownKeys()));
    createRooms();
    dispatcher.authorize(contracts.find(Permissions.class).orElse(Permissions.OFF));
    this.persistence =
        data == null
            ? null
            : new Persistence(
                data, states(), () -> dispatcher.calls() + journal.lastSequence(), clock::now);
    this.server =
        new PortServer(
            config.portSettings(),
            router,
            clock,
            journal,
            PortLimits.DEFAULT
                .withMailboxes(config.port().mailboxes())
                .withMessageBytes(maxMessageBytes()));
  }

  /** A clock at the start that was asked for, or the present, but never before {@code earliest}. */
  private static SimClock clock(RunOptions run, @Nullable Instant earliest) {
    Instant start = run.start();
    if (start == null) {
      return earliest == null
          ? new SimClock(run.clock())
          : SimClock.notBefore(run.clock(), earliest);
    }
    return new SimClock(
        run.clock(), earliest != null && earliest.isAfter(start) ? earliest : start);
  }

  private void createRooms() {
    try {
      for (ServiceProvider provider : Rooms.providers()) {
        AwsService service = provider.create(context.withIds(ids.split(provider.id())));
        dispatcher.register(service);
        service.endpoints().forEach(router::add);
        service.webSocketEndpoints().forEach(router::add);
      }
    } catch (RuntimeException failure) {
      // The rooms created so far may hold directories and processes.
      dispatcher.services().forEach(Simulator::closeQuietly);
      clock.close();
      throw failure;
    }
  }

  private Map<String, ServiceState> states() {
    var states = new LinkedHashMap<String, ServiceState>();
    dispatcher.services().forEach(service -> states.put(service.id(), service.state()));
    return states;
  }

  private int maxMessageBytes() {
    return dispatcher.services().stream()
        .flatMap(service -> service.webSocketEndpoints().stream())
        .mapToInt(WebSocketEndpoint::maxMessageBytes)
        .max()
        .orElse(PortLimits.DEFAULT.messageBytes());
  }

  /**
   * Starts a simulator.
   *
   * @throws dev.syncline.sim.port.PortUnavailableException when a port is in use
   * @throws dev.syncline.sim.service.state.DataDirectoryException when the data directory cannot be
   *     used
   */
  public static Simulator start(SimulatorConfig config) {
    Path directory = config.directories().data();
    DataDirectory data =
        directory == null
            ? null
            : DataDirectory.open(directory, config.run().account(), config.run().region());
    Simulator simulator;
    try {
      simulator = new Simulator(config, data);
    } catch (RuntimeException failure) {
      closeQuietly(data);
      throw failure;
    }
    try {
      simulator.begin();
      return simulator;
    } catch (RuntimeException failure) {
      // State that has not been read must not be overwritten.
      closeQuietly(data);
      simulator.end();
      throw failure;
    }
  }

  private void begin() {
    if (persistence != null) {
      skippedState = persistence.restore(config.directories().skipDamaged());
    }
    server.start();
    // Functions that start from here on need an open port.
    dispatcher.services().forEach(service -> service.state().resume());
    if (persistence != null) {
      persistence.start();
    }
  }

  /** The port in use. */
  public int port() {
    return server.port();
  }

  private PortServer server() {
    return server;
  }

  private boolean isOwnPort(int number) {
    return number == port() || server.isFurther(number);
  }

  /** The port with TLS; -1 without one. */
  public int tlsPort() {
    return server.tlsPort();
  }

  /** The second port with TLS; -1 without one. */
  public int secondTlsPort() {
    return server.secondTlsPort();
  }

  /** The URL for clients' {@code --endpoint-url}. */
  public URI endpoint() {
    String host =
        config.port().address().isLoopbackAddress()
            ? "127.0.0.1"
            : config.port().address().getHostAddress();
    return URI.create("http://" + host + ":" + port());
  }

  /** The certificate that clients of the TLS port have to trust. */
  public Optional<Path> caFile() {
    return server.caCertificate();
  }

  /** How it was set up. */
  public SimulatorConfig config() {
    return config;
  }

  /** The one clock. */
  public SimClock clock() {
    return clock;
  }

  /** The journal of events. */
  public Journal journal() {
    return journal;
  }

  /** The planned faults. */
  public FaultPlan faults() {
    return faults;
  }

  /** The source of ids. */
  public Ids ids() {
    return ids;
  }

  /** Calls operations. */
  public Dispatcher dispatcher() {
    return dispatcher;
  }

  /** Answers requests without a socket. */
  public Router router() {
    return router;
  }

  /** A context for calls from inside, without a host or a body. */
  public CallContext internalCall() {
    return context.internalCall();
  }

  /** The contracts of the rooms, for tests and tools. */
  public Contracts contracts() {
    return contracts;
  }

  /** Adds an endpoint after those already there. */
  public void addEndpoint(HttpEndpoint endpoint) {
    router.add(endpoint);
  }

  /** Saves the state between runs; null without a data directory. */
  public @Nullable Persistence persistence() {
    return persistence;
  }

  /** The damaged parts of the data directory that were skipped, for people. */
  public List<String> skippedState() {
    return skippedState;
  }

  /**
   * Stops listening, saves the state where it is kept, ends every connection and every child
   * process.
   */
  @Override
  public void close() {
    if (persistence != null) {
      // The port first: changes accepted after the last save would be lost.
      closeQuietly(server);
      closeQuietly(persistence);
    }
    end();
  }

  private void end() {
    dispatcher.services().forEach(Simulator::closeQuietly);
    closeQuietly(server);
    clock.close();
  }

  private static void closeQuietly(@Nullable AutoCloseable part) {
    if (part == null) {
      return;
    }
    try {
      part.close();
    } catch (Exception failure) {
      // One part that cannot be closed must not keep the others open.
      System.Logger log = System.getLogger(Simulator.class.getName());
      log.log(System.Logger.Level.WARNING, "cannot close " + part, failure);
    }
  }
}
