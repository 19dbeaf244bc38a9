// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.junit;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.port.MailboxLimits;
import dev.syncline.sim.port.Origin;
import dev.syncline.sim.service.contract.PermissionReport;
import dev.syncline.sim.service.settings.AllowedHost;
import dev.syncline.sim.service.settings.CognitoSettings;
import dev.syncline.sim.service.settings.DynamoDbSettings;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.service.settings.IamMode;
import dev.syncline.sim.service.settings.IamSettings;
import dev.syncline.sim.service.settings.MockConfig;
import dev.syncline.sim.service.settings.Tolerance;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts one simulator for a test class, on free ports and loopback, and stops it after the last
 * test. Faults are cleared after it only with the simulator itself: a test that plans faults clears
 * them.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final SynclineExtension AWS = SynclineExtension.builder().seed(7).build();
 *
 * @Test
 * void something(Simulator simulator) { ... }
 * }</pre>
 *
 * <p>An extension in a static field serves the class and its nested classes. {@link #simulator()}
 * and a parameter of type {@link Simulator} return the same simulator. Thread-safe between start
 * and stop.
 */
public final class SynclineExtension
    implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
  private final UnaryOperator<SimulatorConfig> settings;
  private @Nullable ExtensionContext owner;
  private @Nullable Simulator simulator;
  private @Nullable Path directory;

  private SynclineExtension(Builder builder) {
    this.settings = builder.settings;
  }

  /** Options with their defaults: skipping time, functions in process, seed 42. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The simulator of the running test class.
   *
   * @throws IllegalStateException outside of a test class
   */
  public Simulator simulator() {
    Simulator running = simulator;
    if (running == null) {
      throw new IllegalStateException(
          "no simulator runs; register the extension as a static field with @RegisterExtension");
    }
    return running;
  }

  /**
   * What principals used, and the smallest policies that allow it; empty unless permissions are
   * recorded, see {@link Builder#iam(IamMode)}.
   */
  public List<PermissionReport.PrincipalUses> permissionReport() {
    return simulator().contracts().get(PermissionReport.class).principals();
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    // Nested classes share the simulator of the class around them.
    if (simulator != null) {
      return;
    }
    Path work = Files.createTempDirectory("syncline-test-");
    directory = work;
    owner = context;
    simulator = Simulator.start(settings.apply(SimulatorConfig.defaults(work)));
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (owner != context) {
      return;
    }
    Simulator running = simulator;
    simulator = null;
    owner = null;
    if (running != null) {
      running.close();
    }
    if (directory != null) {
      remove(directory);
    }
  }

  private static void remove(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Simulator.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return simulator();
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {
    private static final int DEFAULT_ENVIRONMENTS = 50;

    private UnaryOperator<SimulatorConfig> settings =
        config -> config.withExecutor(FunctionExecutor.IN_PROCESS, DEFAULT_ENVIRONMENTS);

    private Builder() {}

    private Builder with(UnaryOperator<SimulatorConfig> change) {
      UnaryOperator<SimulatorConfig> before = settings;
      settings = config -> change.apply(before.apply(config));
      return this;
    }

    /** How time runs. */
    public Builder clock(ClockMode mode) {
      return with(config -> config.withClock(mode));
    }

    /** The time at which the clock starts; the present by default. */
    public Builder startingAt(Instant start) {
      return with(config -> config.withStart(start));
    }

    /** The refusals of AWS to leave out and to report, and no others; none by default. */
    public Builder tolerate(Tolerance... tolerated) {
      Set<Tolerance> all = Set.of(tolerated);
      return with(config -> config.withTolerances(all));
    }

    /** The executor of functions, and the maximum number of environments at a time, at least 1. */
    public Builder executor(FunctionExecutor functions, int maxEnvironments) {
      if (maxEnvironments < 1) {
        throw new IllegalArgumentException(
            "maxEnvironments must be at least 1, got " + maxEnvironments);
      }
      return with(config -> config.withExecutor(functions, maxEnvironments));
    }

    /** The seed of every random choice; the same seed gives the same run. */
    public Builder seed(long newSeed) {
      return with(config -> config.withSeed(newSeed));
    }

    /**
     * The responses of mocked Task states; see {@link MockConfig} for how an execution selects
     * them.
     */
    public Builder mocks(MockConfig config) {
      return with(simulator -> simulator.withMocks(config));
    }

    /**
     * Allows HTTP Tasks to call a host outside of the simulator, given as {@code
     * HOST[:PORT][=URL]}.
     *
     * @throws IllegalArgumentException for another form
     */
    public Builder allowHost(String host) {
      AllowedHost allowed = AllowedHost.parse(host);
      return with(config -> config.withAllowedHost(allowed));
    }

    /**
     * Lets web pages of an origin, such as {@code http://localhost:5173}, call everything; deployed
     * APIs and Event APIs allow every page anyway. Repeatable.
     *
     * @throws IllegalArgumentException for another form
     */
    public Builder allowOrigin(String origin) {
      Origin allowed = Origin.parse(origin);
      return with(config -> config.withAllowedOrigin(allowed));
    }

    /**
     * A quota of Event APIs in place of AWS's, such as {@code publishes-per-second} or {@code
     * lifetime}, or a choice where AWS's behaviour is not certain, such as {@code
     * missing-authorization}; an unknown name is refused at the start, with a list of all names.
     * Repeatable.
     */
    public Builder eventsLimit(String name, String value) {
      return with(config -> config.withEventsLimit(name, value));
    }

    /**
     * What permissions do; nothing by default. An access key that neither IAM nor STS issued is the
     * root user's.
     */
    public Builder iam(IamMode mode) {
      return iam(new IamSettings(mode, true));
    }

    /** What permissions do, and to whom unknown access keys belong. */
    public Builder iam(IamSettings iam) {
      return with(config -> config.withSetting(iam));
    }

    /** How Cognito user pools differ from AWS's, such as the issuer that tokens name. */
    public Builder cognito(CognitoSettings cognito) {
      return with(config -> config.withSetting(cognito));
    }

    /** How DynamoDB behaves where AWS's regions differ, or takes time. */
    public Builder dynamoDb(DynamoDbSettings dynamoDb) {
      return with(config -> config.withDynamoDb(dynamoDb));
    }

    /** The limits of frames that wait for slow WebSocket clients, and the policy beyond them. */
    public Builder mailboxes(MailboxLimits limits) {
      return with(config -> config.withMailboxes(limits));
    }

    /** The extension, for a static field. */
    public SynclineExtension build() {
      return new SynclineExtension(this);
    }
  }
}
