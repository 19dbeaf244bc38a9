// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.dynamodb.values.ValidationFault.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueReaderTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EMPTY =
      "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";
  private static final String SEVERAL =
      "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the"
          + " supported datatypes";
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String NESTING =
      "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels"
          + " beyond supported limit";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'S':''}",
        "{'S':'a'}",
        "{'N':'1.5'}",
        "{'B':''}",
        "{'B':'AQID'}",
        "{'B':'AQ=='}",
        "{'BOOL':true}",
        "{'BOOL':false}",
        "{'NULL':true}",
        "{'L':[]}",
        "{'M':{}}",
        "{'SS':['a','b']}",
        "{'SS':['']}",
        "{'NS':['1','2']}",
        "{'BS':['','AQ==']}",
        "{'L':[{'S':'a'},{'L':[{'N':'1'}]},{'M':{'x':{'NULL':true}}}]}"
      })
  void aValueIsReadAndWrittenAlike(String json) throws Exception {
    JsonNode tree = tree(json);
    assertThat((JsonNode) ValueWriter.write(ValueReader.read(tree))).isEqualTo(tree);
  }

  @Test
  void numbersComeBackInNormalFormAndSetsInOrder() throws Exception {
    assertThat(written("{'NS':['10','9','1e0','-3.0']}")).isEqualTo("{'NS':['-3','1','9','10']}");
    assertThat(written("{'SS':['b','a']}")).isEqualTo("{'SS':['a','b']}");
    assertThat(written("{'BS':['/w==','AQ==']}")).isEqualTo("{'BS':['AQ==','/w==']}");
    assertThat(written("{'N':'1E2'}")).isEqualTo("{'N':'100'}");
  }

  @Test
  void aBooleanMayBeText() throws Exception {
    assertThat(written("{'BOOL':'Yes'}")).isEqualTo("{'BOOL':true}");
    assertThat(written("{'BOOL':'0'}")).isEqualTo("{'BOOL':false}");
    assertThat(written("{'NULL':'true'}")).isEqualTo("{'NULL':true}");
    assertThat(written("{'S':'a','N':null}")).isEqualTo("{'S':'a'}");
  }

  /** Each fault is found at the top, in a map and in a list alike. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|BARE|" + EMPTY,
        "{'S':null}|BARE|" + EMPTY,
        "{'X':'a'}|BARE|" + EMPTY,
        "{'s':'a'}|BARE|" + EMPTY,
        "{'S':'a','N':'1'}|BARE|" + SEVERAL,
        "{'S':'a','X':'1'}|BARE|" + SEVERAL,
        "{'S':'a','N':'b'}|REQUEST|The parameter cannot be converted to a numeric value: b",
        "{'N':''}|REQUEST|The parameter cannot be converted to a numeric value",
        "{'N':'abc'}|REQUEST|The parameter cannot be converted to a numeric value: abc",
        "{'NS':['1','abc']}|REQUEST|The parameter cannot be converted to a numeric value: abc",
        "{'NULL':false}|REQUEST|"
            + INVALID
            + "Null attribute value types must have the value of true",
        "{'SS':[]}|REQUEST|" + INVALID + "An string set  may not be empty",
        "{'NS':[]}|REQUEST|" + INVALID + "An number set  may not be empty",
        "{'BS':[]}|REQUEST|" + INVALID + "Binary sets should not be empty",
        "{'SS':['b','a','b']}|REQUEST|"
            + INVALID
            + "Input collection [b, a, b] contains duplicates.",
        "{'NS':['1','2','1.0']}|REQUEST|Input collection contains duplicates",
        "{'BS':['Yg==','WQ==','Yg==']}|REQUEST|"
            + INVALID
            + "Input collection [Yg==, WQ==, Yg==]of type BS contains duplicates."
      })
  void aWrongValueIsRefused(String json, Kind kind, String message) throws Exception {
    for (String place : new String[] {"%s", "{'M':{'a':%s}}", "{'L':[{'S':''},%s]}"}) {
      JsonNode value = tree(place.formatted(json));
      assertThatThrownBy(() -> ValueReader.read(value))
          .isInstanceOfSatisfying(
              ValidationFault.class, fault -> assertThat(fault.kind()).isEqualTo(kind))
          .hasMessage(message);
      assertThatThrownBy(() -> ValueReader.readItem(item(value))).hasMessage(message);
      ValueReader.requireTypes(item(value));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'S':1}|NUMBER_VALUE cannot be converted to String",
        "{'S':1.5}|DECIMAL_VALUE cannot be converted to String",
        "{'S':true}|TRUE_VALUE cannot be converted to String",
        "{'S':false}|FALSE_VALUE cannot be converted to String",
        "{'S':[]}|Unrecognized collection type class java.lang.String",
        "{'S':{}}|Start of structure or map found where not expected",
        "{'N':3}|NUMBER_VALUE cannot be converted to String",
        "{'N':true}|TRUE_VALUE cannot be converted to String",
        "{'B':1}|only base-64-encoded strings are convertible to bytes",
        "{'B':true}|only base-64-encoded strings are convertible to bytes",
        "{'B':[]}|Unrecognized collection type class java.nio.ByteBuffer",
        "{'B':{}}|Start of structure or map found where not expected",
        "{'B':'abc'}|Base64 encoded length is expected a multiple of 4 bytes but found: 3",
        "{'B':'ab:='}|Invalid Base64 character: ':'",
        "{'B':'a=bc'}|Invalid Base64 character: '='",
        "{'B':'AB=='}|Invalid last non-pad Base64 character dectected",
        "{'B':'===='}|Invalid Base64 character: '='",
        "{'BOOL':1}|NUMBER_VALUE cannot be converted to Boolean",
        "{'BOOL':'maybe'}|Unexpected token received from parser",
        "{'BOOL':[]}|Unrecognized collection type class java.lang.Boolean",
        "{'BOOL':{}}|Start of structure or map found where not expected",
        "{'NULL':'no way'}|Unexpected token received from parser",
        "{'SS':'a'}|Unexpected field type",
        "{'SS':1}|Unexpected field type",
        "{'SS':{}}|Start of structure or map found where not expected",
        "{'SS':[1]}|NUMBER_VALUE cannot be converted to String",
        "{'NS':['1',2]}|NUMBER_VALUE cannot be converted to String",
        "{'BS':[1]}|only base-64-encoded strings are convertible to bytes",
        "{'L':'a'}|Unexpected field type",
        "{'L':{}}|Start of structure or map found where not expected",
        "{'L':['a']}|Unexpected value type in payload",
        "{'L':[[]]}|Unrecognized collection type class"
            + " com.amazonaws.dynamodb.v20120810.AttributeValue",
        "{'M':'a'}|Unexpected field type",
        "{'M':[]}|Unrecognized collection type java.util.Map<java.lang.String,"
            + " com.amazonaws.dynamodb.v20120810.AttributeValue>",
        "{'M':{'a':'b'}}|Unexpected value type in payload"
      })
  void aWrongJsonTypeIsRefusedBeforeAnyValue(String json, String message) throws Exception {
    for (String place :
        new String[] {"%s", "{'M':{'z':{},'a':%s}}", "{'L':[{'SS':[]},{'NULL':false},%s]}"}) {
      JsonNode value = tree(place.formatted(json));
      assertThatThrownBy(() -> ValueReader.read(value))
          .isInstanceOf(SerializationFault.class)
          .hasMessage(message);
      assertThatThrownBy(() -> ValueReader.readItem(item(value)))
          .isInstanceOf(SerializationFault.class)
          .hasMessage(message);
      assertThatThrownBy(() -> ValueReader.requireTypes(item(value))).hasMessage(message);
    }
  }

  /** Captured in 2026: the new request-validation framework quotes strings. */
  @Test
  void theNewWordingQuotesDuplicateStrings() throws Exception {
    JsonNode value = tree("{'SS':['a','a']}");
    assertThatThrownBy(() -> ValueReader.read(value))
        .isInstanceOfSatisfying(
            ValidationFault.class,
            fault ->
                assertThat(fault.newText())
                    .isEqualTo(INVALID + "Input collection [\"a\", \"a\"] contains duplicates."));
  }

  @Test
  void anItemMustBeAMap() throws Exception {
    assertThatThrownBy(() -> ValueReader.readItem(tree("[]")))
        .hasMessage(
            "Unrecognized collection type java.util.Map<java.lang.String,"
                + " com.amazonaws.dynamodb.v20120810.AttributeValue>");
    assertThatThrownBy(() -> ValueReader.readItem(tree("'a'"))).hasMessage("Unexpected field type");
    assertThatThrownBy(() -> ValueReader.readItem(tree("{'a':'b'}")))
        .hasMessage("Unexpected value type in payload");
    assertThatThrownBy(() -> ValueReader.readItem(tree("{'a':null}"))).hasMessage(EMPTY);
  }

  @Test
  void thirtyTwoLevelsAreReadAndMoreAreRefused() {
    for (String type : new String[] {"L", "M"}) {
      assertThat(Sizes.of(ValueReader.read(nested(type, 32)))).isPositive();
      for (int levels : new int[] {33, 40, 300}) {
        assertThatThrownBy(() -> ValueReader.read(nested(type, levels)))
            .isInstanceOf(ValidationFault.class)
            .hasMessage(NESTING);
        assertThatThrownBy(() -> ValueReader.readItem(item(nested(type, levels))))
            .hasMessage(NESTING);
      }
    }
  }

  @Test
  void namesHaveOneTo65535Bytes() throws Exception {
    String longest = "\u00e9".repeat(32_767) + "a";
    ObjectNode item = JsonNodeFactory.instance.objectNode();
    item.set(longest, tree("{'S':''}"));
    assertThat(Sizes.of(ValueReader.readItem(item))).isEqualTo(65_535);
    item.set(longest + "a", tree("{'S':''}"));
    assertThatThrownBy(() -> ValueReader.readItem(item))
        .hasMessage("Attribute name is too large, must be less than 65536 bytes");
    assertThatThrownBy(() -> ValueReader.readItem(tree("{'':{'S':''}}")))
        .hasMessage("Empty attribute name");
  }

  @Test
  void longNamesAreReadFromText() throws Exception {
    for (int length : new int[] {65_535, 65_536}) {
      byte[] text =
          ("{\"" + "n".repeat(length) + "\":{\"S\":\"\"}}").getBytes(StandardCharsets.UTF_8);
      JsonNode item = Json.MAPPER.readTree(text);
      if (length == 65_535) {
        assertThat(Sizes.of(ValueReader.readItem(item))).isEqualTo(length);
      } else {
        assertThatThrownBy(() -> ValueReader.readItem(item))
            .hasMessage("Attribute name is too large, must be less than 65536 bytes");
      }
    }
  }

  @Test
  void halfASurrogatePairIsRefused() {
    for (String half : new String[] {"a\ud800", "\udc00", "\ud800\ud800\udc00x\udc00"}) {
      assertThatThrownBy(() -> ValueReader.read(JSON.createObjectNode().put("S", half)))
          .hasMessageContaining("surrogate pair");
    }
    assertThat(ValueReader.read(JSON.createObjectNode().put("S", "\ud83d\ude00")))
        .isEqualTo(new AttributeValue.S("\ud83d\ude00"));
  }

  @Test
  @Timeout(60)
  void largeSetsTakeNoQuadraticTime() {
    ObjectNode value = JsonNodeFactory.instance.objectNode();
    ArrayNode strings = value.putArray("SS");
    for (int i = 0; i < 1 << 17; i++) {
      // All of one hash code.
      var text = new StringBuilder();
      for (int bit = 0; bit < 17; bit++) {
        text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      strings.add(text.toString());
    }
    var set = (AttributeValue.SS) ValueReader.read(value);
    assertThat(set.values()).hasSize(1 << 17);
    assertThat(set.values().contains("Aa".repeat(17))).isTrue();
    assertThat(ItemCodec.decode(ItemCodec.encode(new Item(Map.of("a", set)))).get("a"))
        .isEqualTo(set);

    ObjectNode numbers = JsonNodeFactory.instance.objectNode();
    ArrayNode members = numbers.putArray("NS");
    for (int i = 0; i < 100_000; i++) {
      members.add(i + "." + i);
    }
    assertThat(((AttributeValue.NS) ValueReader.read(numbers)).values()).hasSize(100_000);
    members.add("99999.99999");
    assertThatThrownBy(() -> ValueReader.read(numbers))
        .hasMessage("Input collection contains duplicates");
  }

  @Test
  void whatIsWrittenIsReadEqual() {
    var random = new SplittableRandom(5);
    for (int i = 0; i < 5_000; i++) {
      Item item = RandomValues.item(random, 4);
      assertThat(ValueReader.readItem(ValueWriter.writeItem(item))).isEqualTo(item);
    }
  }

  private static ObjectNode nested(String type, int levels) {
    ObjectNode value = JsonNodeFactory.instance.objectNode().put("S", "a");
    for (int i = 1; i < levels; i++) {
      ObjectNode outer = JsonNodeFactory.instance.objectNode();
      if (type.equals("L")) {
        outer.putArray("L").add(value);
      } else {
        outer.putObject("M").set("a", value);
      }
      value = outer;
    }
    return value;
  }

  private static ObjectNode item(JsonNode value) {
    return JsonNodeFactory.instance.objectNode().set("a", value);
  }

  private static String written(String json) throws Exception {
    return ValueWriter.write(ValueReader.read(tree(json))).toString().replace('"', '\'');
  }

  private static JsonNode tree(String json) throws Exception {
    return JSON.readTree(json.replace('\'', '"'));
  }

  @Test
  void theNewWordingPrintsSetsUpToTheRepetition() throws Exception {
    String invalid = "One or more parameter values were invalid: ";
    assertThat(newText("{'SS':['b','a','b']}"))
        .isEqualTo(invalid + "Input collection [\"a\", \"b\", \"b\"] contains duplicates.");
    assertThat(newText("{'BS':['/w==','AA==','AA==']}"))
        .isEqualTo(
            invalid
                + "Input collection [\"AA==\",\"/w==\",\"AA==\"]of type BS contains duplicates.");
    assertThat(newText("{'NS':['2','1','2']}"))
        .isEqualTo(invalid + "Input collection contains duplicates.");
    assertThat(newText("{'N':''}"))
        .isEqualTo("The parameter cannot be converted to a numeric value: ");
  }

  private static String newText(String json) throws Exception {
    JsonNode value =
        new com.fasterxml.jackson.databind.ObjectMapper().readTree(json.replace('\'', '"'));
    return org.assertj.core.api.Assertions.catchThrowableOfType(
            ValidationFault.class, () -> ValueReader.read(value))
        .newText();
  }
}
