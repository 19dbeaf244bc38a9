// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import static dev.syncline.sim.graphql.execution.GraphqlFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.graphql.FieldCall;
import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.FieldOutcome;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SubscriptionOperationTest {
  private final GraphqlFixture api =
      new GraphqlFixture(
          """
          type Item { id: ID! name: String size: Int owner: Owner tags: [String!] }
          type Owner { id: ID! name: String }
          type Query { item: Item }
          type Mutation { put(id: ID!): Item }
          type Subscription {
            onPut(id: ID, name: String, size: Int = 3): Item
            onMust(id: ID!): Item!
          }
          """);

  private SubscriptionStart start(String query, String variables) {
    return api.engine()
        .subscribe(
            new GraphqlRequest(query, (ObjectNode) json(variables), null),
            GraphqlFixture.context(),
            api.access);
  }

  private SubscriptionOperation started(String query, String variables) {
    SubscriptionStart start = start(query, variables);
    if (start instanceof SubscriptionStart.Started live) {
      return live.operation();
    }
    throw new AssertionError(start.toString());
  }

  private String refused(String query, String variables) {
    return ((SubscriptionStart.Refused) start(query, variables)).errors().toString();
  }

  @Test
  void onlyGivenArgumentsCount() {
    SubscriptionOperation all = started("subscription { onPut { id } }", "{}");
    assertThat(all.field()).isEqualTo("onPut");
    assertThat(all.arguments()).isEqualTo(json("{}"));
    assertThat(started("subscription { onPut(id: 7, name: null) { id } }", "{}").arguments())
        .isEqualTo(json("{id: '7', name: null}"));
  }

  @Test
  void anUndefinedOptionalVariableCountsAsNull() {
    assertThat(started("subscription($id: ID) { onPut(id: $id) { id } }", "{}").arguments())
        .isEqualTo(json("{id: null}"));
    assertThat(started("subscription($id: ID) { onPut(id: $id) { id } }", "{id: 'a'}").arguments())
        .isEqualTo(json("{id: 'a'}"));
  }

  @Test
  void deliversTheOwnSelectionOfWhatTheMutatorSelected() {
    api.value("Mutation.put", "{id:'1',name:'A',size:3,owner:{id:'o',name:'O'},tags:['x']}");
    GraphqlResponse response =
        api.response("mutation { p: put(id: 1) { i: id size owner { id } } }", "{}");
    SubscriptionOperation mine =
        started("subscription { onPut { k: id name owner { id name __typename } tags } }", "{}");
    assertThat(mine.deliver(response.completed().get(0).payload()))
        .isEqualTo(
            json(
                "{data:{onPut:{k:'1',name:null,owner:{id:'o',name:null,__typename:'Owner'},"
                    + "tags:null}}}"));
  }

  @Test
  void aMissingNonNullFieldIsAnErrorAndANullParent() {
    ObjectNode shown =
        started("subscription { onPut { id name } }", "{}").deliver(json("{name:'A'}"));
    assertThat(shown.path("data")).isEqualTo(json("{onPut:null}"));
    assertThat(GraphqlFixture.messages(shown))
        .containsExactly(
            "Cannot return null for non-nullable type: 'ID' within parent 'Item' (/onPut/id)");
  }

  @Test
  void nestedResolversDoNotRunForSubscribers() {
    AtomicInteger runs = new AtomicInteger();
    api.resolve(
        "Item.owner",
        call -> {
          runs.incrementAndGet();
          return FieldOutcome.of(json("{id:'n'}"));
        });
    assertThat(
            started("subscription { onPut { id owner { id } } }", "{}")
                .deliver(json("{id:'1',owner:{id:'o'}}")))
        .isEqualTo(json("{data:{onPut:{id:'1',owner:{id:'o'}}}}"));
    assertThat(runs).hasValue(0);
  }

  @Test
  void equalSubscribersShareTheDeliveredObject() {
    String query = "subscription { onPut { id } }";
    var payload = json("{id:'1'}");
    assertThat(started(query, "{}").deliver(payload))
        .isSameAs(started(query, "{}").deliver(payload));
  }

  @Test
  void runsTheFieldsResolverOnceWithItsArguments() {
    AtomicReference<FieldCall> seen = new AtomicReference<>();
    api.resolve(
        "Subscription.onPut",
        call -> {
          seen.set(call);
          return FieldOutcome.of(NullNode.instance);
        });
    started("subscription { onPut(id: 1) { id name } }", "{}");
    assertThat(Objects.requireNonNull(seen.get()).arguments()).isEqualTo(json("{id:'1',size:3}"));
    assertThat(Objects.requireNonNull(seen.get()).selection().paths())
        .containsExactly("id", "name");
    assertThat(Objects.requireNonNull(seen.get()).parentType()).isEqualTo("Subscription");
  }

  @Test
  void aResolversErrorRefusesTheStart() {
    api.resolve(
        "Subscription.onPut",
        call -> FieldOutcome.failed(FieldError.unauthorized("Subscription", "onPut")));
    assertThat(refused("subscription { onPut { id } }", "{}"))
        .isEqualTo(
            "[{\"errorType\":\"Unauthorized\",\"message\":\"Not Authorized to access onPut on type"
                + " Subscription\"}]");
  }

  @Test
  void aResolversResultIsCheckedAgainstTheSelection() {
    api.value("Subscription.onPut", "{name:'A'}");
    assertThat(refused("subscription { onPut { id } }", "{}"))
        .isEqualTo(
            "[{\"message\":\"Cannot return null for non-nullable type: 'ID' within parent 'Item'"
                + " (/onPut/id)\"}]");
    started("subscription { onPut { name } }", "{}");
  }

  @Test
  void aNullResultStartsAlsoForANonNullField() {
    api.value("Subscription.onMust", "null");
    started("subscription { onMust(id: 1) { id } }", "{}");
  }

  @Test
  void aDeniedNestedFieldRefusesTheStart() {
    api.access = (type, field) -> !(type + "." + field).equals("Owner.name");
    assertThat(refused("subscription { onPut { id owner { name } } }", "{}"))
        .contains("Not Authorized to access name on type Owner");
  }

  @Test
  void otherDocumentsAreRefused() {
    assertThat(refused("query { item { id } }", "{}"))
        .isEqualTo(
            "[{\"errorType\":\"UnsupportedOperation\",\"message\":\" not supported through the"
                + " realtime channel\"}]");
    assertThat(refused("subscription { onPut { nope } }", "{}"))
        .startsWith("[{\"message\":\"Validation error of type FieldUndefined");
    assertThat(refused("subscription { onPut { id } onMust(id: 1) { id } }", "{}"))
        .contains("must have exactly one root field");
    assertThat(refused("subscription($x: ID!) { onMust(id: $x) { id } }", "{}"))
        .isEqualTo(
            "[{\"message\":\"Variable 'x' has coerced Null value for NonNull type 'ID!'\"}]");
  }

  @Test
  void conditionsOfTheRootFieldMayUseVariables() {
    String query =
        "subscription($b: Boolean!) { onPut @skip(if: $b) { id } onMust(id: 1) @include(if: $b)"
            + " { id } }";
    assertThat(started(query, "{b: true}").field()).isEqualTo("onMust");
    assertThat(started(query, "{b: false}").field()).isEqualTo("onPut");
    assertThat(refused("subscription($b: Boolean!) { onPut @skip(if: $b) { id } }", "{b: true}"))
        .contains("must have exactly one root field");
  }

  @Test
  void anIntrospectionFieldIsNoSubscription() {
    assertThat(refused("subscription { __typename }", "{}"))
        .contains("SubscriptionIntrospectionRootField");
  }
}
