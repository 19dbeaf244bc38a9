// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.URI;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Deploys a template into a running simulator. */
@Command(
    name = "deploy",
    description = {
      "Deploy a template into the running simulator: create its stack, or update it.",
      "It has the deployment options of 'up', so a failed deployment is repeated without a restart."
    })
final class DeployCommand extends ClientCommand {
  @Mixin private DeploymentOptions deploymentOptions = new DeploymentOptions();

  @Override
  public Integer call() {
    Deployment deployment = deploymentOptions.deployment();
    if (deploymentOptions.usesTemporal()) {
      throw refused(
          "--backend temporal starts processes beside the simulator: give it to 'syncline up'");
    }
    AdminClient client = connect();
    JsonNode answer = client.deploy(deployment.withKeysByContent().toJson());
    PrintWriter out = out();
    answer.path("events").forEach(event -> out.println(event.asText()));
    if (answer.path("error").isTextual()) {
      out.flush();
      throw new Failure(answer.path("error").asText());
    }
    out.println("Deployed " + answer.path("resources").asInt() + " resources");
    var urls = new LocalUrls(URI.create(answer.path("endpoint").asText()));
    answer
        .path("outputs")
        .properties()
        .forEach(
            output -> {
              String value = output.getValue().asText();
              out.printf("  %-18s %s%n", output.getKey(), value);
              urls.of(value).ifPresent(url -> out.printf("  %-18s here: %s%n", "", url));
            });
    return 0;
  }
}
