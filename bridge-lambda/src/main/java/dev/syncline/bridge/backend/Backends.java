// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import dev.syncline.publisher.aws.AwsEnvironment;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * Makes the shipped backends. Stateless and thread-safe.
 *
 * <p>The SDK's own retries are off: they sleep in real time, and the bridge retries by its own
 * clock and deadline.
 */
public final class Backends {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(3);

  /** One connection per held request that starts or asks at the same moment. */
  private static final int MAX_CONNECTIONS = 64;

  private Backends() {}

  /**
   * Executions of a Standard state machine.
   *
   * @param environment where region, credentials and {@code AWS_ENDPOINT_URL} come from
   * @throws IllegalArgumentException if the ARN is none of a state machine
   */
  public static Backend stepFunctions(Map<String, String> environment, String stateMachineArn) {
    return new StepFunctionsBackend(
        configured(SfnClient.builder(), environment).build(), stateMachineArn);
  }

  /**
   * Asynchronous invocations of a function.
   *
   * @param environment where region, credentials and {@code AWS_ENDPOINT_URL} come from
   */
  public static Backend lambda(Map<String, String> environment, String functionArn) {
    return new LambdaBackend(configured(LambdaClient.builder(), environment).build(), functionArn);
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configured(
      B builder, Map<String, String> environment) {
    AwsEnvironment.of(environment).configure(builder);
    builder.httpClientBuilder(
        Apache5HttpClient.builder()
            .connectionTimeout(CONNECT_TIMEOUT)
            .socketTimeout(SOCKET_TIMEOUT)
            .maxConnections(MAX_CONNECTIONS));
    builder.overrideConfiguration(
        ClientOverrideConfiguration.builder().retryStrategy(AwsRetryStrategy.doNotRetry()).build());
    return builder;
  }
}
