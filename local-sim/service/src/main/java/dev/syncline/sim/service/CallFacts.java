// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import org.jspecify.annotations.Nullable;

/**
 * What permissions may depend on beside caller, action and resource. Immutable.
 *
 * @param sourceIp the address of the client; null for a call that a service makes
 * @param userAgent as received; null for none
 * @param referer as received; null for none
 */
public record CallFacts(
    @Nullable String sourceIp, @Nullable String userAgent, @Nullable String referer) {
  /** A call from inside. */
  public static final CallFacts NONE = new CallFacts(null, null, null);
}
