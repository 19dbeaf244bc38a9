// SPDX-License-Identifier: Apache-2.0
/**
 * Amazon DynamoDB: tables, items, expressions, secondary indexes, transactions, streams and time to
 * live.
 *
 * <p>Differences from AWS: throughput is shown and has no effect; item counts and sizes are always
 * current; one account and one region, so there are no replicas; resource policies and encryption
 * keys are kept and shown, and have no effect.
 *
 * <p>Sources: the service's published model for names and limits; recordings of AWS for messages
 * and the order of checks.
 *
 * <p>Read {@code DynamoDbService}, then the operations by noun. {@code TableStore} has the tables.
 * A {@code Table} joins its description, its features and its rows. {@code RequestConstraints} is
 * the first step of each operation.
 */
@NullMarked
package dev.syncline.sim.services.dynamodb;

import org.jspecify.annotations.NullMarked;
