// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import static dev.syncline.sim.graphql.templates.TemplateBench.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A template rendered with a context that is given as JSON. */
class TemplateEvaluationTest {
  private static final String CONTEXT =
      "{'arguments':{'a':1},'source':{'s':2},'result':{'r':3},'stash':{'t':4},"
          + "'identity':{'sub':'u'},'request':{'headers':{'h':'5'}},'prev':{'result':{'p':6}},"
          + "'info':{'fieldName':'f','parentTypeName':'Query','variables':{'v':7},"
          + "'selectionSetList':['x','x/y'],'selectionSetGraphQL':'{x}'},"
          + "'error':{'message':'m','type':'T'},'env':{'E':'8'}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "$ctx.args.a $ctx.source.s $ctx.result.r $ctx.stash.t $ctx.identity.sub|1 2 3 4 u",
        "$ctx.request.headers.h $ctx.prev.result.p $ctx.env.E|5 6 8",
        "$ctx.info.fieldName $ctx.info.parentTypeName $ctx.info.variables.v|f Query 7",
        "$ctx.info.selectionSetList $ctx.info.selectionSetGraphQL|[x, x/y] {x}",
        "$ctx.error.message $ctx.error.type $util.authType()|m T the type",
        "#return({'a': $ctx.args.a})|{\"a\":1}",
        "#return($util.toJson({}))|{}",
      })
  void everyMemberReachesTheTemplate(String template, String expected) {
    TemplateEvaluation evaluation =
        TemplateEvaluation.of(
            new TemplateBench().templates, template, (ObjectNode) json(CONTEXT), "the type");
    assertThat(evaluation.error()).isNull();
    assertThat(evaluation.result()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$util.toJson($ctx.args) $ctx.result $!ctx.prev.|{} $ctx.result .",
        "$util.toJson($ctx.stash)$util.toJson($ctx.identity)|{}null",
      })
  void missingMembersAreEmpty(String template, String expected) {
    assertThat(
            TemplateEvaluation.of(
                    new TemplateBench().templates, template, (ObjectNode) json("{}"), "")
                .result())
        .isEqualTo(expected);
  }
}
