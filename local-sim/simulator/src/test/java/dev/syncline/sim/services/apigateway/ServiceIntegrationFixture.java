// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.testing.WholeSimulatorFixture;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;

/** An API whose methods integrate services of a whole simulator. */
abstract class ServiceIntegrationFixture extends WholeSimulatorFixture {
  static final String ROLE = "arn:aws:iam::000000000000:role/gateway";

  String api = "";
  String root = "";

  @BeforeEach
  final void createApiAndRole() {
    whole.call(
        "iam",
        "CreateRole",
        "{'RoleName': 'gateway', 'AssumeRolePolicyDocument': '{\\\"Version\\\":\\\"2012-10-17\\\","
            + "\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Action\\\":\\\"sts:AssumeRole\\\","
            + "\\\"Principal\\\":{\\\"Service\\\":\\\"apigateway.amazonaws.com\\\"}}]}'}");
    api = whole.call("apigateway", "CreateRestApi", "{'name': 'a'}").get("id").asText();
    root =
        whole
            .call("apigateway", "GetResources", "{'restApiId': '" + api + "'}")
            .at("/item/0/id")
            .asText();
  }

  final String account() {
    return whole.simulator.internalCall().account();
  }

  /** A resource below the root. */
  final String resource(String part) {
    return whole
        .call(
            "apigateway",
            "CreateResource",
            "{'restApiId': '" + api + "', 'parentId': '" + root + "', 'pathPart': '" + part + "'}")
        .get("id")
        .asText();
  }

  /** A POST method with an integration and one response, 200. */
  final void post(String part, ObjectNode integration, ObjectNode response) {
    method(resource(part), "POST", Json.object(), integration, response);
  }

  final void method(
      String resource,
      String httpMethod,
      ObjectNode method,
      ObjectNode integration,
      ObjectNode response) {
    put("PutMethod", resource, httpMethod, method.put("authorizationType", "NONE"));
    put("PutIntegration", resource, httpMethod, integration);
    respond(resource, httpMethod, "200", response);
  }

  final void respond(String resource, String httpMethod, String status, ObjectNode response) {
    ObjectNode declared = Json.object().put("statusCode", status);
    ObjectNode parameters = declared.putObject("responseParameters");
    response
        .path("responseParameters")
        .fieldNames()
        .forEachRemaining(name -> parameters.put(name, true));
    put("PutMethodResponse", resource, httpMethod, declared);
    put("PutIntegrationResponse", resource, httpMethod, response.put("statusCode", status));
  }

  final JsonNode put(String operation, String resource, String httpMethod, ObjectNode members) {
    ObjectNode input =
        members
            .deepCopy()
            .put("restApiId", api)
            .put("resourceId", resource)
            .put("httpMethod", httpMethod);
    // Single quotes would stand for double ones.
    return whole.call("apigateway", operation, input.toString().replace("'", "\\u0027"));
  }

  /** An integration of type AWS with the role. */
  final ObjectNode aws(String uri, String template) {
    ObjectNode integration =
        Json.object()
            .put("type", "AWS")
            .put("integrationHttpMethod", "POST")
            .put("uri", "arn:aws:apigateway:us-east-1:" + uri)
            .put("credentials", ROLE.replace("000000000000", account()));
    if (!template.isEmpty()) {
      integration.putObject("requestTemplates").put("application/json", template);
    }
    return integration;
  }

  static ObjectNode templates(String template) {
    ObjectNode response = Json.object();
    if (!template.isEmpty()) {
      response.putObject("responseTemplates").put("application/json", template);
    }
    return response;
  }

  final void deploy() {
    whole.call(
        "apigateway", "CreateDeployment", "{'restApiId': '" + api + "', 'stageName': 'dev'}");
  }

  /** A request below the stage dev. */
  final HttpResponse<byte[]> send(String method, String path, String body, String... headers) {
    return port.send(method, "/restapis/" + api + "/dev/_user_request_" + path, body, headers);
  }
}
