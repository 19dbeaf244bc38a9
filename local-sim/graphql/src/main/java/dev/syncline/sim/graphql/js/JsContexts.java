// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.js;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.graphql.FieldCall;
import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.FieldSelection;
import dev.syncline.sim.graphql.RequestContext;
import dev.syncline.sim.graphql.resolver.ResolverContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Translates between {@link ResolverContext} and {@code ctx} of APPSYNC_JS. Stateless. */
final class JsContexts {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsContexts() {}

  /** {@code ctx}, except {@code args}, which the engine makes the same object as arguments. */
  static ObjectNode of(ResolverContext context) {
    FieldCall call = context.call();
    RequestContext request = context.request();
    ObjectNode json = NODES.objectNode();
    json.set("arguments", context.arguments());
    json.set("source", call.source());
    json.set("stash", context.stash());
    json.set("result", context.result());
    json.putObject("prev").set("result", context.previous());
    json.set("error", error(context.error()));
    ArrayNode outErrors = json.putArray("outErrors");
    context.added().forEach(added -> outErrors.add(outError(added)));
    json.set("identity", request.identity());
    ObjectNode http = json.putObject("request");
    http.set("headers", request.headers());
    http.put("domainName", request.domainName());
    json.set("env", request.environment());
    json.set("info", info(call));
    return json;
  }

  private static ObjectNode info(FieldCall call) {
    ObjectNode info = NODES.objectNode();
    info.put("fieldName", call.fieldName()).put("parentTypeName", call.parentType());
    info.set("variables", call.variables());
    FieldSelection selection = call.selection();
    ArrayNode paths = info.putArray("selectionSetList");
    selection.paths().forEach(paths::add);
    info.put("selectionSetGraphQL", selection.graphql());
    return info;
  }

  /** The item of a failed condition is not shown, as on AWS. */
  private static JsonNode error(@Nullable FieldError error) {
    return error == null
        ? NullNode.instance
        : NODES.objectNode().put("message", error.message()).put("type", error.errorType());
  }

  private static ObjectNode outError(FieldError error) {
    ObjectNode json = NODES.objectNode().put("message", error.message());
    if (error.errorType() != null) {
      json.put("errorType", error.errorType());
    }
    if (error.data() != null) {
      json.set("data", error.data());
    }
    if (error.errorInfo() != null) {
      json.set("errorInfo", error.errorInfo());
    }
    return json;
  }

  /** An error that the code raised or added. */
  static FieldError fieldError(JsonNode json) {
    return new FieldError(
        json.path("message").asText(""),
        json.hasNonNull("errorType") ? json.path("errorType").asText() : null,
        json.get("data"),
        json.get("errorInfo"));
  }

  /** Replaces the added errors by those that the code left. */
  static void added(ResolverContext context, ArrayNode outErrors) {
    List<FieldError> added = context.added();
    int before = Math.min(added.size(), outErrors.size());
    for (int index = before; index < outErrors.size(); index++) {
      added.add(fieldError(outErrors.get(index)));
    }
  }
}
