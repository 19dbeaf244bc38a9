// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.RequestEffects;
import java.util.List;
import java.util.Optional;

/**
 * The calls of {@code invalidateSubscriptions} in one request. A request may have {@link
 * #MAX_CALLS} different calls, but AppSync was seen to carry out the last one only (issue 223 of
 * its community).
 */
public final class Invalidations {
  /** How many different calls a request may have. */
  public static final int MAX_CALLS = 5;

  private Invalidations() {}

  /**
   * What to end.
   *
   * @param field the subscription field
   * @param payload what the invalidation filters of its subscriptions look at
   */
  public record Invalidation(String field, JsonNode payload) {}

  /** The error of a request with too many calls; empty if it has not. */
  public static Optional<FieldError> tooMany(RequestEffects effects) {
    return calls(effects).stream().distinct().count() <= MAX_CALLS
        ? Optional.empty()
        : Optional.of(
            FieldError.of(
                "BadRequestException",
                "A request may call invalidateSubscriptions at most " + MAX_CALLS + " times"));
  }

  /** What a request ends; empty also when it has too many calls. */
  public static Optional<Invalidation> of(RequestEffects effects) {
    List<JsonNode> calls = calls(effects);
    if (calls.isEmpty() || tooMany(effects).isPresent()) {
      return Optional.empty();
    }
    JsonNode last = calls.getLast();
    String field = last.path("subscriptionField").asText();
    return field.isEmpty()
        ? Optional.empty()
        : Optional.of(new Invalidation(field, last.path("payload")));
  }

  private static List<JsonNode> calls(RequestEffects effects) {
    return effects.all().stream()
        .filter(RequestEffects.Effect.Invalidation.class::isInstance)
        .map(RequestEffects.Effect.Invalidation.class::cast)
        .map(RequestEffects.Effect.Invalidation::request)
        .toList();
  }
}
