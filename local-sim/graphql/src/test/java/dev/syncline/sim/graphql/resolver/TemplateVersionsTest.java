// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.FieldOutcome;
import dev.syncline.sim.graphql.resolver.SourceCalls.SourceResult;
import dev.syncline.sim.graphql.templates.TemplateBench;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Versions and operations of request documents, and AppSync's texts for documents that fail. */
class TemplateVersionsTest {
  private final TemplateBench bench =
      new TemplateBench()
          .none()
          .arguments("{'l':[1]}")
          .source("db", "AMAZON_DYNAMODB", d -> SourceResult.of(JavaValues.object()))
          .source("fn", "AWS_LAMBDA", d -> SourceResult.of(JavaValues.object()))
          .source("bus", "AMAZON_EVENTBRIDGE", d -> SourceResult.of(JavaValues.object()))
          .source("web", "HTTP", d -> SourceResult.of(JavaValues.object()));

  private String message(FieldOutcome outcome) {
    return outcome.errors().isEmpty()
        ? "fine"
        : outcome.errors().getFirst().errorType() + ": " + outcome.errors().getFirst().message();
  }

  private String request(String source, String request) {
    return message(bench.unit(source, request, "{}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "fn|2017-02-28|Invoke|fine",
        "fn|2018-05-29|BatchInvoke|fine",
        "fn|2018-05-29|GetItem|MappingTemplate: Unsupported operation 'GetItem'.",
        "db|2017-02-28|Scan|fine",
        "db|2017-02-28|TransactWriteItems|MappingTemplate: Unsupported operation"
            + " 'TransactWriteItems'.",
        "db|2018-05-29|TransactWriteItems|fine",
        "db|2018-05-29|getItem|MappingTemplate: Unsupported operation 'getItem'.",
        "bus|2018-05-29|PutEvents|fine",
        "bus|2017-02-28|PutEvents|MappingTemplate: Unsupported operation 'PutEvents'.",
        "db|2018-05-29|-|MappingTemplate: Value for field '$[operation]' not found.",
        "web|2018-05-29|-|fine",
        "none|2017-02-28|-|fine",
        "none|2016-01-01|-|MappingTemplate: Unsupported version '2016-01-01'.",
        "none|-|-|MappingTemplate: Value for field '$[version]' not found.",
      })
  void versionsAllowOperations(String source, String version, String operation, String expected) {
    String document =
        "{"
            + (version == null ? "" : "\"version\":\"" + version + "\",")
            + (operation == null ? "" : "\"operation\":\"" + operation + "\",")
            + "\"payload\":{}}";
    assertThat(request(source, document)).isEqualTo(expected);
  }

  @Test
  void functionsHaveThePresentVersionOnly() {
    FieldOutcome outcome =
        bench.resolve(
            new ResolverPlan.Pipeline(
                bench.templates.around("{}", null),
                List.of(
                    bench.function("none", "{\"version\":\"2017-02-28\",\"payload\":1}", "1"))));
    assertThat(message(outcome)).isEqualTo("MappingTemplate: Unsupported version '2017-02-28'.");
  }

  @Test
  void aRequestThatIsNotJsonFailsInJacksonsWords() {
    assertThat(request("none", "{\n  \"version\": $util.nope(1)\n}"))
        .isEqualTo(
            "MappingTemplate: Unable to parse the JSON document: 'Unrecognized token '$util':"
                + " was expecting ('true', 'false' or 'null')\n at [Source: (String)\"{\n"
                + "  \"version\": $util.nope(1)\n}\"; line: 2, column: 19]'");
    assertThat(request("none", "{\"version\": \"2018-05-29\",}"))
        .startsWith(
            "MappingTemplate: Unable to parse the JSON document: 'Unexpected character ('}'"
                + " (code 125)): was expecting double-quote to start field name\n at [Source:"
                + " (String)\"");
    assertThat(request("none", "{\"version\":\"2018-05-29\",\"payload\":\"" + "x".repeat(600)))
        .contains("\"[truncated ");
  }

  @Test
  void charactersAfterTheDocumentAreRefused() {
    String text =
        "MappingTemplate: Trailing characters at the end of the JSON string are not allowed.";
    assertThat(request("none", "{\"version\":\"2018-05-29\"})")).isEqualTo(text);
    assertThat(request("none", "{\"version\":\"2018-05-29\"} {}")).isEqualTo(text);
  }

  @Test
  void aResponseThatIsNotJsonCannotBeConverted() {
    String document = "{\"version\":\"2018-05-29\",\"payload\":1}";
    assertThat(message(bench.unit("none", document, "plain")))
        .isEqualTo("MappingTemplate: Unable to convert plain to class java.lang.Object.");
    assertThat(message(bench.unit("none", document, "{} x")))
        .isEqualTo("MappingTemplate: Unable to convert {} x to class java.lang.Object.");
    for (String empty : new String[] {" \n#if(false)#end", "## only a comment"}) {
      assertThat(message(bench.unit("none", document, empty)))
          .isEqualTo("MappingTemplate: Template transformation yielded an empty response.");
    }
  }

  @Test
  void anEmptyRequestHasNoVersion() {
    assertThat(request("none", "#if(false){}#end"))
        .isEqualTo("MappingTemplate: Value for field '$[version]' not found.");
  }

  @Test
  void failingMethodsAndTemplatesHaveTheirPlace() {
    assertThat(request("none", "{\n$ctx.args.l.get(5)}"))
        .isEqualTo(
            "MappingTemplate: Error invoking method 'get(java.lang.Integer)' in"
                + " java.util.ArrayList at velocity[line 2, column 13]");
    assertThat(request("none", "#if($x"))
        .startsWith("MappingTemplate: Encountered \"<EOF>\" at *unset*[line 1, column ");
    assertThat(request("none", "\n#set($s = 'a'.split(','))"))
        .isEqualTo(
            "MappingTemplate: Lexical error,   Encountered: \"s\" (115), after : \".\" at"
                + " *unset*[line 2, column 15]");
    assertThat(request("none", "#parse('x')"))
        .startsWith("MappingTemplate: Error transforming the velocity template: The directive");
  }

  @Test
  void sizesAreBounded() {
    String row = "x".repeat(60_000);
    assertThat(request("none", "#foreach($i in [1..100])" + row + "#end"))
        .isEqualTo("MappingTemplate: Transformation too large");
    assertThat(request("none", row + row)).isEqualTo("MappingTemplate: Transformation too large");
  }

  @Test
  void anErrorKeepsWhatWasAddedBefore() {
    assertThat(bench.unit("none", "$util.appendError('a')broken", "{}").errors())
        .hasSize(2)
        .first()
        .isEqualTo(FieldError.of(null, "a"));
  }
}
