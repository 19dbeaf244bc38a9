// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.port.Origin;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/** A simulator with something to steal: a stack, a secret, an object, a REST API, an Event API. */
final class AttackedSimulator implements AutoCloseable {
  /** A page of the developer's own. */
  static final String ALLOWED = "http://localhost:5173";

  private static final String FETCHER =
      """
      import java.net.URI;
      import java.net.http.HttpClient;
      import java.net.http.HttpRequest;
      import java.net.http.HttpResponse;

      public class Fetcher {
        public String fetch(String url) throws Exception {
          var request = HttpRequest.newBuilder(URI.create(url)).build();
          try (HttpClient client = HttpClient.newHttpClient()) {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
          }
        }
      }
      """;

  private final Instance instance;
  private final RawHttp plain;
  private final RawHttp tls;
  private final String restApi;
  private final String httpApi;
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
    tls = RawHttp.tls(instance.simulator().tlsPort(), instance.simulator().caFile().orElseThrow());
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
    httpApi =
        call("apigatewayv2", "CreateApi", "{'name':'h','protocolType':'HTTP'}")
            .path("apiId")
            .asText();
    call(
        "apigatewayv2",
        "CreateStage",
        "{'apiId':'" + httpApi + "','stageName':'$default','autoDeploy':true}");
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

  /** Creates a function that fetches the address in its event, and gives status and body. */
  void createFetcher(String name, Path directory) throws IOException {
    Path source = Files.createDirectories(directory).resolve("Fetcher.java");
    Files.writeString(source, FETCHER);
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null, null, null, "--release", "21", "-d", directory.toString(), source.toString());
    if (status != 0) {
      throw new AssertionError("the function does not compile");
    }
    var zip = new ByteArrayOutputStream();
    try (var entries = new ZipOutputStream(zip)) {
      entries.putNextEntry(new ZipEntry("Fetcher.class"));
      entries.write(Files.readAllBytes(directory.resolve("Fetcher.class")));
    }
    call(
        "lambda",
        "CreateFunction",
        "{'FunctionName':'"
            + name
            + "','Runtime':'java21','Handler':'Fetcher::fetch','Timeout':60,"
            + "'Role':'arn:aws:iam::111111111111:role/r','Code':{'ZipFile':'"
            + Base64.getEncoder().encodeToString(zip.toByteArray())
            + "'}}");
  }

  /** Lets the function fetch an address, over the port as a client does. */
  String fetch(String function, String url) throws IOException {
    RawHttp.Answer answer =
        plain.send(
            "POST /2015-03-31/functions/" + function + "/invocations",
            List.of(
                "Host: 127.0.0.1",
                "Content-Type: application/json",
                "Authorization: AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/lambda/"
                    + "aws4_request, SignedHeaders=host, Signature=0"),
            "\"" + url + "\"");
    return CliJson.parse(answer.body()).asText();
  }

  /** Calls an operation from inside; single quotes stand for double ones. */
  ObjectNode call(String service, String operation, String input) {
    return instance.calls().call(service, operation, json(input));
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) CliJson.parse(text.replace("\\'", "\\\"").replace('\'', '"'));
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
        .replace("{http}", httpApi)
        .replace("{events}", eventHost)
        .replace("{key}", eventKey)
        .replace("{scheme}", port == tls ? "https" : "http");
  }

  @Override
  public void close() {
    instance.close();
  }
}
