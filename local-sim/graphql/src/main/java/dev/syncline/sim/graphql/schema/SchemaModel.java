// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import graphql.language.Definition;
import graphql.language.DescribedNode;
import graphql.language.Description;
import graphql.language.Document;
import graphql.language.EnumTypeDefinition;
import graphql.language.EnumTypeExtensionDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputObjectTypeExtensionDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.InterfaceTypeExtensionDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.ObjectTypeExtensionDefinition;
import graphql.language.OperationTypeDefinition;
import graphql.language.ScalarTypeDefinition;
import graphql.language.ScalarTypeExtensionDefinition;
import graphql.language.SchemaDefinition;
import graphql.language.SchemaExtensionDefinition;
import graphql.language.TypeDefinition;
import graphql.language.TypeName;
import graphql.language.UnionTypeDefinition;
import graphql.language.UnionTypeExtensionDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The definitions of a document, extensions merged into their types. Immutable. Not checked.
 *
 * @param types by name, in the document's order, without scalars of AppSync
 * @param duplicates names that are defined more than once
 * @param strayExtensions names that are extended and not defined
 * @param operations type names by {@code query}, {@code mutation} and {@code subscription}
 * @param hasSchemaBlock whether the document has a schema block
 */
record SchemaModel(
    Map<String, TypeDefinition<?>> types,
    Set<String> duplicates,
    Set<String> strayExtensions,
    Map<String, String> operations,
    boolean hasSchemaBlock) {
  private static final Map<String, String> DEFAULT_ROOTS =
      Map.of("query", "Query", "mutation", "Mutation", "subscription", "Subscription");

  /** The type of an operation; null without one. */
  @Nullable String root(String operation) {
    return operations.get(operation);
  }

  /** The fields of an object type or interface; empty for other types and unknown names. */
  List<FieldDefinition> fields(@Nullable String type) {
    return switch (type == null ? null : types.get(type)) {
      case ObjectTypeDefinition object -> object.getFieldDefinitions();
      case InterfaceTypeDefinition object -> object.getFieldDefinitions();
      case null, default -> List.of();
    };
  }

  /** The different names in a list of references such as interfaces. */
  static List<String> names(List<?> references) {
    return references.stream()
        .filter(TypeName.class::isInstance)
        .map(reference -> ((TypeName) reference).getName())
        .distinct()
        .toList();
  }

  /** The description of a type; null without one. */
  static @Nullable String description(TypeDefinition<?> type) {
    return ExecutableSchema.description(describedBy(type));
  }

  /** The description of a type as it was written; null without one. */
  static @Nullable Description describedBy(TypeDefinition<?> type) {
    return type instanceof DescribedNode<?> described ? described.getDescription() : null;
  }

  /** Reads a document. */
  static SchemaModel of(Document document) {
    Map<String, TypeDefinition<?>> types = new LinkedHashMap<>();
    Map<String, List<TypeDefinition<?>>> extensions = new LinkedHashMap<>();
    Set<String> duplicates = new LinkedHashSet<>();
    List<SchemaDefinition> blocks = new ArrayList<>();
    for (Definition<?> definition : document.getDefinitions()) {
      switch (definition) {
        case SchemaDefinition block -> blocks.add(block);
        case TypeDefinition<?> type when isExtension(type) ->
            extensions.computeIfAbsent(type.getName(), name -> new ArrayList<>()).add(type);
        case TypeDefinition<?> type -> {
          if (types.putIfAbsent(type.getName(), type) != null) {
            duplicates.add(type.getName());
          }
        }
        default -> {}
      }
    }
    types.values().removeIf(SchemaModel::isScalarOfAppSync);
    Set<String> stray = new LinkedHashSet<>();
    extensions.forEach(
        (name, parts) -> {
          TypeDefinition<?> base = types.get(name);
          TypeDefinition<?> merged = base == null ? null : merged(base, parts);
          if (merged == null) {
            stray.add(name);
          } else {
            types.put(name, merged);
          }
        });
    return new SchemaModel(
        Collections.unmodifiableMap(types),
        Collections.unmodifiableSet(duplicates),
        Collections.unmodifiableSet(stray),
        roots(blocks, types),
        !blocks.stream().allMatch(SchemaExtensionDefinition.class::isInstance));
  }

  private static Map<String, String> roots(
      List<SchemaDefinition> blocks, Map<String, TypeDefinition<?>> types) {
    Map<String, String> roots = new LinkedHashMap<>();
    for (SchemaDefinition block : blocks) {
      for (OperationTypeDefinition operation : block.getOperationTypeDefinitions()) {
        roots.put(operation.getName(), operation.getTypeName().getName());
      }
    }
    if (blocks.stream().allMatch(SchemaExtensionDefinition.class::isInstance)) {
      DEFAULT_ROOTS.forEach(
          (operation, name) -> {
            if (types.get(name) instanceof ObjectTypeDefinition) {
              roots.putIfAbsent(operation, name);
            }
          });
    }
    return Collections.unmodifiableMap(roots);
  }

  /** Whether a definition extends a type. */
  static boolean isExtension(TypeDefinition<?> type) {
    return type instanceof ObjectTypeExtensionDefinition
        || type instanceof InterfaceTypeExtensionDefinition
        || type instanceof UnionTypeExtensionDefinition
        || type instanceof EnumTypeExtensionDefinition
        || type instanceof InputObjectTypeExtensionDefinition
        || type instanceof ScalarTypeExtensionDefinition;
  }

  private static boolean isScalarOfAppSync(TypeDefinition<?> type) {
    return type instanceof ScalarTypeDefinition && ApiScalars.byName(type.getName()) != null;
  }

  /** A type with its extensions; null when an extension is of another kind. */
  private static @Nullable TypeDefinition<?> merged(
      TypeDefinition<?> base, List<TypeDefinition<?>> parts) {
    return switch (base) {
      case ObjectTypeDefinition type when all(parts, ObjectTypeExtensionDefinition.class) ->
          type.transform(
              merged -> {
                merged.directives(join(type, parts, TypeDefinition::getDirectives));
                merged.implementz(
                    join(type, parts, part -> ((ObjectTypeDefinition) part).getImplements()));
                merged.fieldDefinitions(
                    join(type, parts, part -> ((ObjectTypeDefinition) part).getFieldDefinitions()));
              });
      case InterfaceTypeDefinition type when all(parts, InterfaceTypeExtensionDefinition.class) ->
          type.transform(
              merged -> {
                merged.directives(join(type, parts, TypeDefinition::getDirectives));
                merged.implementz(
                    join(type, parts, part -> ((InterfaceTypeDefinition) part).getImplements()));
                merged.definitions(
                    join(
                        type,
                        parts,
                        part -> ((InterfaceTypeDefinition) part).getFieldDefinitions()));
              });
      case UnionTypeDefinition type when all(parts, UnionTypeExtensionDefinition.class) ->
          type.transform(
              merged ->
                  merged.memberTypes(
                      join(type, parts, part -> ((UnionTypeDefinition) part).getMemberTypes())));
      case EnumTypeDefinition type when all(parts, EnumTypeExtensionDefinition.class) ->
          type.transform(
              merged ->
                  merged.enumValueDefinitions(
                      join(
                          type,
                          parts,
                          part -> ((EnumTypeDefinition) part).getEnumValueDefinitions())));
      case InputObjectTypeDefinition type
          when all(parts, InputObjectTypeExtensionDefinition.class) ->
          type.transform(
              merged ->
                  merged.inputValueDefinitions(
                      join(
                          type,
                          parts,
                          part -> ((InputObjectTypeDefinition) part).getInputValueDefinitions())));
      default -> null;
    };
  }

  private static boolean all(List<TypeDefinition<?>> parts, Class<?> kind) {
    return parts.stream().allMatch(kind::isInstance);
  }

  /** Reads a list of a definition. */
  private interface Part<T> {
    List<T> of(TypeDefinition<?> type);
  }

  private static <T> List<T> join(
      TypeDefinition<?> base, List<TypeDefinition<?>> parts, Part<T> part) {
    return Stream.concat(Stream.of(base), parts.stream())
        .flatMap(type -> part.of(type).stream())
        .toList();
  }
}
