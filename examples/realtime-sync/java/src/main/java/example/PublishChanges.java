// SPDX-License-Identifier: Apache-2.0
package example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * Publishes each change of the table to the subscribers of the GraphQL API.
 *
 * <p>The first record that fails ends the batch: the ones after it come again, in order.
 */
public final class PublishChanges
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> KINDS =
      Map.of("INSERT", "CREATED", "MODIFY", "UPDATED", "REMOVE", "DELETED");

  private final GraphqlClient api = new GraphqlClient(System.getenv("GRAPHQL_URL"));

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    for (JsonNode record : JSON.valueToTree(event).path("Records")) {
      try {
        api.publish(change(record));
      } catch (Exception failure) {
        context.getLogger().log("not published: " + failure);
        String position = record.at("/dynamodb/SequenceNumber").asText();
        return Map.of("batchItemFailures", List.of(Map.of("itemIdentifier", position)));
      }
    }
    return Map.of("batchItemFailures", List.of());
  }

  private static ObjectNode change(JsonNode record) {
    JsonNode images = record.path("dynamodb");
    JsonNode image = images.has("NewImage") ? images.path("NewImage") : images.path("OldImage");
    ObjectNode item = JSON.createObjectNode();
    for (Map.Entry<String, JsonNode> attribute : image.properties()) {
      JsonNode value = attribute.getValue();
      if (value.has("N")) {
        item.put(attribute.getKey(), value.path("N").asLong());
      } else if (value.has("S")) {
        item.put(attribute.getKey(), value.path("S").asText());
      }
    }
    ObjectNode change = JSON.createObjectNode();
    change.set("id", item.path("id"));
    change.put("kind", KINDS.get(record.path("eventName").asText()));
    change.set("item", item);
    return change;
  }
}
