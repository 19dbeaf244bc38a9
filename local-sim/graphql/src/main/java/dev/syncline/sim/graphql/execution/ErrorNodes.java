// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.graphql.FieldError;
import graphql.language.SourceLocation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of errors. */
final class ErrorNodes {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ErrorNodes() {}

  /** An error of a document or a variable: without a path and a type. */
  static ObjectNode request(String message, @Nullable List<SourceLocation> locations) {
    ObjectNode error = NODES.objectNode();
    error.putNull("path");
    error.set("locations", locations(locations));
    return error.put("message", message);
  }

  /** An error of the engine at a place, such as a null that may not be. */
  static ObjectNode engine(Place place, String message) {
    ObjectNode error = NODES.objectNode();
    error.set("path", path(place));
    error.putNull("locations");
    return error.put("message", message);
  }

  /** An error of a resolver, with all keys. */
  static ObjectNode resolver(Place place, FieldError raised, @Nullable JsonNode data) {
    ObjectNode error = NODES.objectNode();
    error.set("path", path(place));
    error.set("data", data == null ? NODES.nullNode() : data);
    error.put("errorType", raised.errorType());
    error.set("errorInfo", raised.errorInfo() == null ? NODES.nullNode() : raised.errorInfo());
    SourceLocation location = place.field().nodes.get(0).getSourceLocation();
    error.set("locations", locations(location == null ? null : List.of(location)));
    return error.put("message", raised.message());
  }

  private static ArrayNode path(Place place) {
    ArrayNode path = NODES.arrayNode();
    for (Object segment : place.path()) {
      if (segment instanceof Integer index) {
        path.add((int) index);
      } else {
        path.add(segment.toString());
      }
    }
    return path;
  }

  private static JsonNode locations(@Nullable List<SourceLocation> locations) {
    if (locations == null) {
      return NODES.nullNode();
    }
    ArrayNode shown = NODES.arrayNode();
    for (SourceLocation location : locations) {
      shown
          .addObject()
          .put("line", location.getLine())
          .put("column", location.getColumn())
          .putNull("sourceName");
    }
    return shown;
  }
}
