// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.partiql;

import dev.syncline.sim.services.dynamodb.expressions.Syntax;
import dev.syncline.sim.services.dynamodb.values.AttributeType;
import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what follows IS: MISSING, NULL or the name of a type. */
final class TypeTest {
  private static final Map<String, List<AttributeType>> TYPES =
      Map.ofEntries(
          Map.entry("null", List.of(AttributeType.NULL)),
          Map.entry("bool", List.of(AttributeType.BOOL)),
          Map.entry("boolean", List.of(AttributeType.BOOL)),
          Map.entry("smallint", List.of(AttributeType.N)),
          Map.entry("int", List.of(AttributeType.N)),
          Map.entry("int2", List.of(AttributeType.N)),
          Map.entry("int4", List.of(AttributeType.N)),
          Map.entry("int8", List.of(AttributeType.N)),
          Map.entry("integer", List.of(AttributeType.N)),
          Map.entry("bigint", List.of(AttributeType.N)),
          Map.entry("float", List.of(AttributeType.N)),
          Map.entry("real", List.of(AttributeType.N)),
          Map.entry("double", List.of(AttributeType.N)),
          Map.entry("dec", List.of(AttributeType.N)),
          Map.entry("decimal", List.of(AttributeType.N)),
          Map.entry("numeric", List.of(AttributeType.N)),
          Map.entry("string", List.of(AttributeType.S)),
          Map.entry("char", List.of(AttributeType.S)),
          Map.entry("character", List.of(AttributeType.S)),
          Map.entry("varchar", List.of(AttributeType.S)),
          Map.entry("blob", List.of(AttributeType.B)),
          Map.entry("list", List.of(AttributeType.L)),
          Map.entry("struct", List.of(AttributeType.M)),
          Map.entry("tuple", List.of(AttributeType.M)),
          Map.entry("bag", List.of(AttributeType.SS, AttributeType.NS, AttributeType.BS)));

  /** The second words of types that have two. */
  private static final Map<String, String> SECOND_WORDS =
      Map.of("double", "precision", "character", "varying");

  private final StatementReader reader;

  TypeTest(StatementReader reader) {
    this.reader = reader;
  }

  /** The condition on the operand. */
  Syntax.Condition of(Syntax.Operand operand) {
    PartiqlToken name = reader.take();
    if (name.isWord("missing")) {
      return new Syntax.Call("attribute_not_exists", List.of(operand));
    }
    @Nullable List<AttributeType> types =
        name.type() == PartiqlToken.Type.WORD ? TYPES.get(name.lower()) : null;
    if (types == null) {
      throw PartiqlFaults.malformed("Expected type name");
    }
    String second = SECOND_WORDS.get(name.lower());
    if (second != null) {
      boolean found = reader.takeWord(second);
      if (!found && name.isWord("double")) {
        throw PartiqlFaults.malformed("Expected type name");
      }
    }
    var tests = new ArrayList<Syntax.Condition>();
    for (AttributeType type : types) {
      Syntax.Value value = reader.value(new AttributeValue.S(type.name()));
      tests.add(new Syntax.Call("attribute_type", List.of(operand, value)));
    }
    return tests.size() == 1 ? tests.getFirst() : new Syntax.Or(List.copyOf(tests));
  }
}
