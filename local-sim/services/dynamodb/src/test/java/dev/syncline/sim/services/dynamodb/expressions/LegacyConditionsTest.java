// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.b;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.fault;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.item;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.l;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.n;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.s;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.ss;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.syncline.sim.services.dynamodb.expressions.KeyCondition.Operator;
import dev.syncline.sim.services.dynamodb.expressions.KeyCondition.Part;
import dev.syncline.sim.services.dynamodb.values.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyConditionsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final Item ITEM =
      item("a", n("5"), "s", s("hello"), "set", ss("x", "y"), "li", l(n("1")), "b", b("yes"));

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static String expectedFault(String text) {
    return fault(() -> LegacyConditions.expected(json(text), null));
  }

  private static boolean expected(String text, @Nullable String operator) {
    return LegacyConditions.expected(json(text), operator).test(ITEM);
  }

  private static boolean filter(String condition) {
    return LegacyConditions.filter(json(condition), null).test(ITEM);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'a':{}} | Value must be provided when Exists is null for Attribute: a
          {'a':{'Exists':true}} | Value must be provided when Exists is true for Attribute: a
          {'a':{'Exists':false,'Value':{'S':'a'}}} | Value cannot be used when Exists is false for Attribute: a
          {'a':{'ComparisonOperator':'LT'}} | Value or AttributeValueList must be used with ComparisonOperator: LT for Attribute: a
          {'a':{'Exists':true,'ComparisonOperator':'LT','Value':{'S':'a'}}} | Exists and ComparisonOperator cannot be used together for Attribute: a
          {'a':{'Value':{'S':'a'},'AttributeValueList':[]}} | Value and AttributeValueList cannot be used together for Attribute: a
          {'a':{'AttributeValueList':[{'S':'a'}]}} | AttributeValueList can only be used with a ComparisonOperator for Attribute: a
          {'a':{'Exists':true,'AttributeValueList':[{'S':'a'}]}} | AttributeValueList can only be used with a ComparisonOperator for Attribute: a
          {'a':{'ComparisonOperator':'EQ','AttributeValueList':[]}} | Invalid number of argument(s) for the EQ ComparisonOperator
          {'a':{'ComparisonOperator':'NULL','Value':{'S':'a'}}} | Invalid number of argument(s) for the NULL ComparisonOperator
          {'a':{'ComparisonOperator':'IN','AttributeValueList':[]}} | Invalid number of argument(s) for the IN ComparisonOperator
          {'a':{'ComparisonOperator':'BETWEEN','AttributeValueList':[{'S':'a'}]}} | Invalid number of argument(s) for the BETWEEN ComparisonOperator
          {'a':{'ComparisonOperator':'IN','AttributeValueList':[{'S':'a'},{'N':'1'}]}} | AttributeValues inside AttributeValueList must be of same type
          {'a':{'ComparisonOperator':'LT','Value':{'SS':['a']}}} | ComparisonOperator LT is not valid for SS AttributeValue type
          """)
  void expectationsAreChecked(String text, String sentence) {
    assertThat(expectedFault(text)).isEqualTo(INVALID + sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LT", "LE", "GT", "GE", "IN"})
  void orderedComparisonsNeedOrderedTypes(String operator) {
    for (String value :
        new String[] {
          "{'BOOL':true}",
          "{'NULL':true}",
          "{'SS':['a']}",
          "{'NS':['1']}",
          "{'BS':['abcd']}",
          "{'M':{}}",
          "{'L':[]}"
        }) {
      String type = value.substring(2, value.indexOf('\'', 2));
      assertThat(
              fault(
                  () ->
                      LegacyConditions.keyConditions(
                          json(
                              "{'a':{'ComparisonOperator':'"
                                  + operator
                                  + "','AttributeValueList':["
                                  + value
                                  + "]}}"))))
          .isEqualTo(
              INVALID
                  + "ComparisonOperator "
                  + operator
                  + " is not valid for "
                  + type
                  + " AttributeValue type");
    }
  }

  @Test
  void boundsMustBeInOrder() {
    assertThat(
            fault(
                () ->
                    LegacyConditions.filter(
                        json(
                            "{'a':{'ComparisonOperator':'BETWEEN','AttributeValueList':[{'N':'2'},{'N':'1'}]}}"),
                        null)))
        .isEqualTo(
            "The BETWEEN condition was provided a range where the lower bound is greater than the"
                + " upper bound");
  }

  @Test
  void anOperatorNeedsSeveralConditions() {
    assertThat(fault(() -> LegacyConditions.requireSeveral(null, "AND")))
        .isEqualTo("ConditionalOperator cannot be used without Filter or Expected");
    assertThat(fault(() -> LegacyConditions.requireSeveral(json("{}"), "OR")))
        .isEqualTo("ConditionalOperator cannot be used without Filter or Expected");
    assertThat(fault(() -> LegacyConditions.expected(json("{'a':{}}"), "OR")))
        .isEqualTo(
            "ConditionalOperator can only be used when Filter or Expected has two or more"
                + " elements");
    LegacyConditions.requireSeveral(null, null);
  }

  @Test
  void expectationsAreTested() {
    assertThat(expected("{'a':{'Value':{'N':'5.0'}}}", null)).isTrue();
    assertThat(expected("{'a':{'Exists':true,'Value':{'N':'6'}}}", null)).isFalse();
    assertThat(expected("{'a':{'Exists':false}}", null)).isFalse();
    assertThat(expected("{'z':{'Exists':false}}", null)).isTrue();
    assertThat(expected("{'a.b':{'Exists':false}}", null)).isTrue();
    assertThat(expected("{'a':{'ComparisonOperator':'GT','Value':{'N':'4'}}}", null)).isTrue();
    assertThat(expected("{'a':{'Value':{'N':'5'}},'s':{'Value':{'S':'x'}}}", null)).isFalse();
    assertThat(expected("{'a':{'Value':{'N':'5'}},'s':{'Value':{'S':'x'}}}", "AND")).isFalse();
    assertThat(expected("{'a':{'Value':{'N':'5'}},'s':{'Value':{'S':'x'}}}", "OR")).isTrue();
    assertThat(expected("{}", null)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          true  | set | EQ           | [{'SS':['y','x']}]
          false | set | EQ           | [{'SS':['x']}]
          true  | li  | EQ           | [{'L':[{'N':'1.0'}]}]
          true  | z   | NE           | [{'S':'q'}]
          true  | a   | NE           | [{'S':'5'}]
          false | a   | NE           | [{'N':'5'}]
          true  | a   | LE           | [{'N':'5'}]
          false | a   | LT           | [{'S':'6'}]
          false | z   | LT           | [{'N':'6'}]
          true  | a   | GE           | [{'N':'5'}]
          true  | a   | NOT_NULL     | []
          false | a   | NULL         | []
          true  | z   | NULL         | []
          true  | set | CONTAINS     | [{'S':'x'}]
          true  | s   | CONTAINS     | [{'S':'ell'}]
          true  | li  | CONTAINS     | [{'N':'1'}]
          false | z   | CONTAINS     | [{'N':'1'}]
          false | set | NOT_CONTAINS | [{'S':'x'}]
          true  | a   | NOT_CONTAINS | [{'S':'x'}]
          false | z   | NOT_CONTAINS | [{'S':'x'}]
          true  | s   | BEGINS_WITH  | [{'S':'he'}]
          true  | b   | BEGINS_WITH  | [{'B':'eWU='}]
          true  | a   | IN           | [{'N':'1'},{'N':'5'}]
          false | z   | IN           | [{'N':'1'},{'N':'5'}]
          true  | a   | BETWEEN      | [{'N':'5'},{'N':'6'}]
          false | s   | BETWEEN      | [{'N':'5'},{'N':'6'}]
          """)
  void filtersAreTested(boolean holds, String attribute, String operator, String list) {
    assertThat(
            filter(
                "{'"
                    + attribute
                    + "':{'ComparisonOperator':'"
                    + operator
                    + "','AttributeValueList':"
                    + list
                    + "}}"))
        .isEqualTo(holds);
  }

  @Test
  void keyConditionsKeepWhatIsNotIndexable() {
    KeyCondition conditions =
        LegacyConditions.keyConditions(
            json(
                "{'a':{'ComparisonOperator':'EQ','AttributeValueList':[{'S':'x'}]},"
                    + "'b':{'ComparisonOperator':'NE','AttributeValueList':[{'S':'y'}]}}"));
    assertThat(conditions.parts())
        .containsExactly(
            new Part("a", Operator.EQ, List.of(s("x"))),
            new Part("b", Operator.NOT_INDEXABLE, List.of(s("y"))));
  }

  @Test
  void attributesAreNames() {
    Condition condition =
        LegacyConditions.filter(json("{'a.b':{'ComparisonOperator':'NULL'}}"), null);
    assertThat(condition.topLevelAttributes()).containsExactly("a.b");
    assertThat(condition.nestedAttributes()).isEmpty();
  }
}
