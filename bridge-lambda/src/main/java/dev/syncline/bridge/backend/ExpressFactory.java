// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.SfnClientBuilder;

/**
 * {@code BACKEND=stepfunctions-express}: synchronous executions of the configured Express state
 * machine. The answer is the execution's output, so no Event API is needed.
 */
final class ExpressFactory implements BackendFactory {

  /** The maximum of an Express execution is five minutes; the rest is for its response. */
  private static final Duration MAX_EXECUTION = Duration.ofSeconds(310);

  private static final int MAX_CONNECTIONS = 256;

  @Override
  public String name() {
    return "stepfunctions-express";
  }

  @Override
  public void check(Map<String, String> environment) {
    String unused = StepFunctionsFactory.machine(environment);
    Duration unusedToo = BackendSettings.startTimeout(environment);
  }

  @Override
  public boolean answersOnChannel(Map<String, String> environment) {
    return false;
  }

  @Override
  public Backend create(BackendContext context) {
    Map<String, String> environment = context.environment();
    SfnClientBuilder builder =
        AwsClients.configured(SfnClient.builder(), environment, MAX_EXECUTION, MAX_CONNECTIONS);
    if (!BackendSettings.optional(environment, "AWS_ENDPOINT_URL").isEmpty()) {
      // The SDK would put "sync-" before the host of the endpoint.
      builder.overrideConfiguration(
          builder.overrideConfiguration().toBuilder()
              .putAdvancedOption(SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true)
              .build());
    }
    return new ExpressBackend(
        builder.build(), StepFunctionsFactory.machine(environment), context.io());
  }
}
