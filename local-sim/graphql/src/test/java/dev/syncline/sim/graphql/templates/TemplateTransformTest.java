// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import static dev.syncline.sim.graphql.templates.TemplateBench.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code $util.transform}, with the outputs that AWS was recorded to give for APPSYNC_JS. */
class TemplateTransformTest {
  private final TemplateBench bench = new TemplateBench();

  private String transformed(String helper, String filter) {
    bench.arguments("{'f':" + filter + "}");
    return bench.render("$!util.transform." + helper + "($ctx.args.f)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'v':{'eq':'x'}}|(#v = :v_eq)|{':v_eq':{'S':'x'}}",
        "{'v':{'ge':1,'le':5}}|((#v >= :v_ge) AND (#v <= :v_le))|{':v_ge':{'N':1},':v_le':{'N':5}}",
        "{'v':{'contains':'x'}}|(contains(#v,:v_contains))|{':v_contains':{'S':'x'}}",
        "{'v':{'notContains':'x'}}|(NOT contains(#v,:v_notContains))|{':v_notContains':{'S':'x'}}",
        "{'v':{'between':[1,9]}}|(#v BETWEEN :v_between_start AND"
            + " :v_between_end)|{':v_between_start':{'N':1},':v_between_end':{'N':9}}",
        "{'v':{'in':['a','b']}}|(#v IN (:v_in_0,"
            + " :v_in_1))|{':v_in_0':{'S':'a'},':v_in_1':{'S':'b'}}",
        "{'v':{'attributeExists':false}}|(attribute_not_exists(#v))|{}",
        "{'v':{'attributeType':'stringSet'}}|(attribute_type(#v,:v_attributeType))|{':v_attributeType':{'S':'SS'}}",
        "{'v':{'size':{'gt':2}}}|(size(#v) > :v_size_gt)|{':v_size_gt':{'N':2}}",
        "{'or':[{'and':[{'a':{'eq':1}},{'b':{'eq':2}}]},{'c':{'eq':3}}]}|(((#a = :or_0_and_0_a_eq)"
            + " AND (#b = :or_0_and_1_b_eq)) OR (#c ="
            + " :or_1_c_eq))|{':or_0_and_0_a_eq':{'N':1},':or_0_and_1_b_eq':{'N':2},':or_1_c_eq':{'N':3}}",
        "{'not':{'a':{'eq':1}}}|(NOT (#a = :not_a_eq))|{':not_a_eq':{'N':1}}",
        "{}|~~|{}",
      })
  void filtersAndConditionsBecomeExpressions(String filter, String expression, String values) {
    for (String helper :
        new String[] {"toDynamoDBFilterExpression", "toDynamoDBConditionExpression"}) {
      var written = json(transformed(helper, filter));
      assertThat(written.path("expression").asText()).isEqualTo(expression);
      assertThat(written.path("expressionValues")).isEqualTo(json(values));
    }
  }

  @Test
  void fieldsCanBeIgnored() {
    bench.arguments("{'f':{'a':{'eq':1},'b':{'eq':2}}}");
    assertThat(bench.render("$util.transform.toDynamoDBConditionExpression($ctx.args.f, ['b'])"))
        .isEqualTo(
            "{\"expression\":\"(#a = :a_eq)\",\"expressionNames\":{\"#a\":\"a\"},"
                + "\"expressionValues\":{\":a_eq\":{\"N\":1}}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{'v':{'foo':1}}",
        "{'v':'x'}",
        "{'and':{'a':{'eq':1}}}",
        "{'v':{'between':[1]}}",
        "{'v':{'attributeExists':'yes'}}"
      })
  void whatCannotBeWrittenIsNull(String filter) {
    assertThat(transformed("toDynamoDBFilterExpression", filter)).isEmpty();
  }

  @Test
  void subscriptionFiltersAreGroups() {
    bench.arguments(
        "{'f':{'a':{'eq':1},'x':{'eq':0},'or':[{'b':{'eq':2}},{'c':{'eq':3}}]},'r':{'s':{'eq':'p'}}}");
    assertThat(
            json(
                bench.render(
                    "$util.toJson($util.transform.toSubscriptionFilter($ctx.args.f, ['x'],"
                        + " $ctx.args.r))")))
        .isEqualTo(
            json(
                "{'filterGroup':["
                    + "{'filters':[{'fieldName':'a','operator':'eq','value':1},"
                    + "{'fieldName':'b','operator':'eq','value':2},"
                    + "{'fieldName':'s','operator':'eq','value':'p'}]},"
                    + "{'filters':[{'fieldName':'a','operator':'eq','value':1},"
                    + "{'fieldName':'c','operator':'eq','value':3},"
                    + "{'fieldName':'s','operator':'eq','value':'p'}]}]}"));
  }

  @Test
  void aProductOfAlternativesIsBounded() {
    var parts = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      parts.append(i == 0 ? "" : ",").append("{'or':[{'a':{'eq':1}},{'b':{'eq':2}}]}");
    }
    assertThat(transformed("toSubscriptionFilter", "{'and':[" + parts + "]}"))
        .contains("more than 1000 groups");
  }

  @Test
  void aSearchIsWrittenAsDocumented() {
    assertThat(
            json(
                transformed(
                    "toElasticsearchQueryDSL",
                    "{'upvotes':{'ne':15,'range':[10,20]},'title':{'eq':'hihihi','wildcard':'h*i'}}")))
        .isEqualTo(
            json(
                "{'bool':{'must':[{'bool':{'must':[{'bool':{'must_not':{'term':{'upvotes':15}}}},"
                    + "{'range':{'upvotes':{'gte':10,'lte':20}}}]}},"
                    + "{'bool':{'must':[{'term':{'title':'hihihi'}},{'wildcard':{'title':'h*i'}}]}}]}}"));
    assertThat(json(transformed("toElasticsearchQueryDSL", "{'or':[{'a':{'exists':false}}]}")))
        .isEqualTo(
            json(
                "{'bool':{'must':[{'bool':{'should':[{'bool':{'must':[{'bool':{'must':["
                    + "{'bool':{'must_not':{'exists':{'field':'a'}}}}]}}]}}]}}]}}"));
  }
}
