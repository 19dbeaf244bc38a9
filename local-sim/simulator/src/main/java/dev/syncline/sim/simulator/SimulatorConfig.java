// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator;

import dev.syncline.sim.events.EventsLimits;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.HostPlatform;
import dev.syncline.sim.lambda.process.RuntimeInterfaceClient;
import dev.syncline.sim.port.MailboxLimits;
import dev.syncline.sim.port.Origin;
import dev.syncline.sim.port.PortSettings;
import dev.syncline.sim.services.stepfunctions.TaskSettings;
import dev.syncline.sim.services.stepfunctions.integration.AllowedHost;
import dev.syncline.sim.services.stepfunctions.mock.MockConfig;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a simulator is set up. Immutable.
 *
 * @param address where it listens; loopback unless told otherwise
 * @param port the one port, 0 for any free one
 * @param tlsPort the same over TLS, 0 for any free one, -1 for none
 * @param account the account it answers for, 12 digits
 * @param region the region it answers for
 * @param clock how time runs
 * @param seed of every random choice
 * @param workDirectory where unpacked functions, the CA and logs go; owned by the simulator
 * @param executor where functions run
 * @param maxEnvironments how many execution environments may exist at once, over all functions
 * @param proactive whether a function gets an environment as soon as it is created, and a version
 *     as soon as an alias points to it, as Lambda's proactive initialization may do
 * @param identity whose signatures are good
 * @param tasks what the Task states of state machines may call outside, and what is mocked
 * @param eventsLimits quotas and doubtful behaviours of Event APIs in place of AWS's, by name; a
 *     wrong name lists them all, 0 takes a rate's limit away
 * @param secondTlsPort TLS on one more port, 443 for clients that cannot be told a port; 0 for any
 *     free one, -1 for none
 * @param skipDamaged whether to start without what is damaged in the data directory; otherwise such
 *     a directory is refused
 * @param mailboxes what may wait for WebSocket clients that read slowly
 * @param data the directory that keeps the state from one run to the next; null when it ends with
 *     the simulator
 * @param allowedOrigins web pages that may call everything, as if they were programs of this
 *     machine; none unless told otherwise
 */
