// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.syncline.sim.service.Json;
import java.util.Map;

/** The policy of a REST API as it is kept: resources are whole, and a list of one is its item. */
final class ApiPolicy {
  private static final String SHORT = "execute-api:/";

  private ApiPolicy() {}

  /**
   * The policy with whole resources; a text that is no JSON stays.
   *
   * @param apiArn such as {@code arn:aws:execute-api:us-east-1:111111111111:a1b2c3}
   */
  static String whole(String policy, String apiArn) {
    try {
      if (!(Json.MAPPER.readTree(policy) instanceof ObjectNode document)) {
        return policy;
      }
      JsonNode statements = document.path("Statement");
      if (statements instanceof ObjectNode one) {
        expand(one, apiArn);
      } else {
        statements.forEach(
            statement -> {
              if (statement instanceof ObjectNode one) {
                expand(one, apiArn);
              }
            });
      }
      return Json.write(document);
    } catch (JsonProcessingException noJson) {
      return policy;
    }
  }

  private static void expand(ObjectNode statement, String apiArn) {
    for (String member : new String[] {"Resource", "NotResource"}) {
      JsonNode resources = statement.path(member);
      if (resources.isTextual()) {
        statement.put(member, expanded(resources.asText(), apiArn));
      } else if (resources instanceof ArrayNode list) {
        for (int i = 0; i < list.size(); i++) {
          list.set(i, TextNode.valueOf(expanded(list.get(i).asText(), apiArn)));
        }
      }
    }
    if (statement.get("Principal") instanceof ObjectNode principals) {
      for (Map.Entry<String, JsonNode> principal : principals.properties()) {
        if (principal.getValue().isArray() && principal.getValue().size() == 1) {
          principal.setValue(principal.getValue().get(0));
        }
      }
    }
  }

  private static String expanded(String resource, String apiArn) {
    return resource.startsWith(SHORT) ? apiArn + resource.substring(SHORT.length() - 1) : resource;
  }
}
