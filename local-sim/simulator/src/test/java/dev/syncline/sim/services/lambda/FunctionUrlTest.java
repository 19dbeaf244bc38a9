// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.service.settings.FunctionRules;
import dev.syncline.sim.simulator.SimulatorConfig;
import dev.syncline.sim.testing.WholeSimulator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Function URLs without signatures: configuration, events, answers and CORS. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FunctionUrlTest {
  private static final String GRANT =
      "{'FunctionName':'f','StatementId':'url','Action':'lambda:InvokeFunctionUrl',"
          + "'Principal':'*','FunctionUrlAuthType':'NONE'}";

  private static final String SECOND_GRANT =
      "{'FunctionName':'f','StatementId':'i','Action':'lambda:InvokeFunction','Principal':'*',"
          + "'InvokedViaFunctionUrl':true}";

  @TempDir Path work;
  private final HttpClient client = HttpClient.newHttpClient();
  private WholeSimulator aws;
  private volatile String answer = "null";
  private volatile JsonNode event = Json.object();

  @BeforeEach
  void start() {
    aws = new WholeSimulator(work);
    aws.function(
        "f",
        "",
        received -> {
          event = received;
          if (answer.equals("fail")) {
            throw new IllegalStateException("as asked");
          }
          return answer;
        });
    aws.call("lambda", "AddPermission", SECOND_GRANT);
  }

  @AfterEach
  void stop() {
    client.close();
    aws.close();
  }

  private String create(String more) {
    String url =
        aws.call(
                "lambda",
                "CreateFunctionUrlConfig",
                "{'FunctionName':'f','AuthType':'NONE'" + more + "}")
            .path("FunctionUrl")
            .asText();
    return URI.create(url).getHost().split("\\.", 2)[0];
  }

  private HttpRequest.Builder request(String id, String path) {
    return HttpRequest.newBuilder(
        URI.create(aws.simulator.endpoint() + "/_aws/lambda-url/" + id + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void theEventIsThatOfPayloadFormatTwo() throws Exception {
    String id = create("");
    aws.call("lambda", "AddPermission", GRANT);
    String host = id + ".lambda-url.us-east-1.on.aws";

    send(
        request(id, "/a%2Fb/c?x=1&y=2&x=3%204")
            .header("Cookie", "k=v; l=w")
            .header("X-Twice", "1")
            .header("X-Twice", "2")
            .POST(HttpRequest.BodyPublishers.ofString("{\"b\":1}")));

    assertThat(event.path("version").asText()).isEqualTo("2.0");
    assertThat(event.path("routeKey").asText()).isEqualTo("$default");
    assertThat(event.path("rawPath").asText()).isEqualTo("/a%2Fb/c");
    assertThat(event.path("rawQueryString").asText()).isEqualTo("x=1&y=2&x=3%204");
    assertThat(event.at("/cookies/1").asText()).isEqualTo("l=w");
    assertThat(event.at("/headers/x-twice").asText()).isEqualTo("1,2");
    assertThat(event.at("/headers/host").asText()).isEqualTo(host);
    assertThat(event.path("headers").has("cookie")).isFalse();
    assertThat(event.at("/queryStringParameters/x").asText()).isEqualTo("1,3 4");
    assertThat(event.path("body").asText()).isEqualTo("{\"b\":1}");
    assertThat(event.path("isBase64Encoded").asBoolean()).isFalse();
    JsonNode context = event.path("requestContext");
    assertThat(context.path("accountId").asText()).isEqualTo("anonymous");
    assertThat(context.path("domainName").asText()).isEqualTo(host);
    assertThat(context.path("domainPrefix").asText()).isEqualTo(id);
    assertThat(context.path("apiId").asText()).isEqualTo(id);
    assertThat(context.path("stage").asText()).isEqualTo("$default");
    assertThat(context.at("/http/method").asText()).isEqualTo("POST");
    assertThat(context.at("/http/path").asText()).isEqualTo("/a%2Fb/c");
    assertThat(context.path("time").asText()).matches("\\d\\d/[A-Z][a-z]{2}/\\d{4}:.* \\+0000");
    assertThat(context.has("authorizer")).isFalse();

    send(
        request(id, "")
            .header("Content-Type", "image/png")
            .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[] {1, 2, 3})));
    assertThat(event.path("rawPath").asText()).isEqualTo("/");
    assertThat(event.path("body").asText()).isEqualTo("AQID");
    assertThat(event.path("isBase64Encoded").asBoolean()).isTrue();
    send(
        request(id, "")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("a=b")));
    assertThat(event.path("isBase64Encoded").asBoolean()).as("forms too").isTrue();
    send(request(id, "/"));
    assertThat(event.has("body")).isFalse();
    assertThat(event.has("queryStringParameters")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"Hello\"|200|application/json|\"Hello\"",
        "{\"a\":1}|200|application/json|{\"a\":1}",
        "null|200|application/json|null",
        "{\"statusCode\":201,\"body\":\"x\"}|201|application/json|x",
        "{\"statusCode\":\"404\",\"headers\":{\"Content-Type\":\"text/plain\"},\"body\":\"no\"}"
            + "|404|text/plain|no",
        "{\"statusCode\":200,\"body\":\"aGk=\",\"isBase64Encoded\":true}|200|application/json|hi",
        "{\"statusCode\":200,\"body\":{\"a\":1}}|200|application/json|{\"a\":1}",
        "{\"statusCode\":\"abc\"}|502|application/json|Internal Server Error",
        "{\"statusCode\":99}|502|application/json|Internal Server Error",
        "{\"statusCode\":200,\"headers\":[]}|502|application/json|Internal Server Error",
        "{\"statusCode\":200,\"body\":\"*\",\"isBase64Encoded\":true}|502|application/json"
            + "|Internal Server Error",
        "{\"statusCode\":200,\"headers\":{\"a b\":\"c\"}}|502|application/json"
            + "|Internal Server Error",
        "{\"statusCode\":200,\"headers\":{\"a\":\"b\\r\\nc: d\"}}|502|application/json"
            + "|Internal Server Error",
        "{\"statusCode\":200,\"cookies\":[\"a\\n\"]}|502|application/json"
            + "|Internal Server Error",
        "fail|502|application/json|Internal Server Error"
      })
  void answersAreMapped(String returned, int status, String type, String body) throws Exception {
    String id = create("");
    aws.call("lambda", "AddPermission", GRANT);
    answer = returned;

    HttpResponse<String> response = send(request(id, "/"));

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue(type);
    assertThat(response.headers().firstValue("x-amzn-RequestId")).isPresent();
    assertThat(response.body()).isEqualTo(body);
  }

  @Test
  void cookiesBecomeHeaders() throws Exception {
    String id = create("");
    aws.call("lambda", "AddPermission", GRANT);
    answer = "{\"statusCode\":200,\"cookies\":[\"a=1\",\"b=2; Secure\"]}";

    assertThat(send(request(id, "/")).headers().allValues("Set-Cookie"))
        .containsExactly("a=1", "b=2; Secure");
  }

  @Test
  void aPublicUrlNeedsAPolicy() throws Exception {
    String id = create("");
    assertThat(send(request(id, "/")).statusCode()).isEqualTo(403);
    aws.call("lambda", "AddPermission", GRANT.replace("NONE", "AWS_IAM"));
    assertThat(send(request(id, "/")).statusCode()).isEqualTo(403);
    HttpResponse<String> refused = send(request(id, "/"));

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.headers().firstValue("x-amzn-ErrorType")).hasValue("AccessDeniedException");
    assertThat(refused.body()).startsWith("{\"Message\":\"Forbidden");
    aws.call("lambda", "AddPermission", GRANT.replace("'url'", "'public'"));
    assertThat(send(request(id, "/")).statusCode()).isEqualTo(200);
  }

  @Test
  void aUrlNeedsTwoPermissionsUnlessTheRulesSayOtherwise() throws Exception {
    String id = create("");
    aws.call("lambda", "AddPermission", GRANT);
    assertThat(send(request(id, "/")).statusCode()).isEqualTo(200);
    aws.call("lambda", "RemovePermission", "{'FunctionName':'f','StatementId':'i'}");
    assertThat(send(request(id, "/")).statusCode()).isEqualTo(403);
    aws.close();

    aws =
        new WholeSimulator(
            SimulatorConfig.defaults(work.resolve("lenient"))
                .withPort(0, -1)
                .withClock(new ClockMode.Skipping())
                .withExecutor(FunctionExecutor.IN_PROCESS, 20)
                .withProactive(false)
                .withSetting(new FunctionRules(false, false, Map.of())));
    aws.function("f", "", received -> "1");
    String lenient = create("");
    aws.call("lambda", "AddPermission", GRANT);
    send(request(lenient, "/"));
    assertThat(send(request(lenient, "/")).statusCode()).isEqualTo(200);
    assertThat(aws.simulator.journal().select(entry -> entry.event() instanceof FunctionNotice))
        .singleElement()
        .asString()
        .contains("lambda:InvokeFunction too");
  }

  @Test
  void anUnknownUrlIsForbidden() throws Exception {
    HttpResponse<String> response = send(request("a".repeat(32), "/"));

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body()).isEqualTo("{\"Message\":null}");
    assertThat(response.headers().firstValue("x-amzn-ErrorType")).hasValue("AccessDeniedException");
  }

  @Test
  void corsAnswersPreflightsAndReplacesTheFunctionsHeaders() throws Exception {
    String id =
        create(
            ",'Cors':{'AllowOrigins':['https://a.example'],'AllowMethods':['PUT'],"
                + "'AllowHeaders':['x-one'],'ExposeHeaders':['x-two'],'MaxAge':9,"
                + "'AllowCredentials':true}");
    aws.call("lambda", "AddPermission", GRANT);
    answer =
        "{\"statusCode\":200,\"headers\":{\"Access-Control-Allow-Origin\":\"*\",\"x-two\":\"2\"}}";
    event = Json.object();

    HttpResponse<String> preflight =
        send(
            request(id, "/")
                .header("Origin", "https://a.example")
                .header("Access-Control-Request-Method", "PUT")
                .header("Access-Control-Request-Headers", "x-one, x-other")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
    assertThat(preflight.statusCode()).isEqualTo(200);
    assertThat(event).as("the function is not called").isEmpty();
    var headers = preflight.headers();
    assertThat(headers.firstValue("Access-Control-Allow-Origin")).hasValue("https://a.example");
    assertThat(headers.firstValue("Access-Control-Allow-Methods")).hasValue("PUT");
    assertThat(headers.firstValue("Access-Control-Allow-Headers")).hasValue("x-one");
    assertThat(headers.firstValue("Access-Control-Max-Age")).hasValue("9");
    assertThat(headers.firstValue("Access-Control-Allow-Credentials")).hasValue("true");

    var allowed = send(request(id, "/").header("Origin", "https://a.example")).headers();
    assertThat(allowed.allValues("Access-Control-Allow-Origin"))
        .containsExactly("https://a.example");
    assertThat(allowed.firstValue("Access-Control-Expose-Headers")).hasValue("x-two");
    var other = send(request(id, "/").header("Origin", "https://b.example")).headers();
    assertThat(other.firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(other.firstValue("x-two")).hasValue("2");
  }

  @Test
  void anAliasHasItsOwnUrl() throws Exception {
    aws.call(
        "lambda", "CreateAlias", "{'FunctionName':'f','Name':'live','FunctionVersion':'$LATEST'}");
    String id = create(",'Qualifier':'live'");
    aws.call("lambda", "AddPermission", GRANT.replace("'f'", "'f:live'"));
    aws.call("lambda", "AddPermission", SECOND_GRANT.replace("'f'", "'f:live'"));
    answer = "1";

    assertThat(send(request(id, "/")).body()).isEqualTo("1");
    JsonNode listed =
        aws.call("lambda", "ListFunctionUrlConfigs", "{'FunctionName':'f'}")
            .path("FunctionUrlConfigs");
    assertThat(listed.findValuesAsText("FunctionArn"))
        .containsExactly("arn:aws:lambda:us-east-1:111111111111:function:f:live");
    aws.call("lambda", "DeleteAlias", "{'FunctionName':'f','Name':'live'}");
    assertThat(send(request(id, "/")).statusCode()).isEqualTo(403);
  }

  @Test
  void aRequestThatIsTooLargeAndAThrottledOneAreToldApart() throws Exception {
    String id = create("");
    aws.call("lambda", "AddPermission", GRANT);
    byte[] large = "x".repeat(6 * 1024 * 1024 + 1).getBytes(StandardCharsets.UTF_8);

    assertThat(
            send(request(id, "/").POST(HttpRequest.BodyPublishers.ofByteArray(large))).statusCode())
        .isEqualTo(413);
    aws.call(
        "lambda",
        "PutFunctionConcurrency",
        "{'FunctionName':'f','ReservedConcurrentExecutions':0}");
    assertThat(send(request(id, "/")).statusCode()).isEqualTo(429);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CreateFunctionUrlConfig|'AuthType':'NONE'|ResourceConflictException|FunctionUrlConfig"
            + " exists for this Lambda function",
        "CreateFunctionUrlConfig|'AuthType':'NONE','Qualifier':'no'|ResourceNotFoundException"
            + "|Function does not exist",
        "CreateFunctionUrlConfig|'AuthType':'NONE','Qualifier':'$LATEST'|ValidationException"
            + "|Value '$LATEST' at 'qualifier'",
        "CreateFunctionUrlConfig|'AuthType':'NONE','Qualifier':'1'|ValidationException"
            + "|Value '1' at 'qualifier'",
        "CreateFunctionUrlConfig|'AuthType':'SOME'|ValidationException|[NONE, AWS_IAM]",
        "CreateFunctionUrlConfig|'InvokeMode':'BUFFERED'|ValidationException|authType",
        "UpdateFunctionUrlConfig|'Cors':{'MaxAge':86401}|ValidationException|86400",
        "UpdateFunctionUrlConfig|'Cors':{'Origins':[]}|ValidationException|Origins",
        "GetFunctionUrlConfig|'Qualifier':'live'|ResourceNotFoundException|The resource you"
            + " requested does not exist.",
        "AddPermission|'StatementId':'s','Principal':'*','Action':'lambda:InvokeFunction',"
            + "'FunctionUrlAuthType':'NONE'|InvalidParameterValueException|FunctionUrlAuthType"
      })
  void wrongCallsAreRefused(String operation, String members, String code, String named) {
    create("");

    assertThatThrownBy(() -> aws.call("lambda", operation, "{'FunctionName':'f'," + members + "}"))
        .isInstanceOfSatisfying(
            AwsException.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .hasMessageContaining(named);
    for (String other : List.of("Get", "Delete")) {
      assertThatThrownBy(
              () -> aws.call("lambda", other + "FunctionUrlConfig", "{'FunctionName':'none'}"))
          .hasMessageContaining("The resource you requested does not exist.");
    }
  }
}
