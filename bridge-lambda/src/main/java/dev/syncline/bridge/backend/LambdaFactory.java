// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** {@code BACKEND=lambda}: asynchronous invocations of the configured function. */
final class LambdaFactory implements BackendFactory {

  private static final String FUNCTION_PATTERN =
      "arn:[^:]+:lambda:[^:]*:[^:]*:function:[^:]+(:[^:]+)?";

  @Override
  public String name() {
    return "lambda";
  }

  @Override
  public void check(Map<String, String> environment) {
    String unused = function(environment);
    Duration unusedToo = BackendSettings.startTimeout(environment);
    TrackedBackends.check(environment);
  }

  @Override
  public Backend create(BackendContext context) {
    return TrackedBackends.tracked(
        new LambdaBackend(
            AwsClients.configured(LambdaClient.builder(), context.environment()).build(),
            function(context.environment())),
        context);
  }

  private static String function(Map<String, String> environment) {
    return BackendSettings.required(
        environment, "WORKER_FUNCTION_ARN", FUNCTION_PATTERN, "the ARN of a function");
  }
}
