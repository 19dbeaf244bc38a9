// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** Errors that Lambda itself returns instead of a function's result, in Lambda's words. */
public final class RuntimeErrors {
  /** The maximum input or result of a synchronous invocation, in bytes. */
  public static final int MAX_SYNCHRONOUS_PAYLOAD = 6 * 1024 * 1024;

  private static final ObjectMapper JSON = new ObjectMapper();

  private RuntimeErrors() {}

  /** The type of the error of a process that ended. */
  public static final String EXITED = "Runtime.ExitError";

  private static final String INVALID_ENTRYPOINT = "Runtime.InvalidEntrypoint";
  private static final int MAX_RESPONSE = 6_291_556;

  /** The function did not answer in time. */
  public static FunctionOutcome timedOut(String requestId, Duration limit) {
    String seconds = String.format(Locale.ROOT, "%.2f", limit.toMillis() / 1000.0);
    return of(
        "Sandbox.Timedout",
        "RequestId: " + requestId + " Error: Task timed out after " + seconds + " seconds",
        true);
  }

  /** The runtime's process ended; {@code status} as the operating system gives it. */
  public static FunctionOutcome exited(String requestId, int status) {
    String how;
    if (status == 0) {
      how = "Runtime exited without providing a reason";
    } else if (status > 128) {
      how = "Runtime exited with error: signal: " + signal(status - 128);
    } else {
      how = "Runtime exited with error: exit status " + status;
    }
    return of(EXITED, "RequestId: " + requestId + " Error: " + how, true);
  }

  /** A signal as AWS names it, after Go's texts; a signal without a text keeps its number. */
  private static String signal(int number) {
    return switch (number) {
      case 1 -> "hangup";
      case 2 -> "interrupt";
      case 3 -> "quit (core dumped)";
      case 4 -> "illegal instruction (core dumped)";
      case 6 -> "aborted (core dumped)";
      case 7 -> "bus error (core dumped)";
      case 8 -> "floating point exception (core dumped)";
      case 9 -> "killed";
      case 11 -> "segmentation fault (core dumped)";
      case 13 -> "broken pipe";
      case 14 -> "alarm clock";
      case 15 -> "terminated";
      default -> "signal " + number;
    };
  }

  /** The environment could not be started. The request is not known yet. */
  public static FunctionOutcome invalidEntrypoint(String reason) {
    return of(INVALID_ENTRYPOINT, "RequestId:  Error: " + reason, true);
  }

  /** The function's result is too large; {@code lost} as in {@link FunctionOutcome}. */
  public static FunctionOutcome responseTooLarge(boolean lost) {
    return of(
        "Function.ResponseSizeTooLarge",
        "Response payload size exceeded maximum allowed payload size (" + MAX_RESPONSE + " bytes).",
        lost);
  }

  /** An error of an environment's start, as the result of the invocation that waited for it. */
  static FunctionOutcome duringInit(FunctionOutcome outcome, String requestId) {
    String type = outcome.errorType() == null ? "Runtime.Unknown" : outcome.errorType();
    if (!type.equals(EXITED) && !type.equals(INVALID_ENTRYPOINT)) {
      return FunctionOutcome.failure(outcome.payload(), type, true);
    }
    // The request was not known yet.
    String message = messageOf(outcome.payload());
    return of(type, message.replaceFirst("RequestId: ", "RequestId: " + requestId), true);
  }

  /** An error with a type and a message. */
  public static FunctionOutcome of(String type, String message, boolean lost) {
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    error.put("errorType", type);
    error.put("errorMessage", message);
    return FunctionOutcome.failure(error.toString().getBytes(StandardCharsets.UTF_8), type, lost);
  }

  /** The {@code errorMessage} in an error. */
  static String messageOf(byte[] error) {
    try {
      return JSON.readTree(error).path("errorMessage").asText("");
    } catch (java.io.IOException notJson) {
      return "";
    }
  }

  /** The {@code errorType} in an error that a runtime posted, {@code fallback} without one. */
  public static String typeOf(byte[] error, String fallback) {
    try {
      String type = JSON.readTree(error).path("errorType").asText("");
      return type.isEmpty() ? fallback : type;
    } catch (java.io.IOException notJson) {
      return fallback;
    }
  }
}
