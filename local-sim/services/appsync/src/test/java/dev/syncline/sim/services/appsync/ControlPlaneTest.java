// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import static dev.syncline.sim.services.appsync.Simulation.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlPlaneTest {
  private static final String KEY_ONLY = "[{'authType':'API_KEY'}]";

  private final Simulation simulation = new Simulation();

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
            + "'identityValidationExpression':'('}} | is not a regular expression",
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
  void whatIsNotSupportedYetIsRefusedByName() {
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
    assertThat(simulation.fail("CreateGraphqlApi", "{}").text())
        .contains("appsync:CreateGraphqlApi");
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
  void whatDoesNotExistIsNotFound() {
    for (String operation :
        List.of("GetApi", "DeleteApi", "ListApiKeys", "ListChannelNamespaces")) {
      AwsException failure = simulation.fail(operation, "{'apiId':'nope'}");
      assertThat(failure.code()).isEqualTo("NotFoundException");
      assertThat(failure.status()).isEqualTo(404);
    }
    for (String operation : List.of("GetChannelNamespace", "DeleteChannelNamespace")) {
      AwsException failure =
          simulation.fail(operation, "{'apiId':'" + simulation.apiId + "','name':'nope'}");
      assertThat(failure.status()).isEqualTo(404);
      assertThat(failure.text()).contains("nope");
    }
    for (String operation : List.of("UpdateApiKey", "DeleteApiKey")) {
      AwsException failure =
          simulation.fail(operation, "{'apiId':'" + simulation.apiId + "','id':'da2-nope'}");
      assertThat(failure.status()).isEqualTo(404);
      assertThat(failure.text()).doesNotContain("da2-nope");
    }
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
  void aNamespaceHasTheFieldsOfTheServicesModel() {
    JsonNode namespace =
        call(
                "CreateChannelNamespace",
                "{'apiId':'"
                    + simulation.apiId
                    + "','name':'AsyncEvents','publishAuthModes':"
                    + KEY_ONLY
                    + ",'tags':{'k':'v'}}")
            .path("channelNamespace");

    assertThat(namespace)
        .isEqualTo(
            Simulation.json(
                quoted(
                    "{'apiId':'"
                        + simulation.apiId
                        + "','name':'AsyncEvents','publishAuthModes':[{'authType':'API_KEY'}],"
                        + "'tags':{'k':'v'},'channelNamespaceArn':"
                        + "'arn:aws:appsync:us-east-1:111111111111:apis/"
                        + simulation.apiId
                        + "/channelNamespace/AsyncEvents','created':"
                        + START.getEpochSecond()
                        + ",'lastModified':"
                        + START.getEpochSecond()
                        + ",'handlerConfigs':{}}")));
  }

  @Test
  void anUpdateOfANamespaceMovesItsTime() {
    simulation.clock.advance(Duration.ofMinutes(5));
    JsonNode namespace =
        call(
                "UpdateChannelNamespace",
                "{'apiId':'"
                    + simulation.apiId
                    + "','name':'default','subscribeAuthModes':"
                    + KEY_ONLY
                    + "}")
            .path("channelNamespace");

    assertThat(namespace.path("lastModified").asLong() - namespace.path("created").asLong())
        .isEqualTo(300);
    assertThat(namespace.at("/subscribeAuthModes/0/authType").asText()).isEqualTo("API_KEY");
  }

  @Test
  void aNamespaceThatExistsIsAConflict() {
    AwsException failure =
        simulation.fail(
            "CreateChannelNamespace", "{'apiId':'" + simulation.apiId + "','name':'default'}");

    assertThat(failure.code()).isEqualTo("ConflictException");
    assertThat(failure.status()).isEqualTo(409);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "/a", "a/", "a_b", "-a", "a*", "*", "ä"})
  void aNamespacesNameIsOneSegment(String name) {
    assertThat(
            simulation
                .fail(
                    "CreateChannelNamespace",
                    "{'apiId':'" + simulation.apiId + "','name':'" + name + "'}")
                .text())
        .contains("'name'");
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

  @Test
  void listsComePageByPage() {
    for (int i = 0; i < 30; i++) {
      simulation.createNamespace(simulation.apiId, "n" + i);
    }
    var names = new ArrayList<String>();
    String token = "";
    int pages = 0;
    do {
      JsonNode page =
          call(
              "ListChannelNamespaces",
              "{'apiId':'"
                  + simulation.apiId
                  + "','maxResults':10"
                  + (token.isEmpty() ? "" : ",'nextToken':'" + token + "'")
                  + "}");
      page.path("channelNamespaces").forEach(item -> names.add(item.path("name").asText()));
      token = page.path("nextToken").asText();
      pages++;
    } while (!token.isEmpty());

    assertThat(pages).isEqualTo(4);
    assertThat(names).hasSize(31).doesNotHaveDuplicates();
    assertThat(call("ListChannelNamespaces", api()).path("channelNamespaces")).hasSize(25);
    assertThat(simulation.fail("ListApis", "{'maxResults':26}").text()).contains("maxResults");
    assertThat(simulation.fail("ListApis", "{'nextToken':'!'}").text()).contains("nextToken");
    assertThat(simulation.fail("ListApis", "{'nextToken':''}").text()).contains("nextToken");
  }

  @Test
  void aKeyIsValidForSevenDaysDownToTheHour() {
    JsonNode key =
        call("CreateApiKey", "{'apiId':'" + simulation.apiId + "','description':'d'}")
            .path("apiKey");

    assertThat(fields(key)).containsExactlyInAnyOrder("id", "description", "expires", "deletes");
    assertThat(key.path("id").asText()).matches("da2-[a-z0-9]{26}");
    long expires = key.path("expires").asLong();
    assertThat(expires % 3600).isZero();
    assertThat(expires)
        .isBetween(
            START.plus(Duration.ofDays(7)).minusSeconds(3600).getEpochSecond(),
            START.plus(Duration.ofDays(7)).getEpochSecond());
    assertThat(key.path("deletes").asLong() - expires).isEqualTo(60L * 86_400);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 86_399, 365L * 86_400 + 1, Long.MAX_VALUE / 2})
  void aKeyIsValidForOneTo365Days(long secondsFromNow) {
    long expires = START.getEpochSecond() + secondsFromNow;
    AwsException failure =
        simulation.fail(
            "CreateApiKey", "{'apiId':'" + simulation.apiId + "','expires':" + expires + "}");

    assertThat(failure.code()).isEqualTo("ApiKeyValidityOutOfBoundsException");
    assertThat(failure.status()).isEqualTo(400);
  }

  @Test
  void aKeyCanBeProlongedAndEnded() {
    long expires = START.plus(Duration.ofDays(30)).getEpochSecond();
    JsonNode key =
        call(
                "UpdateApiKey",
                "{'apiId':'"
                    + simulation.apiId
                    + "','id':'"
                    + simulation.key
                    + "','expires':"
                    + expires
                    + "}")
            .path("apiKey");
    assertThat(key.path("expires").asLong()).isEqualTo(expires - expires % 3600);

    simulation.clock.advance(Duration.ofDays(10));
    assertThat(simulation.publish("/default/a", "1").status()).isEqualTo(200);

    call("DeleteApiKey", "{'apiId':'" + simulation.apiId + "','id':'" + simulation.key + "'}");
    assertThat(simulation.publish("/default/a", "1").status()).isEqualTo(401);
  }

  @Test
  void anExpiredKeyIsListedForSixtyDaysMore() {
    simulation.clock.advance(Duration.ofDays(8));
    assertThat(simulation.publish("/default/a", "1").status()).isEqualTo(401);
    assertThat(call("ListApiKeys", api()).path("apiKeys")).hasSize(1);

    simulation.clock.advance(Duration.ofDays(60));
    assertThat(call("ListApiKeys", api()).path("apiKeys")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a#b", "aws:x"})
  void aTagGoesByAKeyOfTheModelsForm(String key) {
    String arn = call("GetApi", api()).at("/api/apiArn").asText();

    AwsException refused =
        simulation.fail("UntagResource", "{'resourceArn':'" + arn + "','tagKeys':['" + key + "']}");

    assertThat(refused.code()).isEqualTo("BadRequestException");
    assertThat(refused.text()).contains("tag key '" + key + "'");
  }

  @Test
  void tagsOfApisAndNamespacesAreChanged() {
    String api = "arn:aws:appsync:us-east-1:111111111111:apis/" + simulation.apiId;
    for (String arn : List.of(api, api + "/channelNamespace/default")) {
      call("TagResource", "{'resourceArn':'" + arn + "','tags':{'a':'1','b':'2'}}");
      call("TagResource", "{'resourceArn':'" + arn + "','tags':{'b':'3'}}");
      call("UntagResource", "{'resourceArn':'" + arn + "','tagKeys':['a']}");
      assertThat(call("ListTagsForResource", "{'resourceArn':'" + arn + "'}").toString())
          .isEqualTo("{\"tags\":{\"b\":\"3\"}}");
    }
    assertThat(call("GetApi", api()).at("/api/tags/b").asText()).isEqualTo("3");
    for (String arn : List.of(api + "x", api + "/channelNamespace/x", "arn:aws:sqs:a:b:c")) {
      assertThat(simulation.fail("ListTagsForResource", "{'resourceArn':'" + arn + "'}").status())
          .isBetween(400, 404);
    }
  }

  @Test
  void everyOperationHasAPlaceOfItsOwn() {
    var places = new HashSet<String>();
    for (Operation operation : simulation.service.operations()) {
      HttpBinding http = Objects.requireNonNull(operation.http());
      assertThat(places.add(http.method() + " " + http.uri())).as(operation.name()).isTrue();
    }
    assertThat(simulation.service.operations()).hasSize(23);
  }

  private JsonNode call(String operation, String input) {
    return simulation.call(operation, input);
  }

  private String api() {
    return "{'apiId':'" + simulation.apiId + "'}";
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

  private static String quoted(String text) {
    return text.replace('\'', '"');
  }

  private static List<String> fields(JsonNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
