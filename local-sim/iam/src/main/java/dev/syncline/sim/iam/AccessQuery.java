// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One permission that is asked for. Immutable.
 *
 * @param action such as {@code sqs:SendMessage}
 * @param resource an ARN, or {@code *} for an action without resource-level permissions
 * @param resourceAccount 12 digits; the owner of the resource
 * @param keys the values of condition keys; names in lower case. An absent key has no entry, an
 *     empty set has an empty list
 */
public record AccessQuery(
    IamPrincipal principal,
    String action,
    String resource,
    String resourceAccount,
    Map<String, List<String>> keys) {
  /** Copies the keys and lowers their names. */
  public AccessQuery {
    Map<String, List<String>> lowered = new HashMap<>(2 * keys.size());
    keys.forEach((key, values) -> lowered.put(key.toLowerCase(Locale.ROOT), List.copyOf(values)));
    keys = Collections.unmodifiableMap(lowered);
  }
}
