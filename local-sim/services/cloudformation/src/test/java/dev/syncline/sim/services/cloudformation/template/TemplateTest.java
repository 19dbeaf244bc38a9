// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
  private static final String ONE_RESOURCE =
      """
      Resources:
        A:
          Type: Test::Thing
      """;

  @Test
  void aVersionWithoutQuotesStaysText() {
    assertThat(Template.parse("AWSTemplateFormatVersion: 2010-09-09\n" + ONE_RESOURCE).resources())
        .containsOnlyKeys("A");
  }

  @Test
  void yamlAndJsonGiveTheSameTemplate() {
    Template yaml =
        Template.parse(
            """
            Parameters:
              P: {Type: String, Default: x}
            Resources:
              A:
                Type: Test::Thing
                Properties:
                  Text: !Sub "${P}-a"
                  Attribute: !GetAtt B.Dns.Http
                  Number: 28
                  Flag: true
                  Version: 2012-10-17
              B:
                Type: Test::Thing
            """);
    Template json =
        Template.parse(
            """
            {"Parameters": {"P": {"Type": "String", "Default": "x"}},
             "Resources": {
              "A": {"Type": "Test::Thing", "Properties": {
                "Text": {"Fn::Sub": "${P}-a"},
                "Attribute": {"Fn::GetAtt": "B.Dns.Http"},
                "Number": 28, "Flag": true, "Version": "2012-10-17"}},
              "B": {"Type": "Test::Thing"}}}
            """);
    assertThat(yaml).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Transform: AWS::Serverless-2016-10-31 | Transform
          Rules: {}                             | Rules
          Colour: red                           | Colour
          """)
  void aSectionThatIsNotKnownIsRefusedByName(String section, String name) {
    assertRefused(section + "\n" + ONE_RESOURCE, name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CreationPolicy: {}          | CreationPolicy
          DeletionPolicy: Snapshot    | Snapshot
          Properties: {x: !Cidr [a]}  | !Cidr
          Properties: {x: !Ref Ghost} | Ghost
          Properties: {x: !GetAtt Ghost.Arn} | Ghost
          Properties: {x: !Sub "${Ghost}"}   | Ghost
          Properties: {x: !If [Ghost, a, b]} | Ghost
          Properties: {x: !FindInMap [Ghost, a, b]} | Ghost
          Properties: {x: ~}          | null
          DependsOn: Ghost            | Ghost
          Condition: Ghost            | Ghost
          Type: Twice                 | Type
          """)
  void aResourceThatCannotBeRightIsRefusedByName(String attribute, String name) {
    assertRefused(ONE_RESOURCE + "    " + attribute, name);
  }

  @Test
  void malformedTextSaysWhere() {
    assertThatThrownBy(() -> Template.parse("Resources:\n  A: [1\n"))
        .hasMessageContaining("YAML not well-formed")
        .hasMessageContaining("line");
    assertThatThrownBy(() -> Template.parse("{\"Resources\": {\n \"A\" }"))
        .hasMessageContaining("JSON not well-formed")
        .hasMessageContaining("line 2");
  }

  @Test
  void aTemplateThatExpandsWithoutEndIsRefused() {
    var text = new StringBuilder("Metadata:\n  a0: &a0 [1,1,1,1,1,1,1,1,1,1]\n");
    for (int i = 1; i < 5; i++) {
      String last = "*a" + (i - 1);
      text.append("  a" + i + ": &a" + i + " [")
          .append(String.join(",", Collections.nCopies(10, last)))
          .append("]\n");
    }
    assertThatThrownBy(() -> Template.parse(text + ONE_RESOURCE))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("expands to too much");
  }

  @Test
  void atLeastOneResourceIsNeeded() {
    assertThatThrownBy(() -> Template.parse("Resources: {}"))
        .hasMessageContaining("At least one Resources member");
  }

  private static void assertRefused(String template, String name) {
    assertThatThrownBy(() -> Template.parse(template))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining(name);
  }
}
