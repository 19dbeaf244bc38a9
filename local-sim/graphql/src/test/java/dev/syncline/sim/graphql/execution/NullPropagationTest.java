// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import static dev.syncline.sim.graphql.execution.GraphqlFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.FieldOutcome;
import org.junit.jupiter.api.Test;

class NullPropagationTest {
  private final GraphqlFixture api =
      new GraphqlFixture(
          """
          enum E { A }
          type Query { a: A must: A! list: [A!] items: [A] conn: Conn nums: [Int] }
          type Conn { items: [A]! }
          type A {
            id: ID! n: Int! s: String e: E b: Boolean f: Float d: AWSDateTime j: AWSJSON
            a: A deep: A! l: [Int!] strict: [Int!]! nn: Int
          }
          """);

  @Test
  void aNullBubblesToTheNearestNullableAncestorAndEverySiblingIsReported() {
    api.value("Query.a", "{s:'x',a:{s:'y'}}");
    ObjectNode body = api.execute("{ a { s a { id n s } } }");
    assertThat(body.get("data")).isEqualTo(json("{a:{s:'x',a:null}}"));
    assertThat(body.get("errors"))
        .isEqualTo(
            json(
                "[{path:['a','a','id'],locations:null,message:\"Cannot return null for"
                    + " non-nullable type: 'ID' within parent 'A' (/a/a/id)\"},"
                    + "{path:['a','a','n'],locations:null,message:\"Cannot return null for"
                    + " non-nullable type: 'Int' within parent 'A' (/a/a/n)\"}]"));
  }

  @Test
  void aRequiredRootMakesTheDataNull() {
    ObjectNode body = api.execute("{ must { s } }");
    assertThat(body.get("data")).isEqualTo(NullNode.instance);
    assertThat(GraphqlFixture.messages(body))
        .containsExactly(
            "Cannot return null for non-nullable type: 'A' within parent 'Query' (/must)");
  }

  @Test
  void anElementOfAListThatMayNotBeNullMakesTheListNull() {
    api.value("Query.list", "[{id:1},null,{s:'q'}]");
    ObjectNode body = api.execute("{ list { id } }");
    assertThat(body.get("data")).isEqualTo(json("{list:null}"));
    assertThat(GraphqlFixture.messages(body))
        .containsExactly(
            "Cannot return null for non-nullable type: 'A' within parent 'null' (/list[1])",
            "Cannot return null for non-nullable type: 'ID' within parent 'A' (/list[2]/id)");
    assertThat(body.at("/errors/1/path")).isEqualTo(json("['list',2,'id']"));
  }

  @Test
  void aNullableElementTakesTheNull() {
    api.value("Query.items", "[{id:1},{s:'q'}]");
    assertThat(api.execute("{ items { id } }").get("data"))
        .isEqualTo(json("{items:[{id:'1'},null]}"));
  }

  @Test
  void aRequiredListIsNamedNull() {
    api.value("Query.conn", "{}");
    assertThat(api.messages("{ conn { items { id } } }"))
        .containsExactly(
            "Cannot return null for non-nullable type: 'null' within parent 'Conn' (/conn/items)");
  }

  @Test
  void aLateResolverBubblesToo() {
    api.value("Query.a", "{id:1}")
        .resolve("A.deep", call -> FieldOutcome.of(json("{s:'z'}")))
        .resolve("A.n", call -> FieldOutcome.failed(FieldError.of("Bad", "no n")));
    ObjectNode body = api.execute("{ a { id deep { id n } } }");
    assertThat(body.get("data")).isEqualTo(json("{a:null}"));
    assertThat(GraphqlFixture.messages(body))
        .containsExactly(
            "Cannot return null for non-nullable type: 'ID' within parent 'A' (/a/deep/id)",
            "no n");
  }

