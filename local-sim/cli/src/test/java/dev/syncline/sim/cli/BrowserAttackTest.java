// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import static dev.syncline.sim.cli.Row.CROSS;
import static dev.syncline.sim.cli.Row.END;
import static dev.syncline.sim.cli.Row.EVIL;
import static dev.syncline.sim.cli.Row.FORM;
import static dev.syncline.sim.cli.Row.HOME;
import static dev.syncline.sim.cli.Row.SCOPE;
import static dev.syncline.sim.cli.Row.TEXT;
import static dev.syncline.sim.cli.Row.UPGRADE;
import static dev.syncline.sim.cli.Row.row;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.WebSocketEndpoint;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * What a page in the user's browser can send to the port, as the browser writes it, and what
 * programs send. Every row goes to the plain port and to the TLS port.
 */
@Timeout(300)
class BrowserAttackTest {
  /**
   * Each endpoint by its class: a request that it claims, and what a foreign page gets for it. A
   * new endpoint needs a row.
   */
  private static final Map<String, Row> ENDPOINTS =
      Map.ofEntries(
          entry("AdminEndpoint", row(403, "GET /_syncline/status", "", HOME)),
          entry(
              "BucketPages",
              row(403, "OPTIONS /bucket/k", "", HOME, "Access-Control-Request-Method: GET")),
          entry(
              "BrowserCalls",
              row(
                  200,
                  "OPTIONS /",
                  "",
                  HOME,
                  "Access-Control-Request-Method: POST",
                  "Access-Control-Request-Headers: content-type,x-amz-target")),
          entry("MessageEndpoint", row(403, "GET /_syncline/cognito/messages", "", HOME)),
          entry(
              "SoftwareTokenEndpoint", row(403, "GET /_syncline/cognito/software-token", "", HOME)),
          entry(
              "IdentityKeysEndpoint",
              row(
                  403,
                  "GET /.well-known/jwks_uri",
                  "",
                  "Host: cognito-identity.us-east-1.amazonaws.com")),
          // Both answer pages themselves, as AWS does. There is no such pool.
          entry("PoolKeyEndpoint", row(400, "GET /us-east-1_None/.well-known/jwks.json", "", HOME)),
          entry("OAuthEndpoint", row(404, "GET /_aws/cognito/none/login", "", HOME)),
          entry("TokenEndpoint", row(403, "POST /_syncline/issuer/token", "{}", HOME)),
          entry(
              "CodeLinks",
              row(403, "GET /snapshots/111111111111/f-0123456789abcdef0123456789abcdef", "", HOME)),
          entry("GatewayEndpoint", row(200, "GET /restapis/{rest}/dev/_user_request_/", "", HOME)),
          // The API has no route, and there is no such function URL: both answer pages themselves.
          entry("HttpApiEndpoint", row(404, "GET /_aws/execute-api/{http}/", "", HOME)),
          entry("UrlEndpoint", row(403, "GET /_aws/lambda-url/none/", "", HOME)),
          entry(
              "PublishEndpoint",
              row(
                  200,
                  "POST /event",
                  "{\"channel\":\"/default/c\",\"events\":[\"1\"]}",
                  HOME,
                  "X-Api-Key: {key}",
                  "Content-Type: application/json")),
          entry("RealtimeEndpoint", row(101, "GET /event/realtime", "", HOME, UPGRADE)),
          entry("GraphqlRealtimeEndpoint", row(101, "GET /graphql/realtime", "", HOME, UPGRADE)),
          // The key is of an Event API.
          entry("GraphqlEndpoint", row(401, "POST /graphql", "{}", HOME, "X-Api-Key: {key}")));

  @TempDir private static Path work;
  private static AttackedSimulator simulator;

