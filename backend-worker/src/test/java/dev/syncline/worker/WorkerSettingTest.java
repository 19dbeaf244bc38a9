// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkerSettingTest {

  @Test
  void theTableInTheDocumentationIsThisOne() throws IOException {
    String table =
        "| Variable | Default | Allowed | Meaning |\n|---|---|---|---|\n"
            + Arrays.stream(WorkerSetting.values())
                .map(WorkerSetting::row)
                .collect(Collectors.joining("\n"));

    assertThat(Files.readString(Path.of("../docs/workers.md"))).contains("\n" + table + "\n");
  }

  @ParameterizedTest
  @EnumSource
  void everyDefaultIsAllowed(WorkerSetting setting) {
    String value = setting.text(Map.of());
    if (value.matches("\\d+")) {
      assertThat(setting.number(Map.of())).isEqualTo(Long.parseLong(value));
    }
  }

  @Test
  void aChoiceThatIsNoneIsRefusedByName() {
    assertThatThrownBy(() -> WorkerSetting.WORKER_STATUSES.text(Map.of("WORKER_STATUSES", "some")))
        .hasMessage("WORKER_STATUSES must be one of [all, none], but is \"some\"");
  }

  @Test
  void missingRequiredSettingsAreRefusedByNameAndMeaning() {
    assertThatThrownBy(
            () -> WorkerSetting.WORKER_QUEUE_URL.required(Map.of("WORKER_QUEUE_URL", " ")))
        .hasMessage("WORKER_QUEUE_URL is not set (process: the SQS queue to poll)");
  }
}
