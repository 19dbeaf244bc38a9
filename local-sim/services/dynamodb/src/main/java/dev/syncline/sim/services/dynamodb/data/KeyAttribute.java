// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import dev.syncline.sim.services.dynamodb.values.AttributeType;

/**
 * One attribute of a key.
 *
 * @param type S, N or B
 */
public record KeyAttribute(String name, AttributeType type) {}
