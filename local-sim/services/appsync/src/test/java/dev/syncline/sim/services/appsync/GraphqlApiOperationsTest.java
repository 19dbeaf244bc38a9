// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AwsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphqlApiOperationsTest extends GraphqlControlFixture {
  private static final String LAMBDA =
      "{'authenticationType':'AWS_LAMBDA','lambdaAuthorizerConfig':{'authorizerUri':'arn:f'}}";

  @Test
  void anApiShowsItsAddressesAndTheDefaults() {
    JsonNode api = of("GetGraphqlApi", "").path("graphqlApi");
    String host = api.at("/dns/GRAPHQL").asText();
    assertThat(host).matches("[a-z0-9]{26}\\.appsync-api\\.us-east-1\\.amazonaws\\.com");
    assertThat(host).doesNotContain(id);
    assertThat(api.at("/dns/REALTIME").asText())
        .isEqualTo(host.replace("appsync-api", "appsync-realtime-api"));
    assertThat(api.at("/uris/GRAPHQL").asText()).matches("https?://.+/graphql");
    assertThat(api.at("/uris/REALTIME").asText()).matches("wss?://.+/graphql");
    assertThat(api.path("arn").asText())
        .isEqualTo("arn:aws:appsync:us-east-1:111111111111:apis/" + id);
    assertThat(api.path("owner").asText()).isEqualTo("111111111111");
    assertThat(api.path("visibility").asText()).isEqualTo("GLOBAL");
    assertThat(api.path("apiType").asText()).isEqualTo("GRAPHQL");
    assertThat(api.path("introspectionConfig").asText()).isEqualTo("ENABLED");
    for (String member : new String[] {"queryDepthLimit", "resolverCountLimit"}) {
      assertThat(api.path(member).isInt()).as(member).isTrue();
    }
    assertThat(api.path("xrayEnabled").isBoolean()).isTrue();
    assertThat(api.has("logConfig")).isFalse();
    assertThat(api.has("additionalAuthenticationProviders")).isFalse();
  }

  @Test
  void additionalProvidersKeepTheirOrderAndGetTheirDefaults() {
    JsonNode api =
        of(
                "UpdateGraphqlApi",
                "'name':'blog','authenticationType':'AWS_IAM',"
                    + "'additionalAuthenticationProviders':["
                    + LAMBDA
                    + ",{'authenticationType':'AMAZON_COGNITO_USER_POOLS','userPoolConfig':"
                    + "{'userPoolId':'p1','awsRegion':'us-east-1'}}"
                    + ",{'authenticationType':'AMAZON_COGNITO_USER_POOLS','userPoolConfig':"
                    + "{'userPoolId':'p2','awsRegion':'us-east-1'}}"
                    + ",{'authenticationType':'API_KEY'}]")
            .path("graphqlApi");
    assertThat(api.path("additionalAuthenticationProviders").findValuesAsText("authenticationType"))
        .containsExactly(
            "AWS_LAMBDA", "AMAZON_COGNITO_USER_POOLS", "AMAZON_COGNITO_USER_POOLS", "API_KEY");
    assertThat(
            api.at(
                    "/additionalAuthenticationProviders/0/lambdaAuthorizerConfig"
                        + "/authorizerResultTtlInSeconds")
                .asInt())
        .isEqualTo(300);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'authenticationType':'API_KEY','additionalAuthenticationProviders':"
            + "[{'authenticationType':'API_KEY'}]"
            + "| Authentication type API_KEY already specified on the API."
            + " It can only be specified once.",
        "'authenticationType':'AMAZON_COGNITO_USER_POOLS'| 'userPoolConfig' is required",
        "'authenticationType':'AMAZON_COGNITO_USER_POOLS','userPoolConfig':"
            + "{'userPoolId':'p','awsRegion':'us-east-1'}| 'defaultAction' is required",
        "'authenticationType':'API_KEY','userPoolConfig':{}| 'userPoolConfig' is not allowed",
        "'authenticationType':'NONE'| 'NONE' is not an 'authenticationType'",
        "'authenticationType':'API_KEY','queryDepthLimit':76| 'queryDepthLimit' must be 0 to 75",
        "'authenticationType':'API_KEY','resolverCountLimit':10001| 'resolverCountLimit' must be",
        "'authenticationType':'API_KEY','introspectionConfig':'ON'| must be one of ENABLED",
        "'authenticationType':'API_KEY','logConfig':{'fieldLogLevel':'ALL'}"
            + "| 'cloudWatchLogsRoleArn' is required",
        "'authenticationType':'API_KEY','apiType':'MERGED'| does not support merged APIs",
      })
  void wrongSettingsAreRefusedByName(String members, String text) {
    AwsException refused = simulation.fail("CreateGraphqlApi", "{'name':'a'," + members + "}");
    assertThat(refused.code()).isEqualTo("BadRequestException");
    assertThat(refused.text()).contains(text);
  }

  @Test
  void anUpdateReplacesSettingsButNotVisibility() {
    JsonNode made =
        call(
                "CreateGraphqlApi",
                "{'name':'a','authenticationType':'API_KEY','visibility':'PRIVATE',"
                    + "'queryDepthLimit':5,'ownerContact':'me','tags':{'k':'v'},"
                    + "'logConfig':{'fieldLogLevel':'ALL','cloudWatchLogsRoleArn':'arn:r'}}")
            .path("graphqlApi");
    assertThat(made.at("/logConfig/excludeVerboseContent").isBoolean()).isTrue();
    JsonNode changed =
        call(
                "UpdateGraphqlApi",
                "{'apiId':'"
                    + made.path("apiId").asText()
                    + "','name':'b','authenticationType':'AWS_IAM'}")
            .path("graphqlApi");
    assertThat(changed.path("name").asText()).isEqualTo("b");
    assertThat(changed.path("visibility").asText()).isEqualTo("PRIVATE");
    assertThat(changed.path("queryDepthLimit").asInt()).isZero();
    assertThat(changed.has("logConfig")).isFalse();
    assertThat(changed.at("/tags/k").asText()).isEqualTo("v");
  }

  @Test
  void aDeletedApiTakesItsPartsAlong() {
    String key = of("CreateApiKey", "").at("/apiKey/id").asText();
    assertThat(key).startsWith("da2-");
    call(
        "CreateDomainName",
        "{'domainName':'Blog.Example.com',"
            + "'certificateArn':'arn:aws:acm:us-east-1:111111111111:certificate/c'}");
    call("AssociateApi", "{'domainName':'blog.example.com','apiId':'" + id + "'}");
    of("DeleteGraphqlApi", "");
    for (String operation :
        new String[] {"GetGraphqlApi", "ListApiKeys", "ListDataSources", "DeleteGraphqlApi"}) {
      AwsException gone = refused(operation, "");
      assertThat(gone.code()).as(operation).isEqualTo("NotFoundException");
    }
    assertThat(simulation.fail("GetApiAssociation", "{'domainName':'blog.example.com'}").status())
        .isEqualTo(404);
    call("DeleteDomainName", "{'domainName':'blog.example.com'}");
  }

  @Test
  void bothKindsOfApiHaveIdsOfTheirOwn() {
    assertThat(call("ListGraphqlApis", "{}").path("graphqlApis").findValuesAsText("apiId"))
        .containsExactly(id);
    assertThat(call("ListApis", "{}").path("apis").findValuesAsText("apiId"))
        .containsExactly(simulation.apiId);
    assertThat(refused("GetApi", "").status()).isEqualTo(404);
    assertThat(simulation.fail("GetGraphqlApi", api()).status()).isEqualTo(404);
    assertThat(call("ListGraphqlApis", "{'owner':'OTHER_ACCOUNTS'}").path("graphqlApis")).isEmpty();
  }

  @Test
  void tagsAreThoseOfTheApi() {
    String arn = of("GetGraphqlApi", "").at("/graphqlApi/arn").asText();
    call("TagResource", "{'resourceArn':'" + arn + "','tags':{'a':'1','b':'2'}}");
    call("UntagResource", "{'resourceArn':'" + arn + "','tagKeys':['a']}");
    assertThat(call("ListTagsForResource", "{'resourceArn':'" + arn + "'}").path("tags").toString())
        .isEqualTo("{\"b\":\"2\"}");
    assertThat(of("GetGraphqlApi", "").at("/graphqlApi/tags/b").asText()).isEqualTo("2");
    assertThat(
            simulation
                .fail("ListTagsForResource", "{'resourceArn':'" + arn + "/channelNamespace/none'}")
                .status())
        .isEqualTo(404);
  }

  @Test
  void environmentVariablesAreReplacedAsAWhole() {
    of("PutGraphqlApiEnvironmentVariables", "'environmentVariables':{'A1':'x','B1':'y'}");
    of("PutGraphqlApiEnvironmentVariables", "'environmentVariables':{'C1':'z'}");
    assertThat(of("GetGraphqlApiEnvironmentVariables", "").toString())
        .isEqualTo("{\"environmentVariables\":{\"C1\":\"z\"}}");
    for (String wrong : new String[] {"{'a':'x'}", "{'1a':'x'}", "{'a-b':'x'}"}) {
      assertThat(
              refused("PutGraphqlApiEnvironmentVariables", "'environmentVariables':" + wrong)
                  .text())
          .contains("2 to 64 letters");
    }
  }

  @Test
  void aCacheIsMadeChangedFlushedAndDeleted() {
    String members = "'ttl':60,'apiCachingBehavior':'PER_RESOLVER_CACHING','type':'SMALL'";
    JsonNode cache =
        of("CreateApiCache", members + ",'transitEncryptionEnabled':true").path("apiCache");
    assertThat(cache.path("status").asText()).isEqualTo("AVAILABLE");
    assertThat(refused("CreateApiCache", members).text()).contains("has a cache already");
    JsonNode changed = of("UpdateApiCache", members.replace("60", "90")).path("apiCache");
    assertThat(changed.path("ttl").asInt()).isEqualTo(90);
    assertThat(changed.path("transitEncryptionEnabled").asBoolean()).isTrue();
    of("FlushApiCache", "");
    of("DeleteApiCache", "");
    assertThat(refused("GetApiCache", "").code()).isEqualTo("NotFoundException");
    assertThat(refused("CreateApiCache", members.replace("60", "0")).text())
        .contains("'ttl' must be 1 to 3600");
  }
}
