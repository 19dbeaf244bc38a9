// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import static dev.syncline.sim.graphql.execution.GraphqlFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.syncline.sim.graphql.FieldCall;
import dev.syncline.sim.graphql.FieldOutcome;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FieldSelectionTest {
  private final AtomicReference<FieldCall> seen = new AtomicReference<>();
  private final GraphqlFixture api =
      new GraphqlFixture(
              """
              interface N { id: ID }
              type A implements N { id: ID name: String a: A }
              type B implements N { id: ID size: Int }
              type Query { a(x: Int): A n: N s: String }
              """)
          .resolve("Query.a", this::record)
          .resolve("Query.n", this::record)
          .resolve("Query.s", this::record);

  private FieldOutcome record(FieldCall call) {
    seen.set(call);
    return FieldOutcome.of(NullNode.instance);
  }

  private FieldCall seen() {
    return Objects.requireNonNull(seen.get());
  }

  @Test
  void pathsHaveAliasesAndFlattenedFragments() {
    api.data(
        "{ z: a { id n: name a { ...F __typename } ... on A { a { name } } } }"
            + " fragment F on A { id k: id }");
    assertThat(seen().selection().paths())
        .containsExactly("id", "n", "a", "a/id", "a/k", "a/__typename", "a/name");
  }

  @Test
  void pathsOfAbstractTypesHaveTheFieldsOfAll() {
    api.data("{ n { id ... on A { name } ... on B { size } } }");
    assertThat(seen().selection().paths()).containsExactly("id", "name", "size");
  }

  @Test
  void skippedFieldsAreLeftOut() {
    api.execute("query($x: Boolean!) { a { id name @skip(if: $x) } }", "{x: true}");
    assertThat(seen().selection().paths()).containsExactly("id");
  }

  @Test
  void theTextIsTheSelectionSet() {
    api.data("{ a { id a { name } } }");
    assertThat(seen().selection().graphql()).isEqualTo("{\n  id\n  a {\n    name\n  }\n}");
    api.data("{ s }");
    assertThat(seen().selection().graphql()).isEmpty();
    assertThat(seen().selection().paths()).isEmpty();
  }

  @Test
  void aCallHasItsFieldPathAndVariables() {
    api.execute("query($v: Int) { z: a(x: $v) { id } }", "{v: '4'}");
    assertThat(seen().parentType()).isEqualTo("Query");
    assertThat(seen().fieldName()).isEqualTo("a");
    assertThat(seen().path()).containsExactly("z");
    assertThat(seen().variables()).isEqualTo(json("{v:4}"));
    assertThat(seen().arguments()).isEqualTo(json("{x:4}"));
    assertThat(seen().source().isNull()).isTrue();
  }
}
