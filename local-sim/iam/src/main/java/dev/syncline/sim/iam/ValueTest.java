// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

/** Compares a value of a request with one value of a condition. Immutable. */
@FunctionalInterface
interface ValueTest {
  /** Whether they match, before an operator such as {@code StringNotEquals} turns the result. */
  boolean test(String value, AccessQuery query);
}
