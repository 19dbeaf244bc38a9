// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.flow;

import dev.syncline.sim.services.cognito.message.PoolMessages;
import dev.syncline.sim.services.cognito.pool.PoolAttributes;

/** The destinations that users who do not exist would have. Stateless. */
public final class MaskedNames {
  private MaskedNames() {}

  /** The name as a masked destination; one that is no address is taken for an e-mail address. */
  public static String masked(String name) {
    boolean address = name.indexOf('@') > 0 || PoolAttributes.isPhone(name);
    return PoolMessages.masked(address ? name : name.charAt(0) + "@" + name.charAt(0));
  }
}
