// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluatorTest {
  private static final PseudoParameters PSEUDO =
      new PseudoParameters("111122223333", "eu-west-1", "shop", "arn:stack");

  private static final String HEAD =
      """
      Parameters:
        Name: {Type: String, Default: ada}
        Empty: {Type: String, Default: ''}
        Zones: {Type: CommaDelimitedList, Default: 'a, b,c'}
      Mappings:
        Sizes: {small: {memory: 128, zones: [x, y]}}
      Conditions:
        IsAda: !Equals [!Ref Name, ada]
        IsEmpty: !Equals [!Ref Empty, '']
        NotAda: !Not [!Condition IsAda]
        Both: !And [!Condition IsAda, !Condition IsEmpty]
        Neither: !Or [!Condition NotAda, !Equals [1, '2']]
      Resources:
        Other: {Type: Test::Thing}
        A:
          Type: Test::Thing
          Properties:
            Value: %s
      """;

  private static JsonNode value(String yaml) {
    return value(yaml, Map.of());
  }

  private static JsonNode value(String yaml, Map<String, String> parameters) {
    Template template = Template.parse(HEAD.formatted(yaml));
    var evaluator =
        new Evaluator(
            template,
            ParameterValues.resolve(template, parameters),
            PSEUDO,
            ResourceValues.symbolic());
    ResourceDefinition resource = Objects.requireNonNull(template.resources().get("A"));
    return evaluator.evaluateObject(resource.properties()).path("Value");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          !Ref Name                          | "ada"
          !Ref AWS::Region                   | "eu-west-1"
          !Ref AWS::AccountId                | "111122223333"
          !Ref AWS::StackName                | "shop"
          !Ref Other                         | "<Ref Other>"
          !GetAtt Other.Dns.Http             | "<GetAtt Other.Dns.Http>"
          !Ref Zones                         | ["a","b","c"]
          !Sub "${Name}/${AWS::Partition}/${Other.Arn}/${!Kept}" | "ada/aws/<GetAtt Other.Arn>/${Kept}"
          !Sub ["${Own}-${Name}", {Own: !Select [1, !Ref Zones]}] | "b-ada"
          !Join [":", [arn, !Ref Name, !Ref "AWS::NoValue", 1]]   | "arn:ada:1"
          !Join ["", !Split ["-", "a-b--c"]] | "abc"
          !Select ["0", [x, y]]              | "x"
          !Split ["-", "a-b--c"]             | ["a","b","","c"]
          !FindInMap [Sizes, small, memory]  | 128
          !Base64 "héllo"                    | "aMOpbGxv"
          !If [IsAda, yes, no]               | "yes"
          !If [NotAda, yes, no]              | "no"
          !If [Both, 1, 2]                   | 1
          !If [Neither, 1, 2]                | 2
          !ImportValue shared                | "<ImportValue shared>"
          "[1, !If [NotAda, 2, !Ref 'AWS::NoValue'], 3]" | [1,3]
          "{a: !If [NotAda, 2, !Ref 'AWS::NoValue'], b: 3}" | {"b":3}
          """)
  void aFunctionGivesItsValue(String yaml, String json) throws Exception {
    String text =
        yaml.startsWith("\"") && yaml.endsWith("\"") ? yaml.substring(1, yaml.length() - 1) : yaml;
    assertThat(value(text).toString()).isEqualTo(json);
  }

  @Test
  void aConditionFollowsItsParameter() {
    assertThat(value("!If [IsAda, 1, 2]", Map.of("Name", "grace")).asInt()).isEqualTo(2);
  }

  @Test
  void textThatOnlyLooksLikeAFunctionIsLeftAlone() {
    assertThat(value("{Effect: Allow, Condition: {StringEquals: {a: '${aws:x}'}}}").toString())
        .isEqualTo("{\"Effect\":\"Allow\",\"Condition\":{\"StringEquals\":{\"a\":\"${aws:x}\"}}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"Fn::Transform": {"Name": "x"}}  | Fn::Transform
          {"Fn::Cidr": [a, b, c]}           | Fn::Cidr
          {"Fn::Sub": x, "b": 1}            | Fn::Sub
          !Select [3, [x, y]]               | Fn::Select
          !Join [":", x]                    | Fn::Join
          !FindInMap [Sizes, large, memory] | Sizes::large::memory
          !Equals [a, b]                    | Fn::Equals
          !Sub "${Name"                     | ${Name
          !Sub [1, 2, 3]                    | Fn::Sub
          "{{resolve:ssm:x}}"               | {{resolve:ssm:x}}
          """)
  void unsupportedExpressionsAreNamed(String yaml, String name) {
    assertThatThrownBy(() -> value(yaml))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining(name);
  }

  @Test
  void conditionsThatDependOnEachOtherAreNamed() {
    Template template =
        Template.parse(
            """
            Conditions:
              One: !Not [!Condition Two]
              Two: !Not [!Condition One]
            Resources:
              A: {Type: Test::Thing, Condition: One}
            """);
    var evaluator = new Evaluator(template, Map.of(), PSEUDO, ResourceValues.symbolic());
    assertThatThrownBy(() -> evaluator.condition("One"))
        .hasMessageContaining("One")
        .hasMessageContaining("Two");
  }
}