  @Test
  void aFailedFieldHasOneErrorOnly() {
    api.resolve("Query.must", call -> FieldOutcome.failed(FieldError.of("Bad", "broken")));
    ObjectNode body = api.execute("{ must { id } }");
    assertThat(body.get("data")).isEqualTo(NullNode.instance);
    assertThat(GraphqlFixture.messages(body)).containsExactly("broken");
  }

  @Test
  void aValueThatCannotBeSerializedIsNullWithItsPath() {
    api.value("Query.items", "[{id:1},{id:2,d:'soon',e:'Z',nn:'q',b:{},f:'w'}]");
    ObjectNode body = api.execute("{ items { id d e nn b f } }");
    assertThat(body.at("/data/items/1"))
        .isEqualTo(json("{id:'2',d:null,e:null,nn:null,b:null,f:null}"));
    assertThat(GraphqlFixture.messages(body))
        .containsExactly(
            "Can't serialize value (/items[1]/d) : Unable to serialize `soon` as a valid DateTime"
                + " Object.",
            "Can't serialize value (/items[1]/e) : Invalid input for Enum 'E'.",
            "Can't serialize value (/items[1]/nn) : Expected type 'Int' but was 'String'.",
            "Can't serialize value (/items[1]/b) : Expected type 'Boolean' but was"
                + " 'LinkedHashMap'.",
            "Can't serialize value (/items[1]/f) : Expected type 'Float' but was 'String'.");
    assertThat(body.at("/errors/0"))
        .isEqualTo(
            json(
                "{path:['items',1,'d'],locations:null,message:\"Can't serialize value (/items[1]/d)"
                    + " : Unable to serialize `soon` as a valid DateTime Object.\"}"));
  }

  @Test
  void outputIsCoercedLeniently() {
    api.value("Query.a", "{id:5,n:'7',s:{k:1,l:[2]},b:'TRUE',f:3,j:{q:[1]},nn:4.0,l:[1,'2']}");
    assertThat(api.data("{ a { id n s b f j nn l } }").toString())
        .isEqualTo(
            json("{a:{id:'5',n:7,s:'{k=1, l=[2]}',b:true,f:3.0,j:'{\\\"q\\\":[1]}',nn:4,"
                    + "l:[1,2]}}")
                .toString());
  }

  @Test
  void aTextOfJsonStaysAsItIs() {
    api.value("Query.a", "{j:'{\\\"q\\\":1}'}");
    assertThat(api.data("{ a { j } }").at("/a/j").asText()).isEqualTo("{\"q\":1}");
  }

  @Test
  void aWrongContainerIsATypeMismatch() {
    api.value("Query.items", "{id:1}").value("Query.a", "'text'").value("Query.nums", "5");
    ObjectNode body = api.execute("{ items { id } a { id } nums }");
    assertThat(body.get("data")).isEqualTo(json("{items:null,a:null,nums:null}"));
    assertThat(GraphqlFixture.messages(body))
        .containsExactly(
            "Can't resolve value (/items) : type mismatch error, expected type LIST",
            "Can't resolve value (/a) : type mismatch error, expected type OBJECT",
            "Can't resolve value (/nums) : type mismatch error, expected type LIST");
  }

  @Test
  void aMismatchOfARequiredListBubblesWithoutASecondError() {
    api.value("Query.a", "{id:1,strict:5}");
    ObjectNode body = api.execute("{ a { id strict } }");
    assertThat(body.get("data")).isEqualTo(json("{a:null}"));
    assertThat(body.get("errors")).hasSize(1);
  }

  @Test
  void appendedErrorsKeepTheValue() {
    api.resolve(
        "Query.a",
        call ->
            new FieldOutcome(
                json("{id:1}"),
                java.util.List.of(FieldError.of("X", "one"), FieldError.of(null, "two"))));
    ObjectNode body = api.execute("{ a { id } }");
    assertThat(body.get("data")).isEqualTo(json("{a:{id:'1'}}"));
    assertThat(GraphqlFixture.messages(body)).containsExactly("one", "two");
    assertThat(body.at("/errors/1/errorType").isNull()).isTrue();
  }
}
