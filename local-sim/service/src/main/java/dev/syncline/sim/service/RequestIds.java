// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import java.util.UUID;

/** The forms that services give to request ids. Stateless. */
public final class RequestIds {
  private static final String SUFFIX = "VV4KQNSO5AEMVJF66Q9ASUAAJG";
  private static final int DIGITS = 26;
  private static final String BASE_32 = "0123456789ABCDEFGHIJKLMNOPQRSTUV";

  private RequestIds() {}

  /** The form of DynamoDB: 26 characters of base 32, and 26 that are always the same. */
  public static String ofDynamoDb(String uuid) {
    UUID value = UUID.fromString(uuid);
    long high = value.getMostSignificantBits();
    long low = value.getLeastSignificantBits();
    var id = new StringBuilder(DIGITS + SUFFIX.length());
    for (int i = 0; i < DIGITS; i++) {
      id.append(BASE_32.charAt((int) (low & 31)));
      low = (low >>> 5) | (high << 59);
      high >>>= 5;
    }
    return id.append(SUFFIX).toString();
  }
}
