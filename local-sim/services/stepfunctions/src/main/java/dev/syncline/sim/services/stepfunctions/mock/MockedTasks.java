// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.mock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.syncline.sim.asl.Effect;
import dev.syncline.sim.asl.StateMachineDefinition;
import dev.syncline.sim.asl.TaskPhase;
import dev.syncline.sim.asl.TaskResource;
import dev.syncline.sim.asl.TaskResource.Pattern;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.settings.MockConfig;
import dev.syncline.sim.service.settings.MockedResponse;
import dev.syncline.sim.services.stepfunctions.integration.TaskPerformer;
import dev.syncline.sim.services.stepfunctions.integration.TaskReports;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tasks of one execution that was started with a test case. Thread-safe. */
public final class MockedTasks implements TaskPerformer {
  private final String testCase;
  private final Map<String, List<MockedResponse>> responses;
  private final TaskPerformer others;
  private final Submissions submissions;
  private final Map<String, Integer> invocations = new HashMap<>();

  private MockedTasks(
      String testCase,
      Map<String, List<MockedResponse>> responses,
      TaskPerformer others,
      Submissions submissions) {
    this.testCase = testCase;
    this.responses = responses;
    this.others = others;
    this.submissions = submissions;
  }

  /**
   * The tasks of a new execution.
   *
   * @param definition the state machine's, whose states the test case names
   * @param others executes the tasks that are not mocked
   * @throws IllegalArgumentException naming the test case, when the state machine has none of that
   *     name, or the state that the test case names and the definition does not have
   */
  public static MockedTasks of(
      MockConfig config,
      String stateMachine,
      StateMachineDefinition definition,
      String testCase,
      TaskPerformer others,
      SimClock clock,
      Ids ids) {
    Map<String, List<MockedResponse>> responses = config.testCase(stateMachine, testCase);
    if (responses == null) {
      throw new IllegalArgumentException(
          "The mock configuration has no test case '"
              + testCase
              + "' for the state machine '"
              + stateMachine
              + "'.");
    }
    Set<String> states = definition.mockableNames();
    for (String state : responses.keySet()) {
      if (!states.contains(state)) {
        throw new IllegalArgumentException(
            "The test case '"
                + testCase
                + "' of the mock configuration names the state '"
                + state
                + "', which the state machine '"
                + stateMachine
                + "' does not have; its states that can be mocked are "
                + String.join(", ", states)
                + ".");
      }
    }
    return new MockedTasks(testCase, responses, others, new Submissions(clock, ids));
  }

  @Override
  public boolean standsInFor(String stateName) {
    return responses.containsKey(stateName) || others.standsInFor(stateName);
  }

  @Override
  public void perform(Effect.ScheduleTask task, TaskReports reports) {
    List<MockedResponse> mocked = responses.get(task.stateName());
    if (mocked == null) {
      others.perform(task, reports);
      return;
    }
    int invocation;
    synchronized (invocations) {
      invocation = invocations.merge(task.stateName(), 1, Integer::sum) - 1;
    }
    if (invocation >= mocked.size()) {
      reports.failed(
          TaskPhase.RUN,
          "States.Runtime",
          "The test case '"
              + testCase
              + "' has "
              + mocked.size()
              + " responses for the state '"
              + task.stateName()
              + "', and this is invocation "
              + invocation);
      return;
    }
    TaskResource resource = task.resource();
    if (resource.kind() == TaskResource.Kind.SERVICE
        && resource.pattern() != Pattern.REQUEST_RESPONSE) {
      reports.submitted(submissions.answer(task));
    }
    switch (mocked.get(invocation)) {
      case MockedResponse.Return returned -> reports.succeeded(shown(resource, returned.output()));
      case MockedResponse.Throw thrown -> fail(task, thrown, reports);
    }
  }

  private static void fail(
      Effect.ScheduleTask task, MockedResponse.Throw thrown, TaskReports reports) {
    boolean silent =
        thrown.cause().isEmpty()
            && (thrown.error().equals("States.Timeout")
                || thrown.error().equals("States.HeartbeatTimeout"));
    if (silent && (task.timeout() != null || task.heartbeat() != null)) {
      return;
    }
    if (isReturnedToken(task)
        && thrown.cause().isEmpty()
        && thrown.error().equals("States.TaskFailed")) {
      // The format has no other way to say SendTaskFailure without an error and a cause.
      reports.failed(TaskPhase.RUN, null, null);
      return;
    }
    reports.failed(TaskPhase.RUN, thrown.error(), cause(task, thrown.cause()));
  }

  private static boolean isReturnedToken(Effect.ScheduleTask task) {
    return task.resource().kind() == TaskResource.Kind.ACTIVITY
        || task.resource().pattern() == Pattern.WAIT_FOR_TASK_TOKEN;
  }

  /** Integrations rewrite a cause that is JSON without blanks; the text of a function stays. */
  private static String cause(Effect.ScheduleTask task, String cause) {
    if (task.resource().kind() != TaskResource.Kind.SERVICE || !cause.startsWith("{")) {
      return cause;
    }
    try {
      return Json.write(Json.MAPPER.readTree(cause));
    } catch (JsonProcessingException notJson) {
      return cause;
    }
  }

  /** The object of an ItemReader is a text, also if the mock has another JSON type. */
  private static JsonNode shown(TaskResource resource, JsonNode output) {
    boolean content = resource.service().equals("s3") && resource.action().equals("getObject");
    return content && !output.isTextual() ? TextNode.valueOf(Json.write(output)) : output;
  }
}
