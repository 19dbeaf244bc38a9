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
  BEGINS_WITH
}
