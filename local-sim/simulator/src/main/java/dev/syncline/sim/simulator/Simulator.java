// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator;

import dev.syncline.sim.port.codec.CodecWireAnswers;
import dev.syncline.sim.services.sts.AccessKeyStore;
import dev.syncline.sim.events.EventsLimits;
import dev.syncline.sim.handlers.HandlerEngine;
import dev.syncline.sim.handlers.HandlerLimits;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.lambda.EnvironmentFactory;
import dev.syncline.sim.lambda.inprocess.InProcessEnvironments;
import dev.syncline.sim.lambda.inprocess.InProcessFunctions;
import dev.syncline.sim.lambda.process.ProcessEnvironments;
import dev.syncline.sim.lambda.process.ProcessOptions;
import dev.syncline.sim.lambda.process.RuntimeInterfaceClient;
import dev.syncline.sim.port.GuardSettings;
import dev.syncline.sim.port.PortLimits;
import dev.syncline.sim.port.PortServer;
import dev.syncline.sim.port.Router;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.contract.LogSink;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.Loopback;
import dev.syncline.sim.services.apigateway.ApiGatewayService;
import dev.syncline.sim.services.appsync.AppSyncService;
import dev.syncline.sim.services.appsync.auth.EventsVerifier;
import dev.syncline.sim.services.appsync.auth.FunctionCall;
import dev.syncline.sim.services.appsync.auth.TokenEndpoint;
import dev.syncline.sim.services.appsync.auth.TokenIssuer;
import dev.syncline.sim.services.appsync.datasource.DataSourceCalls;
import dev.syncline.sim.services.appsync.datasource.LocalDataSources;
import dev.syncline.sim.services.cloudformation.CloudFormationService;
import dev.syncline.sim.services.cloudwatch.CloudWatchService;
import dev.syncline.sim.services.eventbridge.EventBridgeService;
import dev.syncline.sim.services.iam.IamService;
import dev.syncline.sim.services.lambda.LambdaService;
import dev.syncline.sim.services.logs.LogsService;
import dev.syncline.sim.services.s3.S3Service;
import dev.syncline.sim.services.secretsmanager.SecretsManagerService;
import dev.syncline.sim.services.sqs.SqsService;
import dev.syncline.sim.services.stepfunctions.StepFunctionsService;
import dev.syncline.sim.service.contract.AccessKeys;
import dev.syncline.sim.services.sts.StsService;
import dev.syncline.sim.simulator.persistence.DataDirectory;
import dev.syncline.sim.simulator.persistence.Persistence;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A running simulator: every service behind one port. This is the composition root; what depends on
 * what is written here and nowhere else.
 *
 * <p>Thread-safe. Close it to end every connection and every child process.
 */
public final class Simulator implements AutoCloseable {
  /** Between the seeds of one run and the next: an odd number without a pattern. */
  private static final long SEED_STEP = 0x9E3779B97F4A7C15L;

  private static final String FUNCTION_KEY_ID = "ASIASIMULATOR0000000";
  private static final String FUNCTION_SECRET = "simulator";

  private final SimulatorConfig config;
  private final SimClock clock;
  private final Ids ids;
  private final Journal journal;
  private final FaultPlan faults;
  private final Dispatcher dispatcher;
  private final Router router;
  private final EnvironmentFactory environments;
  private final InProcessFunctions inProcessFunctions = new InProcessFunctions();
  private final LambdaService lambda;
  private final TokenIssuer tokenIssuer;
  private final HandlerEngine handlerEngine;
  private final PortServer server;
  private final @Nullable Persistence persistence;
  private List<String> skippedState = List.of();

