// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import java.util.List;

/**
 * An Amazon Resource Name: {@code arn:partition:service:region:account:resource}.
 *
 * @param region empty for global services
 * @param account empty where the service leaves it out
 * @param resource everything after the fifth colon
 */
public record Arn(
    String partition, String service, String region, String account, String resource) {

  /**
   * Parses an ARN.
   *
   * @throws IllegalArgumentException when it does not have six parts or does not begin with {@code
   *     arn:}
   */
  public static Arn parse(String text) {
    List<String> parts = List.of(text.split(":", 6));
    if (parts.size() != 6 || !parts.get(0).equals("arn") || parts.get(5).isEmpty()) {
      throw new IllegalArgumentException("not an ARN: '" + text + "'");
    }
    return new Arn(parts.get(1), parts.get(2), parts.get(3), parts.get(4), parts.get(5));
  }

  /**
   * The text of an ARN of the partition {@code aws}, in which everything here is.
   *
   * @param region empty for a service that has no regions, as {@code account} may be
   */
  public static String aws(String service, String region, String account, String resource) {
    return new Arn("aws", service, region, account, resource).toString();
  }

  /** Whether {@code text} has the form of an ARN. */
  public static boolean isArn(String text) {
    return text.startsWith("arn:") && text.split(":", 6).length == 6;
  }

  @Override
  public String toString() {
    return "arn:" + partition + ":" + service + ":" + region + ":" + account + ":" + resource;
  }
}
