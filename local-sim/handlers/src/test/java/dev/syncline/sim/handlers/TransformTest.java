// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.syncline.sim.handlers.HandlerEngine.Phase;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code util.transform}. What AWS's {@code EvaluateCode} answered was published with the tests of
 * LocalStack's appsync-utils; the OpenSearch query is the sample of AWS's own type definitions.
 */
class TransformTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SimClock CLOCK = new SimClock(new ClockMode.Real());
  private static final HandlerEngine ENGINE =
      new HandlerEngine(CLOCK, new Ids(7), HandlerLimits.DEFAULT);

  @AfterAll
  static void close() {
    ENGINE.close();
    CLOCK.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ v: { eq: 'x' } }| (#v = :v_eq)| {':v_eq':{'S':'x'}}",
        "{ v: { ne: 1.5 } }| (#v <> :v_ne)| {':v_ne':{'N':1.5}}",
        "{ v: { ge: 1, le: 5 } }| ((#v >= :v_ge) AND (#v <= :v_le))|"
            + " {':v_ge':{'N':1},':v_le':{'N':5}}",
        "{ v: { contains: 'x' } }| (contains(#v,:v_contains))| {':v_contains':{'S':'x'}}",
        "{ v: { notContains: 'x' } }| (NOT contains(#v,:v_notContains))|"
            + " {':v_notContains':{'S':'x'}}",
        "{ v: { beginsWith: 'x' } }| (begins_with(#v,:v_beginsWith))| {':v_beginsWith':{'S':'x'}}",
        "{ v: { between: [1, 9, 3] } }| (#v BETWEEN :v_between_start AND :v_between_end)|"
            + " {':v_between_start':{'N':1},':v_between_end':{'N':9}}",
        "{ v: { in: ['a', 'b'] } }| (#v IN (:v_in_0, :v_in_1))|"
            + " {':v_in_0':{'S':'a'},':v_in_1':{'S':'b'}}",
        "{ v: { in: [] } }| (null)| {}",
        "{ v: { attributeExists: true } }| (attribute_exists(#v))| {}",
        "{ v: { attributeExists: false } }| (attribute_not_exists(#v))| {}",
        "{ v: { attributeType: 'stringSet' } }| (attribute_type(#v,:v_attributeType))|"
            + " {':v_attributeType':{'S':'SS'}}",
        "{ v: { size: { gt: 2 } } }| (size(#v) > :v_size_gt)| {':v_size_gt':{'N':2}}",
        "{ a: { eq: 1 }, and: [{ b: { eq: 2 } }] }| (#a = :a_eq) AND (#b = :and_0_b_eq)|"
            + " {':a_eq':{'N':1},':and_0_b_eq':{'N':2}}",
        "{ or: [{ and: [{ a: { eq: 1 } }, { b: { eq: 2 } }] }, { c: { eq: 3 } }] }|"
            + " (((#a = :or_0_and_0_a_eq) AND (#b = :or_0_and_1_b_eq)) OR (#c = :or_1_c_eq))|"
            + " {':or_0_and_0_a_eq':{'N':1},':or_0_and_1_b_eq':{'N':2},':or_1_c_eq':{'N':3}}",
        "{ not: { and: [{ a: { eq: 1 } }, { b: { eq: 2 } }] } }|"
            + " (NOT ((#a = :not_and_0_a_eq) AND (#b = :not_and_1_b_eq)))|"
            + " {':not_and_0_a_eq':{'N':1},':not_and_1_b_eq':{'N':2}}",
        "{ 'a.b': { eq: 1 } }| (#a.b = :a.b_eq)| {':a.b_eq':{'N':1}}",
        "{ and: [{ a: { eq: 1 } }, {}] }| ((#a = :and_0_a_eq) AND )| {':and_0_a_eq':{'N':1}}",
        "{}| ''| {}",
      })
  void filtersAndConditionsBecomeTheExpressionsOfAws(
      String filter, String expression, String values) throws Exception {
    for (String helper :
        new String[] {"toDynamoDBFilterExpression", "toDynamoDBConditionExpression"}) {
      JsonNode written = JSON.readTree(transformed(helper, filter).textValue());

      assertThat(written.path("expression").asText()).isEqualTo(expression);
      assertThat(written.path("expressionValues"))
          .isEqualTo(JSON.readTree(values.replace('\'', '"')));
    }
  }

  @Test
  void everyFieldHasItsName() throws Exception {
    JsonNode written =
        JSON.readTree(
            transformed("toDynamoDBFilterExpression", "{ v: {}, w: { size: {} } }").textValue());

    assertThat(written.path("expressionNames"))
        .isEqualTo(JSON.readTree("{\"#v\":\"v\",\"#w\":\"w\"}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "'text'",
        "{ v: { foo: 1 } }",
        "{ v: 'x' }",
        "{ and: { a: { eq: 1 } } }",
        "{ not: [{ a: { eq: 1 } }] }",
        "{ v: { between: [1] } }",
        "{ v: { in: 'x' } }",
        "{ v: { attributeExists: 'yes' } }",
        "{ v: { attributeType: 'S' } }",
      })
  void unwritableValuesAreNullAsOnAws(String filter) throws Exception {
    assertThat(transformed("toDynamoDBFilterExpression", filter).isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ a: { eq: 1 } }| [[{'fieldName':'a','operator':'eq','value':1}]]",
        "{ a: { eq: 1, ne: 2 } }| [[{'fieldName':'a','operator':'eq','value':1}],"
            + "[{'fieldName':'a','operator':'ne','value':2}]]",
        "{ a: { eq: 1 }, or: [{ b: { eq: 2 } }, { c: { eq: 3 } }] }|"
            + " [[{'fieldName':'a','operator':'eq','value':1},{'fieldName':'b','operator':'eq','value':2}],"
            + "[{'fieldName':'a','operator':'eq','value':1},{'fieldName':'c','operator':'eq','value':3}]]",
        "{ a: { eq: 1 }, x: { eq: 9 } }, ['x'], { r: { gte: 250 }, s: { eq: 'p' } }|"
            + " [[{'fieldName':'a','operator':'eq','value':1},{'fieldName':'r','operator':'gte','value':250}],"
            + "[{'fieldName':'a','operator':'eq','value':1},{'fieldName':'s','operator':'eq','value':'p'}]]",
        "{ not: { a: { eq: 1 } } }| [[{'fieldName':'not','operator':'a','value':{'eq':1}}]]",
        "{}| []",
      })
  void subscriptionFiltersAreGroupsOfFilters(String arguments, String groups) throws Exception {
    var filters = JsonNodeFactory.instance.arrayNode();
    transformed("toSubscriptionFilter", arguments)
        .path("filterGroup")
        .forEach(group -> filters.add(group.path("filters")));

    assertThat(filters).isEqualTo(JSON.readTree(groups.replace('\'', '"')));
  }

  @Test
  void aSearchIsWrittenInTheQueryLanguageOfOpenSearch() throws Exception {
    JsonNode query =
        transformed(
            "toElasticsearchQueryDSL",
            "{ upvotes: { ne: 15, range: [10, 20] }, title: { eq: 'hihihi', wildcard: 'h*i' } }");

    assertThat(JSON.readTree(query.textValue()))
        .isEqualTo(
            JSON.readTree(
                """
                {"bool":{"must":[
                  {"bool":{"must":[{"bool":{"must_not":{"term":{"upvotes":15}}}},
                    {"range":{"upvotes":{"gte":10,"lte":20}}}]}},
                  {"bool":{"must":[{"term":{"title":"hihihi"}},{"wildcard":{"title":"h*i"}}]}}]}}
                """));
  }

  private static JsonNode transformed(String helper, String arguments) throws Exception {
    HandlerCode code =
        ENGINE.compile(
            "import { util } from '@aws-appsync/utils';\n"
                + "export const onPublish = () => util.transform."
                + helper
                + "("
                + arguments
                + ");");
    HandlerOutcome outcome =
        ENGINE.run(code, "onPublish", Phase.NONE, "", JsonNodeFactory.instance.objectNode());
    return ((HandlerOutcome.Returned) outcome).value();
  }
}
