// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.oauth;

/** An error of OAuth 2.0. It is not a defect, so it has no stack trace. */
final class OAuthRefusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final String error;
  private final String description;

  /** An error without a description. */
  OAuthRefusal(String error) {
    this(error, "");
  }

  /**
   * An error.
   *
   * @param error such as {@code invalid_request}
   * @param description empty for none
   */
  OAuthRefusal(String error, String description) {
    super(error + " " + description, null, false, false);
    this.error = error;
    this.description = description;
  }

  String error() {
    return error;
  }

  String description() {
    return description;
  }
}
