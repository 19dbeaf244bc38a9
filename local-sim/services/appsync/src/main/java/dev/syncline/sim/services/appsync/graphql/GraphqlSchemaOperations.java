// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import dev.syncline.sim.graphql.schema.ApiSchema;
import dev.syncline.sim.graphql.schema.SchemaException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.appsync.common.AppSyncErrors;
import dev.syncline.sim.services.appsync.graphql.GraphqlSchemaState.Status;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Creation of schemas, and their introspection. The answer to a creation is {@code PROCESSING}; the
 * verdict is there with the next question. While a schema is being read, other changes of the API
 * are refused. Thread-safe.
 */
record GraphqlSchemaOperations(GraphqlApiStore store) {
  private static final int MAX_SCHEMA = 1 << 20;
  private static final String CREATION = "/v1/apis/{apiId}/schemacreation";
  private static final String SDL = "SDL";
  private static final String JSON = "JSON";

  List<Operation> operations() {
    return List.of(
        Operation.rest("StartSchemaCreation: definition", HttpBinding.post(CREATION), this::start),
        Operation.rest("GetSchemaCreationStatus", HttpBinding.get(CREATION), this::status),
        Operation.rest(
            "GetIntrospectionSchema: format, includeDirectives",
            HttpBinding.get("/v1/apis/{apiId}/schema"),
            this::introspection));
  }

  private Output start(Input input, CallContext context) {
    String apiId = AppSyncErrors.required(input, "apiId");
    byte[] definition = definition(AppSyncErrors.required(input, "definition"));
    store.change(
        apiId,
        api ->
            api.withSchema(
                api.schemaState().with(Status.PROCESSING, "Schema creation is in progress.")));
    judge(apiId, definition);
    return Output.of(Json.object().put("status", Status.PROCESSING.name()));
  }

  /**
   * Ends a creation. Outside the lock of the store, because reading a large schema takes long; and
   * also when reading it ends unexpectedly, because the API could not be changed any more.
   */
  private void judge(String apiId, byte[] definition) {
    UnaryOperator<GraphqlSchemaState> verdict =
        before -> before.with(Status.FAILED, "The simulator could not read the schema.");
    try {
      verdict = verdict(definition);
    } finally {
      end(apiId, verdict);
    }
  }

  private void end(String apiId, UnaryOperator<GraphqlSchemaState> verdict) {
    store.update(apiId, api -> api.withSchema(verdict.apply(api.schemaState())));
  }

  /** A failure leaves the schema before it in force. */
  private static UnaryOperator<GraphqlSchemaState> verdict(byte[] definition) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(definition)).toString();
      GraphqlSchemaState success = GraphqlSchemaState.success(ApiSchema.parse(text));
      return before -> success;
    } catch (SchemaException refused) {
      return before -> before.with(Status.FAILED, String.valueOf(refused.getMessage()));
    } catch (CharacterCodingException notText) {
      return before -> before.with(Status.FAILED, "The schema is not a text in UTF-8.");
    }
  }

  private static byte[] definition(String base64) {
    byte[] definition;
    try {
      definition = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException notBase64) {
      throw AppSyncErrors.badRequest("'definition' is not Base64.");
    }
    if (definition.length > MAX_SCHEMA) {
      throw AppSyncErrors.badRequest(
          "'definition' has " + definition.length + " bytes, more than " + MAX_SCHEMA + ".");
    }
    return definition;
  }

  private Output status(Input input, CallContext context) {
    GraphqlSchemaState state = store.get(AppSyncErrors.required(input, "apiId")).schemaState();
    return Output.of(
        Json.object().put("status", state.status().name()).put("details", state.details()));
  }

  private Output introspection(Input input, CallContext context) {
    GraphqlApiRecord api = store.get(AppSyncErrors.required(input, "apiId"));
    String format = AppSyncErrors.required(input, "format");
    boolean directives = input.bool("includeDirectives", true);
    if (!format.equals(SDL) && !format.equals(JSON)) {
      throw AppSyncErrors.badRequest("Invalid format " + format + " given.");
    }
    ApiSchema schema = api.schema();
    if (schema == null) {
      throw AppSyncErrors.schemaError("InvalidSyntaxError");
    }
    String text =
        format.equals(SDL)
            ? schema.toSdl(directives)
            : Json.write(schema.toIntrospection(directives));
    return Output.raw(
        200,
        Map.of("Content-Type", format.equals(SDL) ? "application/graphql" : "application/json"),
        text.getBytes(StandardCharsets.UTF_8));
  }
}
