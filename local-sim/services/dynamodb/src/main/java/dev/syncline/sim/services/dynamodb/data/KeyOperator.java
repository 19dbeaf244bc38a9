// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

/** How a key attribute is compared. */
public enum KeyOperator {
  EQ,
  LT,
  LE,
  GT,
  GE,
  BETWEEN,
  BEGINS_WITH,
  /** Any comparison that keys do not allow; a query refuses it when it knows its table. */
  NOT_INDEXABLE
}
