// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import static dev.syncline.sim.services.appsync.Simulation.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AwsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operations on Event APIs. */
class EventApiOperationsTest extends ControlPlaneFixture {
  @Test
  void anApiHasTheFieldsOfTheServicesModel() {
    JsonNode api =
        call(
                "CreateApi",
                "{'name':'my api_1-x','ownerContact':'me.too','tags':{'a':'b'},'eventConfig':"
                    + config(KEY_ONLY, KEY_ONLY)
                    + "}")
            .path("api");

    assertThat(fields(api))
        .containsExactlyInAnyOrder(
            "apiId",
            "name",
            "ownerContact",
            "tags",
            "dns",
            "apiArn",
            "created",
            "xrayEnabled",
            "eventConfig");
    String apiId = api.path("apiId").asText();
    assertThat(apiId).matches("\\w{26}");
    assertThat(api.path("apiArn").asText())
        .isEqualTo("arn:aws:appsync:us-east-1:111111111111:apis/" + apiId);
    assertThat(api.path("created").isIntegralNumber()).isTrue();
    assertThat(api.path("created").asLong()).isEqualTo(START.getEpochSecond());
    assertThat(api.at("/dns/HTTP").asText())
        .matches("\\w{26}\\.appsync-api\\.us-east-1\\.amazonaws\\.com")
        .doesNotContain(apiId);
    assertThat(api.at("/dns/REALTIME").asText())
        .isEqualTo(api.at("/dns/HTTP").asText().replace("appsync-api", "appsync-realtime-api"));
    assertThat(api.path("eventConfig"))
        .isEqualTo(Simulation.json(quoted(config(KEY_ONLY, KEY_ONLY))));
    assertThat(call("GetApi", "{'apiId':'" + apiId + "'}").path("api")).isEqualTo(api);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'eventConfig':CONFIG} | 'name' is required",
        "{'name':'','eventConfig':CONFIG} | 'name' is required",
        "{'name':'a/b','eventConfig':CONFIG} | 'name' must be 1 to 50",
        "{'name':'a'} | 'eventConfig' is required",
        "{'name':'a','eventConfig':{}} | 'eventConfig.authProviders' is required",
        "{'name':'a','eventConfig':{'authProviders':[{'authType':'API_KEY'}]}} |"
            + " 'eventConfig.connectionAuthModes' is required",
        "{'name':'a','ownerContact':'<>','eventConfig':CONFIG} | 'ownerContact' must be",
        "{'name':'a','tags':{'aws:x':'1'},'eventConfig':CONFIG} | tag key 'aws:x'",
        "{'name':'a','tags':{'a#b':'1'},'eventConfig':CONFIG} | tag key 'a#b'",
        "{'name':'a','tags':{'a':'#'},'eventConfig':CONFIG} | value of the tag 'a'",
      })
  void anIncompleteApiIsRefusedNamingTheMember(String input, String message) {
    AwsException failure =
        simulation.fail("CreateApi", input.replace("CONFIG", config(KEY_ONLY, KEY_ONLY)));

    assertThat(failure.code()).isEqualTo("BadRequestException");
    assertThat(failure.status()).isEqualTo(400);
    assertThat(failure.text()).contains(message);
  }

  @Test
  void everyProviderIsEchoedAsItCame() {
    String providers =
        "[{'authType':'API_KEY'},{'authType':'AWS_IAM'},"
            + "{'authType':'AMAZON_COGNITO_USER_POOLS','cognitoConfig':"
            + "{'userPoolId':'us-east-1_a','awsRegion':'us-east-1','appIdClientRegex':'web.*'}},"
            + "{'authType':'OPENID_CONNECT','openIDConnectConfig':"
            + "{'issuer':'https://issuer.example','clientId':'app','iatTTL':1000,'authTTL':2000}},"
            + "{'authType':'AWS_LAMBDA','lambdaAuthorizerConfig':"
            + "{'authorizerUri':'arn:aws:lambda:us-east-1:111111111111:function:a',"
            + "'authorizerResultTtlInSeconds':300}}]";

    JsonNode api =
        call("CreateApi", "{'name':'a','eventConfig':" + config(providers, KEY_ONLY) + "}");

    assertThat(api.at("/api/eventConfig/authProviders"))
        .isEqualTo(Simulation.json(quoted(providers)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'authType':'AMAZON_COGNITO_USER_POOLS'} | 'cognitoConfig' is required",
        "{'authType':'AMAZON_COGNITO_USER_POOLS','cognitoConfig':{'awsRegion':'us-east-1'}} |"
            + " 'userPoolId' is required",
        "{'authType':'OPENID_CONNECT'} | 'openIDConnectConfig' is required",
        "{'authType':'OPENID_CONNECT','openIDConnectConfig':{'issuer':'not a url'}} | 'issuer'",
        "{'authType':'AWS_LAMBDA'} | 'lambdaAuthorizerConfig' is required",
        "{'authType':'AWS_LAMBDA','lambdaAuthorizerConfig':{'authorizerUri':'arn',"
            + "'authorizerResultTtlInSeconds':3601}} | 0 to 3600",
        "{'authType':'AWS_LAMBDA','lambdaAuthorizerConfig':{'authorizerUri':'arn',"
            + "'identityValidationExpression':'('}} | not a regular expression",
        "{'authType':'AWS_IAM','cognitoConfig':{}} | is not allowed with the authType AWS_IAM",
      })
  void aProviderThatIsIncompleteIsRefusedByName(String provider, String message) {
    AwsException failure =
        simulation.fail(
            "CreateApi",
            "{'name':'a','eventConfig':"
                + config("[{'authType':'API_KEY'}," + provider + "]", KEY_ONLY)
                + "}");

    assertThat(failure.code()).isEqualTo("BadRequestException");
    assertThat(failure.text()).contains(message);
  }

  @Test
  void modesAreCheckedAgainstTheProviders() {
    assertThat(
            simulation
                .fail(
                    "CreateApi",
                    "{'name':'a','eventConfig':"
                        + config("[{'authType':'API_KEY'},{'authType':'API_KEY'}]", KEY_ONLY)
                        + "}")
                .text())
        .contains("'authProviders' has API_KEY twice");
    assertThat(
            simulation
                .fail(
                    "CreateApi",
                    "{'name':'a','eventConfig':" + config("[{'authType':'KEY'}]", KEY_ONLY) + "}")
                .text())
        .contains("'KEY' in 'authProviders' is not an authType");
  }

  @Test
  void aLogConfigIsKeptAndItsLevelIsOneOfTheModels() {
    String logs = ",'logConfig':{'logLevel':'%s','cloudWatchLogsRoleArn':'arn:aws:iam::1:role/l'}";
    String base = config(KEY_ONLY, KEY_ONLY);
    String body = "{'name':'a','eventConfig':" + base.substring(0, base.length() - 1) + "%s}}";
    JsonNode api = call("CreateApi", body.formatted(logs.formatted("ERROR"))).path("api");
    assertThat(api.at("/eventConfig/logConfig/logLevel").asText()).isEqualTo("ERROR");
    assertThat(simulation.fail("CreateApi", body.formatted(logs.formatted("LOUD"))).text())
        .contains("'logLevel'", "NONE, ERROR, ALL, INFO, DEBUG", "LOUD");
    assertThat(simulation.fail("CreateApi", body.formatted(",'logConfig':{}")).text())
        .contains("'cloudWatchLogsRoleArn'");
  }

  @Test
  void unsupportedMembersAreRefusedByName() {
    assertThat(
            simulation
                .fail(
                    "CreateApi",
                    "{'name':'a','eventConfig':"
                        + config(KEY_ONLY, KEY_ONLY).replace("}]}", "}],'other':{}}")
                        + "}")
                .text())
        .contains("'eventConfig.other'");
    assertThat(
            simulation
                .fail(
                    "CreateApi",
                    "{'name':'a','eventConfig':"
                        + config("[{'authType':'API_KEY','other':{}}]", KEY_ONLY)
                        + "}")
                .text())
        .contains("'authProviders.other'");
    assertThat(
            simulation
                .fail(
                    "CreateChannelNamespace",
                    "{'apiId':'"
                        + simulation.apiId
                        + "','name':'n','handlerConfigs':{'onJoin':{}}}")
                .text())
        .contains("'handlerConfigs.onJoin'");
    assertThat(simulation.fail("AssociateMergedGraphqlApi", "{}").text())
        .contains("appsync:AssociateMergedGraphqlApi");
  }

  @Test
  void anUpdateReplacesNameAndConfigAndKeepsTheRest() {
    JsonNode before = call("GetApi", api()).path("api");
    JsonNode after =
        call(
                "UpdateApi",
                "{'apiId':'"
                    + simulation.apiId
                    + "','name':'new','ownerContact':'x','eventConfig':"
                    + config(KEY_ONLY, KEY_ONLY)
                    + "}")
            .path("api");

    assertThat(after.path("name").asText()).isEqualTo("new");
    assertThat(after.path("ownerContact").asText()).isEqualTo("x");
    assertThat(after.path("dns")).isEqualTo(before.path("dns"));
    assertThat(call("ListChannelNamespaces", api()).path("channelNamespaces")).hasSize(1);
    assertThat(call("ListApiKeys", api()).path("apiKeys")).hasSize(1);
  }

  @Test
  void aDeletedApiIsGoneWithItsHostsAndKeys() {
    Simulation.Client client = simulation.connect();
    call("DeleteApi", api());

    assertThat(simulation.fail("GetApi", api()).status()).isEqualTo(404);
    assertThat(client.peer().end()).isEqualTo("closed 1000");
    assertThat(simulation.publish("/default/a", "1").status()).isEqualTo(404);
    assertThat(simulation.post("127.0.0.1:4566", "/event", simulation.key, "{}").status())
        .isEqualTo(401);
  }

  @Test
  void quotasHaveTheStatusOfTheModel() {
    for (int i = 1; i < 50; i++) {
      simulation.createNamespace(simulation.apiId, "n" + i);
      simulation.createApi("a" + i);
      simulation.createKey(simulation.apiId);
    }

    assertThat(
            simulation
                .fail("CreateChannelNamespace", "{'apiId':'" + simulation.apiId + "','name':'x'}")
                .status())
        .isEqualTo(402);
    assertThat(
            simulation
                .fail("CreateApi", "{'name':'x','eventConfig':" + config(KEY_ONLY, KEY_ONLY) + "}")
                .code())
        .isEqualTo("ServiceQuotaExceededException");
    assertThat(simulation.fail("CreateApiKey", api()).code())
        .isEqualTo("ApiKeyLimitExceededException");
  }

  private static String config(String providers, String modes) {
    return "{'authProviders':"
        + providers
        + ",'connectionAuthModes':"
        + modes
        + ",'defaultPublishAuthModes':"
        + modes
        + ",'defaultSubscribeAuthModes':"
        + modes
        + "}";
  }
}
