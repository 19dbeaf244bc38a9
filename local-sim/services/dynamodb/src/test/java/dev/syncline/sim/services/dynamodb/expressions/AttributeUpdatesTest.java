// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.fault;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.item;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.l;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.n;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.s;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.ss;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.syncline.sim.services.dynamodb.values.Item;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttributeUpdatesTest {
  private static final Item KEY = item("k", s("1"));
  private static final Item ITEM =
      item("k", s("1"), "n", n("5"), "s", s("x"), "set", ss("x", "y"), "li", l(n("1")));

  private static AttributeUpdates read(String text) {
    try {
      return AttributeUpdates.read(new ObjectMapper().readTree(text.replace('\'', '"')));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'a':{}} | Only DELETE action is allowed when no attribute value is specified
          {'a':{'Action':'ADD'}} | Only DELETE action is allowed when no attribute value is specified
          {'a':{'Action':'DELETE','Value':{'S':'a'}}} | DELETE action with value is not supported for the type S
          {'a':{'Action':'ADD','Value':{'S':'a'}}} | ADD action is not supported for the type S
          {'a':{'Action':'ADD','Value':{'M':{}}}} | ADD action is not supported for the type M
          """)
  void actionsAreChecked(String text, String sentence) {
    assertThat(fault(() -> read(text)))
        .isEqualTo("One or more parameter values were invalid: " + sentence);
  }

  @Test
  void actionsAreApplied() {
    assertThat(
            read("{'a':{'Value':{'S':'v'}},'n':{'Action':'ADD','Value':{'N':'-7'}},"
                    + "'set':{'Action':'ADD','Value':{'SS':['z']}},"
                    + "'li':{'Action':'ADD','Value':{'L':[{'N':'2'}]}},"
                    + "'s':{'Action':'DELETE'},'gone':{'Action':'DELETE'},"
                    + "'new':{'Action':'ADD','Value':{'N':'3'}}}")
                .apply(ITEM, KEY))
        .isEqualTo(
            item(
                "k",
                s("1"),
                "a",
                s("v"),
                "n",
                n("-2"),
                "set",
                ss("x", "y", "z"),
                "li",
                l(n("1"), n("2")),
                "new",
                n("3")));
    assertThat(read("{'set':{'Action':'DELETE','Value':{'SS':['x']}}}").apply(ITEM, KEY).get("set"))
        .isEqualTo(ss("y"));
    assertThat(
            read("{'set':{'Action':'DELETE','Value':{'SS':['x','y']}}}")
                .apply(ITEM, KEY)
                .get("set"))
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'s':{'Action':'ADD','Value':{'N':'1'}}}",
        "{'n':{'Action':'ADD','Value':{'SS':['1']}}}",
        "{'set':{'Action':'DELETE','Value':{'NS':['1']}}}",
        "{'set':{'Action':'ADD','Value':{'L':[]}}}",
      })
  void storedTypesMustFit(String text) {
    assertThat(fault(() -> read(text).apply(ITEM, KEY)))
        .isEqualTo("Type mismatch for attribute to update");
  }

  @Test
  void aMissingItemIsCreatedUnlessAllIsDeleted() {
    assertThat(read("{}").createsItem()).isTrue();
    assertThat(read("{}").apply(null, KEY)).isEqualTo(KEY);
    assertThat(read("{'a':{'Value':{'N':'1'}}}").createsItem()).isTrue();
    assertThat(read("{'a':{'Action':'DELETE'}}").createsItem()).isFalse();
  }

  @Test
  void updatedGivesTheTouchedAttributes() {
    AttributeUpdates updates =
        read("{'n':{'Value':{'N':'1'}},'s':{'Action':'DELETE'},'a.b':{'Value':{'N':'2'}}}");
    assertThat(updates.updated(ITEM)).isEqualTo(item("n", n("5"), "s", s("x")));
    assertThat(updates.updated(updates.apply(ITEM, KEY)))
        .isEqualTo(item("n", n("1"), "a.b", n("2")));
    assertThat(updates.targetAttributes()).containsExactly("n", "s", "a.b");
    assertThat(updates.writingActions()).isEqualTo(2);
    assertThat(updates.clearingActions()).isEqualTo(1);
  }
}
