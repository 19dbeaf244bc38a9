// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.js;

import static dev.syncline.sim.graphql.js.JsFixture.ENGINE;
import static dev.syncline.sim.graphql.js.JsFixture.code;
import static dev.syncline.sim.graphql.js.JsFixture.context;
import static dev.syncline.sim.graphql.js.JsFixture.error;
import static dev.syncline.sim.graphql.js.JsFixture.json;
import static dev.syncline.sim.graphql.js.JsFixture.valueOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.syncline.sim.graphql.resolver.Evaluation;
import dev.syncline.sim.handlers.CodeError;
import dev.syncline.sim.handlers.CodeException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What APPSYNC_JS refuses and where it differs from JavaScript. */
class JsRestrictionsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "try { return 1 } catch (e) { return 2 }| try statements",
        "throw 'x'| throw statements",
        "while (true) { return 1 }| while statements",
        "do { return 1 } while (true)| do-while statements",
        "for (let i = 0; i < 2; i += 1) { return i }| for statements",
        "for (const x of [1]) { continue }| continue statements",
        "let i = 0; i++| the operator ++",
        "let i = 0; return ~i| the operator ~",
        "return 'a' in ctx| the operator in",
        "return /a/| regular expression literals",
        "const f = async () => 1| async functions",
        "class A {}| classes",
        "return this| this",
        "const f = (n) => f(n)| recursion",
        "const f = (g) => g; return f(() => 1)| functions as arguments",
        "ctx.args = {}| assigning to the context",
        "ctx.stash.f.apply(null)| Function.prototype.apply",
        "[2, 1].sort((a, b) => a - b)| @aws-appsync/no-function-passing",
        "const by = (a, b) => a - b; [2, 1].sort(by)| @aws-appsync/no-function-passing",
        "'a'.replace('a', () => 'b')| @aws-appsync/no-function-passing",
      })
  void unsupportedSyntaxIsRefusedWithItsPlace(String statement, String named) {
    CodeException refused =
        catchThrowableOfType(CodeException.class, () -> code(statement, "return 1"));

    assertThat(refused).as(statement).isNotNull();
    CodeError error = refused.errors().getFirst();
    assertThat(error.value()).startsWith("code.js(2,").contains(named);
    assertThat(error.line()).isEqualTo(2);
    assertThat(error.span()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1].map((x) => x).filter((x) => x > 0).reduce((a, b) => a + b, 0)",
        "[3, 1].sort()",
        "[1].flatMap((x) => [x]).every((x) => x) && [1].some((x) => x)",
        "[1].findLast((x) => x) ?? [1].find((x) => x)",
      })
  void methodsOfListsTakeFunctions(String expression) {
    assertThatCode(() -> valueOf(expression)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import { util as u } from \"@aws-appsync/utils\";\n"
            + "var LIMIT = 2;\n"
            + "function request(ctx) { return u.math.minVal(ctx.args.n, LIMIT) }\n"
            + "function response(ctx) { return ctx.result }\n"
            + "export {\n  request,\n  response\n};\n//# sourceMappingURL=data:x\n",
        "import { get as read, operations } from '@aws-appsync/utils/dynamodb';\n"
            + "export const request = ({ args: { n = 2, ...rest } }) => {\n"
            + "  const twice = (v) => v * 2;\n"
            + "  const { N } = read({ key: { n } }).key.n;\n"
            + "  switch (`${typeof operations}`) { case 'object': return twice(N) / 2; default: }\n"
            + "  return rest?.x ?? null;\n"
            + "};\n"
            + "export const response = () => {};",
        "const pick = (o, names) => { const r = {}; for (const n of names) { r[n] = o[n] } return r"
            + " };\n"
            + "export function request(ctx) {\n"
            + "  let sum = 0;\n"
            + "  Object.entries(pick(ctx.args, ['n'])).forEach(([, v]) => { sum += v });\n"
            + "  delete ctx.stash.x;\n"
            + "  return sum;\n"
            + "}\n"
            + "export function response(ctx) { return ctx.prev.result }",
      })
  void ordinaryModulesRun(String text) throws Exception {
    assertThat(JsStepCode.compile(ENGINE, text).request(context("{'n':2}")))
        .isEqualTo(new Evaluation.Produced(json("2")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "import { select } from '@aws-appsync/utils/rds';| '@aws-appsync/utils/rds'",
        "import { invokeModel } from '@aws-appsync/utils/ai';| '@aws-appsync/utils/ai'",
        "import { upsert } from '@aws-appsync/utils/dynamodb';| no export named 'upsert'",
        "import ddb from '@aws-appsync/utils/dynamodb';| no default export",
        "import fs from 'fs';| cannot find the module 'fs'",
        "import { harden } from '@syncline/harden';| cannot find the module",
      })
  void modulesThatAreNotThereAreRefusedByName(String statement, String named) {
    assertThatThrownBy(
            () ->
                JsStepCode.compile(
                    ENGINE,
                    statement
                        + "\nexport const request = () => 1; export const response = () => 1"))
        .isInstanceOf(CodeException.class)
        .hasMessageContaining(named);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null === undefined",
        "undefined === null",
        "(ctx.missing) === (null)",
        "ctx.source === undefined",
        "void 0 === null",
        "!(ctx.missing !== null)",
        "ctx.source/* not */===/* === */undefined",
        "[undefined].filter((x) => x === null).length === 1",
      })
  void nullAndUndefinedAreEqual(String expression) throws Exception {
    assertThat(valueOf(expression)).as(expression).isEqualTo(json("true"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 === null",
        "'' === undefined",
        "false === null",
        "1 === '1'",
        "ctx.args === null",
        "'null' === null",
        "'' === 0",
      })
  void otherValuesStayDifferent(String expression) throws Exception {
    assertThat(valueOf(expression)).as(expression).isEqualTo(json("false"));
  }

  @Test
  void aComparisonWithNullKeepsThePlacesOfErrors() throws Exception {
    assertThat(error("if (ctx.source === null) { return missing }", context("{}")).message())
        .startsWith("code.js:2:" + (32 + "if (ctx.source === null) { ".length() + 7) + ":");
  }

  @Test
  void globalsThatAppSyncDoesNotHaveDoNotExist() throws Exception {
    assertThat(
            valueOf(
                "[typeof Date, typeof Promise, typeof Function, typeof Proxy, typeof Reflect,"
                    + " typeof RegExp, typeof setTimeout, typeof fetch, typeof require, typeof"
                    + " process, typeof Java, typeof Math.random]"))
        .isEqualTo(JsFixture.JSON.valueToTree(Collections.nCopies(12, "undefined")));
    for (String expression :
        List.of("Object.freeze({})", "'a'.padStart(3)", "Array.from('a')", "util.toJson(1)")) {
      assertThat(error("return " + expression, context("{}")).message())
          .as(expression)
          .contains("is not a function");
    }
  }

  @Test
  void textThatIsNotJsonIsParsedAsAnEmptyText() throws Exception {
    assertThat(valueOf("JSON.parse('{')")).isEqualTo(json("''"));
  }
}
