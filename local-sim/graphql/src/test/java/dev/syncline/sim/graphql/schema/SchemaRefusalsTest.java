// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas that AppSync refuses, its texts, and schemas that mean harm. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SchemaRefusalsTest {
  private static final String SYNTAX =
      "Failed to parse schema document - ensure it's a valid SDL-formatted document.";

  private static final String INTERNAL = "Internal Failure while saving the schema.";

  private static final String ENTANGLED =
      "The types of the schema refer to each other in too long chains or too many ways.";

  private static void assertRefused(String sdl, String details) {
    assertThatThrownBy(() -> ApiSchema.parse(sdl))
        .isInstanceOf(SchemaException.class)
        .hasMessage(details);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          type Mutation { a: Int } | There is no top level schema object defined.
          enum Query { A } | There is no top level schema object defined.
          schema { mutation: M } type M { a: Int } | A schema MUST have a 'query' operation defined.
          type Query { a: X } | The field type 'X' is not present when resolving type 'Query'
          type Query { a(b: [X!]): Int } | The field input type 'X' is not present when resolving type 'Query'
          input I { a: X b: Y } type Query { a: Int } | The input value type 'X' is not present when resolving type 'I' , The input value type 'Y' is not present when resolving type 'I'
          type Query implements X { a: Int } | The interface type 'X' is not present when resolving type 'Query'
          type Query { a: U } union U = X | The union member type 'X' is not present when resolving type 'U'
          schema { query: X } type Q { a: Int } | The operation type 'X' is not present when resolving type 'query'
          schema { query: E } enum E { A } | The operation type 'query' MUST have a object type as its definition
          type Query { a: Int } extend type X { a: Int } | The extension 'X' type is missing its base underlying type
          type Query { a: Int a: Int } | The type 'Query' has declared a field with a non unique name 'a'
          type Query { a(b: Int b: Int): Int } | The type 'Query' with field 'a' has declared an argument with a non unique name 'b'
          interface A { a: Int } type Query implements A { b: Int } | The object type 'Query' does not have a field 'a' required via interface 'A'
          interface A { a: Int } type Query implements A { a: ID } | The object type 'Query' has tried to redefine field 'a' defined via interface 'A' from 'Int' to 'ID'
          interface A { a(b: Int): Int } type Query implements A { a: Int } | The object type 'Query' field 'a' does not have the same number of arguments as specified via interface 'A'
          """)
  void refusesWithTheTextsOfTheTypeSystem(String sdl, String details) {
    assertRefused(sdl, details);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          type Query { a: Int } type Query { b: Int } | Schema contains duplicate type names.
          type Query { a: Money } scalar Money | Custom scalars are not supported: Money.
          type Query { a: Int } type AWSThing { a: Int } | Type names must not begin with AWS: AWSThing.
          type Query { a: Int } type String { a: Int } | The type name is reserved: String.
          type Query { a: Int } enum __E { A } | The type name is reserved: __E.
          type Query { a: Int } type Mutation { m: Int } type Subscription { s: ID @aws_subscribe(mutations: ["m"]) } | The subscription has an invalid output type.
          type Query { a: Int } type Mutation { m: Int } type Subscription { s: [Int] @aws_subscribe(mutations: ["m"]) } | The subscription has an invalid output type.
          type Query { a: Int } type Subscription { s: ID @aws_subscribe(mutations: ["m"]) } | The subscription names a mutation that does not exist: m.
          type Query { a: Int } type Mutation { m: Int @aws_publish(subscriptions: ["s"]) } | The mutation names a subscription that does not exist: s.
          """)
  void refusesWithItsOwnRules(String sdl, String error) {
    assertRefused(sdl, "Schema has the following errors:\n   - " + error);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "# only a comment",
        "{ a }",
        "query { a }",
        "type Query { a }",
        "type Query { a: Int",
        "type Query { a: Int = 3 }",
        "type Query { a: String @aws_auth(cognito_groups: [}",
        "type Icon { } type Query { listIcons: [Icon]Connection }",
        "\"unclosed type Query { a: Int }",
        "\"\"\"unclosed type Query { a: Int }",
        "enum E { true } type Query { a: E }",
        "fragment F on Query { a } type Query { a: Int }",
        "not a schema",
      })
  void refusesWhatIsNoSdl(String sdl) {
    assertRefused(sdl, SYNTAX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type Query { a(user: User): Int } type User { id: ID }",
        "type Query { a: UserInput } input UserInput { id: ID }",
        "type Query { a(i: I): Int } input I { users: [User!] } type User { id: ID }",
        "type Query { a: U } union U = E enum E { A }",
      })
  void confusedInputAndOutputIsAnInternalFailure(String sdl) {
    assertRefused(sdl, INTERNAL);
  }

  @Test
  void refusesMoreThanOneMegabyte() {
    String sdl = "type Query { a: Int }\n#" + "é".repeat(600_000);
    assertRefused(sdl, "The schema is larger than the limit of 1 MB.");
  }

  @Test
  void namesOnlySomeOfManyErrors() {
    StringBuilder sdl = new StringBuilder("type Query {");
    for (int index = 0; index < 10_000; index++) {
      sdl.append(" f").append(index).append(": X").append(index);
    }
    assertThatThrownBy(() -> ApiSchema.parse(sdl + "}"))
        .isInstanceOf(SchemaException.class)
        .message()
        .hasSizeBetween(1_000, 8_000);
  }

  @Test
  void refusesDeepNesting() {
    int depth = 100_000;
    assertRefused("type Query { a: " + "[".repeat(depth) + "Int" + "]".repeat(depth) + "}", SYNTAX);
    assertRefused("type Query { a: " + "[".repeat(depth) + "}", SYNTAX);
    assertRefused(
        "type Query { a(b: Int = " + "[".repeat(depth) + "]".repeat(depth) + "): Int }", SYNTAX);
    assertRefused(
        "type Query { a: Int @x(y: " + "{a:".repeat(depth) + "1" + "}".repeat(depth) + ") }",
        SYNTAX);
  }

  /** A type for each number; each names the next one, the last one the first. */
  private static String chain(String kind, String root, int count) {
    StringBuilder sdl = new StringBuilder(root);
    for (int index = 0; index < count; index++) {
      int next = (index + 1) % count;
      sdl.append("\n" + kind + " T" + index + " { n: T" + next + " }");
    }
    return sdl.toString();
  }

  @Test
  void takesManyTypes() throws SchemaException {
    int count = 10_000;
    StringBuilder sdl = new StringBuilder("type Query { a: T0 }");
    for (int index = 0; index < count; index++) {
      sdl.append("\ntype T" + index + " { q: Query n: [Int!]! }");
    }
    assertThat(ApiSchema.parse(sdl.toString()).typeCount()).isEqualTo(count + 1);
  }

  @Test
  void takesAChainOfTypesUpToALimit() throws SchemaException {
    assertThat(ApiSchema.parse(chain("type", "type Query { a: T0 }", 1_500)).typeCount())
        .isEqualTo(1_501);
    assertThat(ApiSchema.parse(chain("input", "type Query { a(i: T0): ID }", 1_500)).typeCount())
        .isEqualTo(1_501);
    assertRefused(chain("type", "type Query { a: T0 }", 10_000), ENTANGLED);
    assertRefused(chain("input", "type Query { a(i: T0): ID }", 10_000), ENTANGLED);
  }

  @Test
  void refusesTooManyPathsOfRequiredFields() {
    StringBuilder sdl = new StringBuilder("type Query { a(i: I0): ID } input I60 { a: Int }");
    for (int index = 0; index < 60; index++) {
      sdl.append("\ninput I" + index + " { n: I" + (index + 1) + "! m: I" + (index + 1) + "! }");
    }
    assertRefused(sdl.toString(), ENTANGLED);
  }

  @Test
  void takesManyInterfacesAndMembers() throws SchemaException {
    int count = 2_000;
    StringBuilder sdl = new StringBuilder("type Query { a: U } interface N { id: ID }\n");
    StringBuilder members = new StringBuilder("union U = T0");
    for (int index = 0; index < count; index++) {
      sdl.append("type T" + index + " implements N { id: ID n: N u: U }\n");
      members.append(index == 0 ? "" : " | T" + index);
    }
    assertThat(ApiSchema.parse(sdl.append(members).toString()).typeCount()).isEqualTo(count + 3);
  }

  @Test
  void refusesCyclesThatCannotBeBuilt() {
    assertRefused(
        "type Query { a(i: I): Int } input I { a: J! } input J { b: I! }",
        "Schema has the following errors:\n"
            + "   - The required fields of the input type 'I' form a cycle.");
    assertThatThrownBy(
            () ->
                ApiSchema.parse(
                    "type Query { a: A } interface A implements B { a: Int }"
                        + " interface B implements A { a: Int }"))
        .isInstanceOf(SchemaException.class);
  }
}
