// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** The values of {@code Ref}, {@code Fn::GetAtt} and {@code Fn::ImportValue}. */
public interface ResourceValues {
  /**
   * The reference value of a resource.
   *
   * @throws TemplateException when it does not exist
   */
  String ref(String logicalId);

  /**
   * An attribute of a resource.
   *
   * @throws TemplateException when it has none of that name
   */
  JsonNode attribute(String logicalId, String attribute);

  /**
   * A value that another stack exports.
   *
   * @throws TemplateException when no stack exports it
   */
  String imported(String exportName);

  /**
   * Values of resources that do not exist yet: each value is a text that names its reference, so
   * two templates can be compared before anything is made.
   */
  static ResourceValues symbolic() {
    return new ResourceValues() {
      @Override
      public String ref(String logicalId) {
        return "<Ref " + logicalId + ">";
      }

      @Override
      public JsonNode attribute(String logicalId, String attribute) {
        return TextNode.valueOf("<GetAtt " + logicalId + "." + attribute + ">");
      }

      @Override
      public String imported(String exportName) {
        return "<ImportValue " + exportName + ">";
      }
    };
  }
}
