// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.AccessRequest;
import dev.syncline.sim.service.AccessTable;
import dev.syncline.sim.service.RoomAccess;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The permissions of state machines, executions and activities. A call with the ARN of a version or
 * an alias needs the permission on the state machine. Source: the service authorization reference,
 * and the guide's page on the authorization of versions and aliases; the resource of lists from
 * recorded refusals.
 */
record StatesAccess(AccessTable table) implements RoomAccess {
  private static final String ROWS =
      """
      CreateActivity                                               | activity:{name}
      CreateStateMachine                                           | stateMachine:{name}
      CreateStateMachineAlias                                      | {routed}
      DeleteActivity DescribeActivity GetActivityTask              | {activityArn}
      DeleteStateMachine DescribeStateMachine ListStateMachineAliases ListStateMachineVersions \
      PublishStateMachineVersion StartExecution StartSyncExecution UpdateStateMachine | {machine}
      DeleteStateMachineAlias DeleteStateMachineVersion DescribeStateMachineAlias \
      UpdateStateMachineAlias                                      | {machine}
      DescribeExecution DescribeStateMachineForExecution GetExecutionHistory ListMapRuns \
      RedriveExecution StopExecution                               | {executionArn}
      DescribeMapRun UpdateMapRun                                  | {mapRunArn}
      ListActivities SendTaskFailure SendTaskHeartbeat SendTaskSuccess | *
      ListStateMachines ValidateStateMachineDefinition             | stateMachine:*
      ListExecutions                                               | {listed}
      ListTagsForResource TagResource UntagResource                | {resourceArn}
      TestState                                                    | *
      """;

  private static final Pattern MACHINE =
      Pattern.compile(
          "(arn:[^:]+:states:[^:]*:[^:]*:stateMachine:[^:/#]+)(?:/[^:#]*)?(?::([^#]+))?.*");
  private static final List<String> ARNS =
      List.of("stateMachineArn", "stateMachineAliasArn", "stateMachineVersionArn");
  private static final String QUALIFIED =
      "DeleteStateMachineAlias DeleteStateMachineVersion DescribeStateMachine"
          + " DescribeStateMachineAlias ListExecutions StartExecution StartSyncExecution"
          + " UpdateStateMachineAlias";

  StatesAccess(StateMachineStore machines, ActivityStore activities) {
    this(
        AccessTable.of("states", ROWS)
            .naming("machine", request -> base(given(request)))
            .naming("listed", StatesAccess::listed)
            .naming("routed", StatesAccess::routed)
            .key(QUALIFIED, "states:StateMachineQualifier", StatesAccess::qualifier)
            .passing(
                "CreateStateMachine UpdateStateMachine TestState",
                "roleArn",
                "states.amazonaws.com")
            .tagging("CreateActivity CreateStateMachine", "TagResource")
            .adding(
                "CreateStateMachine UpdateStateMachine",
                "states:PublishStateMachineVersion",
                StatesAccess::publication)
            .adding(
                "TestState",
                "states:RevealSecrets",
                request ->
                    request.text("revealSecrets").filter("true"::equals).stream()
                        .map(reveal -> AccessCheck.of("states:RevealSecrets", "*"))
                        .toList())
            .tagsOf(arn -> tags(machines.find(arn), activities.find(arn))));
  }

  private static Map<String, String> tags(
      StateMachineStore.@Nullable Machine machine, @Nullable Activity activity) {
    if (machine != null) {
      return machine.current().tags();
    }
    return activity == null ? Map.of() : activity.tags();
  }

  private static String given(AccessRequest request) {
    return ARNS.stream().flatMap(member -> request.text(member).stream()).findFirst().orElse("*");
  }

  private static String base(String arn) {
    Matcher machine = MACHINE.matcher(arn);
    return machine.matches() ? machine.group(1) : arn;
  }

  private static String listed(AccessRequest request) {
    return request.text("mapRunArn").orElseGet(() -> base(given(request)));
  }

  /** The state machine of the versions that an alias leads to. */
  private static String routed(AccessRequest request) {
    return request.items("routingConfiguration").stream()
        .map(route -> base(route.path("stateMachineVersionArn").asText("*")))
        .findFirst()
        .orElse("*");
  }

  private static List<String> qualifier(AccessRequest request) {
    Matcher machine = MACHINE.matcher(given(request));
    return machine.matches() && machine.group(2) != null ? List.of(machine.group(2)) : List.of();
  }

  private static List<AccessCheck> publication(AccessRequest request) {
    String machine =
        request
            .text("stateMachineArn")
            .orElseGet(() -> request.arn("states", "stateMachine:", request.textOrAny("name")));
    return request.text("publish").filter("true"::equals).stream()
        .map(publish -> AccessCheck.of("states:PublishStateMachineVersion", base(machine)))
        .toList();
  }
}
