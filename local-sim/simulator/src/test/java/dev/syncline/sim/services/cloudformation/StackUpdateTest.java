// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Output;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Updates of stacks: in place, by replacement, and undone after a failure. */
class StackUpdateTest extends StackFixture {
  /** Creates the stack, forgets the calls, and updates it with one parameter. */
  private JsonNode updated(String parameter, String value) {
    cfn.create("two", TWO_GROUPS);
    drain();
    return cfn.update(Fixture.stack("two", TWO_GROUPS, Map.of(parameter, value)));
  }

  @Test
  void aChangeIsMadeInPlaceWhereItCanBe() {
    JsonNode stack = updated("Days", "14");

    assertThat(stack.path("StackStatus").asText()).isEqualTo("UPDATE_COMPLETE");
    assertThat(drain())
        .containsExactly("PutRetentionPolicy {\"logGroupName\":\"first\",\"retentionInDays\":14}");
  }

  @Test
  void aCreateOnlyPropertyReplacesTheResourceAndThoseThatNameIt() {
    JsonNode stack = updated("Name", "next");

    assertThat(stack.path("StackStatus").asText()).isEqualTo("UPDATE_COMPLETE");
    assertThat(stack.path("Outputs").path(0).path("OutputValue").asText())
        .endsWith("next-second:*");
    assertThat(drain())
        .containsExactly(
            "CreateLogGroup {\"logGroupName\":\"next\"}",
            "PutRetentionPolicy {\"logGroupName\":\"next\",\"retentionInDays\":7}",
            "CreateLogGroup {\"logGroupName\":\"next-second\"}",
            "DeleteLogGroup {\"logGroupName\":\"first-second\"}",
            "DeleteLogGroup {\"logGroupName\":\"first\"}");
    assertThat(cfn.events("two"))
        .contains(
            "First UPDATE_IN_PROGRESS: Requested update requires the creation of a new physical"
                + " resource; hence creating one.");
  }

  @Test
  void aFailedUpdateRestoresTheStackAsItWas() {
    cfn.create("two", TWO_GROUPS);
    drain();
    logs.refuse("CreateLogGroup", "logGroupName", "next-second", "no");

    JsonNode stack =
        cfn.update(Fixture.stack("two", TWO_GROUPS, Map.of("Name", "next", "Days", "14")));

    assertThat(stack.path("StackStatus").asText()).isEqualTo("UPDATE_ROLLBACK_COMPLETE");
    assertThat(drain())
        .containsExactly(
            "CreateLogGroup {\"logGroupName\":\"next\"}",
            "PutRetentionPolicy {\"logGroupName\":\"next\",\"retentionInDays\":14}",
            "CreateLogGroup {\"logGroupName\":\"next-second\"}",
            "DeleteLogGroup {\"logGroupName\":\"next\"}");
    assertThat(stack.path("Parameters").toString()).contains("\"first\"").contains("\"7\"");
    assertThat(cfn.call("ListStackResources", Fixture.stack("two")).toString())
        .contains("\"PhysicalResourceId\":\"first\"")
        .contains("\"PhysicalResourceId\":\"first-second\"");

    drain();
    cfn.delete("two");
    assertThat(drain())
        .containsExactly(
            "DeleteLogGroup {\"logGroupName\":\"first-second\"}",
            "DeleteLogGroup {\"logGroupName\":\"first\"}");
  }

  @Test
  void anInPlaceChangeIsTakenBackWhenALaterOneFails() {
    String template =
        """
        Parameters:
          Days: {Type: Number}
        Resources:
          A: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: a, RetentionInDays: !Ref Days}}
          B:
            Type: AWS::Logs::LogGroup
            DependsOn: A
            Properties: {LogGroupName: b, RetentionInDays: !Ref Days}
        """;
    cfn.create(Fixture.stack("two", template, Map.of("Days", "1")));
    drain();
    logs.answer(
        "PutRetentionPolicy",
        (input, context) -> {
          if (input.json().toString().equals("{\"logGroupName\":\"b\",\"retentionInDays\":3}")) {
            throw AwsException.badRequest("InvalidParameterException", "no");
          }
          return Output.empty();
        });

    JsonNode stack = cfn.update(Fixture.stack("two", template, Map.of("Days", "3")));

    assertThat(stack.path("StackStatus").asText()).isEqualTo("UPDATE_ROLLBACK_COMPLETE");
    assertThat(drain())
        .containsExactly(
            "PutRetentionPolicy {\"logGroupName\":\"a\",\"retentionInDays\":3}",
            "PutRetentionPolicy {\"logGroupName\":\"b\",\"retentionInDays\":3}",
            "PutRetentionPolicy {\"logGroupName\":\"b\",\"retentionInDays\":1}",
            "PutRetentionPolicy {\"logGroupName\":\"a\",\"retentionInDays\":1}");
  }

  @Test
  void aResourceThatLeavesTheTemplateIsRemovedUnlessItIsRetained() {
    String template =
        """
        Resources:
          Stays: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: stays}}
          Goes: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: goes}}
          Kept:
            Type: AWS::Logs::LogGroup
            DeletionPolicy: Retain
            Properties: {LogGroupName: kept}
        """;
    cfn.create("three", template);
    drain();
    cfn.update(Fixture.stack("three", template.substring(0, template.indexOf("  Goes")), Map.of()));

    assertThat(drain()).containsExactly("DeleteLogGroup {\"logGroupName\":\"goes\"}");
    assertThat(cfn.events("three")).contains("Kept DELETE_SKIPPED", "Goes DELETE_COMPLETE");
  }

  @Test
  void anUpdateWithoutChangesIsRefused() {
    cfn.create("two", TWO_GROUPS);
    assertThat(
            thrown(() -> cfn.call("UpdateStack", Fixture.stack("two", TWO_GROUPS, Map.of())))
                .text())
        .isEqualTo("No updates are to be performed.");
  }
}
