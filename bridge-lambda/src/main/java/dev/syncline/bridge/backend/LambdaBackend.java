// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/**
 * Work as an asynchronous invocation of a function. Lambda cannot report an invocation's result
 * later and does not deduplicate retries, so an unconfirmed start is not retried. Within one
 * environment the bridge joins repeats; across environments a {@link TrackedBackend} does.
 *
 * <p>Thread-safe. Closes the client.
 */
record LambdaBackend(LambdaClient client, String functionArn) implements UntrackedBackend {
  @Override
  public StartResult start(WorkRequest request) {
    try {
      client.invoke(
          invoke ->
              invoke
                  .functionName(functionArn)
                  .invocationType(InvocationType.EVENT)
                  .payload(SdkBytes.fromUtf8String(request.toJson())));
      return new StartResult.Started();
    } catch (SdkException e) {
      return SdkErrors.start(e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
