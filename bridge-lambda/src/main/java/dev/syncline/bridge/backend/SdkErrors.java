// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Turns the SDK's exceptions into results. Stateless and thread-safe. */
final class SdkErrors {

  /** Limits that pass by themselves, although the SDK does not call them throttling. */
  private static final Set<String> TRANSIENT_LIMITS =
      Set.of("ExecutionLimitExceeded", "EC2ThrottledException", "ResourceNotReadyException");

  private SdkErrors() {}

  /** What a failed start means. */
  static StartResult start(SdkException failure) {
    if (!(failure instanceof SdkServiceException service)) {
      // Also "no credentials" comes here, and is then tried in vain: the SDK has one class for all.
      return new StartResult.Unconfirmed("BackendUnreachable", describe(failure));
    }
    String code = code(service);
    if (service.statusCode() >= 500) {
      return new StartResult.Unconfirmed(code, describe(failure));
    }
    boolean retryable = service.isThrottlingException() || TRANSIENT_LIMITS.contains(code);
    return new StartResult.NotStarted(code, describe(failure), retryable);
  }

  /** For the log: kind and message, no stack trace. */
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
