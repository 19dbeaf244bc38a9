// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.graphql.schema.SchemaException;
import dev.syncline.sim.graphql.schema.SchemaTypes;
import dev.syncline.sim.graphql.schema.SchemaTypes.Format;
import dev.syncline.sim.graphql.schema.SchemaTypes.TypeView;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.appsync.common.AppSyncErrors;
import dev.syncline.sim.services.appsync.common.AppSyncPages;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Types of a schema, one by one. A definition is shown as it was received. Thread-safe.
 *
 * <p>A change is refused when the schema would no longer be valid.
 */
record GraphqlTypeOperations(GraphqlApiStore store) {
  private static final int MAX_DEFINITION = 1 << 20;
  private static final List<String> FORMATS =
      Arrays.stream(Format.values()).map(Format::name).toList();
  private static final String ALL = "/v1/apis/{apiId}/types";
  private static final String ONE = ALL + "/{typeName}";
  private static final String DEFINITION = "definition";

  /** A change of the types that can break the schema. */
  @FunctionalInterface
  private interface Edit {
    SchemaTypes apply(SchemaTypes types) throws SchemaException;
  }

  List<Operation> operations() {
    return List.of(
        Operation.rest("CreateType: definition, format", HttpBinding.post(ALL), this::create),
        Operation.rest("GetType: format", HttpBinding.get(ONE), this::get),
        Operation.rest("UpdateType: definition, format", HttpBinding.post(ONE), this::update),
        Operation.rest("DeleteType", HttpBinding.delete(ONE), this::delete),
        Operation.rest(
            "ListTypes: format, nextToken, maxResults", HttpBinding.get(ALL), this::listTypes));
  }

  private Output create(Input input, CallContext context) {
    Format format = format(input);
    String definition = definition(AppSyncErrors.required(input, DEFINITION));
    String name = nameOf(definition, format);
    GraphqlApiRecord changed =
        edit(
            input,
            types -> {
              if (types.find(name, format).isPresent()) {
                throw AppSyncErrors.badRequest("Type " + name + " exists already.");
              }
              return types.with(definition, format);
            });
    return answer(changed, name, format);
  }

  private Output get(Input input, CallContext context) {
    Format format = format(input);
    GraphqlApiRecord api = store.get(AppSyncErrors.required(input, "apiId"));
    return answer(api, AppSyncErrors.required(input, "typeName"), format);
  }

  private Output update(Input input, CallContext context) {
    Format format = format(input);
    String name = AppSyncErrors.required(input, "typeName");
    String definition =
        GraphqlStepReader.given(input, DEFINITION)
            .map(GraphqlTypeOperations::definition)
            .orElse("");
    if (!definition.isEmpty() && !nameOf(definition, format).equals(name)) {
      throw AppSyncErrors.badRequest("'definition' must define the type " + name + ".");
    }
    GraphqlApiRecord changed =
        edit(
            input,
            types -> {
              require(types, name, format);
              return definition.isEmpty() ? types : types.with(definition, format);
            });
    return answer(changed, name, format);
  }

  private Output delete(Input input, CallContext context) {
    String name = AppSyncErrors.required(input, "typeName");
    edit(
        input,
        types -> {
          require(types, name, Format.SDL);
          return types.without(name);
        });
    return Output.empty();
  }

  private Output listTypes(Input input, CallContext context) {
    Format format = format(input);
    GraphqlApiRecord api = store.get(AppSyncErrors.required(input, "apiId"));
    var byName = new TreeMap<String, TypeView>();
    api.schemaState().types().list(format).forEach(type -> byName.put(type.name(), type));
    return Output.of(AppSyncPages.page(input, "types", byName, type -> json(api, type, format)));
  }

  private GraphqlApiRecord edit(Input input, Edit edit) {
    return store.change(
        AppSyncErrors.required(input, "apiId"),
        api -> {
          try {
            return api.withSchema(
                api.schemaState().withTypes(edit.apply(api.schemaState().types())));
          } catch (SchemaException refused) {
            throw AppSyncErrors.badRequest(String.valueOf(refused.getMessage()));
          }
        });
  }

  private static String nameOf(String definition, Format format) {
    try {
      return SchemaTypes.nameOf(definition, format);
    } catch (SchemaException refused) {
      throw AppSyncErrors.badRequest(String.valueOf(refused.getMessage()));
    }
  }

  private static String definition(String text) {
    if (text.length() > MAX_DEFINITION) {
      throw AppSyncErrors.badRequest(
          "'definition' is longer than " + MAX_DEFINITION + " characters.");
    }
    return text;
  }

  private static Format format(Input input) {
    AppSyncErrors.required(input, "format");
    return AppSyncErrors.choice(input, "format", FORMATS).map(Format::valueOf).orElseThrow();
  }

  /**
   * The type of that name.
   *
   * @throws AwsException when the API does not have it
   */
  private static TypeView require(SchemaTypes types, String name, Format format) {
    return types
        .find(name, format)
        .orElseThrow(() -> AppSyncErrors.missing("Type " + name + " not found"));
  }

  private static Output answer(GraphqlApiRecord api, String name, Format format) {
    TypeView type = require(api.schemaState().types(), name, format);
    return Output.of(Json.object().set("type", json(api, type, format)));
  }

  private static ObjectNode json(GraphqlApiRecord api, TypeView type, Format format) {
    ObjectNode json = Json.object().put("name", type.name());
    Json.putIfPresent(json, "description", type.description());
    return json.put("arn", api.arn() + "/types/" + type.name())
        .put(DEFINITION, type.definition())
        .put("format", format.name());
  }
}
