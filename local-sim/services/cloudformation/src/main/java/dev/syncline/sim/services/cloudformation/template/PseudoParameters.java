// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;

/** The values of {@code AWS::Region} and the other pseudo parameters. */
public record PseudoParameters(String account, String region, String stackName, String stackId) {
  JsonNode value(String name) {
    String text =
        switch (name) {
          case "AWS::AccountId" -> account;
          case "AWS::Region" -> region;
          case "AWS::Partition" -> "aws";
          case "AWS::URLSuffix" -> "amazonaws.com";
          case "AWS::StackName" -> stackName;
          case "AWS::StackId" -> stackId;
          case "AWS::NoValue" -> null;
          case "AWS::NotificationARNs" -> "";
          default ->
              throw new TemplateException(
                  "Template format error: Unresolved resource dependencies [" + name + "]");
        };
    if (text == null) {
      return MissingNode.getInstance();
    }
    // Notifications are refused when a stack is made, so the list is always empty.
    return text.isEmpty()
        ? JsonNodeFactory.instance.arrayNode()
        : JsonNodeFactory.instance.textNode(text);
  }
}
