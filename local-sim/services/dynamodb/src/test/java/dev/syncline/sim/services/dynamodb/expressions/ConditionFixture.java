// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.fault;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.scope;
import static org.assertj.core.api.Assertions.assertThat;

/** Filter expressions that are accepted or refused. */
abstract class ConditionFixture {
  static String faultOf(String text, Object... placeholders) {
    String fault = fault(() -> Conditions.parse(ExpressionKind.FILTER, text, scope(placeholders)));
    assertThat(fault).startsWith("Invalid FilterExpression: ");
    return fault.substring("Invalid FilterExpression: ".length());
  }

  static void accept(String text, Object... placeholders) {
    Conditions.parse(ExpressionKind.FILTER, text, scope(placeholders));
  }
}
