// SPDX-License-Identifier: Apache-2.0
/**
 * PartiQL statements: reads them, and gives their conditions and updates as those of expressions.
 * No I/O, no AWS errors. Sources: the DynamoDB guide, and messages that AWS was observed to give.
 */
@NullMarked
package dev.syncline.sim.services.dynamodb.partiql;

import org.jspecify.annotations.NullMarked;
