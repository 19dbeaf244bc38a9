// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.port.EchoService;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.FlatQuery;
import dev.syncline.sim.service.FlatQuery.Member;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlatFormTest {
  private static final Codec CODEC = codec(false);

  private static Protocol protocol(boolean jsonNeedsTarget) {
    var flat =
        new FlatQuery(
            List.of(
                Member.list("L", "Item"),
                Member.list("Echo", "M", "Entry"),
                Member.map("N", "Pair", "Key", "Value")),
            Set.of("Fail"),
            "A",
            jsonNeedsTarget);
    return new Protocol.AwsJsonOrQuery(
        new Protocol.AwsJson("Echo_2020", "1.0"),
        new Protocol.Query("2020-01-01", "urn:echo", Optional.of(flat)));
  }

  private static Codec codec(boolean targeted) {
    return Codec.of(new EchoService("echo", protocol(false)), targeted).orElseThrow();
  }

  private static Call decode(String path, String form) {
    return CODEC.decode(
        new WireRequest(
            "POST",
            path,
            List.of(),
            List.of(Map.entry("Content-Type", "application/x-www-form-urlencoded")),
            ("Action=Echo&" + form).getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Item.2=b&Item.1=a            | {'L':['a','b']}",
        "Item=a                       | {'L':['a']}",
        "Item.1000000000=b&Item.1=a   | {'L':['a','b']}",
        "Entry.1000000000.B=x         | {'M':[{'B':'x'}]}",
        "Pair.1000000000.Key=a&Pair.1000000000.Value=b | {'N':{'a':'b'}}",
        "Pair.1.Key=a&Pair.1.Value=b  | {'N':{'a':'b'}}",
        "Pair.Key=a&Pair.Value=b      | {'N':{'a':'b'}}",
        "Pair.1.Key=Item&Pair.1.Value=b  | {'N':{'Item':'b'}}",
        "Pair.1.Key=a&Pair.1.Value.Item.1=b | {'N':{'a':{'L':['b']}}}",
        "Entry.1.B=x&Entry.1.Pair.1.Key=a&Entry.1.Pair.1.Value=b | {'M':[{'B':'x','N':{'a':'b'}}]}",
        "B=x                          | {'B':'x'}",
      })
  void flatListsAndMapsGetTheNamesOfTheJsonProtocol(String form, String expected) {
    assertThat(decode("/", form).input()).hasToString(expected.replace('\'', '"'));
  }

  @Test
  void aPathOfAccountAndNameIsTheMemberThatTheServiceNames() {
    assertThat(decode("/111111111111/q.fifo", "A=other").input())
        .hasToString("{\"A\":\"/111111111111/q.fifo\"}");
    assertThat(decode("/", "A=other").input()).hasToString("{\"A\":\"other\"}");
  }

  @Test
  void aMapEntryWithoutItsValueIsRefusedByName() {
    assertThatThrownBy(() -> decode("/", "Pair.1.Key=a"))
        .isInstanceOfSatisfying(
            AwsException.class,
            error -> {
              assertThat(error.code()).isEqualTo("MalformedInput");
              assertThat(error.text()).contains("Pair.1.Key");
            });
  }

  @Test
  void aMissingActionIsRefused() {
    assertThatThrownBy(
            () -> CODEC.decode(new WireRequest("POST", "/", List.of(), List.of(), new byte[0])))
        .isInstanceOfSatisfying(
            AwsException.class, error -> assertThat(error.code()).isEqualTo("MissingAction"));
  }

  @Test
  void answersFlattenListsAndMaps() throws Exception {
    ObjectNode answer =
        (ObjectNode)
            Json.MAPPER.readTree(
                "{\"L\":[\"a\",\"b\"],\"N\":{\"k\":{\"L\":[1]}},\"M\":[{\"B\":true}],\"E\":[]}");
    WireResponse response = CODEC.encode(decode("/", "B=x"), Output.of(answer), "r");
    assertThat(new String(response.body(), StandardCharsets.UTF_8))
        .contains(
            "<EchoResult><Item>a</Item><Item>b</Item><Pair><Key>k</Key><Value><Item>1</Item>"
                + "</Value></Pair><Entry><B>true</B></Entry><E></E></EchoResult>");
  }

  @ParameterizedTest
  @CsvSource({
    "false, true,  '',                         true",
    "false, false, application/x-amz-json-1.0, false",
    "true,  false, application/x-amz-json-1.0, true",
    "true,  false, application/x-www-form-urlencoded, false",
    "true,  false, '',                         false",
  })
  void jsonWithoutATargetIsAQueryUnlessTheServiceRefusesIt(
      boolean needsTarget, boolean targeted, String contentType, boolean json) {
    assertThat(protocol(needsTarget).meansJson(targeted, contentType)).isEqualTo(json);
  }

  @Test
  void theRefusalAsksForTheTarget() {
    assertThatThrownBy(
            () ->
                codec(true).decode(new WireRequest("POST", "/", List.of(), List.of(), new byte[0])))
        .isInstanceOfSatisfying(
            AwsException.class,
            error -> {
              assertThat(error.code()).isEqualTo("UnknownOperationException");
              assertThat(error.text()).contains("X-Amz-Target");
            });
  }
}
