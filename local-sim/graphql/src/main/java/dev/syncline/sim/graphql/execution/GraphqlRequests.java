// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads GraphQL requests from HTTP bodies and query parameters. */
public final class GraphqlRequests {
  /** Bytes of a body at most. */
  public static final int MAX_BODY_BYTES = 1_048_576;

  private static final int MAX_JSON_DEPTH = 200;

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_JSON_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private GraphqlRequests() {}

  /** A request or its refusal. */
  public sealed interface Parsed {
    /** A request that can be executed. */
    record Accepted(GraphqlRequest request) implements Parsed {}

    /** A request that is answered at once. */
    record Refused(GraphqlRefusal refusal) implements Parsed {}
  }

  /** Reads the body of {@code POST /graphql}; any content type is accepted. */
  public static Parsed post(byte[] body) {
    if (body.length > MAX_BODY_BYTES) {
      return new Parsed.Refused(
          new GraphqlRefusal(
              413,
              "RequestEntityTooLargeException",
              "The request is larger than " + MAX_BODY_BYTES + " bytes."));
    }
    if (isBlank(body)) {
      return new Parsed.Refused(GraphqlRefusal.EMPTY_BODY);
    }
    try {
      return read(JSON.readTree(body));
    } catch (IOException notJson) {
      return new Parsed.Refused(GraphqlRefusal.UNPARSABLE);
    }
  }

  /** Reads the parameters of {@code GET /graphql}: query, variables and operationName. */
  public static Parsed get(Map<String, String> parameters) {
    String query = parameters.get("query");
    if (query == null || query.isBlank()) {
      return new Parsed.Refused(GraphqlRefusal.EMPTY_BODY);
    }
    ObjectNode request = JsonNodeFactory.instance.objectNode().put("query", query);
    String variables = parameters.get("variables");
    String name = parameters.get("operationName");
    try {
      if (variables != null && !variables.isBlank()) {
        request.set("variables", JSON.readTree(variables));
      }
    } catch (JsonProcessingException notJson) {
      return new Parsed.Refused(GraphqlRefusal.UNPARSABLE);
    }
    if (name != null && !name.isEmpty()) {
      request.put("operationName", name);
    }
    return read(request);
  }

  /** Reads {@code {query, variables?, operationName?}}, such as the data of a start frame. */
  public static Parsed read(@Nullable JsonNode document) {
    JsonNode query = document == null ? null : document.get("query");
    if (document == null || query == null || !query.isTextual() || query.asText().isBlank()) {
      return new Parsed.Refused(GraphqlRefusal.UNPARSABLE);
    }
    JsonNode variables = document.path("variables");
    JsonNode name = document.path("operationName");
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    if (variables instanceof ObjectNode given) {
      values = given;
    } else if (!variables.isMissingNode() && !variables.isNull()) {
      return new Parsed.Refused(GraphqlRefusal.UNPARSABLE);
    }
    if (!name.isMissingNode() && !name.isNull() && !name.isTextual()) {
      return new Parsed.Refused(GraphqlRefusal.UNPARSABLE);
    }
    String operation = name.isTextual() && !name.asText().isEmpty() ? name.asText() : null;
    return new Parsed.Accepted(new GraphqlRequest(query.asText(), values, operation));
  }

  private static boolean isBlank(byte[] body) {
    for (byte b : body) {
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return true;
  }
}
