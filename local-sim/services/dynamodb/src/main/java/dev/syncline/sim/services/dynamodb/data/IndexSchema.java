// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

/**
 * A secondary index.
 *
 * @param global whether it is a global secondary index, otherwise a local one
 */
public record IndexSchema(String name, KeySchema key, Projection projection, boolean global) {}
