// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.publisher.Channel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobReaderTest {

  @Test
  void aJobIsReadAndWhatElseItSaysIsSkipped() throws Exception {
    Job job =
        read(
            "{\"traceparent\":\"00-a\",\"more\":{\"id\":\"x\"},\"id\":\"exec-1\","
                + "\"replyTo\":\"/ns/env/exec-1\",\"event\":\"{\\\"name\\\":\\\"😀\\\"}\"}");

    assertThat(job).isEqualTo(new Job("exec-1", Channel.of("/ns/env/exec-1"), "{\"name\":\"😀\"}"));
    assertThat(job.toString()).doesNotContain("name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"event\":null", ",\"event\":{\"name\":\"A\"}"})
  void aJobWithoutAnEventCanStillBeAnswered(String member) throws Exception {
    assertThat(read("{\"id\":\"a\",\"replyTo\":\"ns/a\"" + member + "}").event()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"replyTo\":\"ns/a\",\"event\":\"{}\"}|The job's id is missing",
        "{\"id\":\"\",\"replyTo\":\"ns/a\"}|The job's id is missing, empty",
        "{\"id\":7,\"replyTo\":\"ns/a\"}|The job's id is missing, empty or not a text",
        "{\"id\":\"a\\nb\",\"replyTo\":\"ns/a\"}|The job's id must be 1 to 256 visible",
        "{\"id\":\"a\",\"event\":\"{}\"}|The job's replyTo is missing",
        "{\"id\":\"a\",\"replyTo\":[\"ns/a\"]}|The job's replyTo is missing, empty or not a text",
        "{\"id\":\"a\",\"replyTo\":\"ns/a_b\"}|The job's replyTo is wrong. Not a channel:"
            + " \"ns/a_b\"",
        "{\"id\":\"a\",\"replyTo\":\"ns/*\"}|The job's replyTo is wrong. Not a channel: \"ns/*\"",
        "[]|A job must be a JSON object",
        "``|A job must be a JSON object",
        "{\"id\":|A job must be JSON: ",
      })
  void aJobThatCannotBeAnsweredIsRefusedNamingTheField(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageStartingWith(message);
  }

  private static Job read(String text) throws IOException, InvalidJobException {
    return JobReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
