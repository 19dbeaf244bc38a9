// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.vtl;

/** What services add to the language, or bound in it. */
public enum TemplateDialect {
  /** API Gateway: no directive beside Velocity's. */
  API_GATEWAY(false, -1),
  /** AppSync: {@code #return}, {@code #return(value)}, and at most 1000 rounds of each loop. */
  APPSYNC(true, 1000);

  private final boolean returns;
  private final int loopRounds;

  TemplateDialect(boolean returns, int loopRounds) {
    this.returns = returns;
    this.loopRounds = loopRounds;
  }

  /** Whether it has {@code #return}. */
  boolean returns() {
    return returns;
  }

  /** After how many rounds a loop ends without an error; negative for no limit. */
  int loopRounds() {
    return loopRounds;
  }
}
