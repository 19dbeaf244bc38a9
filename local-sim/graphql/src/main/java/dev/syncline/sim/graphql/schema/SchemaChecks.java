// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import graphql.language.EnumTypeDefinition;
import graphql.language.EnumValueDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.ScalarTypeDefinition;
import graphql.language.Type;
import graphql.language.TypeDefinition;
import graphql.language.UnionTypeDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Checks a schema as AppSync does, and gives its texts. Used once, by one thread. */
final class SchemaChecks {
  private final SchemaModel model;
  private final List<String> errors = new ArrayList<>();

  private SchemaChecks(SchemaModel model) {
    this.model = model;
  }

  /**
   * Checks what a schema defines, without its subscriptions.
   *
   * @throws SchemaException when it is refused
   */
  static void check(SchemaModel model) throws SchemaException {
    new SchemaChecks(model).run();
  }

  private void run() throws SchemaException {
    if (!model.duplicates().isEmpty()) {
      throw SchemaTexts.rules(List.of(SchemaTexts.DUPLICATE_TYPES));
    }
    checkNames();
    if (!errors.isEmpty()) {
      throw SchemaTexts.rules(errors);
    }
    for (String name : model.strayExtensions()) {
      errors.add("The extension '" + name + "' type is missing its base underlying type");
    }
    model.types().values().forEach(this::checkReferences);
    model.types().values().forEach(this::checkUniqueNames);
    if (errors.isEmpty()) {
      InterfaceChecks.check(model, errors);
    }
    checkOperations();
    if (!errors.isEmpty()) {
      throw SchemaTexts.typeSystem(errors);
    }
    checkRoots();
    if (model.types().values().stream().anyMatch(this::confusesInputAndOutput)) {
      throw new SchemaException(SchemaTexts.INTERNAL);
    }
  }

  private void checkNames() {
    for (TypeDefinition<?> type : model.types().values()) {
      String name = type.getName();
      if (type instanceof ScalarTypeDefinition) {
        errors.add("Custom scalars are not supported: " + name + ".");
      } else if (name.startsWith("AWS")) {
        errors.add("Type names must not begin with AWS: " + name + ".");
      } else if (name.startsWith("__") || ApiScalars.byName(name) != null) {
        errors.add("The type name is reserved: " + name + ".");
      }
    }
  }

  private void checkReferences(TypeDefinition<?> type) {
    switch (type) {
      case ObjectTypeDefinition object -> {
        checkInterfaces(object, object.getImplements());
        checkFieldTypes(object, object.getFieldDefinitions());
      }
      case InterfaceTypeDefinition object -> {
        checkInterfaces(object, object.getImplements());
        checkFieldTypes(object, object.getFieldDefinitions());
      }
      case UnionTypeDefinition union ->
          union.getMemberTypes().forEach(member -> checkExists("union member", member, union));
      case InputObjectTypeDefinition input ->
          input
              .getInputValueDefinitions()
              .forEach(field -> checkExists("input value", field.getType(), input));
      default -> {}
    }
  }

  private void checkFieldTypes(TypeDefinition<?> type, List<FieldDefinition> fields) {
    for (FieldDefinition field : fields) {
      checkExists("field", field.getType(), type);
      for (InputValueDefinition argument : field.getInputValueDefinitions()) {
        checkExists("field input", argument.getType(), type);
      }
    }
  }

  private void checkExists(String role, Type<?> reference, TypeDefinition<?> in) {
    String name = TypeReferences.name(reference);
    if (!model.types().containsKey(name) && ApiScalars.byName(name) == null) {
      errors.add(missing(role, name, in.getName()));
    }
  }

  private void checkInterfaces(TypeDefinition<?> type, List<?> interfaces) {
    for (String name : SchemaModel.names(interfaces)) {
      if (!(model.types().get(name) instanceof InterfaceTypeDefinition)) {
        errors.add(missing("interface", name, type.getName()));
      }
    }
  }

  private static String missing(String role, String name, String in) {
    return "The " + role + " type '" + name + "' is not present when resolving type '" + in + "'";
  }

  private void checkUniqueNames(TypeDefinition<?> type) {
    switch (type) {
      case ObjectTypeDefinition object -> checkUniqueFields(type, object.getFieldDefinitions());
      case InterfaceTypeDefinition object -> checkUniqueFields(type, object.getFieldDefinitions());
      case InputObjectTypeDefinition input ->
          checkUnique(type, input.getInputValueDefinitions(), InputValueDefinition::getName);
      case EnumTypeDefinition values ->
          checkUnique(type, values.getEnumValueDefinitions(), EnumValueDefinition::getName);
      default -> {}
    }
  }

  private void checkUniqueFields(TypeDefinition<?> type, List<FieldDefinition> fields) {
    checkUnique(type, fields, FieldDefinition::getName);
    for (FieldDefinition field : fields) {
      Set<String> names = new HashSet<>();
      for (InputValueDefinition argument : field.getInputValueDefinitions()) {
        if (!names.add(argument.getName())) {
          errors.add(
              "The type '"
                  + type.getName()
                  + "' with field '"
                  + field.getName()
                  + "' has declared an argument with a non unique name '"
                  + argument.getName()
                  + "'");
        }
      }
    }
  }

  private <T> void checkUnique(
      TypeDefinition<?> type, List<T> members, Function<T, String> nameOf) {
    Set<String> names = new HashSet<>();
    for (T member : members) {
      if (!names.add(nameOf.apply(member))) {
        errors.add(
            "The type '"
                + type.getName()
                + "' has declared a field with a non unique name '"
                + nameOf.apply(member)
                + "'");
      }
    }
  }

  private void checkOperations() {
    model
        .operations()
        .forEach(
            (operation, name) -> {
              TypeDefinition<?> type = model.types().get(name);
              if (type == null) {
                errors.add(missing("operation", name, operation));
              } else if (!(type instanceof ObjectTypeDefinition)) {
                errors.add(
                    "The operation type '"
                        + operation
                        + "' MUST have a object type as its definition");
              }
            });
  }

  private void checkRoots() throws SchemaException {
    if (model.root("query") == null) {
      throw new SchemaException(
          model.hasSchemaBlock() ? SchemaTexts.NO_QUERY : SchemaTexts.NO_SCHEMA);
    }
  }

  /** Whether an output type is used as an input, or an input type as an output. */
  private boolean confusesInputAndOutput(TypeDefinition<?> type) {
    return switch (type) {
      case InputObjectTypeDefinition input ->
          input.getInputValueDefinitions().stream().anyMatch(this::isNotInput);
      case UnionTypeDefinition union ->
          union.getMemberTypes().stream()
              .anyMatch(
                  member ->
                      !(model.types().get(TypeReferences.name(member))
                          instanceof ObjectTypeDefinition));
      default ->
          model.fields(type.getName()).stream()
              .anyMatch(
                  field ->
                      model.types().get(TypeReferences.name(field.getType()))
                              instanceof InputObjectTypeDefinition
                          || field.getInputValueDefinitions().stream().anyMatch(this::isNotInput));
    };
  }

  private boolean isNotInput(InputValueDefinition value) {
    return switch (model.types().get(TypeReferences.name(value.getType()))) {
      case ObjectTypeDefinition output -> true;
      case InterfaceTypeDefinition output -> true;
      case UnionTypeDefinition output -> true;
      case null, default -> false;
    };
  }
}
