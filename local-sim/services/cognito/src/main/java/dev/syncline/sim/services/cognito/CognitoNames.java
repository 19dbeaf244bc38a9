// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import dev.syncline.sim.kernel.Ids;

/** Makes ids in the form of AWS's. Thread-safe. */
public record CognitoNames(Ids ids) {
  private static final String MIXED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int POOL_LENGTH = 9;
  private static final int CLIENT_LENGTH = 26;
  private static final int SECRET_LENGTH = 51;
  private static final int DISTRIBUTION_LENGTH = 13;

  /** The part of a pool's id behind the underscore. */
  String poolId() {
    var id = new StringBuilder();
    for (int i = 0; i < POOL_LENGTH; i++) {
      id.append(MIXED.charAt((int) (ids.nextDouble() * MIXED.length())));
    }
    return id.toString();
  }

  /** A client's id. */
  String clientId() {
    return ids.lowerAlphanumeric(CLIENT_LENGTH);
  }

  /** A client's secret. */
  String clientSecret() {
    return ids.lowerAlphanumeric(SECRET_LENGTH);
  }

  /** A {@code sub}: in the form of a UUID, without the marks of a version. */
  public String sub() {
    String hex = ids.hex(32);
    return String.join(
        "-",
        hex.substring(0, 8),
        hex.substring(8, 12),
        hex.substring(12, 16),
        hex.substring(16, 20),
        hex.substring(20));
  }

  /** The name of a CloudFront distribution. */
  String distribution() {
    return "d" + ids.lowerAlphanumeric(DISTRIBUTION_LENGTH);
  }
}
