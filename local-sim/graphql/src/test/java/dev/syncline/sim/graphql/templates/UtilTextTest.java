// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.graphql.RequestEffects.Effect;
import dev.syncline.sim.graphql.resolver.ResolverContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON, texts, ids, numbers, collections, headers and other formats in {@code $util}. */
class UtilTextTest {
  private final TemplateBench bench =
      new TemplateBench()
          .arguments("{'l':[3,1,2],'m':{'a':1,'b':null},'big':12345678901,'d':1.50}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "$util.toJson($ctx.args)|{\"l\":[3,1,2],\"m\":{\"a\":1,\"b\":null},\"big\":12345678901,\"d\":1.5}",
        "$util.toJson($none) $util.toJson('q\"') $util.toJson($ctx.args.m.keySet())|null \"q\\\"\""
            + " [\"a\",\"b\"]",
        "#set($p = $util.parseJson('{\"x\":{\"y\":[1,2]}}'))$p.x.y[1]|2",
        "#if($util.isNull($util.parseJson('me')))no#end$!util.parseJson('{')$!util.parseJson('{}"
            + " x')|no",
        "$util.escapeJavaScript(\"it's /x/\")|it\\'s \\/x\\/",
        "$util.urlEncode('a b&c') $util.urlDecode('a+b%26c')|a+b%26c a b&c",
        "$util.base64Encode('héllo') $util.base64Decode('aGk=')|aMOpbGxv hi",
        "$util.base64Encode($util.base64Decode('/w=='))|/w==",
        "$util.matches('a*b', 'aaab') $util.matches('a*b', 'aaabc')|true false",
        "$util.str.toUpper('aB') $util.str.toLower('aB') $util.str.toReplace('a.a', '.', '-')|AB ab"
            + " a-a",
        "$util.math.roundNum(2.5) $util.math.minVal(1, 2.5) $util.math.maxVal(1, 2.5)|3 1 2.5",
        "$util.list.copyAndRetainAll([1, 2, 3, 2], [2, 3]) $util.list.copyAndRemoveAll([1, 2, 3],"
            + " [2])|[2, 3, 2] [1, 3]",
        "$util.list.sortList($ctx.args.l, false, '') $util.list.sortList($ctx.args.l, true, '')|[1,"
            + " 2, 3] [3, 2, 1]",
        "$util.list.sortList([{'k': 'b'}, {'k': 'a'}], false, 'k')|[{k=a}, {k=b}]",
        "$util.map.copyAndRetainAllKeys({'a': 1, 'b': 2}, ['b'])"
            + " $util.map.copyAndRemoveAllKeys({'a': 1, 'b': 2}, ['b'])|{b=2} {a=1}",
        "$util.http.copyHeaders($ctx.request.headers)|{x-api-key=da2-abc}",
        "$util.xml.toMap('<p id=\"1\"><t>x</t></p>').p.t"
            + " $util.xml.toJsonString('<p><n>1</n></p>')|x {\"p\":{\"n\":1}}",
        "$util.rds.toJsonString('{\"sqlStatementResults\":[{\"records\":[[{\"stringValue\":\"x\"},{\"isNull\":true}]],\"columnMetadata\":[{\"name\":\"a\"},{\"label\":\"B\"}]}]}')|[[{\"a\":\"x\",\"B\":null}]]",
      })
  void valuesInOtherForms(String template, String expected) {
    assertThat(bench.render(template)).isEqualTo(expected);
  }

  @Test
  void idsHaveTheirLengths() {
    assertThat(bench.render("$util.autoId()")).matches("[0-9a-f-]{14}4[0-9a-f-]{21}");
    assertThat(bench.render("$util.autoUlid()")).matches("01C5P[0-9A-HJKMNP-TV-Z]{21}");
    assertThat(bench.render("$util.autoKsuid()")).matches("[0-9A-Za-z]{27}");
    assertThat(bench.render("$util.math.randomDouble()")).startsWith("0.");
    assertThat(bench.render("$util.math.randomWithinRange(4, 5)")).isEqualTo("4");
  }

  @Test
  void whatCannotBeReadFailsWithItsName() {
    assertThat(bench.render("$util.base64Decode('%')")).contains("$util.base64Decode: ");
    assertThat(bench.render("$util.matches('(.*a){20}b', '" + "a".repeat(60) + "')"))
        .contains("$util.matches: The regular expression");
    assertThat(bench.render("$util.xml.toMap('<a')")).contains("$util.xml.toMap: not well-formed");
  }

  @Test
  void responseHeadersThatAppSyncWritesAreRefusedWithAnError() {
    ResolverContext context = bench.context();
    bench
        .templates
        .step(
            "$util.http.addResponseHeader('a', 'b')"
                + "$util.http.addResponseHeaders({'n': 7, 'Vary': 'x', 'x-amz-a': 1, '': 2})"
                + "$util.http.addResponseHeader('null', $none){}",
            null,
            0)
        .request(context);
    assertThat(bench.effects.all())
        .containsExactly(new Effect.ResponseHeader("a", "b"), new Effect.ResponseHeader("n", "7"));
    assertThat(context.added())
        .hasSize(4)
        .allMatch(error -> "ResponseHeaderError".equals(error.errorType()));
  }

  @Test
  void responseHeadersAreBounded() {
    bench.arguments("{'v':'" + "x".repeat(3000) + "'}");
    bench.render(
        "$util.http.addResponseHeader('a', $ctx.args.v)$util.http.addResponseHeader('a',"
            + " $ctx.args.v)");
    assertThat(bench.effects.all()).hasSize(1);
  }

  @Test
  void logLinesFillTheirPlaces() {
    bench.render(
        "$util.log.info('a {} b {}', 1, {'k': 'v'})$util.log.error({'e': 1})$util.log.debug('d')");
    assertThat(bench.effects.all())
        .containsExactly(
            new Effect.LogLine("INFO", "a 1 b {\"k\":\"v\"}"),
            new Effect.LogLine("ERROR", "{\"e\":1}"),
            new Effect.LogLine("DEBUG", "d"));
  }

  @Test
  void effectsAndErrorsAreBounded() {
    String loop = "#foreach($a in [1..3])#foreach($b in [1..500])";
    bench.render(loop + "$util.log.info('x')#end#end");
    assertThat(bench.effects.all()).hasSize(1000);
    assertThat(bench.render("$extensions.invalidateSubscriptions({})"))
        .contains("a request takes 1000 log lines");
    assertThat(bench.render(loop + "$util.appendError('x')#end#end"))
        .contains("a resolver appends at most 1000 errors");
  }

  @Test
  void extensionsBecomeEffects() {
    String template =
        "$extensions.evictFromApiCache('Query', 'x', {'id':"
            + " 1})$extensions.setSubscriptionFilter($util.transform.toSubscriptionFilter({'a':"
            + " {'eq': 1}}))$extensions.setSubscriptionInvalidationFilter({'filterGroup':"
            + " []})$extensions.invalidateSubscriptions({'subscriptionField': 'f', 'payload': {}})";
    assertThat(bench.render(template)).isEmpty();
    assertThat(bench.effects.all())
        .containsExactly(
            new Effect.CacheEviction("Query", "x", TemplateBench.json("{'id':1}")),
            new Effect.SubscriptionFilter(
                TemplateBench.json(
                    "{'filterGroup':[{'filters':[{'fieldName':'a','operator':'eq','value':1}]}]}")),
            new Effect.InvalidationFilter(TemplateBench.json("{'filterGroup':[]}")),
            new Effect.Invalidation(TemplateBench.json("{'subscriptionField':'f','payload':{}}")));
  }
}
