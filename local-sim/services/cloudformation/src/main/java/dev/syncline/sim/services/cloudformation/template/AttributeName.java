// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The argument of {@code Fn::GetAtt}: {@code [id, attribute]} or {@code "id.attribute"}. Only the
 * first dot separates; attributes such as {@code Dns.Http} contain dots.
 */
record AttributeName(String logicalId, String attribute) {
  static AttributeName of(JsonNode argument) {
    if (argument.isTextual()) {
      String text = argument.asText();
      int dot = text.indexOf('.');
      if (dot > 0 && dot < text.length() - 1) {
        return new AttributeName(text.substring(0, dot), text.substring(dot + 1));
      }
    } else if (argument.isArray()
        && argument.size() >= 2
        && argument.path(0).isTextual()
        && argument.path(1).isTextual()) {
      var attribute = new StringBuilder(argument.get(1).asText());
      for (int i = 2; i < argument.size(); i++) {
        attribute.append('.').append(argument.get(i).asText());
      }
      return new AttributeName(argument.get(0).asText(), attribute.toString());
    }
    throw new TemplateException(
        "Template error: every Fn::GetAtt object requires two non-empty parameters, the resource"
            + " name and the resource attribute");
  }
}
