// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a {@link Template} from a template's value; unknown parts are refused by name. */
record TemplateReader(ObjectNode root) {
  private static final Pattern LOGICAL_ID = Pattern.compile("[A-Za-z0-9]{1,255}");
  private static final int MAX_RESOURCES = 500;
  private static final int MAX_PARAMETERS = 200;
  private static final int MAX_OUTPUTS = 200;

  private static final Set<String> SECTIONS =
      Set.of(
          "AWSTemplateFormatVersion",
          "Description",
          "Metadata",
          "Parameters",
          "Mappings",
          "Conditions",
          "Resources",
          "Outputs");
  private static final Set<String> UNSUPPORTED_SECTIONS = Set.of("Transform", "Rules", "Hooks");
  private static final Set<String> RESOURCE_ATTRIBUTES =
      Set.of(
          "Type",
          "Properties",
          "DependsOn",
          "Condition",
          "DeletionPolicy",
          "UpdateReplacePolicy",
          "Metadata");

  private static final Set<String> UNSUPPORTED_ATTRIBUTES =
      Set.of("CreationPolicy", "UpdatePolicy");

  Template read() {
    root.fieldNames().forEachRemaining(TemplateReader::refuseUnknownSection);
    String version = root.path("AWSTemplateFormatVersion").asText("2010-09-09");
    if (!version.equals("2010-09-09")) {
      throw error("AWSTemplateFormatVersion must be 2010-09-09, got '" + version + "'.");
    }
    var template =
        new Template(
            text(root, "Description", "the template"),
            section("Parameters", MAX_PARAMETERS, ParameterReader::read),
            mappings(),
            section("Conditions", Integer.MAX_VALUE, (name, value) -> value),
            section("Resources", MAX_RESOURCES, TemplateReader::resource),
            section("Outputs", MAX_OUTPUTS, TemplateReader::output));
    if (template.resources().isEmpty()) {
      throw error("At least one Resources member must be defined.");
    }
    TemplateNames.check(template);
    return template;
  }

  private static void refuseUnknownSection(String section) {
    if (UNSUPPORTED_SECTIONS.contains(section)) {
      throw error("The section " + section + " is not supported by the simulator.");
    }
    if (!SECTIONS.contains(section)) {
      throw new TemplateException("Invalid template property or properties [" + section + "]");
    }
  }

  private ObjectNode mappings() {
    if (!(root.path("Mappings") instanceof ObjectNode mappings)) {
      return JsonNodeFactory.instance.objectNode();
    }
    for (Map.Entry<String, JsonNode> mapping : mappings.properties()) {
      if (!mapping.getValue().isObject()) {
        throw error("Every Mappings member " + mapping.getKey() + " must be a map");
      }
      for (Map.Entry<String, JsonNode> key : mapping.getValue().properties()) {
        if (!key.getValue().isObject()) {
          throw error("Every Mappings member " + key.getKey() + " must be a map");
        }
        for (JsonNode attribute : key.getValue()) {
          if (!attribute.isValueNode() && !attribute.isArray()) {
            throw error("Every Mappings attribute must be a String or a List.");
          }
        }
      }
    }
    return mappings;
  }

  private <T> Map<String, T> section(String name, int limit, BiFunction<String, JsonNode, T> read) {
    JsonNode section = root.path(name);
    if (section.isMissingNode()) {
      return Map.of();
    }
    if (!section.isObject()) {
      throw error(name + " must be an object.");
    }
    if (section.size() > limit) {
      throw error(name + " has " + section.size() + " members; the limit is " + limit + ".");
    }
    var members = new LinkedHashMap<String, T>();
    for (Map.Entry<String, JsonNode> member : section.properties()) {
      if (!LOGICAL_ID.matcher(member.getKey()).matches()) {
        throw error(
            name.substring(0, name.length() - 1)
                + " name "
                + member.getKey()
                + " is non alphanumeric.");
      }
      members.put(member.getKey(), read.apply(member.getKey(), member.getValue()));
    }
    return Collections.unmodifiableMap(members);
  }

  private static ResourceDefinition resource(String logicalId, JsonNode value) {
    String what = "[/Resources/" + logicalId + "]";
    if (!value.isObject()) {
      throw error("Any Resources member must be an object.");
    }
    value
        .fieldNames()
        .forEachRemaining(
            attribute -> {
              if (UNSUPPORTED_ATTRIBUTES.contains(attribute)) {
                throw error(
                    what
                        + " local-sim does not support the resource attribute "
                        + attribute
                        + ", which AWS has.");
              }
              if (!RESOURCE_ATTRIBUTES.contains(attribute)) {
                throw new TemplateException(
                    "Invalid template resource property '" + attribute + "'");
              }
            });
    String type = text(value, "Type", what);
    if (type == null) {
      throw error(what + " Every Resources object must contain a Type member.");
    }
    JsonNode properties = value.path("Properties");
    if (!properties.isMissingNode() && !properties.isObject()) {
      throw error(what + " Properties must be an object.");
    }
    return new ResourceDefinition(
        logicalId,
        type,
        properties instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode(),
        dependsOn(value.path("DependsOn"), what),
        text(value, "Condition", what),
        policy(value, logicalId, "DeletionPolicy"),
        policy(value, logicalId, "UpdateReplacePolicy"));
  }

  private static DeletionPolicy policy(JsonNode resource, String logicalId, String attribute) {
    String value = text(resource, attribute, logicalId);
    return value == null
        ? DeletionPolicy.DELETE
        : DeletionPolicy.parse(logicalId, attribute, value);
  }

  private static List<String> dependsOn(JsonNode value, String what) {
    var names = new ArrayList<String>();
    if (value.isTextual()) {
      names.add(value.asText());
    } else if (value.isArray() || value.isMissingNode()) {
      for (JsonNode item : value) {
        if (!item.isTextual()) {
          throw error(what + " DependsOn must hold logical ids.");
        }
        names.add(item.asText());
      }
    } else {
      throw error(what + " DependsOn must be a logical id or a list of them.");
    }
    return List.copyOf(names);
  }

  private static OutputDefinition output(String name, JsonNode value) {
    String what = "[/Outputs/" + name + "]";
    if (!value.isObject()) {
      throw error(what + " Every Outputs member must be an object.");
    }
    value
        .fieldNames()
        .forEachRemaining(
            attribute -> {
              if (!Set.of("Value", "Description", "Export", "Condition").contains(attribute)) {
                throw error(what + " the attribute " + attribute + " is not supported.");
              }
            });
    if (!value.has("Value")) {
      throw error("Every Outputs member must contain a Value object");
    }
    JsonNode export = value.path("Export");
    if (!export.isMissingNode()
        && !(export.isObject() && export.size() == 1 && export.has("Name"))) {
      throw error(what + " Export must have the one member Name.");
    }
    return new OutputDefinition(
        name,
        value.path("Value"),
        text(value, "Description", what),
        export.isMissingNode() ? null : export.path("Name"),
        text(value, "Condition", what));
  }

  static @Nullable String text(JsonNode object, String member, String what) {
    JsonNode value = object.path(member);
    if (value.isMissingNode()) {
      return null;
    }
    if (!value.isTextual()) {
      throw error(what + ": " + member + " must be text.");
    }
    return value.asText();
  }

  static TemplateException error(String message) {
    return new TemplateException("Template format error: " + message);
  }
}
