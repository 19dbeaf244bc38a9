// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.syncline.sim.asl.testing.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntrinsicFunctionsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String INPUT =
      """
      {"list":[1,2,3,4,5],"double":[1,1,2,[3],[3]],"text":"a.b,c","object":{"a":1,"n":null},
       "json":"{\\"x\\":[1]}","name":"O'Neill","zero":0,"half":2.5,"b64":"SGk=","map":{"it's":1}}
      """;

  private static RunResult call(String expression) {
    String input = INPUT.replace("\"zero\"", "\"long\":\"" + "a".repeat(10_001) + "\",\"zero\"");
    return Machines.parameters(JSON.createObjectNode().put("r.$", expression).toString(), input);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "States.Array() | []",
        "States.Array(1, 'two', true, null, -1.5) | [1,\"two\",true,null,-1.5]",
        "States.ArrayPartition($.list, 2) | [[1,2],[3,4],[5]]",
        "States.ArrayContains($.list, 3) | true",
        "States.ArrayContains($.list, '3') | false",
        "States.ArrayRange(1, 9, 2) | [1,3,5,7,9]",
        "States.ArrayRange(5, 1, -2) | [5,3,1]",
        "States.ArrayGetItem($.list, 4) | 5",
        "States.ArrayLength($.list) | 5",
        "States.ArrayUnique($.double) | [1,2,[3]]",
        "States.Base64Encode('Hi') | \"SGk=\"",
        "States.Base64Decode($.b64) | \"Hi\"",
        "States.Hash('abc', 'MD5') | \"900150983cd24fb0d6963f7d28e17f72\"",
        "States.Hash('abc', 'SHA-1') | \"a9993e364706816aba3e25717850c26c9cd0d89d\"",
        "States.JsonMerge($.object, States.StringToJson('{\"a\":2}'), false) |"
            + " {\"a\":2,\"n\":null}",
        "States.JsonToString($.object) | \"{\\\"a\\\":1,\\\"n\\\":null}\"",
        "States.StringToJson($.json) | {\"x\":[1]}",
        "States.StringSplit($.text, '.,') | [\"a\",\"b\",\"c\"]",
        "States.Format('Hi {}, {}!', $.name, $.list) | \"Hi O'Neill, [1, 2, 3, 4, 5]!\"",
        "States.Format('\\{\\}{}', 1) | \"{}1\"",
        "States.Format('it\\'s {}', $.object) | \"it's {a=1, n=null}\"",
        "States.StringToJson('') | null",
        "States.StringToJson('  ') | null",
        "States.Format('{}', $.map['it\\'s']) | \"1\"",
        "States.MathAdd(1, 2.5) | 4",
        "States.MathAdd($.zero, -1) | -1",
        "States.ArrayLength(States.ArrayPartition(States.ArrayRange(1, 10, 1), 3)) | 4",
        "States.Array($.list[?(@ > 3)], $.map['it''s']) | [[4,5],1]",
      })
  void everyFunctionGivesWhatAwsGives(String expression, String expected) throws Exception {
    // CsvSource cannot hold a quote inside the bracket notation.
    RunResult result = call(expression.replace("['it''s']", "[\"it's\"]"));

    assertThat(result.json().get("r")).as("%s", result).isEqualTo(JSON.readTree(expected));
  }

  @Test
  void uuidAndRandomNumbersComeFromTheSeed() {
    RunResult first = call("States.Array(States.UUID(), States.MathRandom(0, 1000000))");
    RunResult second = call("States.Array(States.UUID(), States.MathRandom(0, 1000000))");

    assertThat(first.json()).isEqualTo(second.json());
    assertThat(first.json().at("/r/0").asText())
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    assertThat(first.json().at("/r/1").asInt()).isBetween(0, 999_999);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "States.ArrayGetItem($.list, 5)",
        "States.ArrayPartition($.list, 0)",
        "States.ArrayRange(1, 2000, 1)",
        "States.StringToJson('{')",
        "States.Format('{} {}', 1)",
        "States.Format('{}', 1, 2)",
        "States.Hash('a', 'CRC')",
        "States.JsonMerge($.object, $.object, true)",
        "States.MathAdd('1', 2)",
        "States.Base64Decode('?')",
        "States.MathAdd(2147483648, 1)",
        "States.MathRandom(0, 2147483648)",
        "States.Hash($.long, 'MD5')",
        "States.Base64Encode($.long)",
        "States.Base64Decode($.long)",
      })
  void aBadArgumentIsAnIntrinsicFailureThatNamesTheCall(String expression) {
    RunResult result = call(expression);

    assertThat(result.error()).contains("States.IntrinsicFailure");
    assertThat(result.cause().orElseThrow())
        .startsWith(
            "An error occurred while executing the state 'S' (entered at the event id #2). ")
        .contains("The function '" + expression + "' had the following error: ");
  }

  @Test
  void dataOfTenThousandCharactersAreHashed() {
    String input = "{\"s\":\"" + "a".repeat(10_000) + "\"}";
    RunResult result = Machines.parameters("{\"r.$\":\"States.Hash($.s, 'MD5')\"}", input);

    assertThat(result.json().get("r").asText()).hasSize(32);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "$['a\\'b'] | {\"a'b\":1}",
        "$[\"a\\\"b\"] | {\"a\\\"b\":1}",
        "$[\"a'b\"].c | {\"a'b\":{\"c\":1}}",
        "$['a]b']['c d'] | {\"a]b\":{\"c d\":1}}",
        "$['a\\\\b'] | {\"a\\\\b\":1}",
      })
  void aReferencePathMayQuoteNames(String path, String expected) throws Exception {
    String state =
        JSON.createObjectNode()
            .put("Type", "Pass")
            .put("End", true)
            .put("Result", 1)
            .put("ResultPath", path)
            .toString();
    RunResult result =
        Machines.run(
            "{'StartAt':'S','States':{'S':@}}".replace('\'', '"').replace("@", state), "{}");

    assertThat(result.json()).as("%s", result).isEqualTo(JSON.readTree(expected));
  }

  @Test
  void aMissingPathIsARuntimeErrorInAwsWords() {
    RunResult result = Machines.parameters("{\"r.$\":\"States.Array($.no)\"}", "{\"a\":1}");

    assertThat(result.error()).contains("States.Runtime");
    assertThat(result.cause())
        .contains(
            "An error occurred while executing the state 'S' (entered at the event id #2). The"
                + " function 'States.Array($.no)' had the following error: The JsonPath argument"
                + " for the field '$.no' could not be found in the input '{\"a\":1}'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "States.NoSuch(1)",
        "States.MathAdd(1)",
        "States.Array(1",
        "States.Array(1) x",
        "States.Array('open)",
        "States.Array(naked)",
      })
  void aCallThatCannotBeParsedIsRefusedWithTheDefinition(String expression) {
    String definition =
        "{\"StartAt\":\"S\",\"States\":{\"S\":{\"Type\":\"Pass\",\"End\":true,\"Parameters\":"
            + JSON.createObjectNode().put("r.$", expression)
            + "}}}";

    assertThat(StateMachineDefinition.validate(definition, WorkflowType.STANDARD))
        .singleElement()
        .satisfies(
            diagnostic -> {
              assertThat(diagnostic.location()).isEqualTo("/States/S/Parameters/r.$");
              assertThat(diagnostic.message()).contains("'r.$'");
            });
  }
}
