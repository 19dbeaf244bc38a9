// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.graphql.FieldCall;
import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.FieldSelection;
import dev.syncline.sim.graphql.RequestContext;
import dev.syncline.sim.graphql.RequestEffects;
import dev.syncline.sim.graphql.RequestEffects.Effect;
import dev.syncline.sim.graphql.resolver.Evaluation;
import dev.syncline.sim.graphql.resolver.JavaValues;
import dev.syncline.sim.graphql.resolver.ResolverContext;
import dev.syncline.sim.vtl.TemplateException;
import dev.syncline.sim.vtl.TemplateResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code EvaluateMappingTemplate} answers: a template is rendered with a context, and nothing
 * else happens.
 *
 * @param result what it rendered, or the JSON of what it returned; null when it failed
 * @param error the message when it failed; else null
 * @param logs the lines of {@code $util.log}
 * @param stash {@code $ctx.stash} afterwards
 * @param outErrors appended errors
 */
public record TemplateEvaluation(
    @Nullable String result,
    @Nullable String error,
    List<String> logs,
    ObjectNode stash,
    ArrayNode outErrors) {

  /**
   * Renders a template.
   *
   * @param context any of the members of {@code $ctx}; missing ones are empty
   * @param authType the value of {@code $util.authType()}
   */
  public static TemplateEvaluation of(
      ResolverTemplates templates, String template, ObjectNode context, String authType) {
    var effects = new RequestEffects();
    ResolverContext made = context(context, authType, effects);
    String result = null;
    String error = null;
    try {
      result =
          switch (templates.render(template, made)) {
            case TemplateResult.Rendered rendered -> rendered.text();
            case TemplateResult.Returned returned ->
                returned.value() instanceof String text ? text : JavaValues.text(returned.value());
          };
    } catch (RaisedAbort raised) {
      error = message(raised.evaluation());
    } catch (TemplateException failed) {
      error = TemplateTexts.of(failed);
    } catch (IllegalArgumentException tooDeep) {
      error = TemplateTexts.TRANSFORMING + ": " + tooDeep.getMessage();
    }
    return new TemplateEvaluation(
        result, error, logs(effects), made.stash(), outErrors(made.added()));
  }

  private static String message(Evaluation evaluation) {
    return evaluation instanceof Evaluation.Raised raised
        ? raised.error().message()
        : "Unauthorized";
  }

  private static List<String> logs(RequestEffects effects) {
    List<String> logs = new ArrayList<>();
    for (Effect effect : effects.all()) {
      if (effect instanceof Effect.LogLine line) {
        logs.add(line.text());
      }
    }
    return logs;
  }

  private static ArrayNode outErrors(List<FieldError> errors) {
    ArrayNode list = JavaValues.MAPPER.createArrayNode();
    for (FieldError error : errors) {
      ObjectNode shown = list.addObject().put("message", error.message());
      shown.put("errorType", error.errorType());
      shown.set("data", error.data());
      shown.set("errorInfo", error.errorInfo());
    }
    return list;
  }

  private static ResolverContext context(
      ObjectNode given, String authType, RequestEffects effects) {
    JsonNode request = given.path("request");
    JsonNode info = given.path("info");
    var call =
        new FieldCall(
            info.path("parentTypeName").asText(""),
            info.path("fieldName").asText(""),
            object(given.has("arguments") ? given.path("arguments") : given.path("args")),
            value(given.path("source")),
            List.of(),
            object(info.path("variables")),
            selection(info));
    var made =
        new ResolverContext(
            call,
            new RequestContext(
                "",
                authType,
                value(given.path("identity")),
                object(request.path("headers")),
                request.hasNonNull("domainName") ? request.path("domainName").asText() : null,
                object(given.path("env")),
                effects));
    made.stash(object(given.path("stash")));
    if (given.hasNonNull("prev")) {
      made.previous(value(given.path("prev").path("result")));
    }
    JsonNode error = given.path("error");
    FieldError failure =
        error.isObject()
            ? FieldError.of(
                error.hasNonNull("type") ? error.path("type").asText() : null,
                error.path("message").asText(""))
            : null;
    made.result(value(given.path("result")), failure);
    return made;
  }

  private static ObjectNode object(JsonNode node) {
    return node instanceof ObjectNode object ? object.deepCopy() : JavaValues.object();
  }

  private static JsonNode value(JsonNode node) {
    return node.isMissingNode() ? NullNode.instance : node;
  }

  private static FieldSelection selection(JsonNode info) {
    List<String> paths = new ArrayList<>();
    info.path("selectionSetList").forEach(path -> paths.add(path.asText()));
    return new FieldSelection() {
      @Override
      public List<String> paths() {
        return paths;
      }

      @Override
      public String graphql() {
        return info.path("selectionSetGraphQL").asText("");
      }
    };
  }
}
