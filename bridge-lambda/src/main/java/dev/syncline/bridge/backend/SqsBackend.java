// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Work as an SQS message. In a FIFO queue each piece of work has its own message group, so that no
 * work waits for another, and its id is the deduplication id: the queue drops a repeat within five
 * minutes (SQS developer guide, "Exactly-once processing"). A queue cannot report the state of work
 * later.
 *
 * <p>Thread-safe. Closes the client.
 */
record SqsBackend(SqsClient client, String queueUrl) implements UntrackedBackend {
  @Override
  public StartResult start(WorkRequest request) {
    String id = request.id().value();
    try {
      client.sendMessage(
          send -> {
            send.queueUrl(queueUrl).messageBody(request.toJson());
            if (isFifo()) {
              send.messageGroupId(id).messageDeduplicationId(id);
            }
          });
      return new StartResult.Started();
    } catch (SdkException e) {
      return SdkErrors.start(e);
    }
  }

  /**
   * A FIFO queue drops a repeat within five minutes, which is longer than a request's retries take.
   */
  @Override
  public boolean repeatable(WorkRequest request) {
    return isFifo();
  }

  private boolean isFifo() {
    return queueUrl.endsWith(".fifo");
  }

  @Override
  public void close() {
    client.close();
  }
}
