// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.aws.Simulator;
import dev.syncline.sim.aws.SimulatorConfig;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts the simulator, deploys into it, and stays until it is told to stop. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Start the simulator, deploy a template into it, and stay until Ctrl-C.")
final class UpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private SimulatorOptions simulatorOptions = new SimulatorOptions();
  @Mixin private DeploymentOptions deploymentOptions = new DeploymentOptions();
  @Mixin private OutputOptions outputOptions = new OutputOptions();

  @Option(names = "--empty", description = "Deploy nothing.")
  private boolean empty;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port for everything; 0 for a free one. Default: ${DEFAULT-VALUE}.")
  private int port = ConnectOptions.DEFAULT_PORT;

  @Option(
      names = "--tls-port",
      paramLabel = "PORT",
      description =
          "The same over TLS; 0 for a free one, -1 for none. Default: the port after --port.")
  private @Nullable Integer tlsPort;

  @Option(
      names = "--second-tls-port",
      paramLabel = "PORT",
      description =
          "TLS on one more port: 443 for clients that cannot be told a port; 0 for a free one."
              + " Default: none.")
  private @Nullable Integer secondTlsPort;

  @Option(
      names = "--work-directory",
      paramLabel = "DIR",
      description =
          "Where unpacked functions and the CA go. Default: a directory for the port in"
              + " ~/.syncline.")
  private @Nullable Path workDirectory;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Keep the state in this directory, and go on with what is there. It holds secrets in the"
              + " clear. Default: the state ends with the simulator.")
  private @Nullable Path data;

  @Option(
      names = "--skip-damaged",
      description =
          "Start without what is damaged in the data directory, and tell what that is; it is moved"
              + " to 'damaged' there. Without it such a directory is refused.")
  private boolean skipDamaged;

  @Override
  public Integer call() {
    Home home = Home.ofUser();
    SimulatorConfig checked =
        simulatorOptions
            .config(Path.of("."), port, effectiveTlsPort(), "real")
            .withSecondTlsPort(effectiveSecondTlsPort());
    if (empty && deploymentOptions.given()) {
      throw new ParameterException(
          spec.commandLine(),
          "--empty deploys nothing; leave out --template, --backend, --parameter and --upload");
    }
    if (skipDamaged && data == null) {
      throw new ParameterException(
          spec.commandLine(), "--skip-damaged is about a data directory; name it with --data");
    }
    Deployment deployment = empty ? null : deploymentOptions.deployment();
    if (deployment != null && data != null) {
      deployment = deployment.withKeysByContent();
    }
    boolean temporary = workDirectory == null && port == 0;
    Path directory =
        workDirectory != null
            ? workDirectory
            : temporary ? Home.temporary() : home.workDirectory(port);
    SimulatorConfig config =
        simulatorOptions
            .config(directory.toAbsolutePath(), checked.port(), checked.tlsPort(), "real")
            .withSecondTlsPort(checked.secondTlsPort())
            .withData(data == null ? null : data.toAbsolutePath())
            .withSkipDamaged(skipDamaged);
    Reporter reporter = outputOptions.reporter(spec.commandLine().getOut());
    var stop = new StopSignal();
    stop.listen();
    try (Instance instance = Instance.start(config, stop)) {
      run(instance, deployment, home, reporter);
    } finally {
      if (temporary) {
        Home.remove(directory);
      }
    }
    reporter.progress("stopped", Json.object(), "Stopped.");
    return 0;
  }

  private void run(
      Instance instance, @Nullable Deployment deployment, Home home, Reporter reporter) {
    Simulator simulator = instance.simulator();
    started(simulator, reporter);
    for (String skipped : simulator.skippedState()) {
      reporter.result(
          "skipped",
          Json.object().put("what", skipped),
          "Skipped, because it is damaged: " + skipped);
    }
    home.announce(simulator.port());
    try (Backing backing = new Backing(instance, deploymentOptions, reporter)) {
      if (deployment != null) {
        Stack stack = backing.deploy(deployment);
        deployed(stack, reporter);
      }
      ready(instance, reporter);
      instance.stop().await();
      reporter.progress("stopping", Json.object(), "Stopping (Ctrl-C again to force)");
    } finally {
      home.withdraw(simulator.port());
    }
  }

  private int effectiveTlsPort() {
    if (tlsPort != null) {
      return tlsPort;
    }
    return port == 0 || port == 65_535 ? 0 : port + 1;
  }

  private int effectiveSecondTlsPort() {
    if (secondTlsPort == null) {
      return -1;
    }
    if (secondTlsPort < 0 || secondTlsPort > 65_535) {
      throw new ParameterException(
          spec.commandLine(), "--second-tls-port must be 0 to 65535, got '" + secondTlsPort + "'");
    }
    return secondTlsPort;
  }

  private static void started(Simulator simulator, Reporter reporter) {
    long millis = TimeUnit.NANOSECONDS.toMillis(simulator.clock().realNanos());
    reporter.progress(
        "started",
        Json.object()
            .put("endpoint", simulator.endpoint().toString())
            .put("port", simulator.port())
            .put("tlsPort", simulator.tlsPort())
            .put("millis", millis),
        "local-sim listens on " + simulator.endpoint() + " after " + millis + " ms");
  }

  private static void deployed(Stack stack, Reporter reporter) {
    ObjectNode fields = Json.object().put("stack", stack.name());
    fields.set("outputs", Json.object(stack.outputs()));
    reporter.progress("deployed", fields, "Deployed " + stack.resources().size() + " resources");
  }

  private static void ready(Instance instance, Reporter reporter) {
    Simulator simulator = instance.simulator();
    Surface surface = instance.surface();
    ObjectNode fields =
        Json.object()
            .put("endpoint", simulator.endpoint().toString())
            .put("tlsPort", simulator.tlsPort())
            .put("secondTlsPort", simulator.secondTlsPort())
            .put("caFile", simulator.caFile().map(Object::toString).orElse(null))
            .put("workDirectory", simulator.config().workDirectory().toString());
    if (simulator.config().data() != null) {
      fields.put("dataDirectory", simulator.config().data().toString());
    }
    fields.setAll(surface.toJson());
    var text = new StringBuilder("\nReady.\n");
    line(text, "AWS endpoint", simulator.endpoint().toString());
    if (simulator.tlsPort() > 0) {
      line(text, "the same over TLS", "https://127.0.0.1:" + simulator.tlsPort());
    }
    if (simulator.secondTlsPort() > 0) {
      line(text, "and", "https://127.0.0.1:" + simulator.secondTlsPort());
    }
    simulator
        .caFile()
        .ifPresent(file -> line(text, "its CA", file + " (syncline ca tells how to trust it)"));
    line(
        text, "region, account", simulator.config().region() + ", " + simulator.config().account());
    for (Surface.EventsApi api : surface.eventsApis()) {
      line(text, "AppSync Events", api.name() + ": " + api.httpHost());
      line(text, "", api.realtimeHost());
    }
    for (Surface.HttpApi api : surface.httpApis()) {
      for (Surface.Route route : api.routes()) {
        line(text, "HTTP API", route.method() + " " + api.url() + route.path());
      }
    }
    line(text, "work directory", simulator.config().workDirectory().toString());
    if (simulator.config().data() != null) {
      line(text, "data directory", simulator.config().data().toString());
    }
    line(text, "logs", "syncline logs" + portOption(simulator));
    surface.httpApis().stream()
        .flatMap(
            api ->
                api.routes().stream()
                    .filter(route -> route.method().equals("POST"))
                    .map(route -> api.url() + route.path()))
        .findFirst()
        .ifPresent(
            url ->
                text.append("\nTry it:\n  curl -sS -X POST ")
                    .append(url)
                    .append(" -H 'Content-Type: application/json' -d '")
                    .append(DemoRequest.body("Ada", "Lovelace"))
                    .append("'\n"));
    text.append("\nCtrl-C stops it.");
    reporter.result("ready", fields, text.toString());
  }

  private static String portOption(Simulator simulator) {
    return simulator.port() == ConnectOptions.DEFAULT_PORT ? "" : " --port " + simulator.port();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format("  %-18s %s%n", name, value));
  }
}
