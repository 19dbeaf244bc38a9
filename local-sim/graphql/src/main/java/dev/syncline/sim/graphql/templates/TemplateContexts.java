// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.graphql.FieldCall;
import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.RequestContext;
import dev.syncline.sim.graphql.resolver.JavaValues;
import dev.syncline.sim.graphql.resolver.ResolverContext;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code $ctx} as templates have it. Stateless. */
final class TemplateContexts {
  private TemplateContexts() {}

  /** The context of one rendering; its members are converted when the template reads them. */
  static LazyMap of(ResolverContext context) {
    RequestContext request = context.request();
    return new LazyMap()
        .later("arguments", context::argumentsMap)
        .hidden("args", context::argumentsMap)
        .later("identity", () -> JavaValues.of(request.identity()))
        .later("source", context::sourceValue)
        .later("result", () -> JavaValues.of(context.result()))
        .later("request", () -> request(request))
        .later("info", () -> info(context.call()))
        .later("error", () -> error(context.error()))
        .later("prev", () -> previous(context))
        .later("stash", context::stashMap)
        .later("outErrors", () -> errors(context.added()))
        .later("env", () -> JavaValues.of(request.environment()));
  }

  static Map<String, @Nullable Object> request(RequestContext request) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("headers", JavaValues.of(request.headers()));
    map.put("domainName", request.domainName());
    return map;
  }

  /** {@code $ctx.info}; what is selected is found by name, but not written by {@code toJson}. */
  private static LazyMap info(FieldCall call) {
    return new LazyMap()
        .later("fieldName", call::fieldName)
        .later("parentTypeName", call::parentType)
        .later("variables", () -> JavaValues.of(call.variables()))
        .hidden("selectionSetList", () -> new ArrayList<>(call.selection().paths()))
        .hidden("selectionSetGraphQL", () -> call.selection().graphql());
  }

  static @Nullable Map<String, @Nullable Object> previous(ResolverContext context) {
    if (!context.hasPrevious()) {
      return null;
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("result", JavaValues.of(context.previous()));
    return map;
  }

  private static @Nullable Map<String, @Nullable Object> error(@Nullable FieldError error) {
    if (error == null) {
      return null;
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("message", error.message());
    map.put("type", error.errorType());
    return map;
  }

  /** {@code $ctx.outErrors}, which shows errors that are added later too. */
  static List<@Nullable Object> errors(List<FieldError> errors) {
    return new AbstractList<>() {
      @Override
      public Object get(int index) {
        FieldError error = errors.get(index);
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("message", error.message());
        map.put("type", error.errorType());
        map.put("data", value(error.data()));
        map.put("errorInfo", value(error.errorInfo()));
        return map;
      }

      @Override
      public int size() {
        return errors.size();
      }
    };
  }

  private static @Nullable Object value(@Nullable JsonNode node) {
    return node == null ? null : JavaValues.of(node);
  }
}
