// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import java.util.List;

/**
 * A query.
 *
 * @param conditions the key condition
 * @param forward whether rows come in ascending order of the range key
 */
public record QueryRequest(List<KeyTerm> conditions, boolean forward, ReadOptions options) {
  /** Copies the list. */
  public QueryRequest {
    conditions = List.copyOf(conditions);
  }
}
