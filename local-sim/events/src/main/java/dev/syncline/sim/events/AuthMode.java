// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import java.util.Arrays;
import java.util.Optional;

/** The authorization modes, with the names of the service's model. */
public enum AuthMode {
  /** A key that the API issued. */
  API_KEY("API Key Authorization"),
  /** Signature Version 4. */
  AWS_IAM("IAM Authorization"),
  /** A JSON web token of a Cognito user pool. */
  AMAZON_COGNITO_USER_POOLS("User Pool Authorization"),
  /** A JSON web token of an OpenID Connect issuer. */
  OPENID_CONNECT("Open ID Connect Authorization"),
  /** A token that a function decides on. */
  AWS_LAMBDA("Lambda Authorization");

  private final String authType;

  AuthMode(String authType) {
    this.authType = authType;
  }

  /** The value of {@code util.authType()}, in AppSync's words. */
  public String authType() {
    return authType;
  }

  /** The mode of that name, exactly as the model spells it. */
  public static Optional<AuthMode> named(String name) {
    return Arrays.stream(values()).filter(mode -> mode.name().equals(name)).findFirst();
  }
}
