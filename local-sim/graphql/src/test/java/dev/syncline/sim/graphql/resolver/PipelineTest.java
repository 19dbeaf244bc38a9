// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.resolver;

import static dev.syncline.sim.graphql.templates.TemplateBench.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.FieldOutcome;
import dev.syncline.sim.graphql.resolver.Evaluation.SkipTo;
import dev.syncline.sim.graphql.resolver.SourceCalls.SourceResult;
import dev.syncline.sim.graphql.templates.TemplateBench;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Pipeline resolvers. */
class PipelineTest {
  private static final String PAYLOAD = "{\"version\":\"2018-05-29\",\"payload\":";
  private static final String RESULT = "$util.toJson($ctx.result)";

  private final TemplateBench bench = new TemplateBench().none().arguments("{'id':'7'}");

  private FieldOutcome run(
      @Nullable String before, @Nullable String after, ResolverPlan.Step... functions) {
    return bench.resolve(
        new ResolverPlan.Pipeline(bench.templates.around(before, after), List.of(functions)));
  }

  private ResolverPlan.Step function(String payload, String response) {
    return bench.function("none", PAYLOAD + payload + "}", response);
  }

  @Test
  void functionsRunInOrderAndEachHasTheResultBefore() {
    FieldOutcome outcome =
        run(
            "$util.qr($ctx.stash.put('trace', ['before'])){\"from\":\"before\"}",
            "{\"result\":$util.toJson($ctx.result),\"prev\":$util.toJson($ctx.prev.result),"
                + "\"trace\":$util.toJson($ctx.stash.trace),\"id\":\"$ctx.args.id\"}",
            function(
                "[\"$ctx.prev.result.from\"]$util.qr($ctx.stash.trace.add('f1'))"
                    + "$util.qr($ctx.args.put('id', '8'))",
                "{\"one\":$util.toJson($ctx.result)}"),
            function(
                "[$util.toJson($ctx.prev.result.one),"
                    + " \"$ctx.args.id\"]$util.qr($ctx.stash.trace.add('f2'))",
                "{\"two\":$util.toJson($ctx.result)}"));
    assertThat(outcome)
        .isEqualTo(
            FieldOutcome.of(
                json(
                    "{'result':{'two':[['before'],'8']},'prev':{'two':[['before'],'8']},"
                        + "'trace':['before','f1','f2'],'id':'8'}")));
  }

  @Test
  void theBeforeTemplateNeedsNoJson() {
    assertThat(run("## nothing", RESULT, function("1", RESULT)).value()).isEqualTo(json("1"));
    assertThat(run("just text", RESULT, function("1", RESULT)).value()).isEqualTo(json("1"));
    assertThat(run(null, null, function("1", RESULT)).value()).isEqualTo(json("1"));
  }

  @Test
  void returnInTheBeforeTemplateSkipsTheFunctions() {
    assertThat(run("#return({'r': 1})", "[$util.toJson($ctx.result)]", function("1", RESULT)))
        .isEqualTo(FieldOutcome.of(json("[{'r':1}]")));
    assertThat(bench.calls).isEmpty();
  }

  @Test
  void returnInAFunctionSkipsItsSourceAndResponseOnly() {
    assertThat(
            run(
                "{}",
                RESULT,
                bench.function("none", "#return({'r': 1})", "\"never\""),
                function("[$util.toJson($ctx.prev.result)]", RESULT)))
        .isEqualTo(FieldOutcome.of(json("[{'r':1}]")));
    assertThat(bench.calls).hasSize(1);
  }

  @Test
  void anEarlyReturnMaySkipToTheEnd() {
    StepCode early =
        new StepCode() {
          @Override
          public Evaluation request(ResolverContext context) {
            return new Evaluation.Returned(json("'early'"), SkipTo.END);
          }

          @Override
          public Evaluation response(ResolverContext context) {
            throw new AssertionError("skipped");
          }
        };
    assertThat(
            run(
                    "{}",
                    "[$util.toJson($ctx.result)]",
                    new ResolverPlan.Step("f", early, "none", 0),
                    function("1", RESULT))
                .value())
        .isEqualTo(json("['early']"));
  }

  @Test
  void anErrorAnywhereEndsTheResolver() {
    assertThat(run("$util.error('b')", RESULT, function("1", RESULT)))
        .isEqualTo(FieldOutcome.failed(FieldError.of(null, "b")));
    assertThat(
            run("{}", RESULT, function("1", "$util.error('f', 'T')"), function("2", RESULT))
                .errors())
        .containsExactly(FieldError.of("T", "f"));
    assertThat(bench.calls).hasSize(1);
    assertThat(run("{}", "$util.unauthorized()", function("1", RESULT)).errors())
        .containsExactly(FieldError.unauthorized("Query", "thing"));
  }

  @Test
  void anErrorOfASourceStaysInItsFunction() {
    bench.source("bad", "HTTP", document -> SourceResult.failed("Http:X", "down"));
    assertThat(
            run(
                "{}",
                "[$util.toJson($ctx.result), $util.toJson($ctx.error)]",
                bench.function(
                    "bad",
                    "{\"version\":\"2018-05-29\"}",
                    "\"$ctx.error.type $ctx.error.message\""),
                function("[\"$ctx.prev.result\", $util.toJson($ctx.error)]", RESULT)))
        .isEqualTo(FieldOutcome.of(json("[['Http:X down',null],null]")));
  }

  /** Code that is no template, as APPSYNC_JS is. */
  private static StepCode code(Consumer<ResolverContext> request) {
    return new StepCode() {
      @Override
      public Evaluation request(ResolverContext context) {
        request.accept(context);
        return new Evaluation.Produced(json("{'payload':1}"));
      }

      @Override
      public Evaluation response(ResolverContext context) {
        return new Evaluation.Produced(context.stash().deepCopy());
      }
    };
  }

  @Test
  void templatesAndCodeShareStashAndArguments() {
    StepCode code =
        code(
            context -> {
              context.stash().put("code", context.stash().path("template").asInt() + 1);
              context.arguments().put("id", context.arguments().path("id").asText() + "!");
            });
    assertThat(
            run(
                    "$util.qr($ctx.stash.put('template', 1))$util.qr($ctx.args.put('id', '8')){}",
                    "[$ctx.stash.code, \"$ctx.args.id\", $util.toJson($ctx.result)]",
                    new ResolverPlan.Step("f", code, "none", 0))
                .value())
        .isEqualTo(json("[2,'8!',{'template':1,'code':2}]"));
  }

  @Test
  void aStashThatHoldsItselfFailsWhereItIsRead() {
    ResolverPlan.Step reader =
        new ResolverPlan.Step("f", code(context -> context.stash().put("x", 1)), "none", 0);
    assertThat(run("$util.qr($ctx.stash.put('self', $ctx.stash)){}", RESULT, reader).errors())
        .hasSize(1)
        .first()
        .extracting(FieldError::message)
        .isEqualTo("Transformation too large: The value is nested too deeply");
    assertThat(
            run(
                    "#set($l = [1])#foreach($i in [1..22])#set($l = [$l, $l])#end"
                        + "$util.qr($ctx.stash.put('l', $l)){}",
                    RESULT,
                    reader)
                .errors())
        .hasSize(1);
  }
}
