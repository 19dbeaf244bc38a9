// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.kernel.JournalRecord;

/**
 * The simulator took a function that AWS would refuse, or runs it differently.
 *
 * @param text for the user
 */
record FunctionNotice(String function, String text) implements JournalRecord {
  @Override
  public String source() {
    return "lambda";
  }
}
