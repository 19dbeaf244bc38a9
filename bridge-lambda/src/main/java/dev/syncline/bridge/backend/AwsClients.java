// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import dev.syncline.work.aws.AwsEnvironment;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;

/**
 * Configures SDK clients for the bridge. Stateless and thread-safe.
 *
 * <p>The SDK's own retries are off, because they sleep in real time. The bridge retries, by its own
 * clock and deadline.
 */
final class AwsClients {

  /** One connection per request that starts or polls work at the same time. */
  private static final int MAX_CONNECTIONS = 64;

  private AwsClients() {}

  static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configured(
      B builder, Map<String, String> environment) {
    return configured(
        builder, environment, BackendSettings.startTimeout(environment), MAX_CONNECTIONS);
  }

  static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configured(
      B builder, Map<String, String> environment, Duration callTimeout, int connections) {
    AwsEnvironment.of(environment).configure(builder);
    builder.httpClientBuilder(
        Apache5HttpClient.builder()
            .connectionTimeout(BackendSettings.connectTimeout(environment))
            .socketTimeout(callTimeout)
            .maxConnections(connections));
    builder.overrideConfiguration(
        ClientOverrideConfiguration.builder()
            .retryStrategy(AwsRetryStrategy.doNotRetry())
            // A socket's time-out restarts with each byte.
            .apiCallTimeout(callTimeout)
            .build());
    return builder;
  }
}
