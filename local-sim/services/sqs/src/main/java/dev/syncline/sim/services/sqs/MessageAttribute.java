// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One attribute of a message.
 *
 * @param type {@code String}, {@code Number} or {@code Binary}, each with an optional label after a
 *     dot
 * @param value text, or base64 when binary
 */
record MessageAttribute(String type, boolean binary, String value) {
  static final int MAX_COUNT = 10;
  private static final int MAX_NAME_LENGTH = 256;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");
  private static final Pattern RESERVED = Pattern.compile("(?i)(aws|amazon)\\..*|\\..*|.*\\.");
  private static final Pattern TYPE = Pattern.compile("(String|Number|Binary)(\\..+)?");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  /** The attributes in order of name, as their digest needs them. */
  static Map<String, MessageAttribute> read(Input input, String member) {
    var attributes = new TreeMap<String, MessageAttribute>();
    input
        .structure(member)
        .ifPresent(
            map ->
                map.json()
                    .fieldNames()
                    .forEachRemaining(
                        name ->
                            attributes.put(
                                checkedName(name), read(name, map.structure(name).orElseThrow()))));
    if (attributes.size() > MAX_COUNT) {
      throw SqsErrors.invalidValue(
          "Number of message attributes ["
              + attributes.size()
              + "] exceeds the allowed maximum ["
              + MAX_COUNT
              + "].");
    }
    return attributes;
  }

  /** As above for system attributes, of which there is one. */
  static Map<String, MessageAttribute> readSystem(Input input, String member, String known) {
    var attributes = new TreeMap<String, MessageAttribute>();
    input
        .structure(member)
        .ifPresent(
            map -> {
              map.only(known);
              map.structure(known).ifPresent(found -> attributes.put(known, read(known, found)));
            });
    return attributes;
  }

  private static MessageAttribute read(String name, Input input) {
    input.only("DataType", "StringValue", "BinaryValue", "StringListValues", "BinaryListValues");
    if (!input.list("StringListValues").isEmpty() || !input.list("BinaryListValues").isEmpty()) {
      throw SqsErrors.unsupported(
          "Message attribute list values in SendMessage operation are not supported.");
    }
    String type = input.text("DataType").orElse("");
    if (type.isEmpty()) {
      throw SqsErrors.invalidValue(
          "The message attribute '" + name + "' must contain a non-empty message attribute type.");
    }
    if (!TYPE.matcher(type).matches() || type.length() > MAX_NAME_LENGTH) {
      throw SqsErrors.invalidValue(
          "The type of message (user) attribute '"
              + name
              + "' is invalid. You must use only the following supported type prefixes: Binary,"
              + " Number, String.");
    }
    boolean binary = type.startsWith("Binary");
    String value = input.text(binary ? "BinaryValue" : "StringValue").orElse("");
    if (value.isEmpty()) {
      throw SqsErrors.invalidValue(
          "Message (user) attribute '"
              + name
              + "' must contain a non-empty value of type '"
              + (binary ? "Binary" : "String")
              + "'.");
    }
    if (type.startsWith("Number") && !NUMBER.matcher(value).matches()) {
      throw SqsErrors.invalidValue(
          "Can't cast the value of message (user) attribute '" + name + "' to a number.");
    }
    if (!binary) {
      MessageText.requireCharacters(value);
    }
    var attribute = new MessageAttribute(type, binary, value);
    attribute.bytes();
    return attribute;
  }

  private static String checkedName(String name) {
    if (name.length() > MAX_NAME_LENGTH || !NAME.matcher(name).matches()) {
      throw SqsErrors.invalidValue(
          "Message (user) attribute names can only contain letters, digits, periods, hyphens and"
              + " underscores, at most 256: '"
              + name
              + "'.");
    }
    if (RESERVED.matcher(name).matches() || name.contains("..")) {
      throw SqsErrors.invalidValue(
          "You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. These strings"
              + " are reserved for internal use. Additionally, they cannot start or end with '.'.");
    }
    return name;
  }

  byte[] bytes() {
    if (!binary) {
      return value.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(value);
    } catch (IllegalArgumentException notBase64) {
      throw SqsErrors.invalidValue("A BinaryValue must be base64.");
    }
  }

  /** What it counts towards the size of a message, without its name. */
  int size() {
    return type.length() + bytes().length;
  }

  ObjectNode json() {
    return Json.object().put("DataType", type).put(binary ? "BinaryValue" : "StringValue", value);
  }
}
