// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Converts the SDK's exceptions to results. Stateless and thread-safe. */
final class SdkErrors {

  /** Temporary limits that the SDK does not classify as throttling. */
  private static final Set<String> TRANSIENT_LIMITS =
      Set.of("ExecutionLimitExceeded", "EC2ThrottledException", "ResourceNotReadyException");

  private SdkErrors() {}

  /** Converts a failed start to a result. */
  static StartResult start(SdkException failure) {
    if (!(failure instanceof SdkServiceException service)) {
      // Missing credentials have the same class in the SDK, so they are retried too.
      return new StartResult.Unconfirmed("BackendUnreachable", describe(failure));
    }
    String code = code(service);
    if (service.statusCode() >= 500) {
      return new StartResult.Unconfirmed(code, describe(failure));
    }
    boolean retryable = service.isThrottlingException() || TRANSIENT_LIMITS.contains(code);
    return new StartResult.NotStarted(code, describe(failure), retryable);
  }

  /** For the log: class and message, no stack trace. */
  static String describe(SdkException failure) {
    return failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }

  private static String code(SdkServiceException failure) {
    String code =
        failure instanceof AwsServiceException aws && aws.awsErrorDetails() != null
            ? aws.awsErrorDetails().errorCode()
            : null;
    return code == null || code.isEmpty() ? failure.getClass().getSimpleName() : code;
  }
}
