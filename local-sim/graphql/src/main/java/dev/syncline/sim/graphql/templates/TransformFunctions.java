// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import dev.syncline.sim.graphql.resolver.JavaValues;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code $util.transform}. A filter that cannot be written gives null, as on AWS. Stateless. */
final class TransformFunctions {
  static final FunctionTable TABLE = table();

  private TransformFunctions() {}

  private static FunctionTable table() {
    var table = new FunctionTable("$util.transform");
    for (String name : List.of("toDynamoDBFilterExpression", "toDynamoDBConditionExpression")) {
      table
          .add(name, (run, in) -> expression(in.get(0), List.of()), Map.class)
          .add(name, (run, in) -> expression(in.get(0), list(in.get(1))), Map.class, List.class);
    }
    return table
        .add(
            "toElasticsearchQueryDSL",
            (run, in) -> orNull(() -> JavaValues.text(Filters.search(in.get(0)))),
            Map.class)
        .add(
            "toSubscriptionFilter",
            (run, in) -> orNull(() -> Filters.subscription(in.get(0), List.of(), null)),
            Map.class)
        .add(
            "toSubscriptionFilter",
            (run, in) -> orNull(() -> Filters.subscription(in.get(0), list(in.get(1)), null)),
            Map.class,
            List.class)
        .add(
            "toSubscriptionFilter",
            (run, in) -> orNull(() -> Filters.subscription(in.get(0), list(in.get(1)), in.get(2))),
            Map.class,
            List.class,
            Map.class);
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static @Nullable Object expression(@Nullable Object filter, List<?> ignored) {
    return orNull(() -> JavaValues.text(FilterExpression.of(filter, ignored)));
  }

  /** Writes a filter. */
  @FunctionalInterface
  private interface Writing {
    Object write() throws UnwritableException;
  }

  private static @Nullable Object orNull(Writing writing) {
    try {
      return writing.write();
    } catch (UnwritableException unwritable) {
      return null;
    }
  }
}
