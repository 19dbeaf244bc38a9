// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import static dev.syncline.sim.graphql.execution.ExecutionFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationTextsTest {
  private final ExecutionFixture api =
      new ExecutionFixture(
          """
          type T { s(a: Int): String t: T u: U d(n: [Int]): Int }
          enum E { A B }
          input I { a: Int! b: String c: I l: [Int] e: E }
          type U { x: Int }
          union X = T | U
          type Query {
            t(a: Int, i: I, e: E): T
            x: X
            s: String
            u: U
            l(x: Int!, id: ID): [Int]
            must(id: ID!): Int
          }
          type Subscription { s: String z: Int }
          """);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ t { x } } | FieldUndefined: Field 'x' in type 'T' is undefined @ 't/x'",
        "{ b: t { u { zz } } } | FieldUndefined: Field 'zz' in type 'U' is undefined @ 't/u/zz'",
        "{ t { s(zz: 1) } } | UnknownArgument: Unknown field argument zz @ 't/s'",
        "{ l } | MissingFieldArgument: Missing field argument x @ 'l'",
        "{ t } | SubSelectionRequired: Sub selection required for type T of field t @ 't'",
        "{ s { x } } | SubSelectionNotAllowed: Sub selection not allowed on leaf type String of"
            + " field s @ 's'",
        "{ l(x: 1) { y } } | SubSelectionNotAllowed: Sub selection not allowed on leaf type null of"
            + " field l @ 'l'",
        "{ t(a: `v`) { s } } | WrongType: argument 'a' with value 'StringValue{value='v'}' is not a"
            + " valid 'Int' @ 't'",
        "{ t(i: {b: `q`}) { s } } | WrongType: argument 'i' with value"
            + " 'ObjectValue{objectFields=[ObjectField{name='b', value=StringValue{value='q'}}]}'"
            + " is missing required fields '[a]' @ 't'",
        "{ t(i: {a: 1, zz: 2}) { s } } | WrongType: argument 'i' with value"
            + " 'ObjectValue{objectFields=[ObjectField{name='a', value=IntValue{value=1}},"
            + " ObjectField{name='zz', value=IntValue{value=2}}]}' contains a field not in 'I':"
            + " 'zz' @ 't'",
        "{ t(i: {a: 1, c: {a: `s`}}) { s } } | WrongType: argument 'i.c.a' with value"
            + " 'StringValue{value='s'}' is not a valid 'Int' @ 't'",
        "{ t(e: C) { s } } | WrongType: argument 'e' with value 'EnumValue{name='C'}' is not a"
            + " valid 'E' @ 't'",
        "{ t(i: 5) { s } } | WrongType: argument 'i' with value 'IntValue{value=5}' must be an"
            + " object type @ 't'",
        "{ l(x: null) } | WrongType: argument 'x' with value 'NullValue{}' must not be null @ 'l'",
        "query($v: String!) { must(id: $v) } | VariableTypeMismatch: Variable type 'String!'"
            + " doesn't match expected type 'ID!' @ 'must'",
        "{ l(x: $q) } | UndefinedVariable: Undefined variable q @ 'l'",
        "query($v: Int) { s } | UnusedVariable: Unused variable v",
        "{ t { ...F } } | UndefinedFragment: Undefined fragment F @ 't'",
        "fragment F on T { s } { s } | UnusedFragment: Unused fragment F",
        "fragment F on T { ...F } { t { ...F } } | FragmentCycle: Fragment cycles not allowed @"
            + " 'F'",
        "{ s } { s } | LoneAnonymousOperationViolation: Anonymous operation with other operations.",
        "query A { s } query A { s } | DuplicateOperationName: There can be only one operation"
            + " named 'A'",
        "{ s: s s: u { x } } | FieldsConflict: s: they return differing types String and U",
        "{ t { a: d(n: 1) a: d(n: 2) } } | FieldsConflict: a: they have differing arguments @ 't'",
        "{ t { a: s a: d } } | FieldsConflict: a: they return differing types String and Int @ 't'",
        "{ u { ... on T { s } } } | InvalidFragmentType: Fragment cannot be spread here as objects"
            + " of type U can never be of type T @ 'u'",
        "{ s @foo } | UnknownDirective: Unknown directive foo @ 's'",
        "{ s @skip } | MissingDirectiveArgument: Missing directive argument if @ 's'",
        "query @skip(if: true) { s } | MisplacedDirective: Directive skip not allowed here",
        "{ t { ... @defer { s } } } | UnknownDirective: Unknown directive defer @ 't'",
        "{ l(x: 1) @stream } | UnknownDirective: Unknown directive stream @ 'l'",
        "query($v: Int = `s`) { l(x: 1) s @skip(if: false) t(a: $v) { s } } |"
            + " BadValueForDefaultArg: Bad default value StringValue{value='s'} for type Int",
        "{ ... on E { s } } | InlineFragmentTypeConditionInvalid: Inline fragment type condition is"
            + " invalid, must be on Object/Interface/Union",
        "type Q { s: Int } | NonExecutableDefinition: The Q definition is not executable.",
      })
  void writesTheOlderText(String query, String text) {
    assertThat(api.messages(query.replace('`', '"')))
        .first()
        .isEqualTo("Validation error of type " + text);
  }

  @Test
  void anUnknownTypeHasNoPlace() {
    assertThat(api.messages("query($v: Nope) { t(a: $v) { s } }"))
        .first()
        .isEqualTo("Validation error of type UnknownType: Unknown type Nope");
  }

  @Test
  void aVariableMayNotHaveAnOutputType() {
    assertThat(api.messages("query($v: T) { t(i: $v) { s } }"))
        .first()
        .isEqualTo("Validation error of type NonInputTypeOnVariable: Wrong type for a variable");
  }

  @Test
  void theErrorHasAPathOfNullAndNoType() {
    assertThat(api.execute("{\n  nope\n}"))
        .isEqualTo(
            json(
                "{data:null,errors:[{path:null,locations:[{line:2,column:3,sourceName:null}],"
                    + "message:\"Validation error of type FieldUndefined: Field 'nope' in type"
                    + " 'Query' is undefined @ 'nope'\"}]}"));
  }

  @Test
  void everyErrorIsShown() {
    assertThat(api.messages("{ a b t { c } }")).hasSize(3);
  }

  @Test
  void aMissingRootTypeIsNamed() {
    assertThat(api.messages("mutation { s }"))
        .containsExactly("Schema is not configured for mutations.");
  }

  @Test
  void disabledIntrospectionLeavesTypename() {
    api.limits = new ExecutionLimits(0, 0, false);
    assertThat(api.messages("{ __schema { types { name } } }"))
        .containsExactly(
            "Validation error of type FieldUndefined: Field '__schema' in type 'Query' is undefined"
                + " @ '__schema'");
    assertThat(api.messages("{ ...F } fragment F on Query { __type(name: \"T\") { name } }"))
        .containsExactly(
            "Validation error of type FieldUndefined: Field '__type' in type 'Query' is undefined"
                + " @ 'F/__type'");
    assertThat(api.data("{ __typename s }")).isEqualTo(json("{__typename:'Query',s:null}"));
  }
}
