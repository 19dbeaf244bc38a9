// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;

/** {@code BACKEND=sqs}: messages to the configured queue, standard or FIFO. */
final class SqsFactory implements BackendFactory {

  private static final String QUEUE_PATTERN = "https?://[^\\s]+/[A-Za-z0-9_-]{1,80}(\\.fifo)?";

  @Override
  public String name() {
    return "sqs";
  }

  @Override
  public void check(Map<String, String> environment) {
    String unused = queue(environment);
    Duration unusedToo = BackendSettings.startTimeout(environment);
    TrackedBackends.check(environment);
  }

  @Override
  public Backend create(BackendContext context) {
    return TrackedBackends.tracked(
        new SqsBackend(
            AwsClients.configured(SqsClient.builder(), context.environment()).build(),
            queue(context.environment())),
        context);
  }

  private static String queue(Map<String, String> environment) {
    return BackendSettings.required(
        environment, "WORKER_QUEUE_URL", QUEUE_PATTERN, "the URL of an SQS queue");
  }
}
