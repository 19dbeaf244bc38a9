// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.simulator.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Event APIs made, read, changed and removed by boto3, the AWS CLI and CloudFormation. */
@Timeout(300)
class EventsControlPlaneTest {
  /** Operations that Event APIs have no part in. */
  private static final Pattern GRAPHQL =
      Pattern.compile(
          "Graphql|Schema|Type|Function|Resolver|ApiCache|MappingTemplate|DomainName|ssociateApi"
              + "|ApiAssociation");

  private static final int NO_BOTO3 = 3;
  private static final String API_ID = "--api-id";
  private static final String STACK = "events";
  private static final String TEMPLATE =
      """
      Parameters:
        ApiName: {Type: String, Default: first}
        Namespace: {Type: String, Default: orders}
        Code:
          Type: String
          Default: "export function onPublish(ctx) { return ctx.events; }"
        KeyDescription: {Type: String, Default: old}
        Endpoint: {Type: String, Default: "http://localhost"}
      Resources:
        Api:
          Type: AWS::AppSync::Api
          Properties:
            Name: !Ref ApiName
            OwnerContact: us
            EventConfig:
              AuthProviders: [{AuthType: API_KEY}, {AuthType: AWS_IAM}]
              ConnectionAuthModes: [{AuthType: API_KEY}]
              DefaultPublishAuthModes: [{AuthType: API_KEY}]
              DefaultSubscribeAuthModes: [{AuthType: API_KEY}]
            Tags: [{Key: stack, Value: !Ref ApiName}]
        Source:
          Type: AWS::AppSync::DataSource
          Properties: {ApiId: !GetAtt Api.ApiId, Name: web, Type: HTTP, HttpConfig: {Endpoint: !Ref Endpoint}}
        Handled:
          Type: AWS::AppSync::ChannelNamespace
          Properties:
            ApiId: !GetAtt Api.ApiId
            Name: !Ref Namespace
            CodeHandlers: !Ref Code
            PublishAuthModes: [{AuthType: AWS_IAM}]
        Key:
          Type: AWS::AppSync::ApiKey
          Properties:
            ApiId: !GetAtt Api.ApiId
            Description: !Ref KeyDescription
      Outputs:
        ApiId: {Value: !GetAtt Api.ApiId}
        ApiArn: {Value: !Ref Api}
        Http: {Value: !GetAtt Api.Dns.Http}
        Realtime: {Value: !GetAtt Api.Dns.Realtime}
        NamespaceArn: {Value: !GetAtt Handled.ChannelNamespaceArn}
        SourceName: {Value: !GetAtt Source.Name}
        ApiKey: {Value: !GetAtt Key.ApiKey}
      """;

