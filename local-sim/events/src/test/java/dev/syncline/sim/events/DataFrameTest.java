// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataFrameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "{\"fullName\":\"Ada \\\"the\\\" Lovelace\"}",
        "\"back\\\\slash\"",
        "\u0000\u0001\u001f\b\f\n\r\t\u007f",
        "äöü ß é €  日本語 😀👩‍💻",
        "\uD83D",
        "\uDE00x",
        "x\uD83Dy",
      })
  void theEventArrivesAsAStringUnharmed(String payload) throws Exception {
    JsonNode frame = frame("sub-1", payload);

    assertThat(frame.get("type").textValue()).isEqualTo("data");
    assertThat(frame.get("id").textValue()).isEqualTo("sub-1");
    assertThat(frame.get("event").isTextual()).isTrue();
    assertThat(frame.get("event").textValue()).isEqualTo(payload);
    assertThat(frame).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"", "\\", "\u0001", "é", "€", "😀", "a", "\uD83D"})
  void lengthsAroundEveryGrowthOfTheBufferFit(String character) throws Exception {
    for (int length = 0; length < 200; length++) {
      String payload = character.repeat(length);
      assertThat(frame("s", payload).get("event").textValue()).isEqualTo(payload);
    }
  }

  @Test
  void theLengthInUtf8IsCountedAsItIsEncoded() {
    assertThat(JsonText.utf8Length("aé€😀")).isEqualTo(1 + 2 + 3 + 4);
    assertThat(JsonText.utf8Length("")).isZero();
  }

  private static JsonNode frame(String id, String payload) throws Exception {
    var whole = new ByteArrayOutputStream();
    whole.write(DataFrame.head(id));
    whole.write(DataFrame.body(payload));
    return new ObjectMapper().readTree(whole.toByteArray());
  }
}
