// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The deployed APIs that a client can reach, read from the services. Immutable. */
record DeployedApis(List<HttpApi> httpApis, List<EventsApi> eventsApis) {

  /**
   * A stage of a REST API.
   *
   * @param url its base URL, without a slash at the end
   */
  record HttpApi(String id, String stage, String url, List<Route> routes) {}

  /** A method of a resource. */
  record Route(String method, String path) {}

  /** An AppSync Events API. */
  record EventsApi(
      String id, String name, String httpHost, String realtimeHost, List<String> apiKeys) {}

  /** Reads the services. A missing service contributes nothing. */
  static DeployedApis of(Calls calls, URI endpoint) {
    return new DeployedApis(httpApis(calls, endpoint), eventsApis(calls));
  }

  private static List<HttpApi> httpApis(Calls calls, URI endpoint) {
    var found = new ArrayList<HttpApi>();
    if (!calls.has("apigateway", "GetRestApis")) {
      return found;
    }
    for (JsonNode api : items(calls.call("apigateway", "GetRestApis", CliJson.object()))) {
      String id = api.path("id").asText();
      List<Route> routes = routes(calls, id);
      ObjectNode ofApi = CliJson.object().put("restApiId", id);
      for (JsonNode stage : items(calls.call("apigateway", "GetStages", ofApi))) {
        String name = stage.path("stageName").asText();
        found.add(
            new HttpApi(
                id, name, endpoint + "/restapis/" + id + "/" + name + "/_user_request_", routes));
      }
    }
    return found;
  }

  private static List<Route> routes(Calls calls, String apiId) {
    var routes = new ArrayList<Route>();
    ObjectNode input = CliJson.object().put("restApiId", apiId);
    for (JsonNode resource : items(calls.call("apigateway", "GetResources", input))) {
      resource
          .path("resourceMethods")
          .fieldNames()
          .forEachRemaining(
              method -> routes.add(new Route(method, resource.path("path").asText())));
    }
    return routes;
  }

  /** API Gateway's lists are called {@code item} on the wire and {@code items} in its model. */
  private static JsonNode items(JsonNode answer) {
    return answer.has("item") ? answer.path("item") : answer.path("items");
  }

  private static List<EventsApi> eventsApis(Calls calls) {
    var found = new ArrayList<EventsApi>();
    if (!calls.has("appsync", "ListApis")) {
      return found;
    }
    for (JsonNode api : calls.call("appsync", "ListApis", CliJson.object()).path("apis")) {
      String id = api.path("apiId").asText();
      var keys = new ArrayList<String>();
      calls
          .call("appsync", "ListApiKeys", CliJson.object().put("apiId", id))
          .path("apiKeys")
          .forEach(key -> keys.add(key.path("id").asText()));
      found.add(
          new EventsApi(
              id,
              api.path("name").asText(),
              api.path("dns").path("HTTP").asText(),
              api.path("dns").path("REALTIME").asText(),
              List.copyOf(keys)));
    }
    return found;
  }

  /** As JSON, for {@code /_syncline/status}. */
  ObjectNode toJson() {
    ObjectNode json = CliJson.object();
    ArrayNode http = json.putArray("httpApis");
    for (HttpApi api : httpApis) {
      ObjectNode one =
          http.addObject().put("id", api.id()).put("stage", api.stage()).put("url", api.url());
      ArrayNode routes = one.putArray("routes");
      api.routes().forEach(route -> routes.add(route.method() + " " + route.path()));
    }
    ArrayNode events = json.putArray("eventsApis");
    for (EventsApi api : eventsApis) {
      ObjectNode one =
          events
              .addObject()
              .put("id", api.id())
              .put("name", api.name())
              .put("httpHost", api.httpHost())
              .put("realtimeHost", api.realtimeHost());
      ArrayNode keys = one.putArray("apiKeys");
      api.apiKeys().forEach(keys::add);
    }
    return json;
  }

  /** Reads the result of {@link #toJson}. */
  static DeployedApis fromJson(JsonNode json) {
    var http = new ArrayList<HttpApi>();
    for (JsonNode api : json.path("httpApis")) {
      var routes = new ArrayList<Route>();
      for (JsonNode route : api.path("routes")) {
        String[] parts = route.asText().split(" ", 2);
        routes.add(new Route(parts[0], parts.length > 1 ? parts[1] : "/"));
      }
      http.add(
          new HttpApi(
              api.path("id").asText(),
              api.path("stage").asText(),
              api.path("url").asText(),
              routes));
    }
    var events = new ArrayList<EventsApi>();
    for (JsonNode api : json.path("eventsApis")) {
      var keys = new ArrayList<String>();
      api.path("apiKeys").forEach(key -> keys.add(key.asText()));
      events.add(
          new EventsApi(
              api.path("id").asText(),
              api.path("name").asText(),
              api.path("httpHost").asText(),
              api.path("realtimeHost").asText(),
              keys));
    }
    return new DeployedApis(http, events);
  }
}
