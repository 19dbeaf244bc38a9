// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.syncline.sim.graphql.schema.SchemaTypes.Format;
import dev.syncline.sim.graphql.schema.SchemaTypes.TypeView;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Types made, changed and deleted one by one. */
class SchemaTypesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The definition of Terraform's own test, which it makes on an API without a schema. */
  private static final String MUTATION =
      "type Mutation\n\n{\nputPost(id: ID!,title: String! ): Post\n\n}\n";

  private static SchemaTypes posts() throws SchemaException {
    return SchemaTypes.of(
        ApiSchema.parse(
            "# Posts.\ntype Query { post: Post }\n\"A post.\" type Post { id: ID! }"
                + " enum Unused { A }"));
  }

  private static TypeView find(SchemaTypes types, String name, Format format) {
    return types.find(name, format).orElseThrow();
  }

  @Test
  void listsTheTypesOfASchema() throws SchemaException {
    assertThat(posts().list(Format.SDL))
        .containsExactly(
            new TypeView("Query", null, "type Query {\n  post: Post\n}"),
            new TypeView("Post", "A post.", "\"A post.\"\ntype Post {\n  id: ID!\n}"),
            new TypeView("Unused", null, "enum Unused {\n  A\n}"));
    assertThat(posts().find("Nothing", Format.SDL)).isEmpty();
  }

  @Test
  void keepsADefinitionVerbatim() throws SchemaException {
    SchemaTypes types = SchemaTypes.empty().with(MUTATION, Format.SDL);

    assertThat(find(types, "Mutation", Format.SDL).definition()).isEqualTo(MUTATION);
    assertThat(types.schema()).isEmpty();
    assertThat(SchemaTypes.nameOf(MUTATION, Format.SDL)).isEqualTo("Mutation");
  }

  @Test
  void typesBecomeASchemaTogether() throws SchemaException {
    SchemaTypes types =
        SchemaTypes.empty()
            .with(MUTATION, Format.SDL)
            .with("type Post { id: ID! }", Format.SDL)
            .with("type Query { post: Post }", Format.SDL);

    assertThat(types.schema()).isPresent();
    assertThat(find(types, "Mutation", Format.SDL).definition()).isEqualTo(MUTATION);
    assertThatThrownBy(() -> types.without("Query"))
        .isInstanceOf(SchemaException.class)
        .hasMessage("There is no top level schema object defined.");
  }

  @Test
  void aTypeInUseCannotBeDeleted() throws SchemaException {
    SchemaTypes types = posts();

    assertThatThrownBy(() -> types.without("Post"))
        .isInstanceOf(SchemaException.class)
        .hasMessage("The field type 'Post' is not present when resolving type 'Query'");
    assertThat(types.without("Unused").list(Format.SDL)).hasSize(2);
  }

  @Test
  void aChangeMayNotBreakTheSchema() throws SchemaException {
    SchemaTypes types = posts();

    assertThatThrownBy(() -> types.with("type Post { author: Author }", Format.SDL))
        .isInstanceOf(SchemaException.class);
    SchemaTypes changed = types.with("type Post { name: String }", Format.SDL);
    assertThat(changed.schema().map(schema -> schema.hasField("Post", "name")))
        .isEqualTo(Optional.of(true));
    assertThat(types.schema().map(schema -> schema.hasField("Post", "name")))
        .isEqualTo(Optional.of(false));
  }

  @Test
  void changesAndDeletesTypesOfAnIncompleteSchema() throws SchemaException {
    SchemaTypes types =
        SchemaTypes.empty()
            .with(MUTATION, Format.SDL)
            .with("type Mutation { other: Int }", Format.SDL);

    assertThat(types.list(Format.SDL)).hasSize(1);
    assertThat(types.without("Mutation").list(Format.SDL)).isEmpty();
  }

  @Test
  void keepsTheRestOfADocument() throws SchemaException {
    String sdl =
        """
        schema { query: Root }
        "Says \\"made up\\"."
        directive @made_up("A \\"list\\"." of: [Int] = [1]) repeatable on OBJECT | FIELD_DEFINITION
        "A \\"root\\"." type Root implements Node @made_up(of: [2, 3]) { id(
          "Which \\\\ one." at: Int = 3): ID! }
        extend type Root { \"""Two
          lines \\\""" here.\""" more: [Kind!] @deprecated }
        interface Node { id(at: Int = 3): ID! }
        enum Kind { "The \\"A\\"." A B }
        input In { "Any." a: String = "x \\" y" }
        union U = Root
        scalar AWSJSON
        type Unused { a: Int }
        """;
    SchemaTypes types = SchemaTypes.of(ApiSchema.parse(sdl));

    SchemaTypes rest = types.without("Unused");

    assertThat(rest.with("type Unused { a: Int }", Format.SDL).list(Format.JSON))
        .isEqualTo(types.list(Format.JSON));
    assertThat(rest.text()).contains("@made_up(of: [2, 3])");
  }

  @Test
  void restoresWhatWasSaved() throws SchemaException {
    for (SchemaTypes types :
        new SchemaTypes[] {
          SchemaTypes.empty(),
          SchemaTypes.empty().with(MUTATION, Format.SDL),
          posts().with("type New  { a : Int }", Format.SDL)
        }) {
      SchemaTypes restored = SchemaTypes.restore(types.text(), types.written());

      assertThat(restored.list(Format.SDL)).isEqualTo(types.list(Format.SDL));
      assertThat(restored.schema().isPresent()).isEqualTo(types.schema().isPresent());
    }
  }

  @Test
  void readsAndWritesJson() throws Exception {
    String sdl =
        """
        "A \\"quoted\\" type"
        type Post implements Node & Other {
          "The id."
          id: ID!
          tags(first: Int = 3, kinds: [Kind!]): [[String!]]!
          old: Int @deprecated(reason: "gone")
        }
        """;
    SchemaTypes types =
        SchemaTypes.empty()
            .with("enum Kind { A B @deprecated }", Format.SDL)
            .with("interface Node { id: ID! }", Format.SDL)
            .with("union U = Post | Other", Format.SDL)
            .with("input I { a: AWSJSON = \"{}\" k: Kind }", Format.SDL)
            .with(sdl, Format.SDL);
    SchemaTypes copy = SchemaTypes.empty();
    for (TypeView type : types.list(Format.JSON)) {
      copy = copy.with(type.definition(), Format.JSON);
      assertThat(find(copy, type.name(), Format.JSON)).isEqualTo(type);
    }
    JsonNode post = JSON.readTree(find(types, "Post", Format.JSON).definition());

    assertThat(post.path("kind").asText()).isEqualTo("OBJECT");
    assertThat(post.at("/fields/1/args/1/type/ofType/ofType/kind").asText()).isEqualTo("ENUM");
    assertThat(post.at("/fields/0/type/ofType/kind").asText()).isEqualTo("SCALAR");
    for (TypeView type : copy.list(Format.SDL)) {
      TypeView original =
          find(
              SchemaTypes.empty()
                  .with(find(types, type.name(), Format.SDL).definition(), Format.SDL),
              type.name(),
              Format.JSON);
      assertThat(find(copy, type.name(), Format.JSON).name()).isEqualTo(original.name());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "type A { a: Int } type B { a: Int }",
        "extend type A { a: Int }",
        "schema { query: Query }",
        "directive @a on OBJECT",
        "type A {",
      })
  void refusesWhatIsNotOneType(String definition) {
    assertThatThrownBy(() -> SchemaTypes.empty().with(definition, Format.SDL))
        .isInstanceOf(SchemaException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"kind\":\"OBJECT\"}",
        "{\"kind\":\"OBJECT\",\"name\":\"A B\",\"fields\":[]}",
        "{\"kind\":\"OBJECT\",\"name\":\"A { a: Int } type B\",\"fields\":[]}",
        "{\"kind\":\"ENUM\",\"name\":\"A\",\"enumValues\":7}",
      })
  void refusesJsonThatIsNotOneType(String definition) {
    assertThatThrownBy(() -> SchemaTypes.empty().with(definition, Format.JSON))
        .isInstanceOf(SchemaException.class);
  }
}
