// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.resource;

/** Why a resource cannot be made or changed; the message becomes the stack event's reason. */
public final class ResourceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message that names the property or the cause. */
  public ResourceException(String message) {
    super(message, null, false, false);
  }
}
