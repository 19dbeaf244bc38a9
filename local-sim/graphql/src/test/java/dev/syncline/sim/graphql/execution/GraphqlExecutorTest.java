// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import static dev.syncline.sim.graphql.execution.GraphqlFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.FieldOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphqlExecutorTest {
  private final GraphqlFixture api =
      new GraphqlFixture(
          """
          interface Node { id: ID! }
          type User implements Node { id: ID! name: String friend: User posts: [Post!] }
          type Post implements Node { id: ID! title: String author: User }
          union Found = User | Post
          type Query {
            user(id: ID = "u0"): User
            users: [User]
            node: Node
            found: [Found]
            other: String
          }
          type Mutation { set(value: Int!): Int rename(name: String): User }
          type Subscription { onRename: User }
          schema { query: Query mutation: Mutation subscription: Subscription }
          """);

  @Test
  void executesAQueryWithAResolverAndPropertiesOfTheParent() {
    api.value("Query.user", "{id: 7, name: 'Ann', friend: {id: 'f', name: 'Bo'}}");
    assertThat(api.execute("{ me: user { n: name friend { name __typename } id } }"))
        .isEqualTo(
            json("{data: {me: {n: 'Ann', friend: {name: 'Bo', __typename: 'User'}, id: '7'}}}"));
  }

  @Test
  void aRootFieldWithoutAResolverIsNullWithoutError() {
    assertThat(api.execute("{ other user { id } }"))
        .isEqualTo(json("{data: {other: null, user: null}}"));
  }

  @Test
  void aNestedResolverGetsTheWholeParent() {
    api.value("Query.user", "{id: 'u1', name: 'Ann', secret: 5}")
        .resolve(
            "User.friend",
            call -> FieldOutcome.of(json("{id:'x',name:'" + call.source().get("secret") + "'}")));
    assertThat(api.data("{ user { friend { name } } }"))
        .isEqualTo(json("{user: {friend: {name: '5'}}}"));
  }

  @Test
  void batchesCallsOfOneLevelInGroups() {
    List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
    api.value("Query.users", "[{id:1},{id:2},{id:3},{id:4},{id:5}]")
        .batch(
            "User.name",
            2,
            calls -> {
              sizes.add(calls.size());
              return calls.stream()
                  .map(c -> FieldOutcome.of(TextNode.valueOf("n" + c.source().get("id"))))
                  .toList();
            });
    assertThat(api.data("{ users { name } }").at("/users/4/name").asText()).isEqualTo("n5");
    assertThat(sizes).containsExactlyInAnyOrder(2, 2, 1);
  }

  @Test
  void aBatchWaitsForAllCallsAboveItsLevel() {
    List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
    api.value("Query.users", "[{id:1},{id:2}]")
        .resolve("User.posts", call -> FieldOutcome.of(json("[{id:'a'},{id:'b'}]")))
        .batch(
            "Post.author",
            10,
            calls -> {
              sizes.add(calls.size());
              return Collections.nCopies(calls.size(), FieldOutcome.of(json("{id:'w'}")));
            });
    api.data("{ users { posts { author { id } } } }");
    assertThat(sizes).containsExactly(4);
  }

  @Test
  void mutationFieldsRunInSeries() {
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    api.resolve(
        "Mutation.set",
        call -> {
          order.add(call.arguments().get("value").asInt());
          return FieldOutcome.of(call.arguments().get("value"));
        });
    assertThat(api.data("mutation { a: set(value: 1) b: set(value: 2) c: set(value: 3) }"))
        .isEqualTo(json("{a: 1, b: 2, c: 3}"));
    assertThat(order).containsExactly(1, 2, 3);
  }

  @Test
  void abstractTypesComeFromTypename() {
    api.value("Query.found", "[{__typename:'User',id:1,name:'A'},{__typename:'Post',id:2}]");
    assertThat(api.data("{ found { __typename ... on User { name } ... on Node { id } } }"))
        .isEqualTo(
            json("{found:[{__typename:'User',name:'A',id:'1'},{__typename:'Post',id:'2'}]}"));
  }

  @Test
  void anAbstractValueWithoutTypenameIsAnError() {
    api.value("Query.node", "{id: 1}");
    assertThat(api.execute("{ node { id } }").at("/errors/0/message").asText())
        .contains("Could not determine the exact type of 'Node'");
  }

  @Test
  void skipAndIncludeFollowVariables() {
    api.value("Query.user", "{id: 1, name: 'A'}");
    String query = "query($x: Boolean!) { user { id @skip(if: $x) name @include(if: $x) } }";
    assertThat(api.execute(query, "{x: true}")).isEqualTo(json("{data:{user:{name:'A'}}}"));
    assertThat(api.execute(query, "{x: false}")).isEqualTo(json("{data:{user:{id:'1'}}}"));
  }

  @Test
  void aResolverErrorHasAllKeysAndDataBySelection() {
    api.resolve(
        "Query.user",
        call ->
            FieldOutcome.failed(
                new FieldError("no", "My", json("{id:'1',name:'A',x:2}"), json("{k:1}"))));
    assertThat(api.execute("{\n  user { n: name }\n}"))
        .isEqualTo(
            json(
                "{data:{user:null},errors:[{path:['user'],data:{n:'A'},errorType:'My',"
                    + "errorInfo:{k:1},locations:[{line:2,column:3,sourceName:null}],"
                    + "message:'no'}]}"));
  }

  @Test
  void completedMutationsHaveNamesInPlaceOfAliases() {
    api.value("Mutation.rename", "{id:1,name:'A',friend:{id:2,name:'B'}}");
    GraphqlResponse response =
        api.response("mutation { r: rename { n: name f: friend { i: id } } }", "{}");
    assertThat(response.completed()).hasSize(1);
    CompletedMutation completed = response.completed().get(0);
    assertThat(completed.field()).isEqualTo("rename");
    assertThat(completed.delivers()).isTrue();
    assertThat(completed.payload())
        .isEqualTo(json("{__typename:'User',name:'A',friend:{__typename:'User',id:'2'}}"));
  }

  @Test
  void introspectionWorks() {
    assertThat(api.data("{ __type(name: \"User\") { name } __typename }"))
        .isEqualTo(json("{__type:{name:'User'},__typename:'Query'}"));
  }

  @Test
  void introspectionLeavesOutWhatAppSyncDoesNotKnow() {
    assertThat(api.data("{ __schema { directives { name } } }").findValuesAsText("name"))
        .contains("skip", "include")
        .doesNotContain("defer", "oneOf", "experimental_disableErrorPropagation");
  }

  @Test
  void introspectionTakesVariablesAndFragments() {
    assertThat(
            api.execute(
                "query($n: String!) { t: __type(name: $n) { ...F } } fragment F on __Type { kind }",
                "{n: 'Node'}"))
        .isEqualTo(json("{data:{t:{kind:'INTERFACE'}}}"));
  }

  @Test
  void aSubscriptionOverHttpIsRefused() {
    GraphqlResponse response = api.response("subscription { onRename { id } }", "{}");
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body().at("/errors/0/errorType").asText()).isEqualTo("BadRequestException");
  }
}
