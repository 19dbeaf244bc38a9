// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import static dev.syncline.sim.graphql.execution.ExecutionFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.syncline.sim.graphql.FieldOutcome;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HostileDocumentsTest {
  private final ExecutionFixture api =
      new ExecutionFixture(
          """
          interface N { id: ID n: N }
          type A implements N { id: ID n: N a: A s(l: [Int]): String list: [Int] lists: [[Int]] }
          input In { i: In s: String }
          type Query { a: A f(in: In, i: Int, x: Float, s: String): String big: [[Int]] }
          """);

  private static String each(int count, IntFunction<String> part) {
    return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining("\n"));
  }

  private void isRefusedBeforeExecution(String query, String reason) {
    GraphqlResponse response = api.response(query, "{}");
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body().at("/errors/0/message").asText())
        .startsWith("Unable to parse GraphQL query.")
        .endsWith(reason);
  }

  @Test
  void deepNestingIsRefused() {
    isRefusedBeforeExecution("{ a ".repeat(5000) + "}".repeat(5000), "nested too deeply.");
    isRefusedBeforeExecution(
        "{ f(in: " + "{i:".repeat(3000) + "null" + "}".repeat(3000) + ") }", "nested too deeply.");
    isRefusedBeforeExecution(
        "query($v: " + "[".repeat(2000) + "Int" + "]".repeat(2000) + ") { a { id } }",
        "nested too deeply.");
    isRefusedBeforeExecution("{".repeat(500_000), "");
  }

  @Test
  void floodsOfTokensAreRefused() {
    isRefusedBeforeExecution("{" + each(60_000, i -> "x" + i + ": a{id}") + "}", "tokens.");
    isRefusedBeforeExecution("{ a " + "@skip(if: true) ".repeat(9000) + "{ id } }", "tokens.");
    isRefusedBeforeExecution("{ f(s: \"" + "x".repeat(100_000), "");
  }

  @Test
  void floodsOfAliasesWithinTheBoundAreExecuted() {
    api.value("Query.a", "{id:1}");
    assertThat(api.data("{" + each(2000, i -> "x" + i + ": a{id}") + "}")).hasSize(2000);
  }

  @Test
  void hugeNumbersAreRefused() {
    isRefusedBeforeExecution("{ f(i: " + "9".repeat(900_000) + ") }", "400 digits.");
    isRefusedBeforeExecution("{ f(x: 1." + "9".repeat(900_000) + ") }", "400 digits.");
    api.value("Query.f", "'ok'");
    assertThat(api.messages("{ f(x: 1e999999999) }")).hasSize(1);
    assertThat(api.messages("{ f(i: 99999999999) }")).hasSize(1);
    String digits = "9".repeat(5000);
    assertThat(api.data("{ f(s: \"\"\"" + digits + " \\\"\"\" " + digits + "\"\"\") } #" + digits))
        .isEqualTo(json("{f:'ok'}"));
    assertThat(api.data("{ f(s: \"\\\"" + digits + "\") }")).isEqualTo(json("{f:'ok'}"));
  }

  @Test
  void fragmentsInACycleAreNamedOnce() {
    assertThat(
            api.execute("{ a { ...F } } fragment F on A { id ...G } fragment G on A { id ...F }"))
        .isEqualTo(
            json(
                "{data:null,errors:[{path:null,locations:[{line:1,column:37,sourceName:null},"
                    + "{line:1,column:65,sourceName:null}],message:\"Validation error of type"
                    + " FragmentCycle: Fragment cycles not allowed @ 'F'\"}]}"));
    assertThat(
            api.messages(
                "{ a { ...F0 } }"
                    + each(150, i -> "fragment F" + i + " on A { id ...F" + (i + 1) % 150 + " }")))
        .hasSize(1);
  }

  @Test
  void longChainsOfFragmentsAreRefused() {
    String chain =
        each(1000, i -> "fragment F" + i + " on A { ...F" + (i + 1) + " ...F" + (i + 1) + " }");
    assertThat(api.messages("{ a { ...F0 } }" + chain + " fragment F1000 on A { id }"))
        .containsExactly("The query has a chain of more than 200 fragments.");
    String forward = each(1000, i -> "fragment F" + (i + 1) + " on A { ...F" + i + " }");
    assertThat(api.messages("{ a { ...F1000 } } fragment F0 on A { id }" + forward))
        .containsExactly("The query has a chain of more than 200 fragments.");
  }

  @Test
  void fragmentsThatMultiplyEndWithAnError() {
    String doubling =
        "{ a { ...F0 } }"
            + each(
                25,
                i ->
                    "fragment F"
                        + i
                        + " on A { a { ...F"
                        + (i + 1)
                        + " } b: a { ...F"
                        + (i + 1)
                        + " } }")
            + " fragment F25 on A { id }";
    api.resolve("Query.a", call -> FieldOutcome.of(json("{id:1}")));
    assertThat(api.data(doubling)).isEqualTo(json("{a:{a:null,b:null}}"));
    api.resolve(
        "A.a",
        call -> {
          assertThat(call.selection().paths().size()).isLessThanOrEqualTo(15_000);
          return FieldOutcome.of(json("{id:1}"));
        });
    assertThat(api.execute(doubling + " ").path("errors").size()).isPositive();
  }

  @Test
  void wideFragmentsAreExecuted() {
    api.value("Query.a", "{id:1}");
    assertThat(
            api.data(
                "{ a { "
                    + each(1000, i -> "...F" + i)
                    + " } }"
                    + each(1000, i -> "fragment F" + i + " on A { id }")))
        .isEqualTo(json("{a:{id:'1'}}"));
  }

  @Test
  void errorsOfAValidationAreBounded() {
    assertThat(api.messages("{" + each(6000, i -> "x" + i) + "}").size()).isLessThan(200);
  }

  @Test
  void deepIntrospectionIsRefused() {
    assertThat(
            api.messages(
                "{ __schema { types { "
                    + "fields { type { ".repeat(15)
                    + "name"
                    + " } }".repeat(15)
                    + " } } }"))
        .isNotEmpty();
  }

  @Test
  void largeResponsesEndWithAnError() {
    ArrayNode row = JsonNodeFactory.instance.arrayNode();
    IntStream.range(0, 1000).forEach(row::add);
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    IntStream.range(0, 600).forEach(i -> rows.add(row));
    api.resolve("Query.big", call -> FieldOutcome.of(rows));
    assertThat(api.execute("{ big }"))
        .isEqualTo(
            json(
                "{data:null,errors:[{path:null,locations:null,"
                    + "message:'The response has more than 500000 values.'}]}"));
  }
}
