// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import dev.syncline.sim.services.dynamodb.expressions.KeyCondition;

/**
 * A query.
 *
 * @param condition on the key of the table or index
 * @param forward whether rows come in ascending order of the range key
 */
public record QueryRequest(KeyCondition condition, boolean forward, ReadOptions options) {}
