// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.testing.WholeSimulator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** One GraphQL API in a whole simulator, and requests to it. */
final class GraphqlWhole implements AutoCloseable {
  static final String SCHEMA =
      """
      type Item { id: ID! name: String secret: String size: Int }
      type Query { item(id: ID!, name: String): Item identity: AWSJSON other: String boom: String }
      type Mutation { put(name: String!): Item }
      type Subscription { onPut: Item @aws_subscribe(mutations: ["put"]) }
      """;

  final WholeSimulator aws;
  final String apiId;
  final String host;
  final String url;

  /** An API without a schema. */
  GraphqlWhole(Path work, String more) {
    aws = new WholeSimulator(work);
    JsonNode api = aws.call("appsync", "CreateGraphqlApi", "{'name':'a'," + more + "}");
    apiId = api.at("/graphqlApi/apiId").asText();
    host = api.at("/graphqlApi/dns/GRAPHQL").asText();
    url = api.at("/graphqlApi/uris/GRAPHQL").asText();
  }

  /** The API with a schema and resolvers that give back what they got. */
  GraphqlWhole standard() {
    schema(SCHEMA);
    call("CreateDataSource", "'name':'none','type':'NONE'");
    resolver(
        "Query",
        "item",
        "{\"id\":$util.toJson($ctx.args.id),\"name\":$util.toJson($ctx.args.name),\"size\":7}");
    resolver("Query", "identity", "$util.toJson($ctx.identity)");
    resolver("Query", "other", "$util.toJson($util.authType())");
    resolver("Mutation", "put", "{\"id\":\"1\",\"name\":$util.toJson($ctx.args.name)}");
    template("Query", "boom", "$util.error(\"no\", \"Mine\", {\"a\":1}, {\"b\":2})");
    return this;
  }

  void schema(String sdl) {
    String encoded = Base64.getEncoder().encodeToString(sdl.getBytes(StandardCharsets.UTF_8));
    call("StartSchemaCreation", "'definition':'" + encoded + "'");
    JsonNode status = call("GetSchemaCreationStatus", "");
    if (!status.path("status").asText().equals("SUCCESS")) {
      throw new AssertionError(status);
    }
  }

  /** A resolver with the source NONE whose payload is a template. */
  void resolver(String type, String field, String payload) {
    template(type, field, "{\"version\":\"2018-05-29\",\"payload\":" + payload + "}");
  }

  void template(String type, String field, String request) {
    ObjectNode input =
        Json.object()
            .put("apiId", apiId)
            .put("typeName", type)
            .put("fieldName", field)
            .put("dataSourceName", "none")
            .put("requestMappingTemplate", request)
            .put("responseMappingTemplate", "$util.toJson($ctx.result)");
    aws.simulator
        .clock()
        .run(
            () ->
                aws.simulator
                    .dispatcher()
                    .call("appsync", "CreateResolver", input, aws.simulator.internalCall()));
  }

  /** Calls an operation on the API; single quotes stand for double ones. */
  JsonNode call(String operation, String members) {
    return aws.call(
        "appsync",
        operation,
        "{'apiId':'" + apiId + "'" + (members.isEmpty() ? "" : ",") + members + "}");
  }

  String key() {
    return call("CreateApiKey", "").at("/apiKey/id").asText();
  }

  /** Posts a query with headers: names and values. */
  HttpResponse query(String query, String... headers) {
    return post(Json.object().put("query", query).toString(), headers);
  }

  /** Posts a body with headers: names and values. */
  HttpResponse post(String body, String... headers) {
    return send("POST", "", body, headers);
  }

  HttpResponse send(String method, String queryString, String body, String... headers) {
    List<Map.Entry<String, String>> all = new ArrayList<>();
    all.add(Map.entry("host", host));
    for (int i = 0; i < headers.length; i += 2) {
      all.add(Map.entry(headers[i], headers[i + 1]));
    }
    return send(
        new HttpRequest(
            method,
            "/graphql",
            queryString,
            new Headers(all),
            body.getBytes(StandardCharsets.UTF_8),
            "127.0.0.1",
            false));
  }

  HttpResponse send(HttpRequest request) {
    try {
      return aws.simulator.clock().call(() -> aws.simulator.router().answer(request));
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  /** A token of the built-in issuer; single quotes stand for double ones. */
  String token(String members) {
    HttpResponse answer =
        send(
            new HttpRequest(
                "POST",
                "/_syncline/issuer/token",
                "",
                Headers.of("host", "127.0.0.1:" + aws.simulator.port()),
                ("{" + members + "}").replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                "127.0.0.1",
                false));
    return json(answer).path("token").asText();
  }

  static JsonNode json(HttpResponse response) {
    return json(text(response));
  }

  static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (java.io.IOException notJson) {
      throw new AssertionError(notJson);
    }
  }

  static String text(HttpResponse response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /** Status and body. */
  static String shown(HttpResponse response) {
    return response.status() + " " + text(response);
  }

  @Override
  public void close() {
    aws.close();
  }
}
