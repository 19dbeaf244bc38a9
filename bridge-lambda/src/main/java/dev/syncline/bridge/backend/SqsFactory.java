// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sqs.SqsClient;

/** {@code BACKEND=sqs}: messages to the configured queue, standard or FIFO. */
final class SqsFactory extends TrackedFactory {
  private static final String QUEUE_PATTERN = "https?://[^\\s]+/[A-Za-z0-9_-]{1,80}(\\.fifo)?";

  SqsFactory() {
    super("sqs");
  }

  @Override
  Supplier<Backend> configured(Map<String, String> environment) {
    String queue =
        BackendSettings.required(
            environment, "WORKER_QUEUE_URL", QUEUE_PATTERN, "the URL of an SQS queue");
    Duration unused = BackendSettings.startTimeout(environment);
    return () ->
        new SqsBackend(AwsClients.configured(SqsClient.builder(), environment).build(), queue);
  }
}