public record SimulatorConfig(
    InetAddress address,
    int port,
    int tlsPort,
    String account,
    String region,
    ClockMode clock,
    long seed,
    Path workDirectory,
    FunctionExecutor executor,
    int maxEnvironments,
    boolean proactive,
    IdentityConfig identity,
    TaskSettings tasks,
    Map<String, String> eventsLimits,
    int secondTlsPort,
    boolean skipDamaged,
    MailboxLimits mailboxes,
    @Nullable Path data,
    List<Origin> allowedOrigins) {

  /** Where functions run. */
  public enum FunctionExecutor {
    /** Each environment is a child process with a runtime interface client. Faithful. */
    PROCESS,
    /** Each environment is a class loader in this process, on virtual time. Fast and exact. */
    IN_PROCESS;

    /** Whether functions can run so there: child processes need Linux on x86-64 or arm64. */
    public boolean runsOn(HostPlatform platform) {
      return this == IN_PROCESS || RuntimeInterfaceClient.supported(platform);
    }
  }

  private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d");

  /** Refuses what cannot work, naming the setting. */
  public SimulatorConfig {
    requirePort("port", port, 0);
    requirePort("tlsPort", tlsPort, -1);
    requirePort("secondTlsPort", secondTlsPort, -1);
    eventsLimits = Map.copyOf(eventsLimits);
    allowedOrigins = List.copyOf(allowedOrigins);
    EventsLimits.AWS.with(eventsLimits);
    if (!ACCOUNT.matcher(account).matches()) {
      throw new IllegalArgumentException("account must be 12 digits, got '" + account + "'");
    }
    if (!REGION.matcher(region).matches()) {
      throw new IllegalArgumentException("region must look like us-east-1, got '" + region + "'");
    }
    if (maxEnvironments < 1) {
      throw new IllegalArgumentException(
          "maxEnvironments must be at least 1, got " + maxEnvironments);
    }
  }

  /** Loopback, any free port, skipping time, functions as child processes. */
  public static SimulatorConfig defaults(Path workDirectory) {
    return new SimulatorConfig(
        InetAddress.getLoopbackAddress(),
        0,
        0,
        "111111111111",
        "us-east-1",
        new ClockMode.Skipping(),
        42,
        workDirectory,
        FunctionExecutor.PROCESS,
        20,
        true,
        IdentityConfig.DEFAULT,
        TaskSettings.DEFAULT,
        Map.of(),
        -1,
        false,
        MailboxLimits.DEFAULT,
        null,
        List.of());
  }

  /** What the port has to know of it. */
  public PortSettings portSettings() {
    return new PortSettings(address, port, tlsPort, secondTlsPort, region, workDirectory);
  }

  /** The same with another port. */
  public SimulatorConfig withPort(int newPort, int newTlsPort) {
    return with(
        draft -> {
          draft.port = newPort;
          draft.tlsPort = newTlsPort;
        });
  }

  /** The same with another clock. */
  public SimulatorConfig withClock(ClockMode mode) {
    return with(draft -> draft.clock = mode);
  }

  /** The same with functions elsewhere. */
  public SimulatorConfig withExecutor(FunctionExecutor newExecutor, int newMaxEnvironments) {
    return with(
        draft -> {
          draft.executor = newExecutor;
          draft.maxEnvironments = newMaxEnvironments;
        });
  }

  /** The same with another seed. */
  public SimulatorConfig withSeed(long newSeed) {
    return with(draft -> draft.seed = newSeed);
  }

  /** The same with or without proactive initialization. */
  public SimulatorConfig withProactive(boolean newProactive) {
    return with(draft -> draft.proactive = newProactive);
  }

  /** The same with other access keys or another check of signatures. */
  public SimulatorConfig withIdentity(IdentityConfig newIdentity) {
    return with(draft -> draft.identity = newIdentity);
  }

  /** The same with these quotas of Event APIs in place of AWS's, by name. */
  public SimulatorConfig withEventsLimits(Map<String, String> newEventsLimits) {
    return with(draft -> draft.eventsLimits = newEventsLimits);
  }

  /** The same with TLS on one more port, -1 for none. */
  public SimulatorConfig withSecondTlsPort(int newSecondTlsPort) {
    return with(draft -> draft.secondTlsPort = newSecondTlsPort);
  }

  /** The same with other bounds for WebSocket clients that read slowly. */
  public SimulatorConfig withMailboxes(MailboxLimits newMailboxes) {
    return with(draft -> draft.mailboxes = newMailboxes);
  }

  /** The same with the state kept in {@code newData}; null for nowhere. */
  public SimulatorConfig withData(@Nullable Path newData) {
    return with(draft -> draft.data = newData);
  }

  /** The same, starting without what is damaged in the data directory, or refusing it. */
  public SimulatorConfig withSkipDamaged(boolean newSkipDamaged) {
    return with(draft -> draft.skipDamaged = newSkipDamaged);
  }

  /** The same with these hosts outside of the process open to HTTP Tasks, and no others. */
  public SimulatorConfig withAllowedHosts(List<AllowedHost> hosts) {
    return withTasks(new TaskSettings(hosts, tasks.mocks()));
  }

  /**
   * The same with web pages of these origins, and no others, let in; see {@link Origin#parse}. Such
   * a page can run code on this machine.
   */
  public SimulatorConfig withAllowedOrigins(List<Origin> origins) {
    return with(draft -> draft.allowedOrigins = origins);
  }

  /** The same with these mocks of Task states. */
  public SimulatorConfig withMocks(MockConfig mocks) {
    return withTasks(new TaskSettings(tasks.allowedHosts(), mocks));
  }

  private SimulatorConfig withTasks(TaskSettings newTasks) {
    return with(draft -> draft.tasks = newTasks);
  }

  private SimulatorConfig with(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.config();
  }

  /** A configuration being changed, so that each change names only what it changes. */
  private static final class Draft {
    private InetAddress address;
    private int port;
    private int tlsPort;
    private String account;
    private String region;
    private ClockMode clock;
    private long seed;
    private Path workDirectory;
    private FunctionExecutor executor;
    private int maxEnvironments;
    private boolean proactive;
    private IdentityConfig identity;
    private TaskSettings tasks;
    private Map<String, String> eventsLimits;
    private int secondTlsPort;
    private boolean skipDamaged;
    private MailboxLimits mailboxes;
    private @Nullable Path data;
    private List<Origin> allowedOrigins;

    Draft(SimulatorConfig from) {
      this.address = from.address;
      this.port = from.port;
      this.tlsPort = from.tlsPort;
      this.account = from.account;
      this.region = from.region;
      this.clock = from.clock;
      this.seed = from.seed;
      this.workDirectory = from.workDirectory;
      this.executor = from.executor;
      this.maxEnvironments = from.maxEnvironments;
      this.proactive = from.proactive;
      this.identity = from.identity;
      this.tasks = from.tasks;
      this.eventsLimits = from.eventsLimits;
      this.secondTlsPort = from.secondTlsPort;
      this.skipDamaged = from.skipDamaged;
      this.mailboxes = from.mailboxes;
      this.data = from.data;
      this.allowedOrigins = from.allowedOrigins;
    }

    SimulatorConfig config() {
      return new SimulatorConfig(
          address,
          port,
          tlsPort,
          account,
          region,
          clock,
          seed,
          workDirectory,
          executor,
          maxEnvironments,
          proactive,
          identity,
          tasks,
          eventsLimits,
          secondTlsPort,
          skipDamaged,
          mailboxes,
          data,
          allowedOrigins);
    }
  }

  private static void requirePort(String name, int value, int least) {
    if (value < least || value > 65_535) {
      throw new IllegalArgumentException(name + " must be " + least + " to 65535, got " + value);
    }
  }
}
