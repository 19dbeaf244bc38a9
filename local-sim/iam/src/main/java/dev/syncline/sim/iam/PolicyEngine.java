// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

/** Decides requests. Pure and thread-safe. */
public final class PolicyEngine {
  private PolicyEngine() {}

  /** Decides one request. */
  public static Decision decide(AccessQuery query, PolicySources policies) {
    throw new UnsupportedOperationException("to do: " + query + policies);
  }
}
