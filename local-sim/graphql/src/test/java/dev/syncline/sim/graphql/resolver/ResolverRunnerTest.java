// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.resolver;

import static dev.syncline.sim.graphql.templates.TemplateBench.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.FieldOutcome;
import dev.syncline.sim.graphql.resolver.SourceCalls.SourceResult;
import dev.syncline.sim.graphql.templates.TemplateBench;
import org.junit.jupiter.api.Test;

/** Unit resolvers: order, versions and errors. */
class ResolverRunnerTest {
  private final TemplateBench bench = new TemplateBench().none().arguments("{'id':'7'}");

  private static final String REQUEST =
      "{\"version\":\"2018-05-29\",\"payload\":$util.toJson($ctx.args)}";

  @Test
  void requestThenSourceThenResponse() {
    FieldOutcome outcome =
        bench.unit("none", REQUEST, "{\"got\":$util.toJson($ctx.result.id),\"n\":null}");
    assertThat(outcome).isEqualTo(FieldOutcome.of(json("{'got':'7','n':null}")));
    assertThat(bench.calls)
        .containsExactly("none [{\"version\":\"2018-05-29\",\"payload\":{\"id\":\"7\"}}]");
  }

  @Test
  void theResultIsGivenBackWithoutRenderingAWholeResult() {
    assertThat(bench.unit("none", REQUEST, "\n$util.toJson($ctx.result)\n").value())
        .isEqualTo(json("{'id':'7'}"));
    assertThat(bench.unit("none", REQUEST, "$utils.toJson($context.result)").value())
        .isEqualTo(json("{'id':'7'}"));
  }

  @Test
  void anErrorOfTheSourceIsNotRaisedByItselfSince2018() {
    bench.source("bad", "AMAZON_DYNAMODB", d -> SourceResult.failed("DynamoDB:X", "broken"));
    String document = "{\"version\":\"VERSION\",\"operation\":\"GetItem\",\"key\":{}}";
    String response = "{\"e\":\"$ctx.error.message\",\"t\":\"$ctx.error.type\"}";
    assertThat(bench.unit("bad", document.replace("VERSION", "2018-05-29"), response))
        .isEqualTo(FieldOutcome.of(json("{'e':'broken','t':'DynamoDB:X'}")));
    assertThat(bench.unit("bad", document.replace("VERSION", "2017-02-28"), response))
        .isEqualTo(FieldOutcome.failed(FieldError.of("DynamoDB:X", "broken")));
  }

  @Test
  void whatTheSimulatorCannotDoIsRaisedInEachVersion() {
    bench.source("db", "RELATIONAL_DATABASE", d -> SourceResult.failed("NotImplemented", "no"));
    assertThat(bench.unit("db", "{\"version\":\"2018-05-29\"}", "$util.toJson($ctx.result)"))
        .isEqualTo(FieldOutcome.failed(FieldError.of("NotImplemented", "no")));
  }

  @Test
  void aNullResultSkipsTheResponseTemplateOf2017() {
    bench.source("empty", "AMAZON_DYNAMODB", d -> SourceResult.of(json("null")));
    String document = "{\"version\":\"VERSION\",\"operation\":\"GetItem\",\"key\":{}}";
    assertThat(bench.unit("empty", document.replace("VERSION", "2017-02-28"), "\"x\"").value())
        .isEqualTo(json("null"));
    assertThat(bench.unit("empty", document.replace("VERSION", "2018-05-29"), "\"x\"").value())
        .isEqualTo(json("'x'"));
  }

  @Test
  void returnInARequestSkipsSourceAndResponse() {
    assertThat(bench.unit("none", "#return({\"a\": 1})", "\"never\"").value())
        .isEqualTo(json("{'a':1}"));
    assertThat(bench.unit("none", "#return($util.toJson({'a': 1}))", "1").value())
        .isEqualTo(json("{'a':1}"));
    assertThat(bench.unit("none", "#return($util.toJson($none))", "1").value().isNull()).isTrue();
    assertThat(bench.unit("none", "#return('abc')", "1").value()).isEqualTo(json("'abc'"));
    assertThat(bench.unit("none", "#return('{abc')", "1").value()).isEqualTo(json("'{abc'"));
    assertThat(bench.unit("none", "#if(true)#return #end", "\"never\"").value())
        .isEqualTo(json("null"));
    assertThat(bench.calls).isEmpty();
  }

  @Test
  void errorsAreRaisedAndAddedInOrder() {
    FieldOutcome outcome =
        bench.unit(
            "none",
            "$util.appendError(\"first\", \"A\")" + REQUEST,
            "$util.appendError(\"second\")$util.error(\"last\", \"L\", {\"d\": 1}, [2])");
    assertThat(outcome.value().isNull()).isTrue();
    assertThat(outcome.errors())
        .containsExactly(
            FieldError.of("A", "first"),
            FieldError.of(null, "second"),
            new FieldError("last", "L", json("{'d':1}"), json("[2]")));
    assertThat(bench.unit("none", "$util.unauthorized()", "{}").errors())
        .containsExactly(FieldError.unauthorized("Query", "thing"));
  }

  @Test
  void stashAndChangedArgumentsReachTheResponse() {
    String request =
        "$util.qr($ctx.stash.put(\"s\", 1))$util.qr($ctx.args.put(\"id\", \"8\"))" + REQUEST;
    assertThat(bench.unit("none", request, "[$ctx.stash.s, \"$ctx.args.id\"]").value())
        .isEqualTo(json("[1,'8']"));
  }
}
