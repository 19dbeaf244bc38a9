// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs the AWS CLI of this machine against a running simulator. */
@Command(
    name = "aws",
    description = {
      "Run the AWS CLI against the running simulator: './syncline aws sqs list-queues'.",
      "Everything after the service's name is passed to 'aws' unchanged; exit status and output are"
          + " those of 'aws'."
    })
final class AwsCommand extends ClientCommand {

  @Parameters(
      arity = "1..*",
      paramLabel = "ARGUMENT",
      description = "A service, an operation and their arguments.")
  private List<String> arguments = List.of();

  @Override
  public Integer call() {
    var environment = ClientEnvironment.of(connect().status());
    var command = new ArrayList<String>();
    command.add("aws");
    // Version 1 of the CLI ignores AWS_ENDPOINT_URL for services with old host names.
    command.add("--endpoint-url");
    command.add(environment.variables().getOrDefault("AWS_ENDPOINT_URL", ""));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).inheritIO();
    ClientEnvironment.UNSET.forEach(builder.environment()::remove);
    builder.environment().putAll(environment.variables());
    try {
      return builder.start().waitFor();
    } catch (IOException absent) {
      throw new Failure(
          "there is no 'aws' on the PATH; install the AWS CLI, or use an SDK with the settings of"
              + " 'syncline env'");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted");
    }
  }
}
