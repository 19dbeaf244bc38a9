// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AwsException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Terraform's and CloudFormation's calls need from the control plane. */
class GatewayControlPlaneTest {
  @TempDir Path directory;
  @AutoClose private Gateway gateway;
  private String api = "";

  @BeforeEach
  void start() {
    gateway = new Gateway(directory);
    api =
        gateway.api(
            ", 'description': 'd', 'tags': {'P': 'x'}, 'endpointConfiguration': {'types':"
                + " ['REGIONAL']}");
  }

  @Test
  void anApiShowsWhatItWasMadeWith() {
    JsonNode shown = gateway.gateway("GetRestApi", "{'restApiId': '" + api + "'}");

    assertThat(shown.get("name").asText()).isEqualTo("test");
    assertThat(shown.get("endpointConfiguration").get("types").toString())
        .isEqualTo("[\"REGIONAL\"]");
    assertThat(shown.get("tags").get("P").asText()).isEqualTo("x");
    assertThat(shown.get("createdDate").isNumber()).isTrue();
    JsonNode root =
        gateway.gateway("GetResources", "{'restApiId': '" + api + "'}").get("item").get(0);
    assertThat(root.get("path").asText()).isEqualTo("/");
    assertThat(root.get("id")).isEqualTo(shown.get("rootResourceId"));
  }

  @ParameterizedTest
  @CsvSource({
    "/name, n2, /name, n2",
    "/binaryMediaTypes/image~1png, '', /binaryMediaTypes/0, image/png",
    "/endpointConfiguration/types/REGIONAL, PRIVATE, /endpointConfiguration/types/0, PRIVATE",
    "/minimumCompressionSize, 10, /minimumCompressionSize, 10"
  })
  void anApiIsPatched(String path, String value, String pointer, String expected) {
    JsonNode patched = patch("UpdateRestApi", "", "replace", path, value);

    assertThat(patched.at(pointer).asText()).isEqualTo(expected);
  }

  @Test
  void aPatchPathThatIsNotThereIsRefusedByName() {
    assertThatThrownBy(() -> patch("UpdateRestApi", "", "replace", "/nope", "1"))
        .isInstanceOf(AwsException.class)
        .hasMessageContaining("/nope");
  }

  @Test
  void methodsIntegrationsAndStagesArePatchedAsTerraformDoes() {
    String resource = withMethod();
    String target = ", 'resourceId': '" + resource + "', 'httpMethod': 'POST'";

    assertThat(
            patch("UpdateMethod", target, "replace", "/operationName", "op")
                .get("operationName")
                .asText())
        .isEqualTo("op");
    assertThat(
            patch("UpdateIntegration", target, "replace", "/timeoutInMillis", "28998")
                .get("timeoutInMillis")
                .asInt())
        .isEqualTo(28_998);
    gateway.deploy(api);
    String stage = ", 'stageName': 'dev'";
    assertThat(
            patch("UpdateStage", stage, "replace", "/tracingEnabled", "true")
                .get("tracingEnabled")
                .asBoolean())
        .isTrue();
    JsonNode settings =
        patch("UpdateStage", stage, "replace", "/*/*/throttling/rateLimit", "100.000000")
            .get("methodSettings")
            .get("*/*");
    assertThat(settings.get("throttlingRateLimit").asDouble()).isEqualTo(100);
    assertThat(settings.get("loggingLevel").asText()).isEqualTo("OFF");
    assertThat(patch("UpdateStage", stage, "remove", "/*/*", "").get("methodSettings").size())
        .isZero();
    assertThat(
            patch("UpdateStage", stage, "replace", "/event/POST/metrics/enabled", "true")
                .get("methodSettings")
                .get("event/POST")
                .get("metricsEnabled")
                .asBoolean())
        .isTrue();
    assertThat(
            patch("UpdateStage", stage, "replace", "/variables/GET", "v")
                .get("variables")
                .get("GET")
                .asText())
        .isEqualTo("v");
  }

  @Test
  void theAccountsLogRoleIsKept() {
    gateway.gateway(
        "UpdateAccount",
        "{'patchOperations': [{'op': 'replace', 'path': '/cloudwatchRoleArn', 'value': 'arn'}]}");

    assertThat(gateway.gateway("GetAccount", "{}").get("cloudwatchRoleArn").asText())
        .isEqualTo("arn");
  }

