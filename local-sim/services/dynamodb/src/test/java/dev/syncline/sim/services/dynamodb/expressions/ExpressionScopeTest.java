// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.fault;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.item;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.map;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.n;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.s;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.scope;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
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
        .isEqualTo(
            "ExpressionAttributeNames contains invalid key: The expression attribute map contains a"
                + " key that is too long; size of key: 256");
    assertThat(fault(() -> new ExpressionScope(null, Map.of(":" + "-".repeat(255), n("1")))))
        .isEqualTo(
            "ExpressionAttributeValues contains invalid key: The expression attribute map contains"
                + " a key that is too long;");
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
  void theSumOfNamesAndValuesIsLimited() {
    var largest = "x".repeat(ExpressionScope.MAX_BYTES - ":v".length());
    new ExpressionScope(null, Map.of(":v", s(largest)));
    assertThat(fault(() -> new ExpressionScope(Map.of("#n", "n"), Map.of(":v", s(largest)))))
        .endsWith("has exceeded the maximum allowed size; size: 2097155");
  }

  @Test
  void emptyNamesAreRefused() {
    assertThat(fault(() -> new ExpressionScope(Map.of("#a", ""), null)))
        .isEqualTo(
            "ExpressionAttributeNames contains invalid value: Empty attribute name for key #a");
  }

  @Test
  void faultsOfValuesNameTheirPlaceholder() throws Exception {
    var json = new ObjectMapper();
    assertThat(fault(() -> ExpressionScope.read(null, json.readTree("{\":v\":{}}"))))
        .isEqualTo(
            "ExpressionAttributeValues contains invalid value: Supplied AttributeValue is empty,"
                + " must contain exactly one of the supported datatypes for key :v");
    assertThat(fault(() -> ExpressionScope.read(json.readTree("{}"), null)))
        .isEqualTo("ExpressionAttributeNames must not be empty");
    ExpressionScope scope =
        ExpressionScope.read(
            json.readTree("{\"#a\":\"a\"}"), json.readTree("{\":v\":{\"N\":\"1\"}}"));
    assertThat(Conditions.parse(ExpressionKind.FILTER, "#a = :v", scope).test(item("a", n("1"))))
        .isTrue();
  }

  @Test
  void unusedOnesAreListedInTheirOrder() {
    var scope = new ExpressionScope(null, map(":c", n("1"), ":a", n("1")));
    assertThat(fault(scope::requireAllUsed))
        .isEqualTo(
            "Value provided in ExpressionAttributeValues unused in expressions: keys: {:c, :a}");
  }
}
