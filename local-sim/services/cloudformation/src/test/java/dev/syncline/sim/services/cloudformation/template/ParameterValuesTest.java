// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterValuesTest {
  private static Template withParameter(String attributes) {
    return Template.parse(
        """
        Parameters:
          Size: {%s}
        Resources:
          A: {Type: Test::Thing}
        """
            .formatted(attributes));
  }

  @Test
  void aDefaultIsUsedUnlessAValueIsGiven() {
    Template template = withParameter("Type: Number, Default: 5");
    assertThat(ParameterValues.resolve(template, Map.of())).containsEntry("Size", "5");
    assertThat(ParameterValues.resolve(template, Map.of("Size", "7"))).containsEntry("Size", "7");
  }

  @Test
  void missingAndUnknownParametersAreNamed() {
    Template template = withParameter("Type: String");
    assertThatThrownBy(() -> ParameterValues.resolve(template, Map.of()))
        .hasMessage("Parameters: [Size] must have values");
    assertThatThrownBy(
            () -> ParameterValues.resolve(template, Map.of("Size", "1", "Colour", "red")))
        .hasMessage("Parameters: [Colour] do not exist in the template");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Type: Number                            | many  | must be a number
          Type: Number, MinValue: 10              | 9     | not less than 10
          Type: Number, MaxValue: 10              | 10.5  | not greater than 10
          Type: String, MinLength: 3              | ab    | at least 3
          Type: String, MaxLength: 1              | ab    | at most 1
          Type: String, AllowedValues: [a, b]     | c     | AllowedValues [a, b]
          Type: String, AllowedPattern: '[a-z]+'  | abc1  | must match pattern [a-z]+
          'Type: String, AllowedPattern: "[a-z]+", ConstraintDescription: must be lower case.' | A | must be lower case.
          Type: List<Number>                      | 1,two | must be a number
          """)
  void aBadValueIsRefusedNamingTheParameter(String attributes, String value, String reason) {
    Template template = withParameter(attributes);
    assertThatThrownBy(() -> ParameterValues.resolve(template, Map.of("Size", value)))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("'Size'")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Type: AWS::EC2::Image::Id       | AWS::EC2::Image::Id
          'Type: String, Colour: red'     | Colour
          'Type: Number, Default: many'   | must be a number
          'Type: String, AllowedPattern: "["' | AllowedPattern
          'Type: String, AllowedPattern: "((){9999}){9999}"' | AllowedPattern is not a regular expression: The pattern repeats what is empty too often
          """)
  void aDeclarationThatCannotBeRightIsRefused(String attributes, String reason) {
    assertThatThrownBy(() -> withParameter(attributes))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("Size")
        .hasMessageContaining(reason);
  }

  /** The time-out only ends a test that hangs. */
  @ParameterizedTest
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  @ValueSource(strings = {"^(.*a){20}$", "(a|b)*c"})
  void aPatternThatTakesTooLongIsAnErrorThatNamesIt(String pattern) {
    Template template = withParameter("Type: String, AllowedPattern: '" + pattern + "'");
    String value = pattern.startsWith("^") ? "a".repeat(60) + "!" : "ab".repeat(300_000);

    assertThatThrownBy(() -> ParameterValues.resolve(template, Map.of("Size", value)))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("'Size' cannot be checked")
        .hasMessageContaining("'" + pattern + "'");
  }
}
