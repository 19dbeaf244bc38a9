// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import java.util.List;

/**
 * The condition of a query on one attribute.
 *
 * @param operands two for BETWEEN, otherwise one
 */
public record KeyTerm(String attribute, KeyOperator operator, List<AttributeValue> operands) {
  /** Copies the list. */
  public KeyTerm {
    operands = List.copyOf(operands);
  }
}
