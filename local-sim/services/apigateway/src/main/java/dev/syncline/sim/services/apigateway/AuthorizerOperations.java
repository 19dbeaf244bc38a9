// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.BoundedPattern;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Lambda authorizers and authorizers of user pools. */
record AuthorizerOperations(Ids ids, RestApiStore store, LambdaAuthorizers authorizers) {
  private static final String AUTHORIZERS = RestApiOperations.ONE + "/authorizers";
  private static final String AUTHORIZER = AUTHORIZERS + "/{authorizerId}";
  private static final int MAX_TTL_SECONDS = 3600;
  private static final String DEFAULT_SOURCE = "method.request.header.Authorization";
  private static final Pattern TOKEN_SOURCE =
      Pattern.compile("method\\.request\\.header\\.[\\w!#$%&'*+.^`|~-]+");
  private static final Pattern REQUEST_SOURCE =
      Pattern.compile(
          "method\\.request\\.(?:header|querystring)\\.[^ ,]+|context\\.[\\w.]+"
              + "|stageVariables\\.\\w+");
  private static final Patch PATCH =
      Patch.of(
              Patch.Kind.TEXT,
              "/name",
              "/type",
              "/authType",
              "/authorizerUri",
              "/authorizerCredentials",
              "/identitySource",
              "/identityValidationExpression")
          .and(Patch.Kind.INTEGER, "/authorizerResultTtlInSeconds")
          .and(Patch.Kind.VALUES, "/providerARNs");

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "CreateAuthorizer",
            HttpBinding.post(AUTHORIZERS, 201),
            this::create,
            "name",
            "type",
            "providerARNs",
            "authType",
            "authorizerUri",
            "authorizerCredentials",
            "identitySource",
            "identityValidationExpression",
            "authorizerResultTtlInSeconds"),
        Operation.rest(
            "GetAuthorizer",
            HttpBinding.get(AUTHORIZER),
            (input, context) -> store.answer(input, api -> authorizer(api, input).deepCopy())),
        Operation.rest(
            "GetAuthorizers",
            HttpBinding.get(AUTHORIZERS),
            (input, context) ->
                store.with(input, api -> RestApiOperations.page(api.authorizers.values(), input)),
            "position",
            "limit"),
        Operation.rest(
            "UpdateAuthorizer", HttpBinding.patch(AUTHORIZER), this::update, "patchOperations"),
        Operation.rest("DeleteAuthorizer", HttpBinding.delete(AUTHORIZER, 202), this::delete),
        Operation.rest(
            "FlushStageAuthorizersCache",
            HttpBinding.delete(
                RestApiOperations.ONE + "/stages/{stageName}/cache/authorizers", 202),
            this::flush));
  }

  private Output create(Input input, CallContext context) {
    return store.answer(
        input,
        api -> {
          ObjectNode authorizer = input.json().deepCopy();
          authorizer.remove("restApiId");
          String id = ids.lowerAlphanumeric(6);
          authorizer.put("id", id);
          authorizer.put("name", input.requiredText("name"));
          authorizer.put("type", input.requiredText("type"));
          boolean ofPools = PoolAuthorizer.is(authorizer);
          if (!authorizer.has("authType")) {
            authorizer.put("authType", ofPools ? "cognito_user_pools" : "custom");
          }
          if (!authorizer.has("identitySource")
              && (ofPools || authorizer.get("type").asText().equals("TOKEN"))) {
            authorizer.put("identitySource", DEFAULT_SOURCE);
          }
          if (!ofPools && !authorizer.has("authorizerResultTtlInSeconds")) {
            authorizer.put("authorizerResultTtlInSeconds", LambdaAuthorizers.DEFAULT_TTL_SECONDS);
          }
          check(api, authorizer);
          api.authorizers.put(id, authorizer);
          return authorizer.deepCopy();
        });
  }

  private Output update(Input input, CallContext context) {
    return store.answer(
        input, api -> PATCH.update(authorizer(api, input), input, changed -> check(api, changed)));
  }

  private Output delete(Input input, CallContext context) {
    return store.change(
        input,
        api -> {
          String id = authorizer(api, input).get("id").asText();
          for (ObjectNode resource : api.resources.values()) {
            for (JsonNode method : resource.path("resourceMethods")) {
              if (method.path("authorizerId").asText().equals(id)) {
                throw GatewayErrors.conflict(
                    "Cannot delete authorizer '"
                        + id
                        + "', is referenced in method: "
                        + method.path("httpMethod").asText()
                        + " "
                        + resource.path("path").asText());
              }
            }
          }
          api.authorizers.remove(id);
        });
  }

  private Output flush(Input input, CallContext context) {
    return store.change(
        input,
        api -> {
          String stage = input.requiredText("stageName");
          api.stage(stage);
          authorizers.flush(api.id, stage);
        });
  }

  /** The authorizer that the input addresses. */
  static ObjectNode authorizer(RestApi api, Input input) {
    ObjectNode authorizer = api.authorizers.get(input.requiredText("authorizerId"));
    if (authorizer == null) {
      throw GatewayErrors.notFound("Authorizer");
    }
    return authorizer;
  }

  private static void check(RestApi api, ObjectNode authorizer) {
    String type = authorizer.get("type").asText();
    if (!Set.of("TOKEN", "REQUEST", PoolAuthorizer.TYPE).contains(type)) {
      throw GatewayErrors.badRequest("Invalid authorizer type specified: " + type);
    }
    String name = authorizer.path("name").asText();
    String id = authorizer.get("id").asText();
    for (ObjectNode other : api.authorizers.values()) {
      if (other.get("name").asText().equals(name) && !other.get("id").asText().equals(id)) {
        throw GatewayErrors.conflict(
            "Authorizer name must be unique. Authorizer "
                + name
                + " already exists in this RestApi.");
      }
    }
    if (PoolAuthorizer.is(authorizer)) {
      PoolAuthorizer.check(authorizer);
    } else {
      checkFunction(authorizer);
    }
    int ttl = authorizer.path("authorizerResultTtlInSeconds").asInt();
    if (ttl < 0 || ttl > MAX_TTL_SECONDS) {
      throw GatewayErrors.badRequest(
          "authorizerResultTtlInSeconds must be between 0 and " + MAX_TTL_SECONDS);
    }
    sources(authorizer, type, ttl);
    String expression = authorizer.path("identityValidationExpression").asText("");
    try {
      BoundedPattern.of(expression);
    } catch (PatternSyntaxException malformed) {
      throw GatewayErrors.badRequest(
          "Invalid identity validation expression specified: " + expression);
    }
  }

  private static void checkFunction(ObjectNode authorizer) {
    String uri = authorizer.path("authorizerUri").asText("");
    if (!uri.contains(":lambda:path/2015-03-31/functions/")) {
      throw GatewayErrors.badRequest(
          "Invalid Authorizer URI: "
              + uri
              + ". Authorizer URI should be a valid API Gateway ARN that represents a Lambda"
              + " function invocation.");
    }
    FunctionUri.parse(uri);
  }

  private static void sources(ObjectNode authorizer, String type, int ttl) {
    String sources = authorizer.path("identitySource").asText("");
    if (!type.equals("REQUEST")) {
      if (!TOKEN_SOURCE.matcher(sources).matches()) {
        throw invalidSource(sources);
      }
      return;
    }
    if (sources.isBlank() && ttl > 0) {
      throw GatewayErrors.badRequest(
          "Identity sources are required for a REQUEST authorizer whose results are cached");
    }
    for (String source : sources.split(",", -1)) {
      if (!source.isBlank() && !REQUEST_SOURCE.matcher(source.strip()).matches()) {
        throw invalidSource(source);
      }
    }
  }

  private static dev.syncline.sim.service.AwsException invalidSource(String source) {
    return GatewayErrors.badRequest("Invalid identity source specified: " + source);
  }
}
