// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeCheckTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "try { ctx.a() } catch (e) { }| try statements",
        "throw new Error('x')| throw statements",
        "while (true) { }| while statements",
        "do { } while (ctx.x)| do-while statements",
        "for (let i = 0; i < 3; i += 1) { }| for statements",
        "for (const e of ctx.events) { continue }| continue statements",
        "outer: for (const e of ctx.events) { break outer }| labels",
        "let i = 0; i++| operator ++",
        "let i = 0; --i| operator --",
        "return ~ctx.x| operator ~",
        "return 'a' in ctx| operator in",
        "return /a+/| regular expression literals",
        "const f = async () => 1| async functions",
        "const f = function* () { yield 1 }| generator functions",
        "class A { }| classes",
        "const f = () => f(); f()| recursion",
        "const f = (g) => 1; f(() => 2)| functions as arguments",
        "Math.max.apply(null, ctx.x)| Function.prototype.apply",
        "return import('x')| dynamic imports",
        "return ctx instanceof Object| operator instanceof",
        "return this| does not support this",
        "const f = () => () => 1| functions as results",
        "const f = () => g(); const g = () => f(); return f()| 'f' leads back to here",
        "ctx.events = []| assigning to the context",
        "ctx = {}| assigning to the context",
        "ctx.stash ??= {}| assigning to the context",
        "delete ctx.events| assigning to the context",
      })
  void unsupportedSyntaxIsNamedWithItsPlace(String statement, String named) {
    CodeException refused = refused("export function onPublish(ctx) {\n  " + statement + "\n}");

    assertThat(refused.errors())
        .anySatisfy(
            error -> {
              assertThat(error.value()).contains(named);
              assertThat(error.errorType()).isEqualTo("UNSUPPORTED_SYNTAX_TYPE");
              assertThat(error.line()).isEqualTo(2);
              assertThat(error.column()).isGreaterThanOrEqualTo(3);
              assertThat(error.span()).isPositive();
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return ctx.events.filter((e) => e.payload.a > 1).map((e) => ({ ...e, payload: { n: 1 }"
            + " }))",
        "for (const e of ctx.events) { if (e.id) { break } }",
        "for (const k in ctx.stash) { ctx.stash[k] = null }",
        "switch (ctx.info.operation) { case 'PUBLISH': return 1; default: return 2 }",
        "const { a = 1, ...rest } = ctx.stash; return `${a ?? rest?.b}`",
        "const f = (x) => x; const g = (x) => f(f(x)); const h = (x) => g(f(x)); return h(1)",
        "ctx.stash.seen = true; delete ctx.stash.seen; const other = {}; other.events = []",
        "let i = 0; i += 1; return Object.hasOwn(ctx, 'a') && typeof i",
      })
  void supportedSyntaxPasses(String statement) {
    assertThatCode(
            () ->
                CodeCheck.check(
                    "import { util, runtime, extensions } from '@aws-appsync/utils';\n"
                        + "export function onPublish(ctx) {\n"
                        + statement
                        + "\n}",
                    CodeKind.EVENTS))
        .doesNotThrowAnyException();
  }

  @Test
  void everyFaultIsToldInTheOrderOfTheText() {
    CodeException refused =
        refused("export const onPublish = (ctx) => {\n let i = 0;\n i++;\n while (i) { i--; }\n}");

    assertThat(refused.errors()).extracting(CodeError::line).isEqualTo(List.of(3, 4, 4));
  }

  @Test
  void textThatIsNoProgramIsAParseError() {
    CodeException refused = refused("export function onPublish(ctx) {\n  return 1 +;\n}");

    assertThat(refused.errors().getFirst().errorType()).isEqualTo("PARSE_ERROR");
    assertThat(refused.errors().getFirst().line()).isEqualTo(2);
    assertThat(refused.errors().getFirst().column()).isEqualTo(13);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "import { get } from '@aws-appsync/utils/dynamodb'| '@aws-appsync/utils/dynamodb'",
        "import { readFile } from 'fs'| cannot find the module 'fs'",
        "import { utils } from '@aws-appsync/utils'| no export named 'utils'",
        "import { __run } from '@aws-appsync/utils'| no export named '__run'",
        "import * as all from '@aws-appsync/utils'| by name",
      })
  void impossibleImportsAreNamed(String statement, String named) {
    assertThat(refused(statement)).hasMessageContaining(named);
  }

  private static CodeException refused(String code) {
    CodeException refused =
        catchThrowableOfType(CodeException.class, () -> CodeCheck.check(code, CodeKind.EVENTS));
    assertThat(refused).as("is refused: %s", code).isNotNull();
    return refused;
  }
}
