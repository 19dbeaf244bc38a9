// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.contract.YamlDocuments;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Import and export of REST APIs as OpenAPI documents. */
record OpenApiOperations(
    Ids ids,
    RestApiStore store,
    RestApiOperations apis,
    Dispatcher dispatcher,
    LambdaAuthorizers authorizers,
    Supplier<YamlDocuments> yaml) {
  /** The maximum length of a document, in bytes: AWS's. */
  private static final int MAX_BYTES = 6 * 1024 * 1024;

  private static final Map<String, String> IMPORT_QUERY =
      Map.of(
          "failonwarnings",
          "failOnWarnings",
          "basepath",
          "parameters/basepath",
          "ignore",
          "parameters/ignore",
          "endpointConfigurationTypes",
          "parameters/endpointConfigurationTypes");

  List<Operation> operations() {
    return List.of(
        Operation.restBlob(
            "ImportRestApi",
            new HttpBinding(
                "POST", RestApiOperations.ALL + "?mode=import", 201, IMPORT_QUERY, Map.of()),
            this::importApi,
            "body",
            "parameters",
            "failOnWarnings"),
        Operation.restBlob(
            "PutRestApi",
            new HttpBinding("PUT", RestApiOperations.ONE, 200, IMPORT_QUERY, Map.of()),
            this::put,
            "body",
            "mode",
            "parameters",
            "failOnWarnings"),
        Operation.rest(
            "GetExport",
            new HttpBinding(
                "GET",
                RestApiOperations.ONE + "/stages/{stageName}/exports/{exportType}",
                200,
                Map.of("extensions", "parameters/extensions"),
                Map.of("accept", "accepts")),
            this::export,
            "accepts",
            "parameters"));
  }

  private Output importApi(Input input, CallContext context) {
    OpenApiDocument document = document(input, context);
    ObjectNode create =
        Json.object().put("name", document.root().at("/info/title").asText("Imported"));
    String types = parameter(input, "endpointConfigurationTypes");
    if (!types.isEmpty()) {
      create.withObject("/endpointConfiguration").putArray("types").add(types);
    }
    return store.locked(
        all -> {
          String id = apis.create(new Input(create), context).json().get("id").asText();
          try {
            return store.with(id, api -> imported(api, document, input, context, false));
          } catch (RuntimeException refused) {
            all.remove(id);
            throw refused;
          }
        });
  }

  private Output put(Input input, CallContext context) {
    OpenApiDocument document = document(input, context);
    String mode = input.text("mode").orElse("merge");
    if (!mode.equals("merge") && !mode.equals("overwrite")) {
      throw GatewayErrors.badRequest("Invalid mode '" + mode + "': it must be merge or overwrite");
    }
    return store.with(
        input, api -> imported(api, document, input, context, mode.equals("overwrite")));
  }

  private Output imported(
      RestApi api, OpenApiDocument document, Input input, CallContext context, boolean overwrite) {
    var draft = new ApiDraft(api, ids, dispatcher, authorizers, context);
    if (overwrite) {
      draft.clear();
    }
    var run = new OpenApiImport(document, draft);
    String basePath = parameter(input, "basepath");
    if (!List.of("", "ignore", "prepend", "split").contains(basePath)) {
      throw GatewayErrors.badRequest(
          "Invalid basepath '" + basePath + "': it must be ignore, prepend or split");
    }
    run.run(basePath);
    boolean fails =
        input.node("failOnWarnings").map(JsonNode::asText).orElse("false").equals("true");
    if (fails && !run.warnings().isEmpty()) {
      throw GatewayErrors.badRequest("Warnings found during import: " + run.warnings());
    }
    draft.replace(api);
    ObjectNode answer = api.json.deepCopy();
    if (!run.warnings().isEmpty()) {
      answer.set("warnings", run.warningList());
    }
    return Output.of(answer);
  }

  private OpenApiDocument document(Input input, CallContext context) {
    String text =
        input.text("body").orElseGet(() -> new String(context.body(), StandardCharsets.UTF_8));
    if (text.isBlank() || text.length() > MAX_BYTES) {
      throw GatewayErrors.badRequest(
          "The body must be an OpenAPI document of at most " + MAX_BYTES + " bytes");
    }
    return OpenApiDocument.read(text, yaml.get());
  }

  private static String parameter(Input input, String name) {
    return input.node("parameters").map(all -> all.path(name).asText("")).orElse("");
  }

  private Output export(Input input, CallContext context) {
    String type = input.requiredText("exportType");
    if (!type.equals("oas30") && !type.equals("swagger")) {
      throw GatewayErrors.badRequest(
          "Invalid export type specified: " + type + ". It must be oas30 or swagger");
    }
    String accepts = input.text("accepts").orElse("application/json");
    boolean asYaml = accepts.contains("yaml");
    String extensions = parameter(input, "extensions");
    JsonNode document =
        store.with(
            input,
            api -> {
              String stage = input.requiredText("stageName");
              String deployment = api.stage(stage).get("deploymentId").asText();
              return new OpenApiExport(
                      api.deployment(deployment).source(), type.equals("swagger"), extensions)
                  .document(api.id, stage, context.region());
            });
    byte[] bytes =
        asYaml
            ? yaml.get().write(document).getBytes(StandardCharsets.UTF_8)
            : document.toPrettyString().getBytes(StandardCharsets.UTF_8);
    return Output.raw(
        200,
        Map.of(
            "Content-Type",
            asYaml ? "application/yaml" : "application/json",
            "Content-Disposition",
            "attachment; filename=\"" + type + (asYaml ? ".yaml" : ".json") + "\""),
        bytes);
  }
}
