// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.RequestEffects.Effect;
import dev.syncline.sim.graphql.resolver.JavaValues;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code $util.http}. Stateless. */
final class HttpFunctions {
  /** The size of all names and values together, in characters. */
  private static final int MAX_SIZE = 4096;

  /** Headers of the connection, which are not passed on. */
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "transfer-encoding",
          "connection",
          "host",
          "expect",
          "keep-alive",
          "upgrade",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "content-length");

  /** Headers of the answer that AppSync writes itself. */
  private static final Set<String> OF_THE_ANSWER =
      Set.of(
          "access-control-allow-credentials",
          "access-control-allow-origin",
          "access-control-expose-headers",
          "access-control-max-age",
          "access-control-allow-methods",
          "access-control-allow-headers",
          "vary",
          "content-type");

  static final FunctionTable TABLE =
      new FunctionTable("$util.http")
          .add("copyHeaders", (run, in) -> copied(in.get(0)), Map.class)
          .add(
              "addResponseHeader",
              (run, in) -> header(run, in.needed(0), in.get(1)),
              String.class,
              Object.class)
          .add(
              "addResponseHeaders",
              (run, in) -> {
                if (in.get(0) instanceof Map<?, ?> headers) {
                  headers.forEach((name, value) -> header(run, String.valueOf(name), value));
                }
                return UtilFunctions.NOTHING;
              },
              Map.class);

  private HttpFunctions() {}

  private static Map<String, @Nullable Object> copied(@Nullable Object headers) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    if (headers instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> header : map.entrySet()) {
        String name = String.valueOf(header.getKey());
        if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
          copy.put(name, header.getValue());
        }
      }
    }
    return copy;
  }

  private static String header(TemplateRun run, String name, @Nullable Object value) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.isEmpty()
        || HOP_BY_HOP.contains(lower)
        || OF_THE_ANSWER.contains(lower)
        || lower.startsWith("x-amz-")
        || lower.startsWith("x-amzn-")) {
      return refused(run, "The response header " + name + " is restricted.");
    }
    if (value == null) {
      return refused(run, "The response header " + name + " has no value.");
    }
    String text = value instanceof String plain ? plain : JavaValues.text(value);
    if (size(run) + name.length() + text.length() > MAX_SIZE) {
      return refused(run, "The response headers are larger than " + MAX_SIZE + " bytes.");
    }
    return ExtensionFunctions.effect(run, new Effect.ResponseHeader(name, text));
  }

  /** The characters of all headers of the request so far; one that is set twice counts twice. */
  private static int size(TemplateRun run) {
    int size = 0;
    for (Effect effect : run.context().request().effects().all()) {
      if (effect instanceof Effect.ResponseHeader header) {
        size += header.name().length() + header.value().length();
      }
    }
    return size;
  }

  private static String refused(TemplateRun run, String message) {
    UtilFunctions.append(run, FieldError.of("ResponseHeaderError", message));
    return UtilFunctions.NOTHING;
  }
}
