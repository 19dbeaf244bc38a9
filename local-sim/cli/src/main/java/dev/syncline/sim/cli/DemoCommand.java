// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows one complete run: start, deploy, one request, its steps, end. */
@Command(
    name = "demo",
    description = "Start, deploy the template, send one request, show its answer and its steps.")
final class DemoCommand extends Subcommand {
  @Mixin private SimulatorOptions simulatorOptions = new SimulatorOptions();
  @Mixin private DeploymentOptions deploymentOptions = new DeploymentOptions();
  @Mixin private OutputOptions outputOptions = new OutputOptions();

  @Option(
      names = "--name",
      paramLabel = "TEXT",
      description = "The name to send. Default: ${DEFAULT-VALUE}.")
  private String name = "Ada";

  @Option(
      names = "--surname",
      paramLabel = "TEXT",
      description = "The surname to send. Default: ${DEFAULT-VALUE}.")
  private String surname = "Lovelace";

  @Option(
      names = "--requests",
      paramLabel = "N",
      description = "How many requests to send, one after another. Default: ${DEFAULT-VALUE}.")
  private int requests = 1;

  @Override
  public Integer call() {
    simulatorOptions.config(Path.of("."), 0, -1, "skip");
    if (requests < 1) {
      throw refused("--requests must be at least 1, got '" + requests + "'");
    }
    Deployment deployment = deploymentOptions.deployment();
    if (deploymentOptions.usesHttp()) {
      HttpWorkerProbe.problem(deployment)
          .ifPresent(
              problem -> {
                throw new Failure(problem);
              });
    }
    Reporter reporter = outputOptions.reporter(out());
    simulatorOptions.explainExecutor(reporter);
    var stop = new StopSignal();
    stop.listen();
    Path directory = Home.temporary();
    try (Instance instance =
            Instance.start(simulatorOptions.config(directory, 0, 0, "skip"), stop);
        BackendDeployment backing = new BackendDeployment(instance, deploymentOptions, reporter)) {
      run(instance, backing, deployment, reporter);
    } finally {
      Home.remove(directory);
    }
    return 0;
  }

  private void run(
      Instance instance, BackendDeployment backing, Deployment deployment, Reporter reporter) {
    Simulator simulator = instance.simulator();
    reporter.progress(
        "started",
        CliJson.object().put("endpoint", simulator.endpoint().toString()),
        "local-sim listens on "
            + simulator.endpoint()
            + " after "
            + TimeUnit.NANOSECONDS.toMillis(simulator.clock().realNanos())
            + " ms");
    DeployedStack stack = backing.deploy(deployment);
    long ready = TimeUnit.NANOSECONDS.toMillis(simulator.clock().realNanos());
    reporter.progress(
        "deployed",
        CliJson.object().put("resources", stack.resources().size()).put("millis", ready),
        "Deployed " + stack.resources().size() + " resources, ready after " + ready + " ms");
    URI uri = eventUri(instance.surface());
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    awaitFunction(http, uri, simulator, reporter);
    String body = DemoRequest.body(name, surname);
    reporter.progress(
        "request",
        CliJson.object().put("url", uri.toString()).put("body", body),
        "\nPOST " + uri + "\n" + body + "\n");
    for (int request = 1; request <= requests; request++) {
      long before = simulator.journal().lastSequence();
      DemoRequest answer = DemoRequest.send(http, uri, body, simulator.clock(), instance.stop());
      check(answer, reporter);
      RequestSteps way = RequestSteps.of(answer, simulator.journal().since(before));
      // The first request includes cold starts; of several requests the last is shown step by step.
      reporter.progress("way", way.toJson(), request == requests ? way.toText() : way.summary());
      if (request == requests && way.workedInAFunction()) {
        FunctionTime.explain(simulator, reporter);
      }
    }
  }

  private void check(DemoRequest answer, Reporter reporter) {
    ObjectNode fields = CliJson.object().put("status", answer.status()).put("body", answer.body());
    reporter.result("answer", fields, answer.body());
    String fullName = answer.fullName();
    if (!fullName.equals(name + " " + surname)) {
      throw new Failure("the full name should be " + name + " " + surname + ", not " + fullName);
    }
  }

  /**
   * Asks for work that does not exist, so that the measured request does not include the start of
   * the bridge's environment, whose time is reported separately.
   */
  private static void awaitFunction(
      HttpClient http, URI uri, Simulator simulator, Reporter reporter) {
    URI unknown = URI.create(uri + "/exec-" + "0".repeat(32));
    long before = simulator.clock().realNanos();
    try {
      http.send(
          HttpRequest.newBuilder(unknown).timeout(Duration.ofMinutes(1)).build(),
          HttpResponse.BodyHandlers.discarding());
    } catch (IOException unreachable) {
      throw new Failure("GET " + unknown + ": no answer: " + Failure.reason(unreachable));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Failure("stopped while waiting for the bridge");
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(simulator.clock().realNanos() - before);
    reporter.progress(
        "function-ready",
        CliJson.object().put("millis", millis),
        "The bridge answered its first call, a GET for an unknown id, after " + millis + " ms");
  }

  private static URI eventUri(DeployedApis surface) {
    return surface.httpApis().stream()
        .flatMap(
            api ->
                api.routes().stream()
                    .filter(route -> route.method().equals("POST"))
                    .map(route -> URI.create(api.url() + route.path())))
        .findFirst()
        .orElseThrow(() -> new Failure("the template has no REST API with a POST method"));
  }
}
