// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.resolver;

import static dev.syncline.sim.graphql.templates.TemplateBench.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.graphql.FieldCall;
import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.FieldOutcome;
import dev.syncline.sim.graphql.resolver.SourceCalls.SourceResult;
import dev.syncline.sim.graphql.templates.TemplateBench;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lambda resolvers without templates, and batches of calls. */
class DirectLambdaTest {
  private final List<JsonNode> documents = new ArrayList<>();
  private final TemplateBench bench =
      new TemplateBench()
          .arguments("{'id':'7'}")
          .source(
              "fn",
              "AWS_LAMBDA",
              document -> {
                documents.add(document);
                return SourceResult.of(json("{'answer':1}"));
              });

  private FieldOutcome direct(@Nullable String request, @Nullable String response, int batch) {
    return bench.resolve(
        new ResolverPlan.Unit(bench.templates.step(request, response, batch), "fn", batch));
  }

  @Test
  void theFunctionGetsTheWholeContextAndItsResultIsTheValue() {
    assertThat(direct(null, null, 0)).isEqualTo(FieldOutcome.of(json("{'answer':1}")));
    assertThat(documents)
        .containsExactly(
            json(
                "{'version':'2018-05-29','operation':'Invoke','payload':{'arguments':{'id':'7'},"
                    + "'identity':null,'source':null,'request':{'headers':{'x-api-key':'da2-abc',"
                    + "'host':'h'},'domainName':null},'prev':null,'info':{'selectionSetList':[],"
                    + "'selectionSetGraphQL':'','fieldName':'thing','parentTypeName':'Query',"
                    + "'variables':{'v':1}},'stash':{}}}"));
  }

  @Test
  void eitherTemplateMayBeMissing() {
    assertThat(direct("", "[$util.toJson($ctx.result)]", 0).value())
        .isEqualTo(json("[{'answer':1}]"));
    assertThat(
            direct("{\"version\":\"2017-02-28\",\"operation\":\"Invoke\",\"payload\":1}", null, 0)
                .value())
        .isEqualTo(json("{'answer':1}"));
  }

  @Test
  void anErrorIsRaisedWithTheResultAsData() {
    bench.source(
        "fn",
        "AWS_LAMBDA",
        document ->
            new SourceResult(json("{'part':1}"), FieldError.of("Lambda:Unhandled", "boom")));
    assertThat(direct(null, null, 0))
        .isEqualTo(
            FieldOutcome.failed(
                new FieldError("boom", "Lambda:Unhandled", json("{'part':1}"), null)));
  }

  @Test
  void anItemOfABatchMayFailByItself() {
    List<JsonNode> answers =
        List.of(
            json("{'data':{'a':1}}"),
            json("{'data':{'b':2},'errorMessage':'no','errorType':'T'}"),
            json("{'plain':3}"));
    bench.source("fn", "AWS_LAMBDA", document -> SourceResult.of(answers.get(documents(document))));
    List<FieldOutcome> outcomes = resolve(3, bench.templates.step(null, null, 10), 10);
    assertThat(outcomes.get(0)).isEqualTo(FieldOutcome.of(json("{'a':1}")));
    assertThat(outcomes.get(1))
        .isEqualTo(
            new FieldOutcome(
                json("{'b':2}"), List.of(new FieldError("no", "T", json("{'b':2}"), null))));
    assertThat(outcomes.get(2)).isEqualTo(FieldOutcome.of(json("{'plain':3}")));
    assertThat(bench.calls).hasSize(1);
  }

  private int documents(JsonNode document) {
    documents.add(document);
    return documents.size() - 1;
  }

  private List<FieldOutcome> resolve(int count, StepCode code, int batch) {
    var runner = new ResolverRunner(new ResolverPlan.Unit(code, "fn", batch), bench);
    List<FieldCall> calls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      bench.arguments("{'i':" + i + "}");
      calls.add(bench.call());
    }
    return runner.resolve(calls, bench.request());
  }

  @Test
  void batchesHaveFiveDocumentsWithoutASize() {
    StepCode code =
        bench.templates.step(
            "{\"version\":\"2018-05-29\",\"operation\":\"BatchInvoke\",\"payload\":$ctx.args.i}",
            "{\"i\":$ctx.args.i}",
            0);
    assertThat(new ResolverRunner(new ResolverPlan.Unit(code, "fn", 0), bench).maxBatchSize())
        .isEqualTo(5);
    assertThat(resolve(7, code, 0))
        .hasSize(7)
        .element(6)
        .isEqualTo(FieldOutcome.of(json("{'i':6}")));
    assertThat(bench.calls).hasSize(2);
    assertThat(bench.calls.getFirst()).contains("\"payload\":4").doesNotContain("\"payload\":5");
  }

  @Test
  void aCallThatFailsItsRequestLeavesTheBatch() {
    StepCode code =
        bench.templates.step(
            "#if($ctx.args.i == 1)$util.error('one')#end"
                + "{\"version\":\"2018-05-29\",\"operation\":\"BatchInvoke\",\"payload\":$ctx.args.i}",
            "$ctx.args.i",
            3);
    List<FieldOutcome> outcomes = resolve(3, code, 3);
    assertThat(outcomes.get(0).value()).isEqualTo(json("0"));
    assertThat(outcomes.get(1)).isEqualTo(FieldOutcome.failed(FieldError.of(null, "one")));
    assertThat(outcomes.get(2).value()).isEqualTo(json("2"));
    assertThat(bench.calls).hasSize(1);
  }

  @Test
  void onlyLambdaResolversThatMayBatchTakeSeveralCalls() {
    bench.none();
    StepCode invoke =
        bench.templates.step("{\"version\":\"2018-05-29\",\"operation\":\"Invoke\"}", "1", 0);
    assertThat(new ResolverRunner(new ResolverPlan.Unit(invoke, "fn", 0), bench).maxBatchSize())
        .isEqualTo(1);
    StepCode direct = bench.templates.step(null, null, 9);
    assertThat(new ResolverRunner(new ResolverPlan.Unit(direct, "fn", 9), bench).maxBatchSize())
        .isEqualTo(9);
    assertThat(new ResolverRunner(new ResolverPlan.Unit(direct, "none", 9), bench).maxBatchSize())
        .isEqualTo(1);
  }
}
