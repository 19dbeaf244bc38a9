// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.services.cloudformation.template.Yaml;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** REST APIs from OpenAPI documents, and back. */
class OpenApiTest extends GatewayFixture {
  private static final String FUNCTION =
      "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
          + "arn:aws:lambda:us-east-1:111111111111:function:f/invocations";

  private static final String THREE =
      """
      openapi: 3.0.1
      info: {title: items, version: 2024-01-01, description: an API}
      x-amazon-apigateway-request-validators:
        all: {validateRequestBody: true, validateRequestParameters: true}
      x-amazon-apigateway-gateway-responses:
        DEFAULT_4XX:
          responseParameters: {gatewayresponse.header.X-Own: "'yes'"}
      x-amazon-apigateway-binary-media-types: ['image/png']
      paths:
        /items/{id}:
          parameters:
            - {name: id, in: path, required: true, schema: {type: string}}
          put:
            operationId: putItem
            parameters:
              - {name: q, in: query, required: true, schema: {type: string}}
            requestBody:
              content:
                application/json:
                  schema: {$ref: '#/components/schemas/Item'}
            responses:
              '200':
                description: ok
                headers: {X-Id: {schema: {type: string}}}
                content: {application/json: {schema: {$ref: '#/components/schemas/Item'}}}
              default: {description: others}
            security: [{auth: []}]
            x-amazon-apigateway-request-validator: all
            x-amazon-apigateway-integration:
              type: aws
              httpMethod: POST
              uri: FUNCTION
              passthroughBehavior: when_no_templates
              requestTemplates:
                application/json: '{"id": "$input.params("id")", "body": $input.json("$")}'
              responses:
                default:
                  statusCode: '200'
                  responseParameters: {method.response.header.X-Id: method.request.path.id}
                  responseTemplates: {application/json: '{"got": $input.json("$.statusCode")}'}
        /{proxy+}:
          x-amazon-apigateway-any-method:
            responses: {}
            x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: FUNCTION}
      components:
        schemas:
          Item:
            type: object
            required: [name]
            properties: {name: {$ref: '#/components/schemas/Name'}}
          Name: {type: string, minLength: 2, example: ab}
        securitySchemes:
          auth:
            type: apiKey
            name: Authorization
            in: header
            x-amazon-apigateway-authtype: custom
            x-amazon-apigateway-authorizer:
              type: token
              authorizerUri: FUNCTION
              authorizerResultTtlInSeconds: 0
      """
          .replace("FUNCTION", FUNCTION)
          .replace("method.request.path.id}", "context.stage}");

