// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.publisher.Channel;
import dev.syncline.worker.Job;
import dev.syncline.worker.JobOutcome;
import dev.syncline.worker.Progress;
import dev.syncline.worker.testing.Jobs;
import dev.syncline.worker.testing.MemoryTasks;
import org.junit.jupiter.api.Test;

class TaskRepliesTest {
  private static final Job PLAIN = new Job("exec-1", Channel.of("/ns/env/exec-1"), "{}");
  private static final Job OF_TASK = PLAIN.withTaskToken("token");

  private final MemoryTasks tasks = new MemoryTasks();
  private final Jobs jobs = new Jobs();
  private final TaskReplies answers = new TaskReplies(tasks, jobs.log);

  @Test
  void aResultIsTheTasksOutputAndAFailureItsError() {
    answers.answer(OF_TASK, new JobOutcome.Completed("{\"a\":1}"));
    answers.answer(OF_TASK, new JobOutcome.Failed("InvalidEvent", "no name"));

    assertThat(tasks.told)
        .containsExactly("token succeeds {\"a\":1}", "token fails InvalidEvent no name");
  }

  @Test
  void aResultThatNoTaskTakesIsToldAsAFailure() {
    String large = "\"" + "ä".repeat(TaskReplies.MAX_OUTPUT_BYTES / 2) + "\"";

    assertThat(answers.answer(OF_TASK, new JobOutcome.Completed(large)))
        .isInstanceOfSatisfying(
            JobOutcome.Failed.class, told -> assertThat(told.error()).isEqualTo("ResultTooLarge"));
    assertThat(tasks.told).singleElement().asString().startsWith("token fails ResultTooLarge");
  }

  @Test
  void anErrorsNameIsCutToTheServicesLimit() {
    answers.answer(OF_TASK, new JobOutcome.Failed("E".repeat(300), "why"));

    assertThat(tasks.told).containsExactly("token fails " + "E".repeat(256) + " why");
  }

  @Test
  void aTaskThatWaitsNoLongerIsLoggedAndCountsAsTold() {
    tasks.giveUp("token");

    assertThat(answers.answer(OF_TASK, new JobOutcome.Completed("{}")))
        .isEqualTo(new JobOutcome.Completed("{}"));
    assertThat(jobs.lines).singleElement().asString().contains("task no longer waits");
  }

  @Test
  void aTaskIsToldNoProgressAndAJobWithoutTaskIsRefused() {
    answers.reportProgress(OF_TASK, Progress.PROCESSING);

    assertThat(tasks.told).isEmpty();
    assertThatThrownBy(() -> answers.answer(PLAIN, new JobOutcome.Completed("{}")))
        .hasMessageContaining("has no task to answer to");
  }
}
