// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

/**
 * A policy in compiled form. Immutable and thread-safe; compile once for each version of a policy.
 *
 * @param name for explanations: a policy's ARN or name, or the resource that it belongs to
 */
public record Policy(String name) {
  /**
   * Compiles a policy.
   *
   * @param name see {@link #name}
   * @param json the document
   * @throws MalformedPolicyException when it is no policy
   */
  public static Policy parse(String name, String json) {
    throw new UnsupportedOperationException("to do: " + name + json.length());
  }
}