  @Test
  void tagsOfApisAndStagesAreChanged() {
    withMethod();
    gateway.deploy(api);
    for (String suffix : new String[] {"", "/stages/dev"}) {
      String arn = "'arn:aws:apigateway:us-east-1::/restapis/" + api + suffix + "'";
      gateway.gateway("TagResource", "{'resourceArn': " + arn + ", 'tags': {'R': '2'}}");
      assertThat(
              gateway
                  .gateway("GetTags", "{'resourceArn': " + arn + "}")
                  .get("tags")
                  .get("R")
                  .asText())
          .isEqualTo("2");
      gateway.gateway("UntagResource", "{'resourceArn': " + arn + ", 'tagKeys': ['R']}");
      assertThat(gateway.gateway("GetTags", "{'resourceArn': " + arn + "}").get("tags").has("R"))
          .isFalse();
    }
  }

  @Test
  void anIntegrationFromTheWireHasItsOwnHttpMethod() {
    String resource = gateway.resource(api, "event");
    gateway.method(api, resource, "GET", "");

    JsonNode integration =
        gateway.gateway(
            "PutIntegration",
            "{'restApiId': '"
                + api
                + "', 'resourceId': '"
                + resource
                + "', 'resourceHttpMethod': 'GET', 'httpMethod': 'POST', 'type': 'AWS_PROXY',"
                + " 'uri': 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/f/"
                + "invocations'}");

    assertThat(integration.get("httpMethod").asText()).isEqualTo("POST");
    assertThat(integration.get("timeoutInMillis").asInt()).isEqualTo(29_000);
  }

  @Test
  void unsupportedInputIsRefusedByName() {
    String resource = gateway.resource(api, "event");
    assertThatThrownBy(
            () ->
                gateway.gateway(
                    "PutMethod",
                    Gateway.target(api, resource, "POST") + ", 'authorizationType': 'OTHER'}"))
        .hasMessageContaining("OTHER");
    gateway.method(api, resource, "POST", "");
    assertThatThrownBy(
            () ->
                gateway.gateway(
                    "PutIntegration",
                    Gateway.target(api, resource, "POST")
                        + ", 'type': 'HTTP_PROXY', 'integrationHttpMethod': 'GET',"
                        + " 'uri': 'http://a', 'connectionType': 'VPC_LINK'}"))
        .hasMessageContaining("VPC_LINK");
    assertThatThrownBy(
            () ->
                gateway.gateway(
                    "CreateModel",
                    "{'restApiId': '"
                        + api
                        + "', 'name': 'M', 'contentType': 'application/json', 'schema':"
                        + " '{\\\"$ref\\\":\\\"x\\\"}'}"))
        .hasMessageContaining("$ref");
  }

  @Test
  void anApiWithoutMethodsCannotBeDeployedAndAServedDeploymentNotDeleted() {
    assertThatThrownBy(() -> gateway.deploy(api)).hasMessageContaining("any methods");
    withMethod();
    gateway.deploy(api);
    String deployment =
        gateway
            .gateway("GetStage", "{'restApiId': '" + api + "', 'stageName': 'dev'}")
            .get("deploymentId")
            .asText();

    String input = "{'restApiId': '" + api + "', 'deploymentId': '" + deployment + "'}";
    assertThatThrownBy(() -> gateway.gateway("DeleteDeployment", input))
        .hasMessageContaining("Active stages");
    gateway.gateway("DeleteStage", "{'restApiId': '" + api + "', 'stageName': 'dev'}");
    gateway.gateway("DeleteDeployment", input);
    gateway.gateway("DeleteRestApi", "{'restApiId': '" + api + "'}");
    assertThat(gateway.gateway("GetRestApis", "{}").get("item").size()).isZero();
  }

  @Test
  void deletedResourcesAreNotFound() {
    assertThatThrownBy(() -> gateway.gateway("GetRestApi", "{'restApiId': 'gone'}"))
        .isInstanceOfSatisfying(
            AwsException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo("NotFoundException");
              assertThat(failure.status()).isEqualTo(404);
            });
  }

  private String withMethod() {
    String resource = gateway.resource(api, "event");
    gateway.method(api, resource, "POST", "");
    gateway.proxy(api, resource, "POST", "f", "");
    return resource;
  }

  private JsonNode patch(String operation, String members, String op, String path, String value) {
    return gateway.gateway(
        operation,
        "{'restApiId': '"
            + api
            + "'"
            + members
            + ", 'patchOperations': [{'op': '"
            + op
            + "', 'path': '"
            + path
            + "', 'value': '"
            + value
            + "'}]}");
  }
}
