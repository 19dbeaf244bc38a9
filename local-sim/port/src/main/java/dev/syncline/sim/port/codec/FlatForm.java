// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.FlatQuery;
import dev.syncline.sim.service.FlatQuery.Member;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads and writes the flattened lists and maps of a query service: from the names of its queries
 * to those of its JSON protocol, and back into XML. Stateless and thread-safe.
 */
record FlatForm(FlatQuery flat) {
  private static final Pattern TWO_STEPS = Pattern.compile("/\\d{12}/[A-Za-z0-9._-]{1,80}/?");

  /** Parameters of Signature Version 2, which only a request with SignatureVersion has. */
  private static final Set<String> SIGNATURE =
      Set.of(
          "AWSAccessKeyId",
          "Expires",
          "SecurityToken",
          "Signature",
          "SignatureMethod",
          "SignatureVersion",
          "Timestamp");

  /** Whether a path gives the service's path member. */
  static boolean isPath(String rawPath) {
    return TWO_STEPS.matcher(rawPath).matches();
  }

  /** The input of an operation, in the names of the JSON protocol. */
  ObjectNode input(Operation operation, ObjectNode form, WireRequest request) {
    if (form.has("SignatureVersion")) {
      form.remove(SIGNATURE);
    }
    ObjectNode input = structure(operation, form, false);
    Matcher path = TWO_STEPS.matcher(request.rawPath());
    if (path.matches() && operation.members().contains(flat.pathMember())) {
      input.put(flat.pathMember(), request.rawPath().replaceAll("/$", ""));
    }
    return input;
  }

  private ObjectNode structure(Operation operation, ObjectNode form, boolean nested) {
    ObjectNode structure = Json.object();
    for (Map.Entry<String, JsonNode> parameter : form.properties()) {
      Optional<Member> member = flat.ofWire(operation, parameter.getKey(), nested);
      JsonNode value = parameter.getValue();
      if (member.isPresent()) {
        structure.set(member.get().name(), read(operation, member.get(), value));
      } else {
        structure.set(parameter.getKey(), value);
      }
    }
    return structure;
  }

  private JsonNode read(Operation operation, Member member, JsonNode value) {
    ArrayNode items = value instanceof ArrayNode many ? many : Json.array().add(value);
    if (!member.isMap()) {
      ArrayNode list = Json.array();
      items.forEach(item -> list.add(nested(operation, item)));
      return list;
    }
    ObjectNode map = Json.object();
    for (JsonNode item : items) {
      JsonNode key = item.get(member.key());
      JsonNode mapped = item.get(member.value());
      if (key == null || !key.isValueNode() || mapped == null) {
        throw AwsException.badRequest(
            "MalformedInput",
            "Every "
                + member.wire()
                + " needs "
                + member.key()
                + " and "
                + member.value()
                + ", as in "
                + member.wire()
                + ".1."
                + member.key()
                + ".");
      }
      map.set(key.asText(), nested(operation, mapped));
    }
    return map;
  }

  private JsonNode nested(Operation operation, JsonNode value) {
    return value instanceof ObjectNode object ? structure(operation, object, true) : value;
  }

  /** Writes the members of an answer or of a structure in it. */
  void write(Xml xml, String operation, ObjectNode structure) {
    for (Map.Entry<String, JsonNode> entry : structure.properties()) {
      Optional<Member> member = flat.member(operation, entry.getKey());
      JsonNode value = entry.getValue();
      if (member.isEmpty()) {
        element(xml, operation, entry.getKey(), value);
      } else if (member.get().isMap()) {
        writeMap(xml, operation, member.get(), value);
      } else {
        value.forEach(item -> element(xml, operation, member.get().wire(), item));
      }
    }
  }

  private void writeMap(Xml xml, String operation, Member member, JsonNode map) {
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      xml.open(member.wire()).element(member.key(), entry.getKey());
      element(xml, operation, member.value(), entry.getValue());
      xml.close(member.wire());
    }
  }

  private void element(Xml xml, String operation, String name, JsonNode value) {
    if (value instanceof ObjectNode object) {
      xml.open(name);
      write(xml, operation, object);
      xml.close(name);
    } else {
      xml.element(name, value, "member");
    }
  }
}