  private Output call(String operation, ObjectNode input) {
    try {
      var context = new CallContext(Gateway.ACCOUNT, Gateway.REGION, "r", "", new byte[0]);
      return gateway.clock.call(
          () -> gateway.dispatcher.call("apigateway", operation, input, context));
    } catch (RuntimeException refused) {
      throw refused;
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  private JsonNode imported(String document) {
    return call("ImportRestApi", Json.object().put("body", document)).json();
  }

  private JsonNode exported(String api, String type, String accepts) throws Exception {
    ObjectNode input =
        Json.object()
            .put("restApiId", api)
            .put("stageName", "dev")
            .put("exportType", type)
            .put("accepts", accepts);
    input.putObject("parameters").put("extensions", "apigateway");
    byte[] raw = call("GetExport", input).raw();
    String text = new String(raw == null ? new byte[0] : raw, StandardCharsets.UTF_8);
    return accepts.contains("yaml") ? new Yaml().read(text) : Json.MAPPER.readTree(text);
  }

  private void authorizing() {
    answer =
        "{\"statusCode\":200,\"principalId\":\"me\",\"policyDocument\":{\"Statement\":[{"
            + "\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}}";
  }

  @Test
  void aDocumentBecomesAnApiThatWorks() {
    JsonNode api = imported(THREE);
    assertThat(api.get("name").asText()).isEqualTo("items");
    assertThat(api.get("description").asText()).isEqualTo("an API");
    assertThat(api.get("version").asText()).isEqualTo("2024-01-01");
    assertThat(api.get("warnings").toString()).contains("default");
    String id = api.get("id").asText();
    gateway.deploy(id);
    authorizing();

    HttpResponse response =
        gateway.send(id, "PUT", "/items/7?q=1", "{\"name\":\"ab\"}", "Authorization", "x");

    assertThat(response.status()).as(Gateway.text(response)).isEqualTo(200);
    assertThat(event.toString()).isEqualTo("{\"id\":\"7\",\"body\":{\"name\":\"ab\"}}");
    assertThat(Gateway.text(response)).isEqualTo("{\"got\": 200}");
    assertThat(response.headers().first("X-Id")).contains("dev");
    HttpResponse wrong =
        gateway.send(id, "PUT", "/items/7?q=1", "{\"name\":\"a\"}", "Authorization", "x");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.headers().first("X-Own")).contains("yes");
    assertThat(gateway.send(id, "PUT", "/items/7?q=1", "{}").status()).isEqualTo(401);
    answer = "{\"statusCode\":201}";
    assertThat(gateway.send(id, "GET", "/other/path", "").status()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"oas30", "swagger"})
  void anExportImportsToTheSameApi(String type) throws Exception {
    String id = imported(THREE).get("id").asText();
    gateway.deploy(id);
    JsonNode first = exported(id, type, "application/json");
    assertThat(exported(id, type, "application/yaml")).isEqualTo(first);

    String again = imported(first.toString()).get("id").asText();
    gateway.deploy(again);
    JsonNode second = exported(again, type, "application/json");

    assertThat(withoutHost(second, again)).isEqualTo(withoutHost(first, id));
    authorizing();
    assertThat(
            gateway
                .send(again, "PUT", "/items/7?q=1", "{\"name\":\"ab\"}", "Authorization", "x")
                .status())
        .isEqualTo(200);
  }

  private static JsonNode withoutHost(JsonNode document, String id) throws Exception {
    return Json.MAPPER.readTree(document.toString().replace(id, "ID"));
  }

  @Test
  void mergeKeepsAndOverwriteRemovesWhatTheDocumentLacks() {
    String id = imported(THREE).get("id").asText();
    String more =
        "{\"swagger\":\"2.0\",\"info\":{\"title\":\"t\"},\"basePath\":\"/v1/api\",\"paths\":{\"/ping\":"
            + "{\"get\":{\"responses\":{\"200\":{}},\"x-amazon-apigateway-integration\":"
            + "{\"type\":\"mock\",\"requestTemplates\":{\"application/json\":\"{statusCode:200}\"},"
            + "\"responses\":{\"default\":{\"statusCode\":200}}}}}}}";
    ObjectNode input = Json.object().put("restApiId", id).put("body", more);

    ObjectNode merge = input.deepCopy().put("mode", "merge");
    merge.putObject("parameters").put("basepath", "prepend");
    call("PutRestApi", merge);
    assertThat(paths(id)).contains("/items/{id}", "/v1/api/ping");
    call("PutRestApi", input.deepCopy().put("mode", "overwrite"));
    assertThat(paths(id)).contains("/ping").doesNotContain("items", "v1");
    gateway.deploy(id);
    assertThat(gateway.send(id, "GET", "/ping", "").status()).isEqualTo(200);
  }

  private String paths(String id) {
    return gateway.gateway("GetResources", "{'restApiId': '" + id + "'}").toString();
  }

  @Test
  void aRefusedImportChangesNothing() {
    String id = imported(THREE).get("id").asText();
    String before = paths(id);
    String bad =
        "{\"swagger\":\"2.0\",\"info\":{\"title\":\"t\"},\"paths\":{\"/new\":{\"get\":{"
            + "\"responses\":{},\"x-amazon-apigateway-integration\":{\"type\":\"aws\","
            + "\"httpMethod\":\"POST\",\"uri\":\"arn:aws:apigateway:us-east-1:kinesis:action/X\","
            + "\"credentials\":\"arn:aws:iam::111111111111:role/r\"}}}}}";
    ObjectNode input = Json.object().put("restApiId", id).put("body", bad);

    assertThatThrownBy(() -> call("PutRestApi", input.put("mode", "overwrite")))
        .hasMessageContaining("kinesis");
    assertThat(paths(id)).isEqualTo(before);
    int apis = gateway.gateway("GetRestApis", "{}").get("item").size();
    assertThatThrownBy(() -> imported(bad)).hasMessageContaining("kinesis");
    assertThat(gateway.gateway("GetRestApis", "{}").get("item")).hasSize(apis);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"openapi\":\"3.1.0\"}",
        "swagger: '2.0'\n  x: [",
        "{\"swagger\":\"2.0\",\"paths\":{\"/a\":{\"$ref\":\"#/none\"}}}",
        "{\"swagger\":\"2.0\",\"x-amazon-apigateway-unknown\":1}",
        "{\"swagger\":\"2.0\",\"paths\":{\"/a b\":{\"get\":{}}}}"
      })
  void aDocumentThatIsNotOneIsRefused(String document) {
    assertThatThrownBy(() -> imported(document))
        .isInstanceOf(dev.syncline.sim.service.AwsException.class)
        .hasMessageNotContaining("Exception");
  }
}
