// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import static dev.syncline.sim.graphql.templates.TemplateBench.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.resolver.Evaluation;
import dev.syncline.sim.graphql.resolver.ResolverContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code $util}'s errors, and its questions about null and types. */
class UtilErrorsTest {
  private final TemplateBench bench =
      new TemplateBench().arguments("{'s':'x','n':1,'b':true,'l':[1],'m':{},'e':'','w':' '}");

  private Evaluation evaluated(String template, ResolverContext context) {
    return bench.templates.step(template, null, 0).request(context);
  }

  private Evaluation evaluated(String template) {
    return evaluated(template, bench.context());
  }

  @Test
  void anErrorEndsTheTemplate() {
    assertThat(evaluated("$util.error('no')#set($x = $ctx.stash.put('k', 1)){}"))
        .isEqualTo(new Evaluation.Raised(FieldError.of(null, "no")));
    assertThat(evaluated("$util.error('no', 'T', {'a': 1}, {'b': 2})"))
        .isEqualTo(
            new Evaluation.Raised(new FieldError("no", "T", json("{'a':1}"), json("{'b':2}"))));
    assertThat(evaluated("$util.error($ctx.none, $ctx.none)"))
        .isEqualTo(new Evaluation.Raised(FieldError.of(null, "")));
  }

  @Test
  void anErrorInsideAnotherReferenceIsRaisedToo() {
    assertThat(evaluated("#set($x = {\"a\": \"$util.error('inner', 'T')\"}){}"))
        .isEqualTo(new Evaluation.Raised(FieldError.of("T", "inner")));
    assertThat(evaluated("#foreach($i in [1..3])#if($i == 2)$util.unauthorized()#end#end{}"))
        .isEqualTo(new Evaluation.Unauthorized());
    assertThat(evaluated("#macro(deny)$util.unauthorized()#end#deny()"))
        .isEqualTo(new Evaluation.Unauthorized());
  }

  @Test
  void anAppendedErrorLetsTheTemplateGoOn() {
    ResolverContext context = bench.context();
    assertThat(
            evaluated("$util.appendError('a', 'T', {'d': 1}, 2) [$ctx.outErrors.size()]", context))
        .isEqualTo(new Evaluation.Produced(json("[1]")));
    assertThat(context.added())
        .containsExactly(new FieldError("a", "T", json("{'d':1}"), json("2")));
  }

  @Test
  void aValidationRaisesItsOwnTypeOrAppSyncs() {
    assertThat(evaluated("$util.validate(true, 'no') []"))
        .isEqualTo(new Evaluation.Produced(json("[]")));
    assertThat(evaluated("$util.validate(false, 'no')"))
        .isEqualTo(new Evaluation.Raised(FieldError.of("CustomTemplateException", "no")));
    assertThat(evaluated("$util.validate(false, 'no', 'T', {'d': 1})"))
        .isEqualTo(
            new Evaluation.Raised(
                new FieldError("no", "T", json("{'d':1}"), null), json("{'d':1}")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "$util.isNull($ctx.args.none) $util.isNull($ctx.args.s) $util.isNull(null)|true false true",
        "$util.isNullOrEmpty($ctx.args.e) $util.isNullOrEmpty($none) $util.isNullOrEmpty(' ')|true"
            + " true false",
        "$util.isNullOrBlank($ctx.args.w) $util.isNullOrBlank('x')|true false",
        "$util.defaultIfNull($none, 7) $util.defaultIfNull($ctx.args.s, 7)|7 x",
        "$util.defaultIfNullOrEmpty('', 'd') $util.defaultIfNullOrBlank(' ', 'd')|d d",
        "$util.isString($ctx.args.s) $util.isString($ctx.args.n)|true false",
        "$util.isNumber($ctx.args.n) $util.isNumber('1') $util.isBoolean($ctx.args.b)|true false"
            + " true",
        "$util.isList($ctx.args.l) $util.isList($ctx.args.m) $util.isMap($ctx.args.m)|true false"
            + " true",
        "$util.typeOf($none) $util.typeOf(1.5) $util.typeOf('') $util.typeOf({})"
            + " $util.typeOf([])|Null Number String Map List",
        "$util.typeOf(true)$util.qr($ctx.args.put('z', 1))$util.quiet(1).|Boolean.",
        "$util.authType()|API Key Authorization",
      })
  void questionsAboutNullAndTypes(String template, String expected) {
    assertThat(bench.render(template)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$util.isNullOrEmpty(true)",
        "$util.isNullOrEmpty($ctx.args.l)",
        "$util.isNullOrBlank(1)",
        "$util.appendError('x', 1)",
        "$util.error(1)",
        "$util.validate('yes', 'x')",
        "$util.matches('a')",
        "$util.list.copyAndRemoveAll($ctx.args.keySet(), [])",
        "$util.nothing('x')",
        "$util.time.nowFormatted(1)",
      })
  void otherTypesFindNoMethodAndAreShownAsTheyAre(String template) {
    assertThat(bench.render(template)).isEqualTo(template);
  }
}
