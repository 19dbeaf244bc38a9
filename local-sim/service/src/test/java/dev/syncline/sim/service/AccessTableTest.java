// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of permissions, read and filled in. */
class AccessTableTest {
  private static final String ROWS =
      """
      CreateThing             | thing/{Name}
      ReadThing ReadThings    | Read                | thing/{Name}/part/{Part.Id}
      MoveThing               | Take other:Give     | {From} {To}
      ListThings              | *
      WhoAmI                  | none
      SignUp                  | public
      Special                 | Read Write          | computed
      """;

  private final AccessTable table =
      AccessTable.of("box", ROWS)
          .tagging("CreateThing", "TagThing")
          .passing("CreateThing", "Role.Arn", "box.amazonaws.com")
          .keyOf("CreateThing", "box:Color", "Color")
          .computing(
              "Special", request -> List.of(AccessCheck.of("box:Write", request.textOrAny("Name"))))
          .tagsOf(arn -> arn.endsWith("thing/red") ? Map.of("color", "red") : Map.of());

  private List<String> checks(String operation, String input) throws JsonProcessingException {
    var context = new CallContext("111111111111", "us-east-1", "id", "", new byte[0]);
    return table
        .checks(
            new AccessRequest(
                Operation.of(operation, (in, call) -> Output.empty()),
                new Input((ObjectNode) Json.MAPPER.readTree(input.replace('\'', '"'))),
                context))
        .stream()
        .map(check -> check.action() + " " + check.resource() + " " + check.keys())
        .toList();
  }

  @Test
  void aMemberFillsTheResource() throws Exception {
    assertThat(checks("CreateThing", "{'Name': 'a'}"))
        .containsExactly("box:CreateThing arn:aws:box:us-east-1:111111111111:thing/a {}");
    assertThat(checks("ReadThings", "{'Name': 'a', 'Part': {'Id': 7}}"))
        .containsExactly("box:Read arn:aws:box:us-east-1:111111111111:thing/a/part/7 {}");
  }

  @Test
  void anArnReplacesWhatStandsBeforeIt() throws Exception {
    assertThat(checks("ReadThing", "{'Name': 'arn:aws:box:eu:2:thing/a', 'Part': {'Id': 'p'}}"))
        .containsExactly("box:Read arn:aws:box:eu:2:thing/a/part/p {}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'Name': null}", "{'Name': {'a': 1}}", "{'Name': ['a']}"})
  void aMemberThatIsMissingOrOfAnotherTypeIsAnyResource(String input) throws Exception {
    assertThat(checks("CreateThing", input))
        .containsExactly("box:CreateThing arn:aws:box:us-east-1:111111111111:thing/* {}");
  }

  @Test
  void aCallMayNeedSeveralActionsOnSeveralResources() throws Exception {
    assertThat(checks("MoveThing", "{'From': 'f', 'To': 't'}"))
        .containsExactly(
            "box:Take arn:aws:box:us-east-1:111111111111:f {}",
            "other:Give arn:aws:box:us-east-1:111111111111:f {}",
            "box:Take arn:aws:box:us-east-1:111111111111:t {}",
            "other:Give arn:aws:box:us-east-1:111111111111:t {}");
  }

  @Test
  void tagsAndRolesNeedFurtherPermissions() throws Exception {
    assertThat(
            checks(
                "CreateThing",
                "{'Name': 'a', 'Color': 'c', 'Tags': [{'Key': 'k', 'Value': 'v'}],"
                    + " 'Role': {'Arn': 'arn:aws:iam::1:role/r'}}"))
        .hasSize(3)
        .anySatisfy(
            check ->
                assertThat(check)
                    .startsWith("box:TagThing arn:aws:box:us-east-1:111111111111:thing/a")
                    .contains("aws:RequestTag/k=[v]", "aws:TagKeys=[k]", "box:Color=[c]"))
        .contains("iam:PassRole arn:aws:iam::1:role/r {iam:PassedToService=[box.amazonaws.com]}");
  }

  @Test
  void theTagsOfAResourceAreKeys() throws Exception {
    assertThat(checks("CreateThing", "{'Name': 'red'}"))
        .containsExactly(
            "box:CreateThing arn:aws:box:us-east-1:111111111111:thing/red"
                + " {aws:ResourceTag/color=[red]}");
  }

  @Test
  void someCallsNeedNoPermission() throws Exception {
    assertThat(checks("WhoAmI", "{}")).isEmpty();
    assertThat(checks("SignUp", "{}")).isEmpty();
    assertThat(table.isPublic("SignUp")).isTrue();
    assertThat(table.isPublic("WhoAmI")).isFalse();
    assertThat(checks("ListThings", "{}")).containsExactly("box:ListThings * {}");
    assertThat(checks("Special", "{'Name': 'n'}")).containsExactly("box:Write n {}");
  }

  @Test
  void theTableNamesTheActionsOfAnOperation() {
    assertThat(table.actions("CreateThing"))
        .containsExactly("box:CreateThing", "box:TagThing", "iam:PassRole");
    assertThat(table.actions("Special")).containsExactly("box:Read", "box:Write");
    assertThat(table.actions("WhoAmI")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"OnlyOperations", "A | b | c | d", "A | *\nA | *"})
  void aTableThatCannotBeReadIsRefused(String rows) {
    assertThatThrownBy(() -> AccessTable.of("box", rows))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
