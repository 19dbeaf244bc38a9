// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.settings.MockConfig;
import dev.syncline.sim.services.stepfunctions.integration.HttpTrace;
import dev.syncline.sim.services.stepfunctions.integration.TaskIntegrations;
import dev.syncline.sim.services.stepfunctions.integration.TaskPerformer;
import dev.syncline.sim.services.stepfunctions.mock.MockedTasks;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who does the tasks of an execution: the services, or a test case's mocks before them. */
record TaskDoers(TaskIntegrations integrations, MockConfig mocks, SimClock clock, Ids ids) {

  /**
   * Who does the tasks of a new execution.
   *
   * @param testCase the one it is started with, null for none
   * @throws dev.syncline.sim.service.AwsException when there is no such test case, or it names a
   *     state that is not there
   */
  TaskPerformer of(StateMachine machine, @Nullable String testCase) {
    return testCase == null
        ? integrations
        : MockedTasks.of(
            mocks,
            machine.name(),
            Objects.requireNonNull(machine.parsed(), "a stored machine can run"),
            testCase,
            integrations,
            clock,
            ids);
  }

  /** The same, where HTTP Tasks tell the trace what they send and get. */
  TaskDoers traced(HttpTrace trace) {
    return new TaskDoers(integrations.traced(trace), mocks, clock, ids);
  }
}
