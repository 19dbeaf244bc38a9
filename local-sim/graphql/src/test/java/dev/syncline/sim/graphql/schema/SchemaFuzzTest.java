// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.graphql.schema.SchemaTypes.Format;
import dev.syncline.sim.graphql.schema.SchemaTypes.TypeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Broken and odd schemas end in a schema or in a refusal, never in another error. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SchemaFuzzTest {
  private static final String SEED =
      """
      schema { query : Query mutation : Mutation subscription : Subscription }
      "A \\\\ text" directive @x ( a : [ Int ] = [ 1 ] , b : In ) repeatable on OBJECT | ENUM
      type Query implements Node , Named @aws_iam { id ( a : In = { e : B } ) : ID ! name : String }
      type Mutation { put ( i : In ! , at : AWSDateTime = "2020-01-01T00:00Z" ) : Item @aws_auth ( cognito_groups : [ "g" ] ) }
      type Subscription { onPut ( id : ID ) : Item @aws_subscribe ( mutations : [ "put" ] ) }
      interface Node { id ( a : In = { e : B } ) : ID ! } interface Named { name : String }
      \"""A "block" \\\\\"""\""" type Item { u : [ [ U ! ] ! ] old : Int @deprecated ( reason : "r" ) }
      union U = Item | Query enum E { A B @deprecated } input In { e : E = A in : In l : [ Int ] = 3 }
      extend type Item @aws_api_key { more : Float } extend union U = Mutation extend enum E { C }
      scalar AWSJSON extend input In { b : Boolean = true }
      """;

  private static final int MAX_CHANGES = 4;

  private final Random random = new Random(15);

  private List<String> tokens() {
    return new ArrayList<>(List.of(SEED.split("[ \\n]+", -1)));
  }

  private String mutated() {
    List<String> tokens = tokens();
    for (int change = random.nextInt(MAX_CHANGES); change >= 0; change--) {
      int at = random.nextInt(tokens.size());
      String other = tokens.get(random.nextInt(tokens.size()));
      switch (random.nextInt(5)) {
        case 0 -> tokens.remove(at);
        case 1 -> tokens.add(at, other);
        case 2 -> tokens.set(at, other);
        case 3 -> tokens.set(at, tokens.get(at) + other);
        default -> tokens.set(at, tokens.get(at).substring(tokens.get(at).length() / 2));
      }
    }
    return String.join(random.nextBoolean() ? " " : "\n", tokens);
  }

  @Test
  void theSeedIsASchema() throws SchemaException {
    assertReadable(ApiSchema.parse(SEED));
  }

  @Test
  void endsInASchemaOrARefusal() {
    int accepted = 0;
    for (int round = 0; round < 3_000; round++) {
      String sdl = mutated();
      try {
        ApiSchema schema = ApiSchema.parse(sdl);
        accepted++;
        if (accepted % 10 == 0) {
          assertReadable(schema);
        }
      } catch (SchemaException refused) {
        assertThat(refused.getMessage()).as(sdl).isNotBlank();
      } catch (RuntimeException | StackOverflowError broken) {
        throw new AssertionError(sdl, broken);
      }
    }
    assertThat(accepted).isBetween(100, 2_900);
  }

  private static void assertReadable(ApiSchema schema) throws SchemaException {
    String sdl = schema.toSdl(true);
    ApiSchema again = ApiSchema.parse(sdl);
    assertThat(again.toSdl(true)).isEqualTo(sdl);
    assertThat(again.subscriptions()).isEqualTo(schema.subscriptions());
    assertThat(schema.toIntrospection(true).at("/data/__schema/types").size()).isPositive();
    SchemaTypes types = SchemaTypes.of(schema);
    SchemaTypes copy = SchemaTypes.empty();
    for (TypeView type : types.list(Format.JSON)) {
      copy = copy.with(type.definition(), Format.JSON);
    }
    assertThat(copy.list(Format.JSON)).isEqualTo(types.list(Format.JSON));
  }
}
