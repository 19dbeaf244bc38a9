// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.js;

import static dev.syncline.sim.graphql.js.JsFixture.code;
import static dev.syncline.sim.graphql.js.JsFixture.context;
import static dev.syncline.sim.graphql.js.JsFixture.effects;
import static dev.syncline.sim.graphql.js.JsFixture.error;
import static dev.syncline.sim.graphql.js.JsFixture.json;
import static dev.syncline.sim.graphql.js.JsFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.RequestEffects.Effect;
import dev.syncline.sim.graphql.resolver.Evaluation;
import dev.syncline.sim.graphql.resolver.Evaluation.SkipTo;
import dev.syncline.sim.graphql.resolver.ResolverContext;
import dev.syncline.sim.handlers.CodeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resolvers and functions of APPSYNC_JS. */
class JsResolverTest {
  @Test
  void requestAndResponseAreCalledWithTheStashBetweenThem() throws Exception {
    JsStepCode code =
        code(
            "ctx.stash.by = ctx.identity.username; return { payload: ctx.args.n + 1 }",
            "return { n: ctx.result, by: ctx.stash.by }");
    ResolverContext context = context("{'n':41}");

    assertThat(code.request(context)).isEqualTo(new Evaluation.Produced(json("{'payload':42}")));
    context.result(json("7"), null);
    assertThat(code.response(context)).isEqualTo(new Evaluation.Produced(json("{'n':7,'by':'u'}")));
  }

  @Test
  void theContextHasEveryMember() throws Exception {
    ResolverContext context = context(json("{'id':'1'}"), json("{'parent':true}"));
    context.previous(json("[1]"));
    context.added().add(FieldError.of("T", "before"));

    Evaluation.Produced produced = (Evaluation.Produced) request("return ctx", context);

    assertThat(produced.value())
        .isEqualTo(
            json(
                "{'arguments':{'id':'1'},'args':{'id':'1'},'source':{'parent':true},'stash':{},"
                    + "'result':null,'prev':{'result':[1]},'error':null,"
                    + "'outErrors':[{'message':'before','errorType':'T'}],"
                    + "'identity':{'username':'u'},"
                    + "'request':{'headers':{'x-trace':'t'},'domainName':null},"
                    + "'env':{'TABLE':'posts'},"
                    + "'info':{'fieldName':'post','parentTypeName':'Query','variables':{'v':1},"
                    + "'selectionSetList':['id','owner','owner/name'],"
                    + "'selectionSetGraphQL':'{\\n  id\\n  owner {\\n    name\\n  }\\n}'}}"));
  }

  @Test
  void argumentsThatTheCodeChangedReachTheNextStep() throws Exception {
    ResolverContext context = context("{'n':1}");

    request("ctx.args.n = 2; ctx.arguments.m = 3; ctx.stash.s = [ctx.args.m]", context);

    assertThat(context.arguments()).isEqualTo(json("{'n':2,'m':3}"));
    assertThat(context.stash()).isEqualTo(json("{'s':[3]}"));
  }

