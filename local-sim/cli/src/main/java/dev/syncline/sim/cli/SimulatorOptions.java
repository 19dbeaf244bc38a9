// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.HostPlatform;
import dev.syncline.sim.port.MailboxLimits;
import dev.syncline.sim.port.Origin;
import dev.syncline.sim.service.settings.AllowedHost;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.service.settings.IdentitySettings;
import dev.syncline.sim.service.settings.MockConfig;
import dev.syncline.sim.service.settings.SignatureCheck;
import dev.syncline.sim.service.settings.TaskSettings;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of the simulator; read once, by {@link #config}. */
final class SimulatorOptions {
  private static final int DEFAULT_IN_PROCESS_ENVIRONMENTS = 200;
  private static final int DEFAULT_PROCESS_ENVIRONMENTS = 20;

  private static final String WHY_IN_PROCESS = "child processes need Linux or macOS, and this is ";

  /**
   * Threads that a function starts in this process are unknown to the clock, and the first use of
   * an SDK client loads classes for longer than the default time.
   */
  private static final Duration IN_PROCESS_SETTLE = Duration.ofSeconds(2);

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--time",
      paramLabel = "MODE",
      description =
          "How time runs: real, skip (jumps over waiting), or faster, such as x10. Default: real"
              + " for up, skip for demo.")
  private @Nullable String time;

  @Option(
      names = "--executor",
      paramLabel = "KIND",
      description =
          "Where functions run: process (a child process each, as in AWS) or in-process (a class"
              + " loader each, on virtual time). Default: process, which needs Linux or macOS;"
              + " elsewhere in-process.")
  private @Nullable String executor;

  @Option(
      names = "--max-environments",
      paramLabel = "N",
      description =
          "How many execution environments may exist at once, over all functions. Default: 20, in"
              + " process 200.")
  private @Nullable Integer maxEnvironments;

  @Option(
      names = "--no-warm",
      description =
          "Start a function's first environment with its first invocation, not as soon as the"
              + " function is created.")
  private boolean cold;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "The region it answers for. Default: ${DEFAULT-VALUE}.")
  private String region = "us-east-1";

  @Option(
      names = "--account",
      paramLabel = "ID",
      description = "The account it answers for, 12 digits. Default: ${DEFAULT-VALUE}.")
  private String account = "111111111111";

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of every random id. Default: ${DEFAULT-VALUE}.")
  private long seed = 42;

  @Option(
      names = "--allow-host",
      paramLabel = "HOST[:PORT][=URL]",
      description =
          "A host outside of the simulator that HTTP Tasks of state machines may call; with =URL"
              + " its requests are sent there instead. Repeatable. Default: none.")
  private List<String> allowedHosts = new ArrayList<>();

  @Option(
      names = "--allow-origin",
      paramLabel = "ORIGIN",
      description =
          "The origin of web pages that may call everything, as programs of this machine may, such"
              + " as http://localhost:5173: such a page can run code here. Its host is allowed in"
              + " the Host header too. Repeatable. Default: none; deployed APIs and Event APIs"
              + " allow every page.")
  private List<String> allowedOrigins = new ArrayList<>();

  @Option(
      names = "--access-key",
      paramLabel = "ID:SECRET",
      description =
          "An access key whose signatures are accepted at Event APIs with AWS_IAM. Repeatable."
              + " Default: test:test.")
  private List<String> accessKeys = new ArrayList<>();

  @Option(
      names = "--signatures",
      paramLabel = "CHECK",
      description =
          "How Event APIs check signatures: strict (a known key and a correct signature; the"
              + " default) or structure (the form only; unknown keys are accepted).")
  private String signatures = "strict";

  @Option(
      names = "--events-limit",
      paramLabel = "NAME=VALUE",
      description =
          "A quota of Event APIs in place of AWS's, such as publishes-per-second=100, or"
              + " lifetime=1m; 0 removes the limit of a rate. Or a choice where AWS's behaviour is"
              + " not certain, such as missing-authorization=connection. The error for an unknown"
              + " name lists all names. Repeatable.")
  private List<String> eventsLimits = new ArrayList<>();

  @Option(
      names = "--mailbox",
      paramLabel = "NAME=VALUE",
      description =
          "Limits of the frames that wait for slow WebSocket clients: frames=N or bytes=N for one"
              + " client, all-bytes=N for all together, and overflow=close, drop-oldest or block"
              + " for further frames. Repeatable. Default: frames=16384, bytes=16MB,"
              + " all-bytes=256MB, overflow=close.")
  private List<String> mailboxes = new ArrayList<>();

  @Option(
      names = "--mock-config",
      paramLabel = "FILE",
      description =
          "Mocked Task states in the format of Step Functions Local; a test case is chosen with"
              + " StartExecution on <state machine ARN>#<test case>. Default: the file that the"
              + " variable SFN_MOCK_CONFIG names, if any.")
  private @Nullable Path mockConfig;

  @Mixin private DynamoDbOptions dynamoDb = new DynamoDbOptions();

  @Mixin private FunctionRuleOptions rules = new FunctionRuleOptions();

  @Mixin private IamOptions iam = new IamOptions();

  @Mixin private DeviationOptions deviations = new DeviationOptions();

  @Mixin private InterpreterOptions interpreters = new InterpreterOptions();

  private final HostPlatform platform;

  SimulatorOptions() {
    this(HostPlatform.current());
  }

  /** For a given platform, in tests. */
  SimulatorOptions(HostPlatform platform) {
    this.platform = platform;
  }

  /** Reports that functions do not run in the default executor, and why. */
  void explainExecutor(Reporter reporter) {
    if (executor == null && !FunctionExecutor.PROCESS.runsOn(platform)) {
      reporter.progress(
          "note",
          CliJson.object()
              .put("text", "functions run in this process: " + WHY_IN_PROCESS + platform),
          "Functions run in this process (--executor in-process): "
              + WHY_IN_PROCESS
              + platform
              + ".");
    }
  }

  /** The options as a configuration; {@code defaultTime} where {@code --time} is not given. */
  SimulatorConfig config(Path workDirectory, int port, int tlsPort, String defaultTime) {
    FunctionExecutor functions = functionExecutor();
    int environments =
        maxEnvironments != null
            ? maxEnvironments
            : functions == FunctionExecutor.PROCESS
                ? DEFAULT_PROCESS_ENVIRONMENTS
                : DEFAULT_IN_PROCESS_ENVIRONMENTS;
    require("--port", port >= 0 && port <= 65_535, "0 to 65535", port);
    require("--tls-port", tlsPort >= -1 && tlsPort <= 65_535, "-1 to 65535", tlsPort);
    require("--max-environments", environments > 0, "at least 1", environments);
    require("--account", account.matches("\\d{12}"), "12 digits", account);
    require("--region", region.matches("[a-z]{2}(-[a-z]+)+-\\d"), "like us-east-1", region);
    SimulatorConfig defaults = SimulatorConfig.defaults(workDirectory);
    SimulatorConfig plain =
        defaults
            .withPort(port, tlsPort)
            .withMailboxes(mailboxes(defaults.port().mailboxes()))
            .withAllowedOrigins(origins())
            .withAccount(account, region)
            .withClock(clockMode(time == null ? defaultTime : time, functions))
            .withSeed(seed)
            .withExecutor(functions, environments)
            .withProactive(!cold)
            .withIdentity(identity(defaults.identity()))
            .withDynamoDb(settings(dynamoDb::settings))
            .withSetting(settings(rules::settings))
            .withSetting(settings(iam::settings))
            .withSetting(settings(interpreters::settings))
            .withSetting(interpreters.javaClient())
            .withSetting(tasks());
    SimulatorConfig config = settings(() -> deviations.applyTo(plain));
    try {
      return config.withEventsLimits(eventsLimits());
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(
          command.commandLine(), "--events-limit: " + Failure.reason(wrong));
    }
  }

  private <T> T settings(Supplier<T> options) {
    try {
      return options.get();
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(command.commandLine(), Failure.reason(wrong));
    }
  }

  private List<Origin> origins() {
    var origins = new ArrayList<Origin>();
    for (String origin : allowedOrigins) {
      try {
        origins.add(Origin.parse(origin));
      } catch (IllegalArgumentException malformed) {
        throw new ParameterException(
            command.commandLine(), "--allow-origin " + malformed.getMessage());
      }
    }
    return origins;
  }

  private Map<String, String> eventsLimits() {
    return namesAndValues("--events-limit", eventsLimits);
  }

  private MailboxLimits mailboxes(MailboxLimits defaults) {
    MailboxLimits limits = defaults;
    for (Map.Entry<String, String> given : namesAndValues("--mailbox", mailboxes).entrySet()) {
      try {
        limits = limits.with(given.getKey(), given.getValue());
      } catch (IllegalArgumentException wrong) {
        throw new ParameterException(command.commandLine(), "--mailbox: " + Failure.reason(wrong));
      }
    }
    return limits;
  }

  private Map<String, String> namesAndValues(String option, List<String> all) {
    var values = new LinkedHashMap<String, String>();
    for (String given : all) {
      int equals = given.indexOf('=');
      if (equals < 1) {
        throw refused(option, "NAME=VALUE", given);
      }
      values.put(given.substring(0, equals), given.substring(equals + 1));
    }
    return values;
  }

  private IdentitySettings identity(IdentitySettings defaults) {
    SignatureCheck check =
        switch (signatures.toLowerCase(Locale.ROOT)) {
          case "strict" -> SignatureCheck.STRICT;
          case "structure" -> SignatureCheck.STRUCTURE;
          default -> throw refused("--signatures", "strict or structure", signatures);
        };
    var keys = new HashMap<String, String>();
    for (String key : accessKeys) {
      int colon = key.indexOf(':');
      if (colon < 1 || colon == key.length() - 1) {
        // The value is not repeated: it may hold a secret.
        throw new ParameterException(
            command.commandLine(), "--access-key must be ID:SECRET, both of them not empty");
      }
      keys.put(key.substring(0, colon), key.substring(colon + 1));
    }
    return new IdentitySettings(check, keys.isEmpty() ? defaults.accessKeys() : keys);
  }

  private TaskSettings tasks() {
    var hosts = new ArrayList<AllowedHost>();
    for (String host : allowedHosts) {
      try {
        hosts.add(AllowedHost.parse(host));
      } catch (IllegalArgumentException malformed) {
        throw new ParameterException(
            command.commandLine(), "--allow-host " + malformed.getMessage());
      }
    }
    String variable = System.getenv("SFN_MOCK_CONFIG");
    boolean fromVariable = mockConfig == null && variable != null && !variable.isBlank();
    Path file = fromVariable ? Path.of(variable) : mockConfig;
    if (file == null) {
      return new TaskSettings(hosts, MockConfig.NONE);
    }
    try {
      return new TaskSettings(hosts, MockConfig.read(file));
    } catch (IllegalArgumentException refused) {
      throw new ParameterException(
          command.commandLine(),
          (fromVariable ? "SFN_MOCK_CONFIG: " : "--mock-config: ") + refused.getMessage());
    }
  }

  private ClockMode clockMode(String text, FunctionExecutor functions) {
    ClockMode mode;
    try {
      mode = ClockMode.parse(text);
    } catch (IllegalArgumentException unknown) {
      throw badTime(text);
    }
    // No command could advance it.
    if (mode instanceof ClockMode.Manual) {
      throw badTime(text);
    }
    return mode instanceof ClockMode.Skipping && functions == FunctionExecutor.IN_PROCESS
        ? new ClockMode.Skipping(IN_PROCESS_SETTLE)
        : mode;
  }

  private ParameterException badTime(String text) {
    return refused("--time", "real, skip or x<factor> such as x10", text);
  }

  private FunctionExecutor functionExecutor() {
    String asked = executor;
    if (asked == null) {
      return FunctionExecutor.PROCESS.runsOn(platform)
          ? FunctionExecutor.PROCESS
          : FunctionExecutor.IN_PROCESS;
    }
    switch (asked.toLowerCase(Locale.ROOT)) {
      case "process":
        if (!FunctionExecutor.PROCESS.runsOn(platform)) {
          throw new ParameterException(
              command.commandLine(),
              "--executor process cannot be used: "
                  + WHY_IN_PROCESS
                  + platform
                  + "; use --executor in-process, the default here");
        }
        return FunctionExecutor.PROCESS;
      case "in-process":
        return FunctionExecutor.IN_PROCESS;
      default:
        throw refused("--executor", "process or in-process", asked);
    }
  }

  private void require(String option, boolean holds, String expected, Object value) {
    if (!holds) {
      throw refused(option, expected, value);
    }
  }

  private ParameterException refused(String option, String expected, Object value) {
    return new ParameterException(
        command.commandLine(), option + " must be " + expected + ", got '" + value + "'");
  }
}
