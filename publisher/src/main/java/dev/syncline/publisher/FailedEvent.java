// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

/**
 * An event that the service did not accept although it accepted the request.
 *
 * @param index its position in the list given to the publisher, from 0
 * @param identifier the service's identifier, empty if missing
 * @param code the service's code, such as {@code EventTooLargeException}, or {@link #NOT_REPORTED}
 * @param message the service's explanation, empty if missing
 */
public record FailedEvent(int index, String identifier, String code, String message) {
  /** The code of an event that is missing in the service's response. */
  public static final String NOT_REPORTED = "NotReported";

  /** The code of an event above the service's 240 KB, for which a retry is useless. */
  public static final String TOO_LARGE = "EventTooLargeException";
}