  @Test
  void noReturnIsNull() throws Exception {
    assertThat(request("", context("{}"))).isEqualTo(new Evaluation.Produced(NullNode.instance));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "runtime.earlyReturn({ a: 1 })| NEXT",
        "runtime.earlyReturn({ a: 1 }, { skipTo: 'NEXT' })| NEXT",
        "runtime.earlyReturn({ a: 1 }, { skipTo: 'END' })| END",
      })
  void anEarlyReturnSaysWhereItContinues(String statement, SkipTo target) throws Exception {
    assertThat(request(statement + "; return 2", context("{}")))
        .isEqualTo(new Evaluation.Returned(json("{'a':1}"), target));
  }

  @Test
  void anEarlyReturnToAnUnknownPlaceFails() throws Exception {
    assertThat(error("runtime.earlyReturn(1, { skipTo: 'BACK' })", context("{}")).message())
        .contains("skipTo must be END or NEXT");
  }

  @Test
  void anErrorStopsAndCarriesAllItWasGiven() throws Exception {
    ResolverContext context = context("{}");

    assertThat(error("ctx.stash.a = 1; util.error('no', 'T', { d: 1 }, { i: 2 })", context))
        .isEqualTo(new FieldError("no", "T", json("{'d':1}"), json("{'i':2}")));
    assertThat(error("util.error('no')", context))
        .isEqualTo(new FieldError("no", null, null, null));
    assertThat(context.stash()).isEqualTo(json("{'a':1}"));
  }

  @Test
  void anAddedErrorDoesNotStop() throws Exception {
    ResolverContext context = context("{}");
    context.added().add(FieldError.of("T0", "zero"));

    Evaluation ended =
        request("util.appendError('one', 'T1', 1); util.appendError('two'); return 3", context);

    assertThat(ended).isEqualTo(new Evaluation.Produced(json("3")));
    assertThat(context.added())
        .isEqualTo(
            List.of(
                FieldError.of("T0", "zero"),
                new FieldError("one", "T1", json("1"), null),
                new FieldError("two", null, null, null)));
  }

  @Test
  void theCallerMayBeRefused() throws Exception {
    assertThat(request("util.unauthorized(); return 1", context("{}")))
        .isEqualTo(new Evaluation.Unauthorized());
  }

  @Test
  void anErrorOfTheDataSourceIsShownWithoutItsItem() throws Exception {
    ResolverContext context = context("{}");
    context.result(
        NullNode.instance,
        new FieldError("m", "DynamoDB:ConditionalCheckFailedException", json("{'id':1}"), null));

    assertThat(code("return 1", "return ctx.error").response(context))
        .isEqualTo(
            new Evaluation.Produced(
                json("{'message':'m','type':'DynamoDB:ConditionalCheckFailedException'}")));
  }

  @Test
  void aFailureIsAnErrorOfTheCodeWithItsPlace() throws Exception {
    ResolverContext context = context("{}");

    FieldError error = error("return missing", context);

    assertThat(error)
        .isEqualTo(FieldError.of("Code", "code.js:2:39: ReferenceError: missing is not defined"));
    assertThat(effects(context, Effect.LogLine.class))
        .isEqualTo(List.of(new Effect.LogLine("ERROR", error.message())));
  }

  @Test
  void endlessWorkIsStopped() throws Exception {
    ResolverContext context = context("{'n':1}");

    assertThat(error("const a = [1]; for (const x of a) { a.push(x) }", context).errorType())
        .isEqualTo("Code");
    assertThat(context.arguments()).isEqualTo(json("{'n':1}"));
    assertThat(effects(context, Effect.LogLine.class).getLast().text()).contains("was stopped");
  }

  @Test
  void consoleLinesAreLogged() throws Exception {
    ResolverContext context = context("{}");

    request("console.log('a', { b: 1 }); console.error('c')", context);

    assertThat(effects(context, Effect.LogLine.class))
        .extracting(Effect.LogLine::level)
        .isEqualTo(List.of("INFO", "ERROR"));
    assertThat(effects(context, Effect.LogLine.class).getFirst().text())
        .startsWith("code.js:2:")
        .endsWith(": \"a\" {\"b\":1}");
  }

  @Test
  void extensionsReachTheRequest() throws Exception {
    ResolverContext context = context("{}");

    request(
        "extensions.evictFromApiCache('Query', 'post', { 'context.arguments.id': '1' });"
            + " extensions.setSubscriptionFilter({ filterGroup: [] });"
            + " extensions.setSubscriptionInvalidationFilter({ filterGroup: [1] });"
            + " extensions.invalidateSubscriptions({ subscriptionField: 's', payload: { a: 1 } })",
        context);

    assertThat(context.request().effects().all())
        .isEqualTo(
            List.of(
                new Effect.CacheEviction("Query", "post", json("{'context.arguments.id':'1'}")),
                new Effect.SubscriptionFilter(json("{'filterGroup':[]}")),
                new Effect.InvalidationFilter(json("{'filterGroup':[1]}")),
                new Effect.Invalidation(json("{'subscriptionField':'s','payload':{'a':1}}"))));
  }

  @Test
  void responseHeadersReachTheRequest() throws Exception {
    ResolverContext context = context("{}");

    request(
        "util.http.addResponseHeader('items', 7);"
            + " util.http.addResponseHeaders({ a: 'b', c: { d: 1 } })",
        context);

    assertThat(context.request().effects().all())
        .isEqualTo(
            List.of(
                new Effect.ResponseHeader("items", "7"),
                new Effect.ResponseHeader("a", "b"),
                new Effect.ResponseHeader("c", "{\"d\":1}")));
  }

  @ParameterizedTest
  @CsvSource({
    "'X-Amz-Id'",
    "'x-amzn-trace'",
    "'Vary'",
    "'content-type'",
    "'Access-Control-Max-Age'",
    "'Transfer-Encoding'"
  })
  void restrictedHeadersAreIgnoredWithAnError(String name) throws Exception {
    ResolverContext context = context("{}");

    assertThat(request("util.http.addResponseHeader('" + name + "', 1); return 1", context))
        .isEqualTo(new Evaluation.Produced(json("1")));
    assertThat(context.added())
        .singleElement()
        .satisfies(added -> assertThat(added.errorType()).isEqualTo("ResponseHeaderError"))
        .satisfies(added -> assertThat(added.message()).contains(name));
    assertThat(effects(context, Effect.ResponseHeader.class)).isEmpty();
  }

  @Test
  void headersWithoutAValueAndBeyondFourKilobytesAreIgnoredWithAnError() throws Exception {
    ResolverContext context = context(json("{}"), TextNode.valueOf("x".repeat(4000)));

    request(
        "util.http.addResponseHeader('none', null);"
            + " util.http.addResponseHeader('large', ctx.source);"
            + " util.http.addResponseHeader('more', ctx.source)",
        context);

    assertThat(effects(context, Effect.ResponseHeader.class))
        .extracting(Effect.ResponseHeader::name)
        .isEqualTo(List.of("large"));
    assertThat(context.added())
        .extracting(FieldError::errorType)
        .isEqualTo(List.of("ResponseHeaderError", "ResponseHeaderError"));
  }

  @Test
  void utilitiesAreGlobalsToo() throws Exception {
    JsStepCode code =
        JsStepCode.compile(
            JsFixture.ENGINE,
            "export const request = (ctx) => { extensions.evictFromApiCache('Query', 'a', {});"
                + " return runtime.earlyReturn(util.authType()) }; export const response = () =>"
                + " 1");

    assertThat(code.request(context("{}")))
        .isEqualTo(new Evaluation.Returned(json("'IAM Authorization'"), SkipTo.NEXT));
  }

  @Test
  void codeWithoutBothFunctionsIsRefused() {
    assertThatThrownBy(
            () -> JsStepCode.compile(JsFixture.ENGINE, "export function request(ctx) {}"))
        .isInstanceOf(CodeException.class)
        .hasMessageContaining("must export the function response");
  }

  @Test
  void savedCodeIsLoadedAtItsFirstCall() {
    JsStepCode code =
        JsStepCode.accepted(
            JsFixture.ENGINE,
            "export const request = (ctx) => ctx.args.n; export const response = () => 1");

    assertThat(code.request(context("{'n':3}"))).isEqualTo(new Evaluation.Produced(json("3")));
    assertThat(
            JsStepCode.accepted(JsFixture.ENGINE, "export const request = 1")
                .request(context("{}")))
        .isInstanceOf(Evaluation.Raised.class);
  }

  @Test
  void resolversThatRunAtTheSameTimeDoNotMix() throws Exception {
    JsStepCode code =
        code(
            "util.appendError('e' + ctx.args.n); ctx.stash.n = ctx.args.n; return [ctx.args.n]",
            "return ctx.stash.n");
    List<Callable<String>> runs = new ArrayList<>();
    for (int n = 0; n < 200; n++) {
      String arguments = "{'n':" + n + "}";
      runs.add(
          () -> {
            ResolverContext context = context(arguments);
            return code.request(context)
                + "/"
                + code.response(context)
                + context.added().getFirst().message();
          });
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int n = 0;
      for (Future<String> ended : threads.invokeAll(runs)) {
        assertThat(ended.get())
            .isEqualTo("Produced[value=[" + n + "]]/Produced[value=" + n + "]e" + n);
        n++;
      }
    }
  }
}
