// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

/** A GraphQL API with a key and a source of type NONE, and clients that connect to its port. */
final class GraphqlSubscribers implements AutoCloseable {
  static final String ECHO = "{\"version\":\"2018-05-29\",\"payload\":$util.toJson($ctx.args)}";
  static final String RESULT = "$util.toJson($ctx.result)";

  final GraphqlWhole api;
  final HttpClient http = HttpClient.newHttpClient();
  final URI realtime;
  final String key;

  /**
   * An API with a schema.
   *
   * @param settings members of CreateGraphqlApi, with single quotes for double ones
   */
  GraphqlSubscribers(Path directory, String schema, String settings) {
    api = new GraphqlWhole(directory, settings);
    realtime = URI.create(api.url.replace("http://", "ws://") + "/realtime");
    key = api.key();
    api.schema(schema);
    api.call("CreateDataSource", "'name':'none','type':'NONE'");
  }

  /** Makes a field answer as the response template says; its result are its arguments. */
  void resolver(String type, String field, String response) {
    ObjectNode input =
        Json.object()
            .put("apiId", api.apiId)
            .put("typeName", type)
            .put("fieldName", field)
            .put("dataSourceName", "none")
            .put("requestMappingTemplate", ECHO)
            .put("responseMappingTemplate", response);
    var simulator = api.aws.simulator;
    simulator
        .clock()
        .run(
            () ->
                simulator
                    .dispatcher()
                    .call("appsync", "CreateResolver", input, simulator.internalCall()));
  }

  /** The answer to a query or mutation with the key. */
  JsonNode execute(String query) {
    return GraphqlWhole.json(api.query(query, "x-api-key", key));
  }

  /** The header set of the key. */
  ObjectNode authorization() {
    return headers().put("x-api-key", key);
  }

  /** A header set without a credential. */
  ObjectNode headers() {
    return Json.object().put("host", realtime.getAuthority());
  }

  /** Connects with the key in the query, as older clients do, and takes the acknowledgement. */
  GraphqlSocket connect() {
    return connect(authorization());
  }

  /** Connects with a header set in the query, and takes the acknowledgement. */
  GraphqlSocket connect(ObjectNode headers) {
    GraphqlSocket socket = GraphqlSocket.open(http, withQuery(headers), "graphql-ws");
    socket.send("{'type':'connection_init'}");
    JsonNode first = socket.next();
    if (!first.path("type").asText().equals("connection_ack")) {
      throw new AssertionError(first);
    }
    return socket;
  }

  URI withQuery(ObjectNode headers) {
    return URI.create(realtime + "?header=" + base64(headers) + "&payload=e30=");
  }

  static String base64(ObjectNode headers) {
    return Base64.getEncoder().encodeToString(headers.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    http.close();
    api.close();
  }
}
