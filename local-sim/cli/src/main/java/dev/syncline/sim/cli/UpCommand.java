// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the simulator, deploys into it, and runs until it is stopped. */
@Command(
    name = "up",
    description = "Start the simulator, deploy a template into it, and run until Ctrl-C.")
final class UpCommand extends Subcommand {
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
          "A further TLS port: 443 for clients without a setting of the port; 0 for a free one."
              + " Default: none.")
  private @Nullable Integer secondTlsPort;

  @Option(
      names = "--work-directory",
      paramLabel = "DIR",
      description =
          "The directory for unpacked functions and the CA. Default: a directory for the port in"
              + " ~/.syncline.")
  private @Nullable Path workDirectory;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Keep the state in this directory, and start with the state in it. It holds secrets in"
              + " plain text. Default: the state ends with the simulator.")
  private @Nullable Path data;

  @Option(
      names = {"-d", "--detach"},
      description =
          "Start it as a background process, wait until it is ready, and return. 'syncline down'"
              + " stops it.")
  private boolean detach;

  @Option(
      names = "--skip-damaged",
      description =
          "Start without the damaged parts of the data directory, and list them; they are moved to"
              + " 'damaged' in it. Without this option such a directory is refused.")
  private boolean skipDamaged;

  @Override
  public Integer call() {
    Home home = Home.ofUser();
    SimulatorConfig checked =
        simulatorOptions
            .config(Path.of("."), port, effectiveTlsPort(), "real")
            .withSecondTlsPort(effectiveSecondTlsPort());
    if (empty && deploymentOptions.given()) {
      throw refused(
          "--empty deploys nothing; leave out --template, --backend, --parameter and --upload");
    }
    if (skipDamaged && data == null) {
      throw refused("--skip-damaged needs a data directory; name it with --data");
    }
    Deployment deployment = empty ? null : deploymentOptions.deployment();
    if (deployment != null && data != null) {
      deployment = deployment.withKeysByContent();
    }
    if (detach) {
      List<String> arguments =
          processArguments().stream()
              .filter(argument -> !argument.equals("--detach") && !argument.equals("-d"))
              .toList();
      new DetachedStart(home, out()).start(port, arguments);
      return 0;
    }
    boolean temporary = workDirectory == null && port == 0;
    Path directory =
        workDirectory != null
            ? workDirectory
            : temporary ? Home.temporary() : home.workDirectory(port);
    SimulatorConfig config =
        simulatorOptions
            .config(
                directory.toAbsolutePath(), checked.port().port(), checked.port().tlsPort(), "real")
            .withSecondTlsPort(checked.port().secondTlsPort())
            .withData(data == null ? null : data.toAbsolutePath())
            .withSkipDamaged(skipDamaged);
    Reporter reporter = outputOptions.reporter(out());
    simulatorOptions.explainExecutor(reporter);
    var stop = new StopSignal();
    stop.listen();
    boolean good;
    try (Instance instance = Instance.start(config, stop)) {
      good = run(instance, deployment, home, reporter);
    } finally {
      if (temporary) {
        Home.remove(directory);
      }
    }
    reporter.progress("stopped", CliJson.object(), "Stopped.");
    return good ? 0 : CommandLine.ExitCode.SOFTWARE;
  }

  /** Returns whether everything was deployed in the end. */
  private boolean run(
      Instance instance, @Nullable Deployment deployment, Home home, Reporter reporter) {
    Simulator simulator = instance.simulator();
    started(simulator, reporter);
    for (String skipped : simulator.skippedState()) {
      reporter.result(
          "skipped",
          CliJson.object().put("what", skipped),
          "Skipped, because it is damaged: " + skipped);
    }
    home.announce(simulator.port());
    try (BackendDeployment backing = new BackendDeployment(instance, deploymentOptions, reporter)) {
      deploy(instance, backing, deployment, reporter);
      instance.stop().await();
      reporter.progress("stopping", CliJson.object(), "Stopping (Ctrl-C again to force)");
      return instance.readiness().status() == Readiness.Status.READY;
    } finally {
      home.withdraw(simulator.port());
    }
  }

  /** A failed stack does not end the simulator, so that a retry needs no new start. */
  private void deploy(
      Instance instance,
      BackendDeployment backing,
      @Nullable Deployment deployment,
      Reporter reporter) {
    try {
      DeployedStack stack = deployment == null ? null : backing.deploy(deployment);
      if (deployment != null && deploymentOptions.usesHttp()) {
        HttpWorkerProbe.problem(deployment)
            .ifPresent(
                problem ->
                    reporter.progress(
                        "warning", CliJson.object().put("text", problem), "Warning: " + problem));
      }
      if (stack != null) {
        deployed(stack, reporter);
      }
      new ReadyReport(instance, stack, deploymentOptions.isShipped()).print(reporter);
      instance.readiness().ready();
    } catch (StackFailure failed) {
      String reason = Failure.reason(failed);
      err().println("syncline: " + reason);
      int served = instance.simulator().port();
      reporter.result(
          "deployment-failed",
          CliJson.object().put("reason", reason),
          "\nThe simulator continues. Correct the template, then: ./syncline deploy"
              + (served == ConnectOptions.DEFAULT_PORT ? "" : " --port " + served)
              + " (with the options of this 'up' that say what to deploy)\n\nCtrl-C stops it.");
      instance.readiness().failed(reason);
    }
  }

  private int effectiveTlsPort() {
    return tlsPort != null ? tlsPort : tlsPortFor(port);
  }

  /** The default TLS port for a port; 0 for a free one. */
  static int tlsPortFor(int port) {
    return port == 0 || port == 65_535 ? 0 : port + 1;
  }

  private int effectiveSecondTlsPort() {
    if (secondTlsPort == null) {
      return -1;
    }
    if (secondTlsPort < 0 || secondTlsPort > 65_535) {
      throw refused("--second-tls-port must be 0 to 65535, got '" + secondTlsPort + "'");
    }
    return secondTlsPort;
  }

  private static void started(Simulator simulator, Reporter reporter) {
    long millis = TimeUnit.NANOSECONDS.toMillis(simulator.clock().realNanos());
    reporter.progress(
        "started",
        CliJson.object()
            .put("endpoint", simulator.endpoint().toString())
            .put("port", simulator.port())
            .put("tlsPort", simulator.tlsPort())
            .put("millis", millis),
        "local-sim listens on " + simulator.endpoint() + " after " + millis + " ms");
  }

  private static void deployed(DeployedStack stack, Reporter reporter) {
    ObjectNode fields = CliJson.object().put("stack", stack.name());
    fields.set("outputs", CliJson.object(stack.outputs()));
    reporter.progress("deployed", fields, "Deployed " + stack.resources().size() + " resources");
  }
}
