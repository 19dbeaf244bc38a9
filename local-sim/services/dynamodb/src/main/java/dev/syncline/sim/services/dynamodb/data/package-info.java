// SPDX-License-Identifier: Apache-2.0
/**
 * Rows and indexes of a table: writes, reads, queries, scans and the capacity that they consume.
 */
@NullMarked
package dev.syncline.sim.services.dynamodb.data;

import org.jspecify.annotations.NullMarked;