  @TempDir Path scratch;
  @AutoClose private Simulator simulator;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start(Deployed.config());
  }

  @Test
  void boto3MakesReadsChangesAndRemovesEverythingInTheShapesOfTheModel() throws Exception {
    AwsCli.requireCommand("python3");
    var answers = RecordedAnswers.of(simulator);

    AwsCli.Run run =
        AwsCli.run(
            scratch,
            List.of(
                "python3",
                Repository.path("end-to-end/src/test/resources/appsync_control_plane.py")
                    .toString(),
                simulator.endpoint().toString()));

    Assumptions.assumeTrue(run.status() != NO_BOTO3, "boto3 is not installed");
    assertThat(run.status()).as(run.output()).isZero();
    assertThat(run.output()).endsWith("done\n");
    assertThat(answers.operations())
        .containsAll(
            simulator.dispatcher().services().stream()
                .filter(service -> service.signingName().equals("appsync"))
                .flatMap(service -> service.operations().stream())
                .map(Operation::name)
                .filter(name -> !GRAPHQL.matcher(name).find())
                .map(name -> "appsync:" + name)
                .toList());
    assertThat(answers.findings(scratch)).isEmpty();
  }

  @Test
  void theCliMakesReadsChangesAndRemovesEverything() throws Exception {
    var cli = new AwsCli(simulator, scratch);
    String keyOnly = "[{\"authType\":\"API_KEY\"}]";
    String config =
        "{\"authProviders\":"
            + keyOnly
            + ",\"connectionAuthModes\":"
            + keyOnly
            + ",\"defaultPublishAuthModes\":"
            + keyOnly
            + ",\"defaultSubscribeAuthModes\":"
            + keyOnly
            + "}";
    String id =
        cli.json("appsync", "create-api", "--name", "cli", "--event-config", config)
            .at("/api/apiId")
            .asText();
    cli.run("appsync", "create-channel-namespace", API_ID, id, "--name", "orders", "--tags", "a=b");
    String key = cli.json("appsync", "create-api-key", API_ID, id).at("/apiKey/id").asText();
    cli.run("appsync", "create-data-source", API_ID, id, "--name", "none", "--type", "NONE");
    cli.run("appsync", "update-api", API_ID, id, "--name", "renamed", "--event-config", config);

    assertThat(cli.json("appsync", "get-api", API_ID, id).at("/api/name").asText())
        .isEqualTo("renamed");
    assertThat(
            cli.json("appsync", "get-channel-namespace", API_ID, id, "--name", "orders")
                .at("/channelNamespace/tags/a")
                .asText())
        .isEqualTo("b");
    assertThat(cli.json("appsync", "list-api-keys", API_ID, id).at("/apiKeys/0/id").asText())
        .isEqualTo(key);

    cli.run("appsync", "delete-api-key", API_ID, id, "--id", key);
    cli.run("appsync", "delete-data-source", API_ID, id, "--name", "none");
    cli.run("appsync", "delete-channel-namespace", API_ID, id, "--name", "orders");
    cli.run("appsync", "delete-api", API_ID, id);
    assertThat(cli.json("appsync", "list-apis").path("apis")).isEmpty();
    assertThat(cli.attempt("appsync", "get-api", API_ID, id).output())
        .contains("NotFoundException");
  }

  @Test
  void aTemplateIsDeployedChangedInPlaceReplacedWhereItMustBeAndRemoved() throws Exception {
    var cli = new AwsCli(simulator, scratch);
    Map<String, String> first = deploy(cli);
    assertThat(first.get("SourceName")).isEqualTo("web");
    assertThat(first.get("Http")).contains(".appsync-api.");
    assertThat(first.get("Realtime")).contains(".appsync-realtime-api.");
    String id = first.getOrDefault("ApiId", "");
    assertThat(namespace(cli, id, "orders").path("codeHandlers").asText()).contains("ctx.events");

    Map<String, String> inPlace =
        deploy(
            cli,
            "ApiName=second",
            "Code=export function onPublish(ctx) { return ctx.events.slice(0, 1); }",
            "KeyDescription=new",
            "Endpoint=http://127.0.0.1");
    assertThat(inPlace).isEqualTo(first);
    JsonNode api = cli.json("appsync", "get-api", API_ID, id).path("api");
    assertThat(api.path("name").asText()).isEqualTo("second");
    assertThat(api.at("/tags/stack").asText()).isEqualTo("second");
    assertThat(namespace(cli, id, "orders").path("codeHandlers").asText()).contains("slice");
    assertThat(
            cli.json("appsync", "list-api-keys", API_ID, id).at("/apiKeys/0/description").asText())
        .isEqualTo("new");
    assertThat(
            cli.json("appsync", "get-data-source", API_ID, id, "--name", "web")
                .at("/dataSource/httpConfig/endpoint")
                .asText())
        .isEqualTo("http://127.0.0.1");

    Map<String, String> replaced = deploy(cli, "ApiName=second", "Namespace=invoices");
    assertThat(replaced.get("ApiId")).isEqualTo(id);
    assertThat(replaced.get("NamespaceArn"))
        .endsWith("/channelNamespace/invoices")
        .isNotEqualTo(first.get("NamespaceArn"));
    assertThat(cli.json("appsync", "list-channel-namespaces", API_ID, id).path("channelNamespaces"))
        .hasSize(1);

    AwsCli.Run broken = attempt(cli, "Code=export function onPublish(ctx) { while (true) {} }");
    assertThat(broken.status()).isNotZero();
    assertThat(
            cli.json("cloudformation", "describe-stacks", "--stack-name", STACK)
                .at("/Stacks/0/StackStatus")
                .asText())
        .isEqualTo("UPDATE_ROLLBACK_COMPLETE");
    assertThat(namespace(cli, id, "invoices").path("codeHandlers").asText())
        .doesNotContain("while");

    cli.run("cloudformation", "delete-stack", "--stack-name", STACK);
    cli.run("cloudformation", "wait", "stack-delete-complete", "--stack-name", STACK);
    assertThat(cli.json("appsync", "list-apis").path("apis")).isEmpty();
  }

  private Map<String, String> deploy(AwsCli cli, String... parameters) throws Exception {
    AwsCli.Run run = attempt(cli, parameters);
    assertThat(run.status()).as(run.output()).isZero();
    var outputs = new HashMap<String, String>();
    cli.json("cloudformation", "describe-stacks", "--stack-name", STACK)
        .at("/Stacks/0/Outputs")
        .forEach(
            output ->
                outputs.put(
                    output.path("OutputKey").asText(), output.path("OutputValue").asText()));
    return outputs;
  }

  private AwsCli.Run attempt(AwsCli cli, String... parameters) throws Exception {
    Path template = Files.writeString(scratch.resolve("events.yaml"), TEMPLATE);
    var command =
        new java.util.ArrayList<>(
            List.of(
                "cloudformation",
                "deploy",
                "--stack-name",
                STACK,
                "--template-file",
                template.toString()));
    if (parameters.length > 0) {
      command.add("--parameter-overrides");
      command.addAll(List.of(parameters));
    }
    return cli.attempt(command.toArray(String[]::new));
  }

  private static JsonNode namespace(AwsCli cli, String id, String name) throws Exception {
    return cli.json("appsync", "get-channel-namespace", API_ID, id, "--name", name)
        .path("channelNamespace");
  }
}
