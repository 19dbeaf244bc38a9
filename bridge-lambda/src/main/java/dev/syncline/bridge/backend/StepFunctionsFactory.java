// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.sfn.SfnClient;

/** {@code BACKEND=stepfunctions}: executions of the configured Standard state machine. */
final class StepFunctionsFactory implements BackendFactory {

  static final String MACHINE_VARIABLE = "STATE_MACHINE_ARN";
  static final String MACHINE_PATTERN = "arn:[^:]+:states:[^:]*:[^:]*:stateMachine:[^:]+(:[^:]+)?";

  @Override
  public String name() {
    return "stepfunctions";
  }

  @Override
  public void check(Map<String, String> environment) {
    String unused = machine(environment);
    Duration unusedToo = BackendSettings.findTimeout(environment);
    Duration unusedAlso = BackendSettings.startTimeout(environment);
  }

  @Override
  public Backend create(BackendContext context) {
    return new StepFunctionsBackend(
        AwsClients.configured(SfnClient.builder(), context.environment()).build(),
        machine(context.environment()),
        BackendSettings.findTimeout(context.environment()));
  }

  static String machine(Map<String, String> environment) {
    return BackendSettings.required(
        environment, MACHINE_VARIABLE, MACHINE_PATTERN, "the ARN of a state machine");
  }
}
