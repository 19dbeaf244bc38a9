// SPDX-License-Identifier: Apache-2.0
package dev.syncline.temporal.bridge;

import dev.syncline.bridge.backend.StartResult;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Converts the SDK's exceptions to results. Stateless. */
final class TemporalErrors {
  private TemporalErrors() {}

  /** Converts a failed start: only a refusal by the cluster means that nothing was started. */
  static StartResult start(Throwable failure) {
    Status.Code code = code(failure);
    String name = "Temporal." + code.name().toLowerCase(Locale.ROOT);
    return switch (code) {
      case RESOURCE_EXHAUSTED -> new StartResult.NotStarted(name, describe(failure), true);
      case INVALID_ARGUMENT, NOT_FOUND, PERMISSION_DENIED, UNAUTHENTICATED, UNIMPLEMENTED ->
          new StartResult.NotStarted(name, describe(failure), false);
      default -> new StartResult.Unconfirmed(name, describe(failure));
    };
  }

  /** The cluster's status code; UNKNOWN without one. */
  static Status.Code code(Throwable failure) {
    @Nullable Throwable cause = failure;
    while (cause != null) {
      if (cause instanceof StatusRuntimeException grpc) {
        return grpc.getStatus().getCode();
      }
      cause = cause.getCause();
    }
    return Status.Code.UNKNOWN;
  }

  /** For the log: class and message, no stack trace. */
  static String describe(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure.getClass().getSimpleName()
        + ": "
        + failure.getMessage()
        + (cause == null ? "" : " (" + cause.getMessage() + ")");
  }
}
