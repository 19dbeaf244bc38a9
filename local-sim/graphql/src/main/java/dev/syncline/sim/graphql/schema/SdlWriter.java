// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import com.fasterxml.jackson.databind.node.TextNode;
import graphql.language.AstPrinter;
import graphql.language.Definition;
import graphql.language.Description;
import graphql.language.Directive;
import graphql.language.DirectiveDefinition;
import graphql.language.DirectivesContainer;
import graphql.language.EnumTypeDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.NamedNode;
import graphql.language.ObjectTypeDefinition;
import graphql.language.ScalarTypeDefinition;
import graphql.language.SchemaDefinition;
import graphql.language.SchemaExtensionDefinition;
import graphql.language.TypeDefinition;
import graphql.language.UnionTypeDefinition;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes definitions as SDL. graphql-java's own printer does not escape descriptions. Immutable.
 *
 * @param kept which directives are written
 */
record SdlWriter(Predicate<String> kept) {
  /** Writes every directive. */
  static final SdlWriter ALL = new SdlWriter(name -> true);

  /** Writes {@code @deprecated} and the directives of AppSync. */
  static final SdlWriter KNOWN =
      new SdlWriter(name -> name.equals("deprecated") || AppSyncDirectives.isKnown(name));

  /** Writes {@code @deprecated} only. */
  static final SdlWriter PLAIN = new SdlWriter("deprecated"::equals);

  private static final List<String> OPERATIONS = List.of("query", "mutation", "subscription");

  /**
   * The whole schema: the schema block, then interfaces, unions, objects, enums and inputs, each
   * kind by name, as graphql-java 9 prints them. Scalars and declarations of directives are left
   * out.
   */
  String schema(SchemaModel model) {
    StringBuilder sdl = new StringBuilder("schema {\n");
    for (String operation : OPERATIONS) {
      String root = model.root(operation);
      if (root != null) {
        sdl.append("  ").append(operation).append(": ").append(root).append('\n');
      }
    }
    sdl.append("}\n");
    model.types().values().stream()
        .sorted(Comparator.comparingInt(SdlWriter::rank).thenComparing(TypeDefinition::getName))
        .forEach(type -> sdl.append('\n').append(definition(type)).append('\n'));
    return sdl.toString();
  }

  private static int rank(TypeDefinition<?> type) {
    return switch (type) {
      case InterfaceTypeDefinition definition -> 0;
      case UnionTypeDefinition definition -> 1;
      case ObjectTypeDefinition definition -> 2;
      case EnumTypeDefinition definition -> 3;
      case InputObjectTypeDefinition definition -> 4;
      default -> 5;
    };
  }

  /** One definition, which may be an extension. */
  String definition(Definition<?> definition) {
    return switch (definition) {
      case TypeDefinition<?> type when SchemaModel.isExtension(type) -> "extend " + type(type);
      case TypeDefinition<?> type -> description(SchemaModel.describedBy(type), "") + type(type);
      case SchemaExtensionDefinition block -> "extend " + block(block);
      case SchemaDefinition block -> block(block);
      case DirectiveDefinition directive ->
          "directive @"
              + directive.getName()
              + inputs(directive.getInputValueDefinitions())
              + (directive.isRepeatable() ? " repeatable on " : " on ")
              + joined(directive.getDirectiveLocations(), NamedNode::getName, " | ");
      default -> AstPrinter.printAst(definition);
    };
  }

  private String block(SchemaDefinition block) {
    return "schema"
        + directives(block)
        + body(
            block.getOperationTypeDefinitions(),
            operation -> operation.getName() + ": " + operation.getTypeName().getName());
  }

  private String type(TypeDefinition<?> type) {
    String rest = type.getName();
    return switch (type) {
      case ObjectTypeDefinition object ->
          "type "
              + rest
              + implemented(object.getImplements())
              + directives(object)
              + body(object.getFieldDefinitions(), this::field);
      case InterfaceTypeDefinition object ->
          "interface "
              + rest
              + implemented(object.getImplements())
              + directives(object)
              + body(object.getFieldDefinitions(), this::field);
      case UnionTypeDefinition union ->
          "union "
              + rest
              + directives(union)
              + (union.getMemberTypes().isEmpty()
                  ? ""
                  : " = " + String.join(" | ", SchemaModel.names(union.getMemberTypes())));
      case EnumTypeDefinition values ->
          "enum "
              + rest
              + directives(values)
              + body(
                  values.getEnumValueDefinitions(),
                  value ->
                      description(value.getDescription(), "  ")
                          + value.getName()
                          + directives(value));
      case InputObjectTypeDefinition input ->
          "input "
              + rest
              + directives(input)
              + body(
                  input.getInputValueDefinitions(),
                  field -> description(field.getDescription(), "  ") + input(field));
      case ScalarTypeDefinition scalar -> "scalar " + rest + directives(scalar);
      default -> throw new IllegalArgumentException("unknown definition of " + rest);
    };
  }

  private static String implemented(List<?> interfaces) {
    return interfaces.isEmpty()
        ? ""
        : " implements " + String.join(" & ", SchemaModel.names(interfaces));
  }

  private static <T> String body(List<T> members, Function<T, String> shown) {
    return members.isEmpty()
        ? ""
        : members.stream()
            .map(member -> "  " + shown.apply(member) + "\n")
            .collect(Collectors.joining("", " {\n", "}"));
  }

  private String field(FieldDefinition field) {
    return description(field.getDescription(), "  ")
        + field.getName()
        + inputs(field.getInputValueDefinitions())
        + ": "
        + AstPrinter.printAst(field.getType())
        + directives(field);
  }

  /** Arguments, each in a line of its own if one has a description. */
  private String inputs(List<InputValueDefinition> arguments) {
    if (arguments.isEmpty()) {
      return "";
    }
    if (arguments.stream().allMatch(argument -> argument.getDescription() == null)) {
      return "(" + joined(arguments, this::input, ", ") + ")";
    }
    return arguments.stream()
        .map(argument -> "    " + description(argument.getDescription(), "    ") + input(argument))
        .collect(Collectors.joining("\n", "(\n", "\n  )"));
  }

  private String input(InputValueDefinition value) {
    return value.getName()
        + ": "
        + AstPrinter.printAst(value.getType())
        + (value.getDefaultValue() == null
            ? ""
            : " = " + AstPrinter.printAst(value.getDefaultValue()))
        + directives(value);
  }

  private String directives(DirectivesContainer<?> element) {
    return element.getDirectives().stream()
        .map(Directive.class::cast)
        .filter(directive -> kept.test(directive.getName()))
        .map(directive -> " " + AstPrinter.printAst(directive))
        .collect(Collectors.joining());
  }

  private static <T> String joined(
      List<T> elements, Function<? super T, String> shown, String separator) {
    return elements.stream().map(shown).collect(Collectors.joining(separator));
  }

  /** A description with the line break and indentation behind it; empty without one. */
  private static String description(@Nullable Description description, String indent) {
    if (description == null) {
      return "";
    }
    String text = description.getContent();
    String shown =
        text.contains("\n") || description.isMultiLine()
            ? "\"\"\"\n"
                + indent
                + text.replace("\"\"\"", "\\\"\"\"").replace("\n", "\n" + indent)
                + "\n"
                + indent
                + "\"\"\""
            : TextNode.valueOf(text).toString();
    return shown + "\n" + indent;
  }
}
