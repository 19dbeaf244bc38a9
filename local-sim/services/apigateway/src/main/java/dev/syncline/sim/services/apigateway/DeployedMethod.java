// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a method at its deployment. Immutable.
 *
 * @param resourcePath with its variables, such as {@code /event/{id}}
 * @param httpMethod as configured, {@code ANY} too
 * @param integration a copy of the integration; not to be changed
 * @param keyRequired whether a request needs an API key of a usage plan
 * @param authorizer a copy of the authorizer; null for a method without one
 * @param scopes an access token needs one of them; none for an ID token
 * @param models schemas by content type, checked only if the validator checks bodies
 * @param requiredParameters such as {@code method.request.querystring.name}, checked only if the
 *     validator checks parameters
 * @param signed whether callers need a signature
 */
record DeployedMethod(
    String resourceId,
    String resourcePath,
    String httpMethod,
    JsonNode integration,
    boolean keyRequired,
    @Nullable JsonNode authorizer,
    List<String> scopes,
    boolean validateBody,
    boolean validateParameters,
    Map<String, ModelSchema> models,
    List<String> requiredParameters,
    boolean signed) {

  static DeployedMethod of(RestApi api, ObjectNode resource, ObjectNode method) {
    JsonNode integration = method.get("methodIntegration");
    if (integration == null) {
      throw GatewayErrors.badRequest("No integration defined for method");
    }
    ObjectNode validator = api.validators.get(method.path("requestValidatorId").asText());
    var models = new LinkedHashMap<String, ModelSchema>();
    for (var model : method.path("requestModels").properties()) {
      ObjectNode definition = api.models.get(model.getValue().asText());
      if (definition != null) {
        models.put(model.getKey(), ModelSchema.of(schema(definition), name -> schema(api, name)));
      }
    }
    var required = new ArrayList<String>();
    for (var parameter : method.path("requestParameters").properties()) {
      if (parameter.getValue().asBoolean()) {
        required.add(parameter.getKey());
      }
    }
    return new DeployedMethod(
        resource.get("id").asText(),
        resource.get("path").asText(),
        method.get("httpMethod").asText(),
        integration.deepCopy(),
        method.path("apiKeyRequired").asBoolean(),
        authorizer(api, method),
        method.path("authorizationScopes").valueStream().map(JsonNode::asText).toList(),
        validator != null && validator.path("validateRequestBody").asBoolean(),
        validator != null && validator.path("validateRequestParameters").asBoolean(),
        models,
        required,
        method.path("authorizationType").asText().equals("AWS_IAM"));
  }

  private static @Nullable JsonNode authorizer(RestApi api, ObjectNode method) {
    ObjectNode authorizer = api.authorizers.get(method.path("authorizerId").asText());
    boolean open = method.path("authorizationType").asText("NONE").equals("NONE");
    return !open && authorizer != null ? authorizer.deepCopy() : null;
  }

  private static @Nullable JsonNode schema(RestApi api, String model) {
    ObjectNode definition = api.models.get(model);
    return definition == null ? null : schema(definition);
  }

  private static JsonNode schema(ObjectNode model) {
    return ModelSchema.parse(model.path("schema").asText("{}"));
  }
}
