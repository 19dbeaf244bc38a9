// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoolAttributesTest {
  private static final Instant START = Instant.parse("2026-09-24T00:00:00Z");

  private static UserPool pool(String schema) throws Exception {
    Map<String, ObjectNode> all = SchemaAttributes.standard();
    SchemaAttributes.add(all, json(schema), true);
    ObjectNode settings = Json.object();
    all.values().forEach(settings.putArray(SchemaAttributes.MEMBER)::add);
    return new UserPool("us-east-1_Ab1Cd2Ef3", "arn", "p", START, START, settings);
  }

  private static JsonNode json(String singleQuoted) throws Exception {
    return Json.MAPPER.readTree(singleQuoted.replace('\'', '"'));
  }

  private static AppClient client(String settings) throws Exception {
    return new AppClient(
        "c", "us-east-1_Ab1Cd2Ef3", "c", List.of(), START, START, (ObjectNode) json(settings));
  }

  @Test
  void namesEveryAttributeThatIsMissing() throws Exception {
    UserPool pool =
        pool("[{'Name': 'email', 'Required': true}, {'Name': 'given_name', 'Required': true}]");
    assertThatThrownBy(() -> PoolAttributes.requireCreatable(pool, Map.of()))
        .isInstanceOfSatisfying(
            AwsException.class,
            error -> {
              assertThat(error.code()).isEqualTo("InvalidParameterException");
              assertThat(error.text())
                  .isEqualTo(
                      "Attributes did not conform to the schema: given_name: The attribute is"
                          + " required\nemail: The attribute is required\n");
            });
  }

  @Test
  void refusesAnAttributeThatTheSchemaLacks() throws Exception {
    UserPool pool = pool("[]");
    assertThatThrownBy(() -> PoolAttributes.requireCreatable(pool, Map.of("custom:x", "1")))
        .hasMessageContaining(
            "Attributes did not conform to the schema: custom:x: Attribute does not exist in the"
                + " schema.\n");
  }

  @Test
  void customAttributesHaveAPrefixAndAreNotMutableUnlessToldSo() throws Exception {
    UserPool pool = pool("[{'Name': 'a', 'AttributeDataType': 'String'}]");
    ObjectNode attribute = SchemaAttributes.of(pool).get("custom:a");
    assertThat(attribute).isNotNull();
    assertThatCode(() -> PoolAttributes.requireCreatable(pool, Map.of("custom:a", "1")))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> PoolAttributes.requireUpdatable(pool, Map.of("custom:a", "2")))
        .hasMessageContaining("user.custom:a: Attribute cannot be updated.");
    assertThatThrownBy(() -> pool("[{'Name': 'a', 'Required': true}]"))
        .hasMessageContaining("Required custom attributes are not supported currently.");
  }

  @Test
  void checksTheFormatOfAddresses() throws Exception {
    UserPool pool = pool("[]");
    assertThatThrownBy(() -> PoolAttributes.requireCreatable(pool, Map.of("email", "x")))
        .hasMessageContaining("Invalid email address format.");
    assertThatThrownBy(() -> PoolAttributes.requireCreatable(pool, Map.of("phone_number", "1")))
        .hasMessageContaining("Invalid phone number format.");
  }

  @Test
  void aClientWritesWhatItIsAllowed() throws Exception {
    AppClient open = client("{}");
    assertThatCode(() -> PoolAttributes.requireWritable(open, List.of("email", "custom:a")))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> PoolAttributes.requireWritable(open, List.of("email_verified")))
        .hasMessageContaining("A client attempted to write unauthorized attribute");
    AppClient closed = client("{'WriteAttributes': ['name']}");
    assertThatThrownBy(() -> PoolAttributes.requireWritable(closed, List.of("email")))
        .hasMessageContaining("A client attempted to write unauthorized attribute");
  }

  @Test
  void describesTwentyOneAttributes() throws Exception {
    assertThat(SchemaAttributes.standard()).hasSize(20);
    assertThat(SchemaAttributes.described(pool("[]"))).hasSize(21);
    assertThat(SchemaAttributes.described(pool("[{'Name': 'a'}]"))).hasSize(22);
  }

  @Test
  void sortsAttributesWithSubLast() {
    assertThat(PoolAttributes.write(Map.of("zoneinfo", "z", "email", "e"), "s").toString())
        .isEqualTo(
            "[{\"Name\":\"email\",\"Value\":\"e\"},{\"Name\":\"zoneinfo\",\"Value\":\"z\"},"
                + "{\"Name\":\"sub\",\"Value\":\"s\"}]");
  }
}
