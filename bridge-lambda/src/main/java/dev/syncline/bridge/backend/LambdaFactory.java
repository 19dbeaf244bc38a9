// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** {@code BACKEND=lambda}: asynchronous invocations of the configured function. */
final class LambdaFactory extends TrackedFactory {
  private static final String FUNCTION_PATTERN =
      "arn:[^:]+:lambda:[^:]*:[^:]*:function:[^:]+(:[^:]+)?";

  LambdaFactory() {
    super("lambda");
  }

  @Override
  Supplier<Backend> configured(Map<String, String> environment) {
    String function =
        BackendSettings.required(
            environment, "WORKER_FUNCTION_ARN", FUNCTION_PATTERN, "the ARN of a function");
    Duration unused = BackendSettings.startTimeout(environment);
    return () ->
        new LambdaBackend(
            AwsClients.configured(LambdaClient.builder(), environment).build(), function);
  }
}
