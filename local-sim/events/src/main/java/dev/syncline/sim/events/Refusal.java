// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import org.jspecify.annotations.Nullable;

/**
 * A refused request. Immutable.
 *
 * @param status the HTTP status; {@code errorCode} in a {@code connection_error}
 * @param errorType the error type that clients know, such as {@code UnauthorizedException}
 * @param message for the client, in AppSync's words; null where AppSync sends none
 * @param reason for the journal: the exact fault. Never a secret
 */
public record Refusal(int status, String errorType, @Nullable String message, String reason)
    implements AuthDecision, PublishDecision {
  static final String NOT_AUTHORIZED = "You are not authorized to make this call.";

  /** The client's error; the journal shows the message that the client gets. */
  public static Refusal badRequest(String message) {
    return new Refusal(400, "BadRequestException", message, message);
  }

  /** AppSync reports only an invalid format; the journal shows the reason. */
  static Refusal invalidChannel(String reason) {
    return new Refusal(400, "BadRequestException", "Invalid Channel Format", reason);
  }

  /** The refusal of a credential. */
  public static Refusal unauthorized(String reason) {
    return new Refusal(401, "UnauthorizedException", NOT_AUTHORIZED, reason);
  }

  /** The same without a message, as AppSync sends it for a credential in headers of the upgrade. */
  public Refusal withoutMessage() {
    return new Refusal(status, errorType, null, reason);
  }

  /** The refusal of a valid credential that lacks the permission; AppSync sends no message then. */
  public static Refusal forbidden(String reason) {
    return new Refusal(403, "UnauthorizedException", null, reason);
  }
}
