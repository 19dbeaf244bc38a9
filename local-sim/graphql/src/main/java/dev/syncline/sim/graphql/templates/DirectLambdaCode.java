// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.resolver.Evaluation;
import dev.syncline.sim.graphql.resolver.JavaValues;
import dev.syncline.sim.graphql.resolver.ResolverContext;
import dev.syncline.sim.graphql.resolver.StepCode;
import java.util.Set;

/**
 * What resolvers without templates do: the function gets the whole context, and its result is the
 * value. Stateless.
 *
 * @param batched whether contexts are sent in lists
 */
record DirectLambdaCode(boolean batched) implements StepCode {
  private static final Set<String> ITEM = Set.of("data", "errorMessage", "errorType", "errorInfo");

  @Override
  public boolean mayBatch() {
    return batched;
  }

  @Override
  public Evaluation request(ResolverContext context) {
    ObjectNode document = JavaValues.object();
    document.put("version", "2018-05-29");
    document.put("operation", batched ? "BatchInvoke" : "Invoke");
    document.set("payload", payload(context));
    return new Evaluation.Produced(document);
  }

  private static JsonNode payload(ResolverContext context) {
    ObjectNode payload = JavaValues.object();
    payload.set("arguments", context.arguments().deepCopy());
    payload.set("identity", context.request().identity());
    payload.set("source", context.call().source());
    payload.set("request", JavaValues.json(TemplateContexts.request(context.request())));
    payload.set("prev", JavaValues.json(TemplateContexts.previous(context)));
    ObjectNode info = payload.putObject("info");
    info.set("selectionSetList", JavaValues.json(context.call().selection().paths()));
    info.put("selectionSetGraphQL", context.call().selection().graphql());
    info.put("fieldName", context.call().fieldName());
    info.put("parentTypeName", context.call().parentType());
    info.set("variables", context.call().variables());
    payload.set("stash", context.stash().deepCopy());
    return payload;
  }

  @Override
  public Evaluation response(ResolverContext context) {
    FieldError error = context.error();
    JsonNode result = context.result();
    if (error != null) {
      return new Evaluation.Raised(
          new FieldError(error.message(), error.errorType(), result, error.errorInfo()));
    }
    if (!batched || !isItem(result)) {
      return new Evaluation.Produced(result);
    }
    JsonNode data = result.has("data") ? result.get("data") : NullNode.instance;
    if (result.hasNonNull("errorMessage") || result.hasNonNull("errorType")) {
      return new Evaluation.Raised(
          new FieldError(
              result.path("errorMessage").asText(""),
              result.hasNonNull("errorType") ? result.get("errorType").asText() : null,
              data,
              result.get("errorInfo")),
          data);
    }
    return new Evaluation.Produced(data);
  }

  /** Whether an answer to one of a list of contexts tells its data or error by name. */
  private static boolean isItem(JsonNode answer) {
    return answer.isObject()
        && !answer.isEmpty()
        && answer.properties().stream().allMatch(member -> ITEM.contains(member.getKey()));
  }
}
