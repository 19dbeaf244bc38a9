// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DependencyOrderTest {
  private static Map<String, Set<String>> order(String yaml) {
    Template template = Template.parse(yaml);
    return DependencyOrder.of(
        template,
        new Evaluator(
            template,
            ParameterValues.resolve(template, Map.of()),
            new PseudoParameters("1", "r", "s", "i"),
            ResourceValues.symbolic()));
  }

  @Test
  void everyKindOfReferenceComesFirst() {
    assertThat(
            order(
                """
                Resources:
                  A:
                    Type: T
                    DependsOn: E
                    Properties: {p: [!Ref B, {q: !GetAtt C.Arn}, !Sub 'x${D.Arn}']}
                  B: {Type: T, Properties: {p: !Ref D}}
                  C: {Type: T}
                  D: {Type: T}
                  E: {Type: T, DependsOn: [C]}
                """))
        .containsExactly(
            Map.entry("C", Set.of()),
            Map.entry("D", Set.of()),
            Map.entry("E", Set.of("C")),
            Map.entry("B", Set.of("D")),
            Map.entry("A", Set.of("B", "C", "D", "E")));
  }

  @Test
  void aBranchThatIsNotTakenNeedsNothing() {
    assertThat(
            order(
                """
                Conditions:
                  No: !Equals [a, b]
                Resources:
                  A: {Type: T, DependsOn: B, Properties: {p: !If [No, !Ref B, x]}}
                  B: {Type: T, Condition: No}
                """))
        .containsOnly(Map.entry("A", Set.of()));
  }

  @Test
  void aReferenceToAResourceThatDoesNotExistIsNamed() {
    assertThatThrownBy(
            () ->
                order(
                    """
                    Conditions:
                      No: !Equals [a, b]
                    Resources:
                      A: {Type: T, Properties: {p: !Ref B}}
                      B: {Type: T, Condition: No}
                    """))
        .hasMessageContaining("Unresolved resource dependencies [B]");
  }

  @Test
  void aCycleNamesItsMembersOnly() {
    assertThatThrownBy(
            () ->
                order(
                    """
                    Resources:
                      A: {Type: T, Properties: {p: !Ref B}}
                      B: {Type: T, Properties: {p: !GetAtt C.Arn}}
                      C: {Type: T, DependsOn: A}
                      Waits: {Type: T, DependsOn: A}
                      Free: {Type: T}
                    """))
        .hasMessage("Circular dependency between resources: [A, B, C]");
  }
}
