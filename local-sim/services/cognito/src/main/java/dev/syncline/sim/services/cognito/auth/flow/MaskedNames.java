// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.flow;

/** The destinations that users who do not exist would have. Stateless. */
public final class MaskedNames {
  private MaskedNames() {}

  /** A destination as AWS masks it; a name that is no address is taken for an e-mail address. */
  public static String masked(String name, boolean phone) {
    if (phone) {
      return "+*******" + name.substring(Math.max(1, name.length() - 4));
    }
    int at = name.indexOf('@');
    String host = at < 0 ? name : name.substring(at + 1);
    return name.substring(0, 1) + "***@" + host.substring(0, Math.min(1, host.length())) + "***";
  }
}
