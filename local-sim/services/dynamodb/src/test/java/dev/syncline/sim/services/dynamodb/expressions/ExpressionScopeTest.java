// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.fault;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.map;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.n;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.scope;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionScopeTest {
  @Test
  void emptyParametersAreRefused() {
    assertThat(fault(() -> new ExpressionScope(Map.of(), Map.of())))
        .isEqualTo("ExpressionAttributeNames must not be empty");
    assertThat(fault(() -> new ExpressionScope(null, Map.of())))
        .isEqualTo("ExpressionAttributeValues must not be empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "#", "#a-b", "#a.b", ":a", "##a", "#ü", ""})
  void namesNeedTheirSign(String key) {
    assertThat(fault(() -> new ExpressionScope(Map.of(key, "a"), null)))
        .isEqualTo(
            "ExpressionAttributeNames contains invalid key: Syntax error; key: \"" + key + '"');
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", ":", ":a b", "#a"})
  void valuesNeedTheirSign(String key) {
    assertThat(fault(() -> new ExpressionScope(null, Map.of(key, n("1")))))
        .isEqualTo(
            "ExpressionAttributeValues contains invalid key: Syntax error; key: \"" + key + '"');
  }

  @Test
  void placeholdersAreLimited() {
    new ExpressionScope(Map.of("#" + "x".repeat(254), "a"), null);
    assertThat(fault(() -> new ExpressionScope(Map.of("#" + "x".repeat(255), "a"), null)))
        .startsWith("ExpressionAttributeNames contains invalid key: ");
  }

  @Test
  void usesAreCountedOverAllExpressions() {
    ExpressionScope scope = scope("#a", "a", "#b", "b", ":v", n("1"), ":w", n("2"));
    Conditions.parse(ExpressionKind.CONDITION, "#a = :v", scope);
    assertThat(fault(scope::requireAllUsed))
        .isEqualTo("Value provided in ExpressionAttributeNames unused in expressions: keys: {#b}");
    ProjectionExpression.parse("#b", scope);
    assertThat(fault(scope::requireAllUsed))
        .isEqualTo("Value provided in ExpressionAttributeValues unused in expressions: keys: {:w}");
    UpdateExpression.parse("SET c = if_not_exists(#a, :w)", scope);
    scope.requireAllUsed();
  }

  @Test
  void unusedOnesAreListedInTheirOrder() {
    var scope = new ExpressionScope(null, map(":c", n("1"), ":a", n("1")));
    assertThat(fault(scope::requireAllUsed))
        .isEqualTo(
            "Value provided in ExpressionAttributeValues unused in expressions: keys: {:c, :a}");
  }
}