  private Simulator(SimulatorConfig config, @Nullable DataDirectory data) {
    this.config = config;
    Instant left = data == null ? null : data.time();
    this.clock =
        left == null ? new SimClock(config.clock()) : SimClock.notBefore(config.clock(), left);
    // What the process before made up must not be made up again.
    this.ids = new Ids(data == null ? config.seed() : config.seed() + SEED_STEP * data.starts());
    this.journal = new Journal(clock);
    this.faults = new FaultPlan(journal, ids);
    this.dispatcher = new Dispatcher(clock, faults);
    String account = config.account();
    String region = config.region();
    this.environments = environments();
    this.router =
        new Router(
            dispatcher,
            journal,
            ids,
            account,
            region,
            new GuardSettings(
                config.address(), config.allowedOrigins(), environments::holdsConnection));

    var logs = new LogsService(clock, account, region);
    // Log lines come without an operation; they count as changes all the same.
    LogSink lines = counted(logs);
    var s3 = new S3Service(clock, ids, account, region);
    var connections = new EventBridgeService(clock, ids, journal, dispatcher, account, region);
    AccessKeyStore accessKeys = accessKeys();
    this.tokenIssuer = new TokenIssuer(clock, ids);
    this.handlerEngine = new HandlerEngine(clock, ids, HandlerLimits.DEFAULT);
    EventsLimits limits = EventsLimits.AWS.with(config.eventsLimits());
    var authorizers =
        new FunctionCall(clock, ids, dispatcher, account, region, limits.authorizerTime());
    var appSync =
        new AppSyncService(
            clock,
            ids,
            journal,
            faults,
            account,
            region,
            limits,
            hosts ->
                new EventsVerifier(
                    accessKeys,
                    config.identity().signatures(),
                    tokenIssuer,
                    authorizers,
                    ids,
                    hosts,
                    account,
                    region,
                    limits),
            handlerEngine,
            dataSources(limits.requestTime()),
            lines);
    var cloudWatch = new CloudWatchService(clock, journal, account, region);
    var sqs =
        new SqsService(
            clock,
            ids,
            journal,
            account,
            region,
            this::endpoint,
            config.executor() == SimulatorConfig.FunctionExecutor.PROCESS);
    this.lambda =
        new LambdaService(
            clock,
            ids,
            journal,
            dispatcher,
            counted(cloudWatch.metricsOf(logs)),
            sqs,
            environments,
            account,
            region,
            config.workDirectory(),
            config.maxEnvironments(),
            config.proactive(),
            this::endpoint);
    var gateway =
        new ApiGatewayService(
            clock, ids, journal, dispatcher, lambda.permissions(), lines, account, region);

    var iam = new IamService(clock, ids, account);
    dispatcher.register(new StsService(clock, ids, accessKeys, account, iam::roleId));
    dispatcher.register(iam);
    dispatcher.register(logs);
    dispatcher.register(new SecretsManagerService(clock, ids, account, region));
    dispatcher.register(s3);
    dispatcher.register(connections);
    dispatcher.register(cloudWatch);
    dispatcher.register(sqs);
    dispatcher.register(appSync);
    dispatcher.register(lambda);
    dispatcher.register(gateway);
    dispatcher.register(
        new StepFunctionsService(
            clock,
            ids,
            journal,
            dispatcher,
            lines,
            router::servesHost,
            router::answerInside,
            connections,
            internalCall(),
            config.tasks(),
            new CodecWireAnswers()));
    dispatcher.register(
        new CloudFormationService(clock, ids, journal, dispatcher, account, region));

    router.add(new TokenEndpoint(tokenIssuer, region));
    router.add(gateway.endpoint());
    router.add(appSync.httpEndpoint());
    router.add(appSync.webSocketEndpoint());
    router.add(lambda.endpoint());
    router.add(s3.endpoint(dispatcher, journal));
    this.persistence =
        data == null
            ? null
            : new Persistence(
                data,
                dispatcher.services().stream()
                    .collect(
                        Collectors.toMap(
                            AwsService::signingName,
                            AwsService::state,
                            (one, other) -> one,
                            LinkedHashMap::new)),
                () -> dispatcher.calls() + journal.lastSequence(),
                clock::now);
    this.server =
        new PortServer(
            config.portSettings(),
            router,
            clock,
            journal,
            PortLimits.DEFAULT
                .withMailboxes(config.mailboxes())
                .withMessageBytes(limits.frameBytes()));
  }

