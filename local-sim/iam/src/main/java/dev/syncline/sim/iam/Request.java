// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import java.util.Locale;

/**
 * A query as statements compare it. Immutable.
 *
 * @param action in lower case
 * @param resource {@code *} when the action has no resource-level permissions
 */
record Request(AccessQuery query, String action, String resource) {
  static Request of(AccessQuery query) {
    String action = query.action().toLowerCase(Locale.ROOT);
    boolean everything = AuthorizationData.withoutResources(action);
    return new Request(query, action, everything ? "*" : query.resource());
  }
}