  @BeforeAll
  static void start() throws Exception {
    simulator = new AttackedSimulator(work);
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  private static RawHttp.Answer send(Row row, RawHttp port) throws Exception {
    return port.send(
        simulator.filled(row.request(), port),
        row.headers().stream().map(header -> simulator.filled(header, port)).toList(),
        simulator.filled(row.body(), port));
  }

  /** Sends it to both ports. */
  private static void expect(Row row) throws Exception {
    for (RawHttp port : List.of(simulator.plain(), simulator.tls())) {
      RawHttp.Answer answer = send(row, port);
      assertThat(answer.status()).as("%s: %s", row, answer).isEqualTo(row.status());
    }
  }

  private static void expectRefusal(Row row, String named) throws Exception {
    long before = simulator.instance().simulator().dispatcher().calls();
    for (RawHttp port : List.of(simulator.plain(), simulator.tls())) {
      RawHttp.Answer answer = send(row, port);
      assertThat(answer.status()).as("%s: %s", row, answer).isEqualTo(403);
      assertThat(answer.body()).contains(named).doesNotContain("hunter2");
      assertThat(answer.headers()).doesNotContainKey("access-control-allow-origin");
    }
    assertThat(simulator.instance().simulator().dispatcher().calls())
        .as("operations that ran")
        .isEqualTo(before);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.syncline.sim.cli.BrowserAttacks#attacks")
  void aPageIsRefusedAndNothingRuns(String name, Row row) throws Exception {
    expectRefusal(row, "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:4566",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "127.evil.example",
        "127.0.0.1.nip.io",
        "localtest.me",
        "0.0.0.0:4566",
        "10.0.0.1",
        "[fe80::1]",
        "localhost:4566@evil.example",
        "localhost, evil.example",
        "localhost:many",
        "local host",
        "evil.amazonaws.com",
        "ec2-1-2-3-4.compute-1.amazonaws.com",
        "glacier.us-east-1.amazonaws.com",
        "sts.us-east-1.amazonaws.com.evil.example",
        "bucket.s3.us-east-1.amazonaws.com.evil.example",
        "host.docker.internal.evil.example",
      })
  void aHostThatIsNotServedIsRefusedEverywhere(String host) throws Exception {
    for (Row endpoint : ENDPOINTS.values()) {
      expectRefusal(endpoint.with(403, "Host: " + host), "Host header");
    }
    expectRefusal(
        row(403, "POST /", "Action=GetCallerIdentity&Version=2011-06-15", "Host: " + host, FORM),
        "Host header");
  }

  @Test
  void aHostThatIsSaidTwiceOrNotAtAllIsRefused() throws Exception {
    String request = "GET /_syncline/status";
    expect(row(400, request, ""));
    expect(row(400, request, "", HOME, "Host: evil.example"));
    expect(row(400, request, "", HOME, HOME));
    expect(row(403, request, "", "Host:"));
    expect(row(400, "GET http://evil.example/_syncline/status", "", HOME));
    expect(row(400, "GET http://127.0.0.1:{port}@evil.example/_syncline/status", "", HOME));
    expect(row(400, "GET http://127.0.0.1:{port}/_syncline/status", "", "Host: evil.example"));
    expect(row(403, "GET http://evil.example/_syncline/status", "", "Host: evil.example"));
    expect(row(200, "GET http://127.0.0.1:{port}/_syncline/status", "", HOME));
  }

  static Stream<Class<?>> endpoints() {
    return ReflectionSupport.findAllClassesInPackage(
        "dev.syncline.sim",
        type ->
            (HttpEndpoint.class.isAssignableFrom(type)
                    || WebSocketEndpoint.class.isAssignableFrom(type))
                && !Modifier.isAbstract(type.getModifiers())
                && !isOfTests(type),
        name -> true)
        .stream();
  }

  private static boolean isOfTests(Class<?> type) {
    return type.getProtectionDomain()
        .getCodeSource()
        .getLocation()
        .getPath()
        .matches(".*/test(-classes)?/");
  }

  @ParameterizedTest
  @MethodSource("endpoints")
  void everyEndpointHasARowAndRefusesForeignPagesUnlessAwsTakesThem(Class<?> endpoint)
      throws Exception {
    assertThat(ENDPOINTS).as("a row for %s", endpoint).containsKey(endpoint.getSimpleName());
    Row row = Objects.requireNonNull(ENDPOINTS.get(endpoint.getSimpleName()));
    expect(row.with(row.status(), EVIL));
    expect(row.with(row.status(), "Origin: null"));
    expect(row.with(row.status(), CROSS));
    expect(row.with(row.status(), "Origin: http://localhost:3000", "Sec-Fetch-Site: same-site"));
    expectRefusal(row.with(403, "Host: evil.example"), "Host header");
  }

  @Test
  void everyEndpointIsThere() {
    assertThat(endpoints().map(Class::getSimpleName).collect(Collectors.toSet()))
        .isEqualTo(ENDPOINTS.keySet());
  }

  @Test
  void everyServiceRefusesForeignPages() throws Exception {
    for (AwsService service : simulator.instance().simulator().dispatcher().services()) {
      String scope = "?" + SCOPE + service.signingName() + END;
      String signed =
          "Authorization: AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/"
              + service.signingName()
              + "/aws4_request, SignedHeaders=host, Signature=0";
      expectRefusal(row(403, "POST /" + scope, "{}", HOME, EVIL, TEXT), "--allow-origin");
      expectRefusal(row(403, "POST /", "{}", HOME, EVIL, signed), "--allow-origin");
      expectRefusal(row(403, "GET /" + scope, "", HOME, CROSS), "--allow-origin");
      expectRefusal(row(403, "POST /", "{}", "Host: evil.example", signed), "--allow-origin");
    }
  }

  @Test
  void everyActionThatChangesStateIsTakenByPostOnly() throws Exception {
    var refused = new TreeSet<String>();
    for (AwsService service : simulator.instance().simulator().dispatcher().services()) {
      for (Protocol.Query query : service.protocol().asQuery().stream().toList()) {
        for (Operation operation : service.operations()) {
          if (operation.name().matches("(Describe|Get|List|Simulate|Validate).*")) {
            continue;
          }
          String action = "?Action=" + operation.name() + "&Version=" + query.apiVersion();
          expectRefusal(row(403, "GET /" + action, "", HOME), operation.name());
          refused.add(operation.name());
        }
      }
    }
    assertThat(refused).contains("AssumeRole", "CreateStack", "CreateRole", "DeleteAlarms");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.syncline.sim.cli.ProgramRequests#programs")
  void aProgramIsAnswered(String name, Row row) throws Exception {
    expect(row);
  }

  @Test
  void theSimulatorsOwnPathsAreNotThereAtHostsOfAws() throws Exception {
    String shutdown = "POST /_syncline/shutdown";
    expect(row(400, shutdown, "", "Host: sts.us-east-1.amazonaws.com"));
    expect(row(403, shutdown, "", "Host: {rest}.execute-api.us-east-1.amazonaws.com"));
    expect(row(404, "GET /_syncline/status", "", "Host: bucket.s3.us-east-1.amazonaws.com"));
    expect(row(404, "POST /_syncline/issuer/token", "{}", "Host: {events}"));
    expect(row(200, "GET /_syncline/status", "", HOME));
  }

  @Test
  void anAllowedPageMayReadWhatItAskedFor() throws Exception {
    String page = "Origin: " + AttackedSimulator.ALLOWED;
    for (RawHttp port : List.of(simulator.plain(), simulator.tls())) {
      RawHttp.Answer asked =
          send(
              row(
                  204,
                  "OPTIONS /",
                  "",
                  HOME,
                  page,
                  "Access-Control-Request-Method: POST",
                  "Access-Control-Request-Headers: authorization,x-amz-target",
                  "Access-Control-Request-Private-Network: true"),
              port);
      assertThat(asked.status()).isEqualTo(204);
      assertThat(asked.headers())
          .containsEntry("access-control-allow-origin", AttackedSimulator.ALLOWED)
          .containsEntry("access-control-allow-methods", "POST")
          .containsEntry("access-control-allow-headers", "authorization,x-amz-target")
          .containsEntry("access-control-allow-private-network", "true");
      RawHttp.Answer refused = send(row(404, "GET /nothing", "", HOME, page), port);
      assertThat(refused.status()).isEqualTo(404);
      assertThat(refused.headers())
          .containsEntry("access-control-allow-origin", AttackedSimulator.ALLOWED)
          .containsEntry("vary", "Origin");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://sts.us-east-1.amazonaws.com/_syncline/shutdown",
        "https://lambda.us-east-1.amazonaws.com/_syncline/status",
        "https://bucket.s3.us-east-1.amazonaws.com/_syncline/status",
        "https://x.execute-api.us-east-1.amazonaws.com/_syncline/issuer/token",
        "https://x.appsync-api.us-east-1.amazonaws.com/_syncline/issuer/token",
        "https://127.0.0.1/_syncline/status",
        "https://localhost/_syncline/status",
      })
  void aTaskReachesNothingOfTheSimulatorsOwn(String url) {
    String connection =
        simulator
            .call(
                "events",
                "CreateConnection",
                "{'Name':'c"
                    + Integer.toHexString(url.hashCode())
                    + "','AuthorizationType':'API_KEY','AuthParameters':{'ApiKeyAuthParameters':"
                    + "{'ApiKeyName':'k','ApiKeyValue':'v'}}}")
            .path("ConnectionArn")
            .asText();
    for (String method : List.of("GET", "POST")) {
      String task =
          "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"End\":true,\"Resource\":"
              + "\"arn:aws:states:::http:invoke\",\"Parameters\":{\"Method\":\""
              + method
              + "\",\"ApiEndpoint\":\""
              + url
              + "\",\"Authentication\":{\"ConnectionArn\":\""
              + connection
              + "\"}}}}}";
      String machine =
          simulator
              .call(
                  "states",
                  "CreateStateMachine",
                  "{'name':'m"
                      + method
                      + Integer.toHexString(url.hashCode())
                      + "','type':'EXPRESS','roleArn':'arn:aws:iam::111111111111:role/r',"
                      + "'definition':'"
                      + task.replace("\"", "\\'")
                      + "'}")
              .path("stateMachineArn")
              .asText();
      ObjectNode run =
          simulator.call("states", "StartSyncExecution", "{'stateMachineArn':'" + machine + "'}");
      assertThat(run.path("status").asText()).as("%s", run).isEqualTo("FAILED");
      assertThat(run.toString()).doesNotContain("workDirectory", "eyJ");
    }
    assertThat(simulator.instance().stop().await(Duration.ZERO)).as("stopped").isFalse();
  }

  /** Its code may be made to fetch any address, and with it what the developer alone may see. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFunctionDoesNotReachTheSimulatorsOwnEndpoints() throws Exception {
    simulator.createFetcher("fetcher", work.resolve("fetcher"));
    String own = "http://127.0.0.1:" + simulator.plain().port();
    assertThat(simulator.fetch("fetcher", own + "/_syncline/status")).startsWith("403 ");
    assertThat(simulator.fetch("fetcher", own + "/_syncline/journal")).startsWith("403 ");
    assertThat(simulator.fetch("fetcher", own + "/_syncline/issuer/.well-known/jwks.json"))
        .startsWith("403 ");
    assertThat(simulator.fetch("fetcher", own + "/?Action=GetCallerIdentity&Version=2011-06-15"))
        .startsWith("200 ");
    expect(row(200, "GET /_syncline/status", "", HOME));
  }

  @Test
  void refusalsAreInTheJournal() throws Exception {
    expectRefusal(row(403, "GET /_syncline/status?x=secret", "", HOME, EVIL), "--allow-origin");
    assertThat(simulator.instance().simulator().journal().since(0))
        .anySatisfy(
            entry -> {
              assertThat(entry.event().type()).isEqualTo("port.Refused");
              assertThat(entry.event().details())
                  .containsEntry("path", "/_syncline/status")
                  .containsEntry("origin", "https://evil.example");
            });
  }
}