  /**
   * Starts a simulator.
   *
   * @throws dev.syncline.sim.port.PortUnavailableException when a port is in use
   * @throws dev.syncline.sim.service.state.DataDirectoryException when the data directory cannot be
   *     used
   */
  public static Simulator start(SimulatorConfig config) {
    Path directory = config.data();
    DataDirectory data =
        directory == null ? null : DataDirectory.open(directory, config.account(), config.region());
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
      // What could not be read, or was not yet, must not be written over.
      closeQuietly(data);
      simulator.end();
      throw failure;
    }
  }

  private void begin() {
    if (persistence != null) {
      skippedState = persistence.restore(config.skipDamaged());
    }
    server.start();
    // Functions that start now find the port open.
    dispatcher.services().forEach(service -> service.state().resume());
    if (persistence != null) {
      persistence.start();
    }
  }

  private LogSink counted(LogSink logs) {
    return (group, stream, at, message) -> {
      logs.append(group, stream, at, message);
      dispatcher.changed();
    };
  }

  /** What handlers of AppSync Events call. */
  private DataSourceCalls dataSources(Duration limit) {
    return new LocalDataSources(
        new FunctionCall(clock, ids, dispatcher, config.account(), config.region(), limit),
        dispatcher,
        this::internalCall,
        this::serves,
        router::answerInside);
  }

  /** Whether requests to that address are answered by this process. */
  private boolean serves(URI address) {
    String host = address.getHost();
    return host != null
        && (router.servesHost(host) || (address.getPort() == port() && Loopback.isName(host)));
  }

  private EnvironmentFactory environments() {
    return switch (config.executor()) {
      case PROCESS ->
          new ProcessEnvironments(
              RuntimeInterfaceClient.unpack(config.workDirectory().resolve("runtime")),
              ProcessOptions.defaults(this::functionEnvironment));
      case IN_PROCESS ->
          new InProcessEnvironments(clock, journal, inProcessFunctions, this::functionEnvironment);
    };
  }

  /** What every function finds in its environment beneath its own variables. */
  private Map<String, String> functionEnvironment() {
    return Map.of(
        "AWS_ENDPOINT_URL",
        endpoint().toString(),
        "AWS_REGION",
        config.region(),
        "AWS_DEFAULT_REGION",
        config.region(),
        "AWS_ACCESS_KEY_ID",
        FUNCTION_KEY_ID,
        "AWS_SECRET_ACCESS_KEY",
        FUNCTION_SECRET,
        "AWS_SESSION_TOKEN",
        FUNCTION_SECRET);
  }

  /** What the simulator gives functions, and what it was told of. */
  private AccessKeyStore accessKeys() {
    var keys = new AccessKeyStore();
    String account = config.account();
    keys.add(
        new AccessKeys.AccessKey(
            FUNCTION_KEY_ID,
            FUNCTION_SECRET,
            FUNCTION_SECRET,
            "arn:aws:sts::" + account + ":assumed-role/function/simulator",
            "AROAFUNCTION:simulator",
            null));
    config
        .identity()
        .accessKeys()
        .forEach(
            (id, secret) ->
                keys.add(
                    new AccessKeys.AccessKey(
                        id, secret, null, "arn:aws:iam::" + account + ":user/local", id, null)));
    return keys;
  }

  /** The port listened on. */
  public int port() {
    return server.port();
  }

  /** The port listened on with TLS, -1 when there is none. */
  public int tlsPort() {
    return server.tlsPort();
  }

  /** The second port listened on with TLS, -1 when there is none. */
  public int secondTlsPort() {
    return server.secondTlsPort();
  }

  /** What clients take for {@code --endpoint-url}. */
  public URI endpoint() {
    String host =
        config.address().isLoopbackAddress() ? "127.0.0.1" : config.address().getHostAddress();
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

  /** Everything that happened. */
  public Journal journal() {
    return journal;
  }

  /** What goes wrong, when asked to. */
  public FaultPlan faults() {
    return faults;
  }

  /** The source of ids. */
  public Ids ids() {
    return ids;
  }

  /** Issues tokens for APIs that take those of a user pool, or of the issuer built in. */
  public TokenIssuer tokenIssuer() {
    return tokenIssuer;
  }

  /** The way to every operation. */
  public Dispatcher dispatcher() {
    return dispatcher;
  }

  /**
   * Handlers given as objects, in place of a function's code; only the in-process executor asks.
   */
  public InProcessFunctions inProcessFunctions() {
    return inProcessFunctions;
  }

  /** From a request to its answer, without a socket. */
  public Router router() {
    return router;
  }

  /** A context for calls from inside, without a host or a body. */
  public CallContext internalCall() {
    return new CallContext(
        config.account(), config.region(), ids.uuid().toString(), "", new byte[0]);
  }

  /** Adds an endpoint after those already there. */
  public void addEndpoint(HttpEndpoint endpoint) {
    router.add(endpoint);
  }

  /** What keeps the state from one run to the next, null when nothing does. */
  public @Nullable Persistence persistence() {
    return persistence;
  }

  /** What of the data directory is damaged and was skipped, for people. */
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
      // First the port: what is accepted after the last save would be lost.
      closeQuietly(server);
      closeQuietly(persistence);
    }
    end();
  }

  private void end() {
    closeQuietly(lambda);
    closeQuietly(handlerEngine);
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
