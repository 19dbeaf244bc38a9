// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FullNameTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FullName work = new FullName();

  @Test
  void nameAndSurnameAreJoinedByASpace() throws WorkException {
    assertThat(work.perform("exec-1", "{\"name\":\"Ada\",\"surname\":\"Lovelace\"}"))
        .isEqualTo("{\"fullName\":\"Ada Lovelace\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ada \"the first\"",
        "back\\slash",
        "😀👩‍🔬",
        "O'Brien",
        "line\nbreak\tand\u0000nul",
        "{}[]:,",
        "{\\\"fullName\\\"}",
        " spaced ",
        "e\u0301\u2028",
      })
  void anyNameArrivesUnharmed(String name) throws Exception {
    assertUnharmed(name, "Lovelace");
    assertUnharmed("Ada", name);
  }

  @Test
  void aNameOfTenThousandCharactersArrivesUnharmed() throws Exception {
    assertUnharmed("\"".repeat(10_000), "😀".repeat(5_000));
  }

  @Test
  void otherMembersAreIgnored() throws WorkException {
    assertThat(
            work.perform(
                "exec-1",
                " {\"x\":{\"name\":1},\"surname\":\"B\",\"y\":[{\"surname\":2}],\"name\":\"A\"} "))
        .isEqualTo("{\"fullName\":\"A B\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|The event's name is missing",
        "{\"surname\":\"B\"}|The event's name is missing",
        "{\"name\":\"A\"}|The event's surname is missing",
        "{\"Name\":\"A\",\"surname\":\"B\"}|The event's name is missing",
        "{\"name\":\"\",\"surname\":\"B\"}|The event's name is empty",
        "{\"name\":\"A\",\"surname\":\" \"}|The event's surname is empty",
        "{\"name\":null,\"surname\":\"B\"}|The event's name is not a text",
        "{\"name\":\"A\",\"surname\":7}|The event's surname is not a text",
        "{\"name\":[\"A\"],\"surname\":\"B\"}|The event's name is not a text",
        "{\"name\":\"\\ud800\",\"surname\":\"B\"}|The event's name has half of a surrogate pair",
        "[]|The event must be a JSON object with name and surname",
        "\"Ada\"|The event must be a JSON object with name and surname",
        "null|The event must be a JSON object with name and surname",
        "``|The event must be a JSON object with name and surname",
        "{\"name\":\"A\",\"surname\":\"B\"} {}|The event has text after its JSON" + " object",
        "{\"name\":\"A\"|The event is not JSON: ",
        "Ada|The event is not JSON: ",
        "{name:\"A\"}|The event is not JSON: ",
      })
  void anEventWithoutANameIsRefusedNamingTheField(String event, String cause) {
    assertThatThrownBy(() -> work.perform("exec-1", event))
        .isInstanceOfSatisfying(
            WorkException.class, e -> assertThat(e.error()).isEqualTo("InvalidEvent"))
        .hasMessageStartingWith(cause);
  }

  @Test
  void anEventNestedWithoutEndIsRefused() {
    assertThatThrownBy(() -> work.perform("exec-1", "{\"x\":" + "[".repeat(100_000)))
        .isInstanceOfSatisfying(
            WorkException.class, e -> assertThat(e.error()).isEqualTo("InvalidEvent"));
  }

  private void assertUnharmed(String name, String surname)
      throws WorkException, JsonProcessingException {
    String event = JSON.writeValueAsString(Map.of("name", name, "surname", surname));

    assertThat(JSON.readTree(work.perform("exec-1", event)).path("fullName").asText())
        .isEqualTo(name + " " + surname);
  }
}
