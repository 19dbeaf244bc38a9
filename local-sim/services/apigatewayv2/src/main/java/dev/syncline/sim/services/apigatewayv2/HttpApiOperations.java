// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** HTTP APIs, their CORS configuration and their tags. */
record HttpApiOperations(
    SimClock clock,
    Ids ids,
    HttpApiStore store,
    HttpRouteOperations routes,
    HttpIntegrationOperations integrations) {
  private static final String ALL = "/v2/apis";
  private static final String ONE = ALL + "/{apiId}";
  private static final String TAGS = "/v2/tags/{resourceArn}";
  private static final String DEFAULT_STAGE = "$default";
  private static final Set<String> KEPT =
      Set.of(
          "apiKeySelectionExpression",
          "corsConfiguration",
          "description",
          "disableExecuteApiEndpoint",
          "ipAddressType",
          "name",
          "routeSelectionExpression",
          "version");
  private static final Set<String> CORS =
      Set.of(
          "allowCredentials",
          "allowHeaders",
          "allowMethods",
          "allowOrigins",
          "exposeHeaders",
          "maxAge");

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "CreateApi",
            HttpBinding.post(ALL, 201),
            this::create,
            with(KEPT, "credentialsArn", "protocolType", "routeKey", "tags", "target")),
        Operation.rest("GetApi", HttpBinding.get(ONE), (in, call) -> store.read(in, HttpApi::json)),
        Operation.rest(
            "GetApis", HttpBinding.get(ALL), (in, call) -> list(in), "maxResults", "nextToken"),
        Operation.rest(
            "UpdateApi",
            HttpBinding.patch(ONE),
            (in, call) -> update(in),
            with(KEPT, "credentialsArn", "routeKey", "target")),
        Operation.rest("DeleteApi", HttpBinding.delete(ONE, 204), (in, call) -> delete(in)),
        Operation.rest(
            "DeleteCorsConfiguration",
            HttpBinding.delete(ONE + "/cors", 204),
            (in, call) -> removeCors(in)),
        Operation.rest("TagResource", HttpBinding.post(TAGS, 201), (in, call) -> tag(in), "tags"),
        Operation.rest(
            "UntagResource", HttpBinding.delete(TAGS, 204), (in, call) -> untag(in), "tagKeys"),
        Operation.rest("GetTags", HttpBinding.get(TAGS), (in, call) -> getTags(in)));
  }

  private static String[] with(Set<String> members, String... more) {
    var all = new java.util.TreeSet<>(members);
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private Output create(Input input, CallContext context) {
    String protocol = input.requiredText("protocolType");
    if (!protocol.equals("HTTP")) {
      throw HttpApiErrors.unsupported("protocolType " + protocol + ", only HTTP");
    }
    HttpApi api = newApi(context);
    settings(api.json(), input);
    api.json().put("name", input.requiredText("name"));
    input.structure("tags").ifPresent(tags -> api.json().set("tags", tags.json().deepCopy()));
    if (input.has("target")) {
      quickCreate(api, input);
    }
    return store.add(api);
  }

  /** An API without parts, with a new identifier. */
  HttpApi newApi(CallContext context) {
    String id = ids.lowerAlphanumeric(HttpApiStore.ID_LENGTH);
    ObjectNode json = Json.object();
    json.put(
        "apiEndpoint", "https://" + id + ".execute-api." + context.region() + ".amazonaws.com");
    json.put("apiId", id);
    json.put("apiKeySelectionExpression", "$request.header.x-api-key");
    json.put("createdDate", clock.now().toString());
    json.put("disableExecuteApiEndpoint", false);
    json.put("ipAddressType", "ipv4");
    json.put("protocolType", "HTTP");
    json.put("routeSelectionExpression", "$request.method $request.path");
    json.putObject("tags");
    return HttpApi.of(json);
  }

  /** One integration, one route and a stage that deploys automatically, all managed by the API. */
  private void quickCreate(HttpApi api, Input input) {
    String target = input.requiredText("target");
    boolean http = target.startsWith("http");
    ObjectNode integration = Json.object();
    integration.put("apiGatewayManaged", true);
    integration.put("integrationType", http ? "HTTP_PROXY" : "AWS_PROXY");
    integration.put("integrationUri", target);
    if (http) {
      integration.put("integrationMethod", "ANY");
    } else {
      integration.put("payloadFormatVersion", "2.0");
    }
    input.text("credentialsArn").ifPresent(arn -> integration.put("credentialsArn", arn));
    integrations.check(integration);
    String integrationId = ids.lowerAlphanumeric(7);
    integration.put("integrationId", integrationId);
    api.all(HttpApiPart.INTEGRATION).put(integrationId, integration);
    ObjectNode route = Json.object();
    route.put("apiGatewayManaged", true);
    route.put("routeKey", input.text("routeKey").orElse(DEFAULT_STAGE));
    route.put("target", "integrations/" + integrationId);
    routes.check(api, route);
    String routeId = ids.lowerAlphanumeric(7);
    api.all(HttpApiPart.ROUTE).put(routeId, route.put("routeId", routeId));
    ObjectNode stage = Json.object();
    stage.put("apiGatewayManaged", true).put("autoDeploy", true).put("stageName", DEFAULT_STAGE);
    stage.put("createdDate", clock.now().toString());
    for (String member :
        List.of("defaultRouteSettings", "routeSettings", "stageVariables", "tags")) {
      stage.putObject(member);
    }
    api.all(HttpApiPart.STAGE).put(DEFAULT_STAGE, stage);
  }

  private Output list(Input input) {
    return store.locked(
        apis ->
            Output.of(
                HttpApiParts.page(apis.values().stream().map(HttpApi::json).toList(), input)));
  }

  private Output update(Input input) {
    for (String member : List.of("credentialsArn", "routeKey", "target")) {
      if (input.has(member)) {
        throw HttpApiErrors.unsupported(
            "the member '" + member + "' of UpdateApi; update the route or the integration");
      }
    }
    return store.change(
        input,
        api -> {
          settings(api.json(), input);
          return api.json();
        });
  }

  /** Sets the members that the input gives, after checking them. */
  private static void settings(ObjectNode json, Input input) {
    input.structure("corsConfiguration").ifPresent(HttpApiOperations::checkCors);
    for (String member : KEPT) {
      HttpApiParts.requireType(input, member);
      input.node(member).ifPresent(value -> json.set(member, value.deepCopy()));
    }
  }

  static void checkCors(Input cors) {
    cors.only(CORS.toArray(String[]::new));
    boolean any = cors.texts("allowOrigins").contains("*");
    if (any && cors.bool("allowCredentials", false)) {
      throw HttpApiErrors.badRequest(
          "allowCredentials is not supported for allowOrigins '*', name the origins");
    }
    cors.integer("maxAge");
  }

  private Output delete(Input input) {
    store.remove(input);
    return Output.empty();
  }

  private Output removeCors(Input input) {
    return store.change(
        input,
        api -> {
          if (api.json().remove("corsConfiguration") == null) {
            throw HttpApiErrors.notFound("CORS configuration of API", api.id());
          }
          return Json.object();
        });
  }

  private Output tag(Input input) {
    Map<String, String> tags = input.textMap("tags");
    return tags(
        input,
        there -> {
          tags.forEach(there::put);
          return Json.object();
        });
  }

  private Output untag(Input input) {
    List<String> keys = input.texts("tagKeys");
    return tags(
        input,
        there -> {
          there.remove(keys);
          return Json.object();
        });
  }

  private Output getTags(Input input) {
    return tags(input, there -> Json.object().set("tags", there.deepCopy()));
  }

  private Output tags(Input input, java.util.function.Function<ObjectNode, ObjectNode> work) {
    String arn = input.requiredText("resourceArn");
    int from = arn.indexOf("/apis/");
    String[] path = from < 0 ? new String[0] : arn.substring(from + 1).split("/", -1);
    boolean ofApi = path.length == 2;
    if (!ofApi && !(path.length == 4 && path[2].equals("stages"))) {
      throw HttpApiErrors.badRequest("Invalid ARN specified: " + arn);
    }
    return store.locked(
        apis -> {
          HttpApi api = apis.get(path[1]);
          if (api == null) {
            throw HttpApiErrors.notFound("API", path[1]);
          }
          ObjectNode tagged = ofApi ? api.json() : api.one(HttpApiPart.STAGE, path[3]);
          JsonNode tags = tagged.path("tags");
          return Output.of(
              work.apply(tags instanceof ObjectNode there ? there : tagged.putObject("tags")));
        });
  }
}
