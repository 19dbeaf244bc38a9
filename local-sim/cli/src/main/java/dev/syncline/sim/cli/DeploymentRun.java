// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.deploy.StackDeployer;
import dev.syncline.sim.simulator.deploy.StackFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Deploys a template into an instance and reports the progress. Not thread-safe. */
record DeploymentRun(Instance instance, Reporter reporter) {
  /**
   * Deploys it and waits until it is complete.
   *
   * @throws Failure naming the resource and the reason when it fails, or when stopped meanwhile
   */
  DeployedStack deploy(Deployment deployment) {
    ObjectNode fields =
        CliJson.object().put("stack", deployment.stackName()).put("template", deployment.source());
    fields.set("parameters", CliJson.object(deployment.parameters()));
    reporter.progress(
        "deploying",
        fields,
        "Deploying " + deployment.source() + " as stack " + deployment.stackName());
    // Not in try-with-resources: closing it would wait for a deployment that was stopped.
    ExecutorService worker = Executors.newVirtualThreadPerTaskExecutor();
    CompletableFuture<DeployedStack> deploying =
        CompletableFuture.supplyAsync(() -> run(deployment), worker);
    while (!deploying.isDone()) {
      if (instance.stop().await(StopSignal.POLL)) {
        throw new Failure("stopped while deploying");
      }
    }
    try {
      return deploying.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failed;
    }
  }

  private DeployedStack run(Deployment deployment) {
    Simulator simulator = instance.simulator();
    // The deployer polls in real time, in every mode of the simulator's clock.
    try (var realTime = new SimClock(new ClockMode.Real())) {
      var deployer = new StackDeployer(simulator.dispatcher(), simulator.internalCall(), realTime);
      for (Map.Entry<String, Path> upload : deployment.uploads().entrySet()) {
        deployer.upload(Deployment.BUCKET, upload.getKey(), content(upload.getValue()));
      }
      Map<String, String> outputs =
          deployer.deploy(
              deployment.stackName(), deployment.template(), deployment.parameters(), this::tell);
      return new DeployedStack(deployment.stackName(), outputs, resources(deployment.stackName()));
    } catch (AwsException refused) {
      throw new StackFailure("deploying was refused: " + refused.code() + ": " + refused.text());
    } catch (StackFailedException failed) {
      throw new StackFailure(Failure.reason(failed));
    }
  }

  private static byte[] content(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new Failure("cannot read " + file + ": " + Failure.reason(unreadable));
    }
  }

  private void tell(StackDeployer.Progress step) {
    // A line at the start and at the end of each resource would repeat itself.
    if (step.status().endsWith("_IN_PROGRESS")) {
      return;
    }
    ObjectNode fields =
        CliJson.object()
            .put("resource", step.logicalId())
            .put("type", step.type())
            .put("status", step.status())
            .put("reason", step.reason());
    reporter.progress(
        "stack-event",
        fields,
        String.format("  %-18s %-34s %s", step.status(), step.type(), step.logicalId())
            + (step.reason().isEmpty() ? "" : ": " + step.reason()));
  }

  private List<DeployedStack.Resource> resources(String stackName) {
    var resources = new ArrayList<DeployedStack.Resource>();
    JsonNode answer =
        instance
            .calls()
            .call(
                "cloudformation",
                "DescribeStackResources",
                CliJson.object().put("StackName", stackName));
    for (JsonNode resource : answer.path("StackResources")) {
      resources.add(
          new DeployedStack.Resource(
              resource.path("LogicalResourceId").asText(),
              resource.path("ResourceType").asText(),
              resource.path("PhysicalResourceId").asText()));
    }
    return resources;
  }
}
