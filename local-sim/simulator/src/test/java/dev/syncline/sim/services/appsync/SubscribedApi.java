// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import dev.syncline.sim.testing.EventApiCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

/** A simulator with one GraphQL API, its key and a source of type NONE. */
final class SubscribedApi implements AutoCloseable {
  static final String ECHO = "{\"version\":\"2018-05-29\",\"payload\":$util.toJson($ctx.args)}";
  static final String RESULT = "$util.toJson($ctx.result)";

  final Simulator simulator;
  final HttpClient http = HttpClient.newHttpClient();
  final String apiId;
  final String key;
  final URI graphql;
  final URI realtime;

  SubscribedApi(Path directory, String schema) throws Exception {
    this(directory, schema, "{}");
  }

  /**
   * An API with a schema.
   *
   * @param settings further members of CreateGraphqlApi
   */
  SubscribedApi(Path directory, String schema, String settings) throws Exception {
    simulator = Simulator.start(SimulatorConfig.defaults(directory));
    ObjectNode creation = Json.object().put("name", "test").put("authenticationType", "API_KEY");
    creation.setAll((ObjectNode) Json.MAPPER.readTree(settings.replace('\'', '"')));
    JsonNode api = call("CreateGraphqlApi", creation).path("graphqlApi");
    apiId = api.path("apiId").asText();
    graphql = URI.create(api.at("/uris/GRAPHQL").asText());
    realtime = URI.create(graphql.toString().replace("http://", "ws://") + "/realtime");
    key = call("CreateApiKey", input()).at("/apiKey/id").asText();
    call("StartSchemaCreation", input().put("definition", schema.getBytes(StandardCharsets.UTF_8)));
    call("CreateDataSource", input().put("name", "none").put("type", "NONE"));
  }

  /** An input that names the API. */
  ObjectNode input() {
    return Json.object().put("apiId", apiId);
  }

  /** Makes a field answer with its arguments, or as the response template says. */
  void resolver(String type, String field, String response) throws Exception {
    call(
        "CreateResolver",
        input()
            .put("typeName", type)
            .put("fieldName", field)
            .put("dataSourceName", "none")
            .put("requestMappingTemplate", ECHO)
            .put("responseMappingTemplate", response));
  }

  JsonNode call(String operation, ObjectNode input) throws Exception {
    return EventApiCalls.call(simulator, "appsync", operation, input);
  }

  /** The answer to a query or mutation with the key. */
  JsonNode execute(String query) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(graphql)
              .header("x-api-key", key)
              .POST(
                  HttpRequest.BodyPublishers.ofString(Json.object().put("query", query).toString()))
              .build();
      return Json.MAPPER.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** The header set of the key. */
  ObjectNode authorization() {
    return Json.object().put("host", graphql.getAuthority()).put("x-api-key", key);
  }

  /** Connects with the credentials in the query, as older clients do, and says hello. */
  GraphqlSocket connect() {
    GraphqlSocket socket =
        GraphqlSocket.open(http, withQuery(realtime, authorization()), "graphql-ws");
    socket.send("{'type':'connection_init'}");
    return socket;
  }

  static URI withQuery(URI uri, ObjectNode headers) {
    return URI.create(uri + "?header=" + base64(headers) + "&payload=e30=");
  }

  static String base64(ObjectNode headers) {
    return Base64.getEncoder().encodeToString(headers.toString().getBytes(StandardCharsets.UTF_8));
  }

  static ObjectNode variables() {
    return JsonNodeFactory.instance.objectNode();
  }

  @Override
  public void close() {
    http.close();
    simulator.close();
  }
}
