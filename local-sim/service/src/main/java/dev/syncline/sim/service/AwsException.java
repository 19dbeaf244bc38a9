// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import java.util.Map;

/**
 * An error that a service answers with. The protocol of the service decides how it looks on the
 * wire. Not a defect of the simulator, so it carries no stack trace.
 */
public final class AwsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A member that JSON has in place of {@code message}, when it is among the further members. */
  public static final String CAPITAL_MESSAGE = "Message";

  private final String code;
  private final int status;
  private final transient Map<String, Object> members;

  /**
   * An error.
   *
   * @param code as AWS spells it, for example {@code ResourceNotFoundException}
   * @param status the HTTP status, 400 to 599; never 5xx for something that is not supported,
   *     because clients would retry it
   * @param message for the caller; names the field or resource
   */
  public AwsException(String code, int status, String message) {
    this(code, status, message, Map.of());
  }

  /**
   * As above, with further members of the error structure, such as {@code Type} or {@code reason}.
   */
  public AwsException(String code, int status, String message, Map<String, Object> members) {
    super(message, null, false, false);
    this.code = code;
    this.status = status;
    this.members = Map.copyOf(members);
  }

  /** An error with status 400. */
  public static AwsException badRequest(String code, String message) {
    return new AwsException(code, 400, message);
  }

  /** The error code as AWS spells it. */
  public String code() {
    return code;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** Further members of the error structure. */
  public Map<String, Object> members() {
    return members;
  }

  /** The message, never null. */
  public String text() {
    String message = getMessage();
    return message == null ? code : message;
  }
}
