// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import graphql.language.AstPrinter;
import graphql.language.FieldDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.ObjectTypeDefinition;
import graphql.language.Type;
import graphql.language.TypeDefinition;
import graphql.language.UnionTypeDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks that types have the fields of their interfaces. */
final class InterfaceChecks {
  private final SchemaModel model;
  private final List<String> errors;

  private InterfaceChecks(SchemaModel model, List<String> errors) {
    this.model = model;
    this.errors = errors;
  }

  /** Adds an error for each field that a type lacks or declares otherwise. */
  static void check(SchemaModel model, List<String> errors) {
    InterfaceChecks checks = new InterfaceChecks(model, errors);
    for (TypeDefinition<?> type : model.types().values()) {
      checks.interfaces(type).forEach(name -> checks.check(type, name));
    }
  }

  private List<String> interfaces(TypeDefinition<?> type) {
    return switch (type) {
      case ObjectTypeDefinition object -> SchemaModel.names(object.getImplements());
      case InterfaceTypeDefinition object -> SchemaModel.names(object.getImplements());
      default -> List.of();
    };
  }

  private void check(TypeDefinition<?> type, String interfaceName) {
    String kind = type instanceof ObjectTypeDefinition ? "object" : "interface";
    String prefix = "The " + kind + " type '" + type.getName() + "' ";
    String origin = " via interface '" + interfaceName + "'";
    Map<String, FieldDefinition> fields = new HashMap<>();
    model.fields(type.getName()).forEach(field -> fields.putIfAbsent(field.getName(), field));
    for (FieldDefinition required : model.fields(interfaceName)) {
      if (errors.size() >= SchemaTexts.MAX_ERRORS) {
        return;
      }
      FieldDefinition field = fields.get(required.getName());
      String name = "'" + required.getName() + "'";
      if (field == null) {
        errors.add(prefix + "does not have a field " + name + " required" + origin);
        continue;
      }
      if (!isSubType(field.getType(), required.getType())) {
        errors.add(
            prefix
                + "has tried to redefine field "
                + name
                + " defined"
                + origin
                + " from '"
                + AstPrinter.printAst(required.getType())
                + "' to '"
                + AstPrinter.printAst(field.getType())
                + "'");
      }
      checkArguments(prefix, origin, field, required);
    }
  }

  private void checkArguments(
      String prefix, String origin, FieldDefinition field, FieldDefinition required) {
    List<InputValueDefinition> arguments = field.getInputValueDefinitions();
    List<InputValueDefinition> wanted = required.getInputValueDefinitions();
    if (arguments.size() != wanted.size()) {
      errors.add(
          prefix
              + "field '"
              + field.getName()
              + "' does not have the same number of arguments as specified"
              + origin);
      return;
    }
    for (int index = 0; index < wanted.size(); index++) {
      String was = shown(wanted.get(index));
      String is = shown(arguments.get(index));
      if (!was.equals(is)) {
        errors.add(
            prefix
                + "has tried to redefine field '"
                + field.getName()
                + "' arguments defined"
                + origin
                + " from '"
                + was
                + "' to '"
                + is
                + "'");
      }
    }
  }

  private static String shown(InputValueDefinition argument) {
    return argument.getName() + ": " + AstPrinter.printAst(argument.getType());
  }

  private boolean isSubType(Type<?> type, Type<?> wanted) {
    if (wanted instanceof NonNullType) {
      return type instanceof NonNullType
          && isSubType(TypeReferences.inner(type), TypeReferences.inner(wanted));
    }
    if (type instanceof NonNullType) {
      return isSubType(TypeReferences.inner(type), wanted);
    }
    if (type instanceof ListType || wanted instanceof ListType) {
      return type instanceof ListType
          && wanted instanceof ListType
          && isSubType(TypeReferences.inner(type), TypeReferences.inner(wanted));
    }
    String name = TypeReferences.name(type);
    String wantedName = TypeReferences.name(wanted);
    return name.equals(wantedName)
        || switch (model.types().get(wantedName)) {
          case InterfaceTypeDefinition abstractType -> implementsIt(name, wantedName);
          case UnionTypeDefinition union ->
              union.getMemberTypes().stream()
                  .anyMatch(member -> TypeReferences.name(member).equals(name));
          case null, default -> false;
        };
  }

  private boolean implementsIt(String name, String interfaceName) {
    TypeDefinition<?> type = model.types().get(name);
    return type != null && interfaces(type).contains(interfaceName);
  }
}
