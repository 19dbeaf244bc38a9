// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.subscription;

import static dev.syncline.sim.graphql.subscription.Nodes.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.graphql.RequestEffects;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which subscriptions an event finds, and which share a payload. */
class SubscriptionIndexTest {
  private final SubscriptionIndex<String, String> index = new SubscriptionIndex<>();

  @Test
  void equalTermsShareOneGroupAndItsOperation() {
    index.add(terms("a", "1", null), () -> "first", "s1");
    index.add(terms("a", "1", null), () -> "second", "s2");
    index.add(terms("b", "1", null), () -> "third", "s3");

    assertThat(index.size()).isEqualTo(2);
    SubscriptionTerms known = index.shared(terms("a", "1", null));
    assertThat(index.shared(terms("a", "1", null))).isSameAs(known);
    assertThat(index.matching("createX", json("{'id':'1'}")))
        .extracting(SubscriptionGroup::operation, SubscriptionGroup::members)
        .containsExactlyInAnyOrder(
            tuple("first", List.of("s1", "s2")), tuple("third", List.of("s3")));
    assertThat(index.matching("createX", json("{'id':'2'}"))).isEmpty();
    assertThat(index.matching("deleteX", json("{'id':'1'}"))).isEmpty();
  }

  @Test
  void removedSubscriptionsLeaveNothingBehind() {
    SubscriptionTerms terms = terms("a", "1", filter());
    index.add(terms, () -> "first", "s1");
    index.add(terms, () -> "first", "s2");
    index.remove(terms, "s1");
    assertThat(index.hasSubscriptions("createX")).isTrue();
    assertThat(index.invalidated("onX", json("{'f':1}"))).hasSize(1);

    index.remove(terms, "s2");
    index.remove(terms, "s2");
    assertThat(index.size()).isZero();
    assertThat(index.hasSubscriptions("createX")).isFalse();
    assertThat(index.invalidated("onX", json("{'f':1}"))).isEmpty();
  }

  @Test
  void anInvalidationEndsTheSubscriptionsWhoseFilterItMatches() {
    index.add(terms("a", "1", filter()), () -> "first", "s1");
    index.add(terms("b", "1", null), () -> "second", "s2");

    assertThat(index.invalidated("onX", json("{'f':1}")))
        .flatExtracting(SubscriptionGroup::members)
        .containsExactly("s1");
    assertThat(index.invalidated("onX", json("{'f':2}"))).isEmpty();
    assertThat(index.invalidated("onY", json("{'f':1}"))).isEmpty();
  }

  @Test
  void theLastOfAtMostFiveInvalidationsCounts() {
    var effects = new RequestEffects();
    for (int i = 0; i < 5; i++) {
      effects.add(
          new RequestEffects.Effect.Invalidation(
              json("{'subscriptionField':'on" + i + "','payload':{}}")));
    }
    assertThat(Invalidations.tooMany(effects)).isEmpty();
    assertThat(Invalidations.of(effects))
        .contains(new Invalidations.Invalidation("on4", json("{}")));

    effects.add(
        new RequestEffects.Effect.Invalidation(json("{'subscriptionField':'on9','payload':{}}")));
    assertThat(Invalidations.tooMany(effects)).isPresent();
    assertThat(Invalidations.of(effects)).isEmpty();
  }

  private static EnhancedFilter filter() {
    try {
      return EnhancedFilter.parse(
              json(
                  "{'filterGroup':[{'filters':"
                      + "[{'fieldName':'f','operator':'eq','value':1}]}]}"))
          .orElseThrow();
    } catch (InvalidFilterException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SubscriptionTerms terms(
      String access, String id, @Nullable EnhancedFilter invalidation) {
    Map<String, JsonNode> arguments = Map.of("id", json("'" + id + "'"));
    ObjectNode variables = JsonNodeFactory.instance.objectNode().put("id", id);
    return new SubscriptionTerms(
        "onX",
        List.of("createX", "updateX"),
        "subscription($id: ID) { onX(id: $id) { id } }",
        variables,
        null,
        access,
        new ArgumentFilter(arguments),
        invalidation);
  }
}
