// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.aws.SimulatorConfig;
import dev.syncline.sim.aws.port.Origin;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A simulator with something to steal: a stack, a secret, an object, a REST API, an Event API. */
final class AttackedSimulator implements AutoCloseable {
  /** A page of the developer's own. */
  static final String ALLOWED = "http://localhost:5173";

  private final Instance instance;
  private final RawHttp plain;
  private final RawHttp tls;
  private final String restApi;
  private final String eventHost;
  private final String eventKey;

  AttackedSimulator(Path work) throws Exception {
    instance =
        Instance.start(
            SimulatorConfig.defaults(work)
                .withAllowedOrigins(
                    List.of(Origin.parse(ALLOWED), Origin.parse("https://host.docker.internal"))),
            new StopSignal());
    plain = RawHttp.plain(instance.simulator().port());
    tls =
        RawHttp.tls(instance.simulator().tlsPort(), instance.simulator().caFile().orElseThrow());
    call("secretsmanager", "CreateSecret", "{'Name':'s','SecretString':'hunter2'}");
    call("s3", "CreateBucket", "{'Bucket':'bucket'}");
    instance
        .calls()
        .call("s3", "PutObject", json("{'Bucket':'bucket','Key':'k'}"), bytes("an object"));
    call(
        "cloudformation",
        "CreateStack",
        "{'StackName':'keep','TemplateBody':"
            + "'{\\'Resources\\':{\\'L\\':{\\'Type\\':\\'AWS::Logs::LogGroup\\'}}}'}");
    restApi = createRestApi();
    ObjectNode api =
        call(
            "appsync",
            "CreateApi",
            "{'name':'events','eventConfig':{'authProviders':[{'authType':'API_KEY'}],"
                + "'connectionAuthModes':[{'authType':'API_KEY'}],"
                + "'defaultPublishAuthModes':[{'authType':'API_KEY'}],"
                + "'defaultSubscribeAuthModes':[{'authType':'API_KEY'}]}}");
    String id = "{'apiId':'" + api.at("/api/apiId").asText() + "'";
    eventHost = api.at("/api/dns/HTTP").asText();
    eventKey = call("appsync", "CreateApiKey", id + "}").at("/apiKey/id").asText();
    call("appsync", "CreateChannelNamespace", id + ",'name':'default'}");
  }

  private String createRestApi() {
    String id = call("apigateway", "CreateRestApi", "{'name':'a'}").path("id").asText();
    String api = "{'restApiId':'" + id + "'";
    String root = call("apigateway", "GetResources", api + "}").at("/items/0/id").asText();
    if (root.isEmpty()) {
      root = call("apigateway", "GetResources", api + "}").at("/item/0/id").asText();
    }
    String method = api + ",'resourceId':'" + root + "','httpMethod':'GET'";
    call("apigateway", "PutMethod", method + ",'authorizationType':'NONE'}");
    call("apigateway", "PutMethodResponse", method + ",'statusCode':'200'}");
    call(
        "apigateway",
        "PutIntegration",
        method
            + ",'type':'MOCK',"
            + "'requestTemplates':{'application/json':'{\\'statusCode\\': 200}'}}");
    call("apigateway", "PutIntegrationResponse", method + ",'statusCode':'200'}");
    call("apigateway", "CreateDeployment", api + ",'stageName':'dev'}");
    return id;
  }

  /** Calls an operation from inside; single quotes stand for double ones. */
  ObjectNode call(String service, String operation, String input) {
    return instance.calls().call(service, operation, json(input));
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) Json.parse(text.replace("\\'", "\\\"").replace('\'', '"'));
    } catch (JsonProcessingException notJson) {
      throw new AssertionError(text, notJson);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  Instance instance() {
    return instance;
  }

  RawHttp plain() {
    return plain;
  }

  RawHttp tls() {
    return tls;
  }

  /** Fills in what only a running simulator knows. */
  String filled(String text, RawHttp port) {
    return text.replace("{port}", String.valueOf(port.port()))
        .replace("{rest}", restApi)
        .replace("{events}", eventHost)
        .replace("{key}", eventKey)
        .replace("{scheme}", port == tls ? "https" : "http");
  }

  @Override
  public void close() {
    instance.close();
  }
}
