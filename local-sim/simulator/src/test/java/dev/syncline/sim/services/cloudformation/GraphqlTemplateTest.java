// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import static dev.syncline.sim.services.cloudformation.WholeStacks.output;
import static dev.syncline.sim.services.cloudformation.WholeStacks.stack;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.testing.WholeSimulator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stack with a GraphQL API and each of its parts. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GraphqlTemplateTest {
  private static final String TEMPLATE =
      """
      Resources:
        Api:
          Type: AWS::AppSync::GraphQLApi
          Properties:
            Name: blog
            AuthenticationType: AMAZON_COGNITO_USER_POOLS
            UserPoolConfig: {UserPoolId: us-east-1_pool}
            AdditionalAuthenticationProviders:
              - {AuthenticationType: API_KEY}
            EnvironmentVariables: {STAGE: test}
            QueryDepthLimit: 5
            Tags: [{Key: team, Value: first}]
        Schema:
          Type: AWS::AppSync::GraphQLSchema
          Properties:
            ApiId: !GetAtt Api.ApiId
            DefinitionS3Location: s3://code/schema.graphql
        Key:
          Type: AWS::AppSync::ApiKey
          Properties: {ApiId: !GetAtt Api.ApiId, Description: reads}
        Table:
          Type: AWS::AppSync::DataSource
          Properties:
            ApiId: !GetAtt Api.ApiId
            Name: table
            Type: AMAZON_DYNAMODB
            ServiceRoleArn: arn:aws:iam::111111111111:role/r
            DynamoDBConfig: {TableName: posts, AwsRegion: us-east-1}
        None:
          Type: AWS::AppSync::DataSource
          Properties: {ApiId: !GetAtt Api.ApiId, Name: none, Type: NONE}
        Step:
          Type: AWS::AppSync::FunctionConfiguration
          Properties:
            ApiId: !GetAtt Api.ApiId
            Name: step
            DataSourceName: !GetAtt None.Name
            Runtime: {Name: APPSYNC_JS, RuntimeVersion: 1.0.0}
            CodeS3Location: s3://code/step.js
        Greeting:
          Type: AWS::AppSync::Resolver
          DependsOn: Schema
          Properties:
            ApiId: !GetAtt Api.ApiId
            TypeName: Query
            FieldName: greeting
            Kind: PIPELINE
            RequestMappingTemplate: '{}'
            ResponseMappingTemplateS3Location: s3://code/response.vtl
            PipelineConfig: {Functions: [!GetAtt Step.FunctionId]}
            CachingConfig: {Ttl: 60, CachingKeys: [$context.arguments.name]}
        Cache:
          Type: AWS::AppSync::ApiCache
          Properties:
            ApiId: !GetAtt Api.ApiId
            ApiCachingBehavior: PER_RESOLVER_CACHING
            Type: SMALL
            Ttl: 60
        Domain:
          Type: AWS::AppSync::DomainName
          Properties:
            DomainName: blog.example.com
            CertificateArn: arn:aws:acm:us-east-1:111111111111:certificate/c
        Association:
          Type: AWS::AppSync::DomainNameApiAssociation
          Properties: {ApiId: !GetAtt Api.ApiId, DomainName: !Ref Domain}
      Outputs:
        Api: {Value: !Ref Api}
        ApiId: {Value: !GetAtt Api.ApiId}
        Arn: {Value: !GetAtt Api.Arn}
        Url: {Value: !GetAtt Api.GraphQLUrl}
        Hosts: {Value: !Sub '${Api.GraphQLDns} ${Api.RealtimeDns}'}
        Realtime: {Value: !GetAtt Api.RealtimeUrl}
        Endpoint: {Value: !GetAtt Api.GraphQLEndpointArn}
        Schema: {Value: !Ref Schema}
        Source: {Value: !Ref Table}
        Step: {Value: !Ref Step}
        Resolver: {Value: !Ref Greeting}
        Field: {Value: !Sub '${Greeting.TypeName}.${Greeting.FieldName}'}
        Cache: {Value: !Ref Cache}
        Domain: {Value: !Sub '${Domain} ${Domain.DomainNameArn}'}
        Association: {Value: !GetAtt Association.ApiAssociationIdentifier}
      """;

  private static final String SCHEMA = "type Query { greeting(name: String): String }";

  @TempDir Path work;

  @Test
  void anApiIsMadeChangedAndDeleted() {
    try (var aws = new WholeSimulator(work)) {
      objects(aws);
      JsonNode made = stack(aws, "CreateStack", TEMPLATE, "CREATE_COMPLETE");
      String id = output(made, "ApiId");
      String arn = "arn:aws:appsync:us-east-1:" + aws.simulator.internalCall().account();
      assertThat(output(made, "Api")).isEqualTo(arn + ":apis/" + id);
      assertThat(output(made, "Arn")).isEqualTo(output(made, "Api"));
      JsonNode api = call(aws, "GetGraphqlApi", id).path("graphqlApi");
      assertThat(output(made, "Url")).isEqualTo(api.at("/uris/GRAPHQL").asText());
      assertThat(output(made, "Realtime")).isEqualTo(api.at("/uris/REALTIME").asText());
      assertThat(output(made, "Hosts"))
          .isEqualTo(api.at("/dns/GRAPHQL").asText() + " " + api.at("/dns/REALTIME").asText());
      assertThat(output(made, "Hosts"))
          .startsWith(
              output(made, "Endpoint").substring((arn + ":endpoints/graphql-api/").length()) + ".");
      assertThat(output(made, "Schema")).isEqualTo(id + "GraphQLSchema");
      assertThat(output(made, "Source")).isEqualTo(arn + ":apis/" + id + "/datasources/table");
      assertThat(output(made, "Step")).startsWith(arn + ":apis/" + id + "/functions/");
      assertThat(output(made, "Resolver"))
          .isEqualTo(arn + ":apis/" + id + "/types/Query/resolvers/greeting");
      assertThat(output(made, "Field")).isEqualTo("Query.greeting");
      assertThat(output(made, "Cache")).isEqualTo(id);
      assertThat(output(made, "Domain"))
          .isEqualTo("blog.example.com " + arn + ":domainnames/blog.example.com");
      assertThat(output(made, "Association")).isEqualTo("blog.example.com");
      assertThat(api.at("/userPoolConfig/awsRegion").asText()).isEqualTo("us-east-1");
      assertThat(call(aws, "GetGraphqlApiEnvironmentVariables", id).toString())
          .isEqualTo("{\"environmentVariables\":{\"STAGE\":\"test\"}}");
      assertThat(resolver(aws, id).path("responseMappingTemplate").asText())
          .isEqualTo("\"rendered\"");
      assertThat(call(aws, "ListFunctions", id).at("/functions/0/code").asText())
          .contains("function request");

      JsonNode changed =
          stack(
              aws,
              "UpdateStack",
              TEMPLATE
                  .replace("Name: blog\n", "Name: diary\n")
                  .replace("{STAGE: test}", "{STAGE: live}")
                  .replace("Value: first", "Value: second")
                  .replace(
                      "DefinitionS3Location: s3://code/schema.graphql",
                      "Definition: '" + SCHEMA.replace("}", "more: Int }") + "'")
                  .replace("RequestMappingTemplate: '{}'", "RequestMappingTemplate: '{\"a\":1}'")
                  .replace("Ttl: 60\n", "Ttl: 90\n")
                  .replace("{TableName: posts,", "{TableName: others,"),
              "UPDATE_COMPLETE");
      assertThat(output(changed, "ApiId")).isEqualTo(id);
      JsonNode after = call(aws, "GetGraphqlApi", id).path("graphqlApi");
      assertThat(after.path("name").asText()).isEqualTo("diary");
      assertThat(after.at("/tags/team").asText()).isEqualTo("second");
      assertThat(after.path("queryDepthLimit").asInt()).isEqualTo(5);
      assertThat(call(aws, "GetGraphqlApiEnvironmentVariables", id).toString()).contains("live");
      assertThat(resolver(aws, id).path("requestMappingTemplate").asText()).contains("\"a\":1");
      assertThat(call(aws, "GetApiCache", id).at("/apiCache/ttl").asInt()).isEqualTo(90);
      assertThat(call(aws, "ListDataSources", id).toString()).contains("others");

      WholeStacks.delete(aws);
      assertThat(aws.call("appsync", "ListGraphqlApis", "{}").path("graphqlApis")).isEmpty();
      assertThat(aws.call("appsync", "ListDomainNames", "{}").path("domainNameConfigs")).isEmpty();
    }
  }

  @Test
  void aRefusedSchemaFailsTheStackWithItsText() {
    try (var aws = new WholeSimulator(work)) {
      String events =
          failed(
              aws,
              """
              Resources:
                Api:
                  Type: AWS::AppSync::GraphQLApi
                  Properties: {Name: blog, AuthenticationType: API_KEY}
                Schema:
                  Type: AWS::AppSync::GraphQLSchema
                  Properties: {ApiId: !GetAtt Api.ApiId, Definition: 'type Post { id: ID }'}
              """);
      assertThat(events).contains("Schema Creation Status is FAILED with details: ");
      assertThat(aws.call("appsync", "ListGraphqlApis", "{}").path("graphqlApis")).isEmpty();
    }
  }

  @Test
  void aResolverBeforeTheSchemaIsNotFound() {
    try (var aws = new WholeSimulator(work)) {
      String events =
          failed(
              aws,
              """
              Resources:
                Api:
                  Type: AWS::AppSync::GraphQLApi
                  Properties: {Name: blog, AuthenticationType: API_KEY}
                Source:
                  Type: AWS::AppSync::DataSource
                  Properties: {ApiId: !GetAtt Api.ApiId, Name: none, Type: NONE}
                Resolver:
                  Type: AWS::AppSync::Resolver
                  Properties:
                    ApiId: !GetAtt Api.ApiId
                    TypeName: Query
                    FieldName: greeting
                    DataSourceName: !GetAtt Source.Name
                    RequestMappingTemplate: '{}'
                    ResponseMappingTemplate: '{}'
              """);
      assertThat(events).contains("Type Query not found");
    }
  }

  @Test
  void aResolverWithAnotherLogicalIdCannotTakeTheFieldAndAnotherFieldReplacesIt() {
    try (var aws = new WholeSimulator(work)) {
      String template =
          """
          Resources:
            Api:
              Type: AWS::AppSync::GraphQLApi
              Properties: {Name: blog, AuthenticationType: API_KEY}
            Schema:
              Type: AWS::AppSync::GraphQLSchema
              Properties: {ApiId: !GetAtt Api.ApiId, Definition: 'type Query { a: Int b: Int }'}
            Source:
              Type: AWS::AppSync::DataSource
              Properties: {ApiId: !GetAtt Api.ApiId, Name: none, Type: NONE}
            Resolver:
              Type: AWS::AppSync::Resolver
              DependsOn: Schema
              Properties:
                ApiId: !GetAtt Api.ApiId
                TypeName: Query
                FieldName: a
                DataSourceName: !GetAtt Source.Name
                RequestMappingTemplate: '{}'
                ResponseMappingTemplate: '{}'
          Outputs:
            ApiId: {Value: !GetAtt Api.ApiId}
          """;
      String id = output(stack(aws, "CreateStack", template, "CREATE_COMPLETE"), "ApiId");
      stack(
          aws,
          "UpdateStack",
          template.replace("  Resolver:", "  Renamed:"),
          "UPDATE_ROLLBACK_COMPLETE");
      assertThat(aws.call("cloudformation", "DescribeStackEvents", "{'StackName':'s'}").toString())
          .contains("Only one resolver is allowed per field.");
      stack(
          aws, "UpdateStack", template.replace("FieldName: a", "FieldName: b"), "UPDATE_COMPLETE");
      assertThat(
              aws.call("appsync", "ListResolvers", "{'apiId':'" + id + "','typeName':'Query'}")
                  .path("resolvers")
                  .findValuesAsText("fieldName"))
          .containsExactly("b");
    }
  }

  private static String failed(WholeSimulator aws, String template) {
    stack(aws, "CreateStack", template, "ROLLBACK_COMPLETE");
    return aws.call("cloudformation", "DescribeStackEvents", "{'StackName':'s'}").toString();
  }

  private static void objects(WholeSimulator aws) {
    aws.call("s3", "CreateBucket", "{'Bucket':'code'}");
    put(aws, "schema.graphql", SCHEMA);
    put(aws, "response.vtl", "\"rendered\"");
    put(
        aws,
        "step.js",
        "export function request(ctx) { return {} }"
            + " export function response(ctx) { return ctx.result }");
  }

  private static void put(WholeSimulator aws, String key, String text) {
    CallContext internal = aws.simulator.internalCall();
    var context =
        new CallContext(
            internal.account(),
            internal.region(),
            internal.requestId(),
            "",
            text.getBytes(StandardCharsets.UTF_8));
    ObjectNode input = Json.object().put("Bucket", "code").put("Key", key);
    aws.simulator.dispatcher().call("s3", "PutObject", input, context);
  }

  private static JsonNode call(WholeSimulator aws, String operation, String apiId) {
    return aws.call("appsync", operation, "{'apiId':'" + apiId + "'}");
  }

  private static JsonNode resolver(WholeSimulator aws, String apiId) {
    return aws.call(
            "appsync",
            "GetResolver",
            "{'apiId':'" + apiId + "','typeName':'Query','fieldName':'greeting'}")
        .path("resolver");
  }
}
