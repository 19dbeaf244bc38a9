// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A template that has been read and checked: every name that it refers to exists. Immutable as long
 * as the nodes are not changed; maps are in the order of the text.
 *
 * @param mappings by map name, top-level key and second-level key
 * @param conditions not evaluated
 */
public record Template(
    @Nullable String description,
    Map<String, ParameterDefinition> parameters,
    ObjectNode mappings,
    Map<String, JsonNode> conditions,
    Map<String, ResourceDefinition> resources,
    Map<String, OutputDefinition> outputs) {

  /**
   * Reads a template in JSON or YAML.
   *
   * @throws TemplateException when it is not well formed, or uses an unsupported feature
   */
  public static Template parse(String text) {
    return new TemplateReader(TemplateText.read(text)).read();
  }

  /** Called for an attribute of a resource that the template refers to. */
  @FunctionalInterface
  public interface AttributeVisitor {
    /** Of the resource, for its attribute. */
    void attribute(ResourceDefinition resource, String attribute);
  }

  /** Calls the consumer for every attribute that resources and outputs refer to. */
  public void requireAttributes(AttributeVisitor visitor) {
    var references =
        new References.Visitor() {
          @Override
          public void name(String name) {
            // A reference to the resource itself.
          }

          @Override
          public void attribute(String logicalId, String attribute) {
            ResourceDefinition resource = resources.get(logicalId);
            if (resource != null) {
              visitor.attribute(resource, attribute);
            }
          }
        };
    resources.values().forEach(one -> References.visitAll(one.properties(), references));
    outputs.values().forEach(one -> References.visitAll(one.value(), references));
  }
}
