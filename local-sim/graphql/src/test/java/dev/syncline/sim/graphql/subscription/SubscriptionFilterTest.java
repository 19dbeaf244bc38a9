// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.subscription;

import static dev.syncline.sim.graphql.subscription.Nodes.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which payloads match which filters. */
class SubscriptionFilterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'id':'1'} | {'id':'1','n':2} | true",
        "{'id':'1'} | {'id':'2'} | false",
        "{'id':'1'} | {'n':2} | false",
        "{'id':'1'} | {'id':null} | false",
        "{'id':'1'} | {'id':1} | true",
        "{'n':1} | {'n':1.0} | true",
        "{'b':true} | {'b':true} | true",
        "{'b':true} | {'b':false} | false",
        "{'id':null} | {'id':null} | true",
        "{'id':null} | {'id':'null'} | false",
        "{'id':null} | {'id':'1'} | false",
        "{'id':null} | {'n':2} | false",
        "{'id':'1','n':2} | {'id':'1','n':3} | false",
        "{'id':'1','n':2} | {'id':'1','n':2} | true",
        "{'tags':['a']} | {'tags':['a']} | true",
        "{} | {'id':'1'} | true"
      })
  void everyGivenArgumentMustEqualTheFieldOfItsName(
      String arguments, String payload, boolean matches) {
    var filter = new ArgumentFilter(members(arguments));

    assertThat(filter.matches(json(payload))).isEqualTo(matches);
    // The index finds a filter by the same rule.
    var key = ArgumentFilter.key(filter.names(), json(payload));
    assertThat(filter.key().equals(key)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "eq | 1 | 1 | true",
        "eq | 'a' | 'a' | true",
        "eq | 'a' | 'b' | false",
        "eq | true | true | true",
        "ne | 'a' | 'b' | true",
        "ne | 'a' | 'a' | false",
        "lt | 1 | 2 | true",
        "lt | 2 | 2 | false",
        "lt | 'a' | 'b' | true",
        "lt | 'a' | 2 | false",
        "le | 2 | 2 | true",
        "le | 3 | 2 | false",
        "ge | 2 | 2 | true",
        "ge | 1 | 2 | false",
        "gt | 3 | 2 | true",
        "gt | 2 | 2 | false",
        "contains | 'abc' | 'b' | true",
        "contains | 'abc' | 'd' | false",
        "contains | ['a','b'] | 'b' | true",
        "contains | [1,2] | 2 | true",
        "notContains | 'abc' | 'd' | true",
        "notContains | ['a'] | 'a' | false",
        "beginsWith | 'abc' | 'ab' | true",
        "beginsWith | 'abc' | 'bc' | false",
        "in | 'a' | ['a','b'] | true",
        "in | 'c' | ['a','b'] | false",
        "in | 3 | [1,2,3] | true",
        "notIn | 'c' | ['a','b'] | true",
        "notIn | 'a' | ['a','b'] | false",
        "between | 2 | [1,3] | true",
        "between | 1 | [1,3] | true",
        "between | 4 | [1,3] | false",
        "between | 'b' | ['a','c'] | true",
        "containsAny | ['a','x'] | ['x','y'] | true",
        "containsAny | ['a'] | ['x','y'] | false",
        "containsAny | 'x' | ['x'] | false"
      })
  void eachOperatorCompares(String operator, String value, String operand, boolean matches)
      throws Exception {
    assertThat(filter(operator, operand).matches(json("{'f':" + value + "}"))).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(strings = {"eq", "ne", "notContains", "beginsWith", "gt"})
  void aMissingOrNullFieldNeverMatches(String operator) throws Exception {
    assertThat(filter(operator, "'a'").matches(json("{'g':1}"))).isFalse();
    assertThat(filter(operator, "'a'").matches(json("{'f':null}"))).isFalse();
    assertThat(filter("notIn", "['a']").matches(json("{'f':null}"))).isFalse();
  }

  @Test
  void groupsAreAlternativesAndTheirConditionsAllHold() throws Exception {
    EnhancedFilter filter =
        parse(
            "{'filterGroup':[{'filters':["
                + condition("role", "eq", "'admin'")
                + ","
                + condition("age", "gt", "21")
                + "]},{'filters':["
                + condition("user.name", "beginsWith", "'A'")
                + "]}]}");

    assertThat(filter.matches(json("{'role':'admin','age':22}"))).isTrue();
    assertThat(filter.matches(json("{'role':'admin','age':20}"))).isFalse();
    assertThat(filter.matches(json("{'role':'x','user':{'name':'Ann'}}"))).isTrue();
    assertThat(filter.matches(json("{'user':'Ann'}"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "{'filterGroup':null}",
        "{'filterGroup':[]}",
        "{'filterGroup':[{'filters':[]}]}"
      })
  void anEmptyFilterIsAsIfItWereNotSet(String filter) throws Exception {
    assertThat(EnhancedFilter.parse(json(filter))).isEmpty();
  }

  @Test
  void aMisspeltMemberIsNamed() {
    assertRefused(
        "{'filterGroups':[]}",
        "A subscription filter has no member filterGroups here, only filterGroup");
    assertRefused(
        "{'filterGroup':[{'filter':[]}]}",
        "A subscription filter has no member filter here, only filters");
    assertRefused(
        group("{'fieldName':'f','operator':'eq','values':1}"),
        "A subscription filter has no member values here, only fieldName, operator, value");
  }

  @Test
  void filtersThatBreakARuleAreRefusedWithAppSyncsTexts() {
    assertRefused(
        group(condition("f", "in", "[1,2,3,4,5,6]")),
        "subscription exceeds maximum value limit 5 for operator `in`.");
    assertRefused(
        group(condition("f", "notIn", "[1,2,3,4,5,6]")),
        "subscription exceeds maximum value limit 5 for operator `notIn`.");
    String many =
        IntStream.range(0, 21).mapToObj(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    assertRefused(
        group(condition("f", "containsAny", many)),
        "subscription exceeds maximum value limit 20 for operator `containsAny`.");
    assertRefused(
        group(condition("f", "eq", "1") + "," + condition("f", "ne", "2")),
        "filter uses same fieldName multiple time");
    String fields =
        IntStream.range(0, 6)
            .mapToObj(i -> condition("f" + i, "eq", "1"))
            .collect(Collectors.joining(","));
    assertRefused(group(fields), "Filters exceed maximum attributes limit 5 for subscription");
    String groups =
        IntStream.range(0, 11)
            .mapToObj(i -> "{'filters':[" + condition("f", "eq", "" + i) + "]}")
            .collect(Collectors.joining(","));
    assertRefused(
        "{'filterGroup':[" + groups + "]}",
        "Filters combination exceed maximum limit 10 for subscription");
    assertRefused(
        group(condition("f", "like", "1")), "Unknown operator of a subscription filter: like");
    assertRefused(
        group(condition("a.b.c.d.e.f", "eq", "1")),
        "fieldName of a subscription filter may have at most 5 levels");
    assertRefused(
        group(condition("f".repeat(257), "eq", "1")),
        "fieldName of a subscription filter must have 1 to 256 characters");
    assertRefused(group(condition("f", "in", "1")), "The value of operator in must be an array");
    assertRefused(
        group(condition("f", "between", "[1]")), "The value of operator between must be an array");
    assertRefused(
        group("{'fieldName':'f','operator':'eq'}"), "A subscription filter needs a value");
    assertRefused("[1]", "A subscription filter must be an object");
  }

  @Test
  void aNumberWithAHugeExponentStaysSmall() {
    assertThat(ComparedValue.text(DecimalNode.valueOf(new BigDecimal("1e100000000"))))
        .isEqualTo("1E+100000000");
    assertThat(ComparedValue.text(json("1e100000000"))).isEqualTo("\"Infinity\"");
    assertThat(ComparedValue.ordered(json("1e999"), json("1"))).isFalse();
  }

  private static void assertRefused(String filter, String message) {
    assertThatThrownBy(() -> EnhancedFilter.parse(json(filter)))
        .isInstanceOf(InvalidFilterException.class)
        .hasMessage(message);
  }

  private static EnhancedFilter filter(String operator, String operand) throws Exception {
    return parse(group(condition("f", operator, operand)));
  }

  private static EnhancedFilter parse(String filter) throws Exception {
    return EnhancedFilter.parse(json(filter)).orElseThrow();
  }

  private static String group(String conditions) {
    return "{'filterGroup':[{'filters':[" + conditions + "]}]}";
  }

  private static String condition(String field, String operator, String value) {
    return "{'fieldName':'" + field + "','operator':'" + operator + "','value':" + value + "}";
  }

  private static Map<String, JsonNode> members(String object) {
    Map<String, JsonNode> members = new HashMap<>();
    json(object).properties().forEach(entry -> members.put(entry.getKey(), entry.getValue()));
    return members;
  }
}
