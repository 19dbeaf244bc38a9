// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Output;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The resources of AppSync Events: what a change of each property calls, and what they give. */
class AppSyncTemplateTest {
  private static final String TEMPLATE =
      """
      Resources:
        Api:
          Type: AWS::AppSync::Api
          Properties:
            Name: first
            OwnerContact: me
            EventConfig:
              AuthProviders: [{AuthType: API_KEY}]
              ConnectionAuthModes: [{AuthType: API_KEY}]
              DefaultPublishAuthModes: [{AuthType: API_KEY}]
              DefaultSubscribeAuthModes: [{AuthType: API_KEY}]
            Tags: [{Key: a, Value: '1'}]
        Orders:
          Type: AWS::AppSync::ChannelNamespace
          Properties:
            ApiId: !GetAtt Api.ApiId
            Name: orders
            CodeHandlers: one
            PublishAuthModes: [{AuthType: API_KEY}]
            Tags: [{Key: a, Value: '1'}]
        Key:
          Type: AWS::AppSync::ApiKey
          Properties: {ApiId: !GetAtt Api.ApiId, Description: old, Expires: 1900000000}
        Source:
          Type: AWS::AppSync::DataSource
          Properties:
            ApiId: !GetAtt Api.ApiId
            Name: web
            Type: HTTP
            Description: old
            HttpConfig: {Endpoint: 'http://one'}
      Outputs:
        Api: {Value: !Ref Api}
        ApiArn: {Value: !GetAtt Api.ApiArn}
        Hosts: {Value: !Sub '${Api.Dns.Http} ${Api.Dns.Realtime}'}
        Namespace: {Value: !Ref Orders}
        NamespaceArn: {Value: !GetAtt Orders.ChannelNamespaceArn}
        Key: {Value: !Ref Key}
        KeyArn: {Value: !GetAtt Key.Arn}
        KeyAndId: {Value: !Sub '${Key.ApiKey} ${Key.ApiKeyId}'}
        Source: {Value: !Ref Source}
        SourceName: {Value: !GetAtt Source.Name}
      """;

  private final List<FakeService.Call> calls = FakeService.callList();
  private final FakeService appsync =
      new FakeService(
          "appsync",
          calls,
          Stream.concat(
                  Stream.of("TagResource", "UntagResource"),
                  Stream.of("Api", "ChannelNamespace", "ApiKey", "DataSource")
                      .flatMap(
                          type -> Stream.of("Create" + type, "Update" + type, "Delete" + type)))
              .toArray(String[]::new));
  private final FakeService s3 = new FakeService("s3", calls, "GetObject");
  @AutoClose private final Fixture cfn = new Fixture(appsync, s3);

  @BeforeEach
  void answers() {
    ObjectNode api =
        JsonNodeFactory.instance.objectNode().put("apiId", "id").put("apiArn", "arn:api");
    api.putObject("dns").put("HTTP", "http.test").put("REALTIME", "realtime.test");
    answer("CreateApi", "api", api);
    answer(
        "CreateChannelNamespace",
        "channelNamespace",
        JsonNodeFactory.instance.objectNode().put("channelNamespaceArn", "arn:namespace"));
    answer("CreateApiKey", "apiKey", JsonNodeFactory.instance.objectNode().put("id", "da2-k"));
    answer(
        "CreateDataSource",
        "dataSource",
        JsonNodeFactory.instance
            .objectNode()
            .put("dataSourceArn", "arn:source")
            .put("name", "web"));
  }

  @Test
  void referencesAndAttributesAreThoseOfTheSchema() {
    JsonNode outputs = cfn.create("events", TEMPLATE).path("Outputs");

    assertThat(outputs)
        .extracting(
            output -> output.path("OutputKey").asText() + " " + output.path("OutputValue").asText())
        .containsExactlyInAnyOrder(
            "Api arn:api",
            "ApiArn arn:api",
            "Hosts http.test realtime.test",
            "Namespace arn:namespace",
            "NamespaceArn arn:namespace",
            "Key arn:aws:appsync:us-east-1:111122223333:apis/id/apikey/da2-k",
            "KeyArn arn:aws:appsync:us-east-1:111122223333:apis/id/apikey/da2-k",
            "KeyAndId da2-k da2-k",
            "Source arn:source",
            "SourceName web");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Name: first| Name: second| UpdateApi",
        "OwnerContact: me| OwnerContact: you| UpdateApi",
        "DefaultPublishAuthModes: [{AuthType: API_KEY}]| DefaultPublishAuthModes: [{AuthType:"
            + " AWS_IAM}]| UpdateApi",
        "CodeHandlers: one| CodeHandlers: two| UpdateChannelNamespace",
        "'      PublishAuthModes: [{AuthType: API_KEY}]'| '      PublishAuthModes: [{AuthType:"
            + " AWS_IAM}]'| UpdateChannelNamespace",
        "Name: orders| Name: invoices| CreateChannelNamespace DeleteChannelNamespace",
        "Description: old, Expires| Description: new, Expires| UpdateApiKey",
        "Expires: 1900000000| Expires: 1900003600| UpdateApiKey",
        "'      Description: old'| '      Description: new'| UpdateDataSource",
        "'http://one'| 'http://two'| UpdateDataSource",
        "Name: web| Name: net| CreateDataSource DeleteDataSource",
        "{ApiId: !GetAtt Api.ApiId, Desc| {ApiId: other, Desc| CreateApiKey DeleteApiKey",
      })
  void aPropertyIsChangedInPlaceOrReplacesItsResource(
      String before, String after, String operations) {
    cfn.create("events", TEMPLATE);
    calls.clear();

    JsonNode stack = cfn.update(Fixture.stack("events", TEMPLATE.replace(before, after), Map.of()));

    assertThat(stack.path("StackStatus").asText()).isEqualTo("UPDATE_COMPLETE");
    assertThat(calls)
        .extracting(FakeService.Call::operation)
        .containsExactly(operations.split(" "));
  }

  @Test
  void codeComesFromS3() {
    s3.answer(
        "GetObject",
        (input, context) ->
            Output.raw(
                200,
                Map.of(),
                (input.text("Bucket").orElse("") + " " + input.text("Key").orElse(""))
                    .getBytes(StandardCharsets.UTF_8)));

    cfn.create("events", TEMPLATE.replace("CodeHandlers: one", "CodeS3Location: s3://code/a/b.js"));

    assertThat(calls)
        .filteredOn(call -> call.operation().equals("CreateChannelNamespace"))
        .extracting(FakeService.Call::input)
        .singleElement()
        .satisfies(
            input -> {
              assertThat(input.path("codeHandlers").asText()).isEqualTo("code a/b.js");
              assertThat(input.has("codeS3Location")).isFalse();
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CodeS3Location: https://code/a.js| must be s3://BUCKET/KEY",
        "'CodeHandlers: one\n      CodeS3Location: s3://code/a.js'| Only one of",
      })
  void codeThatCannotBeFoundIsRefusedByName(String code, String message) {
    cfn.create("events", TEMPLATE.replace("CodeHandlers: one", code));

    assertThat(cfn.events("events"))
        .anySatisfy(
            event -> assertThat(event).startsWith("Orders CREATE_FAILED").contains(message));
  }

  private void answer(String operation, String member, ObjectNode value) {
    appsync.answer(
        operation,
        (input, context) ->
            Output.of(JsonNodeFactory.instance.objectNode().set(member, value.deepCopy())));
  }
}
