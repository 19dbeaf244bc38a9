// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One permission that a call needs. Immutable, except that the keys of a table's checks are made
 * when one is read first; read them before the operation and on its thread.
 *
 * @param action such as {@code sqs:SendMessage}
 * @param resource an ARN, or {@code *} for an action without resource-level permissions
 * @param keys condition keys of the service, such as {@code dynamodb:LeadingKeys}, with their
 *     values; the keys of every call, such as {@code aws:CurrentTime}, are not among them
 */
public record AccessCheck(String action, String resource, Map<String, List<String>> keys) {
  /** Copies the keys, unless they are still to be made. */
  public AccessCheck {
    keys = keys instanceof LazyKeys ? keys : Map.copyOf(keys);
  }

  /** A check without condition keys of the service. */
  public static AccessCheck of(String action, String resource) {
    return new AccessCheck(action, resource, Map.of());
  }

  /** This check with a further key. */
  public AccessCheck with(String key, List<String> values) {
    var all = new LinkedHashMap<>(keys);
    all.put(key, List.copyOf(values));
    return new AccessCheck(action, resource, all);
  }
}
