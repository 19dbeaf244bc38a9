// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.js;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.RequestEffects;
import dev.syncline.sim.graphql.RequestEffects.Effect;
import dev.syncline.sim.graphql.resolver.ResolverContext;
import dev.syncline.sim.handlers.HandlerTraces;
import java.nio.charset.StandardCharsets;

/** Applies what a call of code left behind to the context and to the request. Stateless. */
final class JsTraces {
  /** Names and values of all response headers of a request, in bytes. */
  static final int MAX_HEADER_BYTES = 4096;

  private static final String SEPARATOR = " - ";

  private JsTraces() {}

  static void apply(HandlerTraces traces, ResolverContext context) {
    if (traces.completed()) {
      context.arguments(traces.arguments());
      context.stash(traces.stash());
      JsContexts.added(context, traces.outErrors());
    }
    traces.logs().forEach(line -> log(context, line));
    traces.effects().forEach(effect -> effect(effect, context));
  }

  /** A line such as {@code INFO - code.js:3:5: "text"}. */
  static void log(ResolverContext context, String line) {
    int end = line.indexOf(SEPARATOR);
    String level = end < 0 ? "INFO" : line.substring(0, end);
    String text = end < 0 ? line : line.substring(end + SEPARATOR.length());
    context
        .request()
        .effects()
        .add(new Effect.LogLine(level.equals("WARN") ? "INFO" : level, text));
  }

  private static void effect(JsonNode effect, ResolverContext context) {
    RequestEffects effects = context.request().effects();
    String kind = effect.path("kind").asText();
    JsonNode value = effect.path("value");
    switch (kind) {
      case "header" -> header(effect.path("name").asText(), value.asText(), context);
      case "evict" ->
          effects.add(
              new Effect.CacheEviction(
                  effect.path("type").asText(),
                  effect.path("field").asText(),
                  effect.path("keys")));
      case "filter" -> effects.add(new Effect.SubscriptionFilter(value));
      case "invalidationFilter" -> effects.add(new Effect.InvalidationFilter(value));
      case "invalidation" -> effects.add(new Effect.Invalidation(value));
      default -> throw new IllegalStateException("the engine reported the effect " + kind);
    }
  }

  private static void header(String name, String value, ResolverContext context) {
    RequestEffects effects = context.request().effects();
    int size = bytes(name) + bytes(value);
    for (Effect earlier : effects.all()) {
      if (earlier instanceof Effect.ResponseHeader header) {
        size += bytes(header.name()) + bytes(header.value());
      }
    }
    if (size > MAX_HEADER_BYTES) {
      context
          .added()
          .add(
              FieldError.of(
                  "ResponseHeaderError",
                  "The response header " + name + " exceeds the limit of 4 KB for all headers."));
    } else {
      effects.add(new Effect.ResponseHeader(name, value));
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
