// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkLoaderTest {

  /** Work as a user would write it. */
  public static final class Echo implements Work {
    @Override
    public String perform(String id, String event) {
      return event;
    }
  }

  /** No work. */
  public static final class NoWork {}

  /** Cannot be made. */
  public static final class Needy implements Work {
    /** Needs something. */
    public Needy(String something) {
      assertThat(something).isNotNull();
    }

    @Override
    public String perform(String id, String event) {
      return event;
    }
  }

  /** Fails. */
  public static final class Broken implements Work {
    /** Fails. */
    public Broken() {
      throw new IllegalStateException("PRICES_URL is not set");
    }

    @Override
    public String perform(String id, String event) {
      return event;
    }
  }

  @Test
  void aClassOfOnesOwnIsTheWork() throws Exception {
    Work work = WorkLoader.fromEnvironment(Map.of("WORK_CLASS", Echo.class.getName()));
    assertThat(work.perform("exec-1", "{\"a\":1}")).isEqualTo("{\"a\":1}");
    assertThat(WorkLoader.fromEnvironment(Map.of())).isInstanceOf(FullName.class);
  }

  @Test
  void workOfOnesOwnDoesNotWaitUnlessToldTo() {
    assertThat(WorkerConfig.delay(Map.of())).isEqualTo(Duration.ofSeconds(10));
    assertThat(WorkerConfig.delay(Map.of("WORK_CLASS", "x"))).isEqualTo(Duration.ZERO);
    assertThat(WorkerConfig.delay(Map.of("WORK_CLASS", "x", "WORKER_DELAY_MS", "5")))
        .isEqualTo(Duration.ofMillis(5));
  }

  @ParameterizedTest
  @CsvSource({
    "no.such.Work, put its jar beside the worker's",
    "dev.syncline.worker.WorkLoaderTest$NoWork, does not implement dev.syncline.worker.Work",
    "dev.syncline.worker.WorkLoaderTest$Needy, a public constructor without parameters",
    "dev.syncline.worker.WorkLoaderTest$Broken, PRICES_URL is not set"
  })
  void aWrongClassIsReportedWithTheReason(String name, String what) {
    assertThatThrownBy(() -> WorkLoader.fromEnvironment(Map.of("WORK_CLASS", name)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("WORK_CLASS names " + name)
        .hasMessageContaining(what);
  }
}
