// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.aws.port.HttpEndpoint;
import dev.syncline.sim.aws.port.WebSocketEndpoint;
import dev.syncline.sim.aws.service.AwsService;
import dev.syncline.sim.aws.service.Operation;
import dev.syncline.sim.aws.service.Protocol;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * What a page in the user's browser can send to the port, as the browser writes it, and what
 * programs send. Every row goes to the plain port and to the TLS port.
 */
@Timeout(300)
class BrowserAttackTest {
  private static final String HOME = "Host: 127.0.0.1:{port}";
  private static final String EVIL = "Origin: https://evil.example";
  private static final String CROSS = "Sec-Fetch-Site: cross-site";
  private static final String TEXT = "Content-Type: text/plain;charset=UTF-8";
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
  private static final String SCOPE = "X-Amz-Credential=a/20260101/us-east-1/";
  private static final String END = "/aws4_request";
  private static final String CREATE_FUNCTION =
      "{\"FunctionName\":\"f\",\"Runtime\":\"java21\",\"Handler\":\"E\",\"Role\":"
          + "\"arn:aws:iam::111111111111:role/r\",\"Code\":{\"ZipFile\":\"UEsFBgAAAAA=\"}}";
  private static final String UPGRADE =
      "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
          + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
          + "Sec-WebSocket-Protocol: aws-appsync-event-ws";

  /**
   * Each endpoint by its class: a request that it claims, and what a foreign page gets for it. A
   * new endpoint needs a row.
   */
  private static final Map<String, Row> ENDPOINTS =
      Map.of(
          "AdminEndpoint", row(403, "GET /_syncline/status", "", HOME),
          "TokenEndpoint", row(403, "POST /_syncline/issuer/token", "{}", HOME),
          "S3Endpoint", row(403, "GET /bucket/k?" + SCOPE + "s3" + END, "", HOME),
          "GatewayEndpoint", row(200, "GET /restapis/{rest}/dev/_user_request_/", "", HOME),
          "PublishEndpoint",
              row(
                  200,
                  "POST /event",
                  "{\"channel\":\"/default/c\",\"events\":[\"1\"]}",
                  HOME,
                  "X-Api-Key: {key}",
                  "Content-Type: application/json"),
          "RealtimeEndpoint", row(101, "GET /event/realtime", "", HOME, UPGRADE));

  @TempDir private static Path work;
  private static AttackedSimulator simulator;

  private record Row(int status, String request, String body, List<String> headers) {
    Row with(int newStatus, String... more) {
      var all = new ArrayList<>(headers);
      for (String header : more) {
        if (header.startsWith("Host:")) {
          all.removeIf(one -> one.startsWith("Host:"));
        }
        all.add(header);
      }
      return new Row(newStatus, request, body, all);
    }
  }

  private static Row row(int status, String request, String body, String... headers) {
    return new Row(status, request, body, List.of(headers));
  }

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
        simulator.filled(row.request, port),
        row.headers.stream().map(header -> simulator.filled(header, port)).toList(),
        simulator.filled(row.body, port));
  }

  /** Sends it to both ports. */
  private static void expect(Row row) throws Exception {
    for (RawHttp port : List.of(simulator.plain(), simulator.tls())) {
      RawHttp.Answer answer = send(row, port);
      assertThat(answer.status()).as("%s: %s", row, answer).isEqualTo(row.status);
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

  static Stream<Arguments> attacks() {
    String function = "POST /2015-03-31/functions?" + SCOPE + "lambda" + END;
    String stack = "&Version=2010-05-15&StackName=keep";
    String secret = "{\"SecretId\":\"s\"}";
    String target = "X-Amz-Target: secretsmanager.GetSecretValue";
    String json = "Content-Type: application/x-amz-json-1.1";
    String rebound = "Host: evil.example:{port}";
    return Stream.of(
        arguments(
            "a function by fetch without CORS",
            row(403, function, CREATE_FUNCTION, HOME, EVIL, CROSS, TEXT)),
        arguments(
            "a function by a page without an origin",
            row(403, function, CREATE_FUNCTION, HOME, "Origin: null", CROSS, TEXT)),
        arguments(
            "a function by a browser without Sec-Fetch-Site",
            row(403, function, CREATE_FUNCTION, HOME, EVIL, TEXT)),
        arguments(
            "a function by a browser that says nothing",
            row(403, function, CREATE_FUNCTION, HOME, TEXT)),
        arguments(
            "a function in a multipart form",
            row(
                403,
                function,
                CREATE_FUNCTION,
                HOME,
                "Content-Type: Multipart/Form-Data; boundary=x")),
        arguments("a function in a Blob without a type", row(403, function, CREATE_FUNCTION, HOME)),
        arguments(
            "a function by a page of another local port",
            row(
                403,
                function,
                CREATE_FUNCTION,
                HOME,
                "Origin: http://localhost:3000",
                "Sec-Fetch-Site: same-site",
                TEXT)),
        arguments(
            "a function by a page of another local name",
            row(403, function, CREATE_FUNCTION, HOME, "Origin: {scheme}://localhost:{port}", TEXT)),
        arguments(
            "a function by a page of the other scheme",
            row(403, function, CREATE_FUNCTION, HOME, "Origin: ftp://127.0.0.1:{port}", TEXT)),
        arguments(
            "two origins, one of them good",
            row(
                403,
                function,
                CREATE_FUNCTION,
                HOME,
                "Origin: {scheme}://127.0.0.1:{port}",
                EVIL,
                "Content-Type: application/json")),
        arguments(
            "the preflight of a function",
            row(
                403,
                "OPTIONS /2015-03-31/functions",
                "",
                HOME,
                EVIL,
                CROSS,
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: authorization,x-amz-target")),
        arguments(
            "an image that deletes a stack",
            row(
                403,
                "GET /?Action=DeleteStack" + stack,
                "",
                HOME,
                CROSS,
                "Sec-Fetch-Dest: image",
                "Sec-Fetch-Mode: no-cors")),
        arguments(
            "an image of a browser that says nothing",
            row(403, "GET /?Action=DeleteStack" + stack, "", HOME)),
        arguments(
            "the same with HEAD", row(403, "HEAD /?Action=DeleteStack" + stack, "", HOME, CROSS)),
        arguments(
            "an image that creates a stack",
            row(
                403,
                "GET /?Action=CreateStack&Version=2010-05-15&StackName=img&TemplateBody=%7B%7D",
                "",
                HOME)),
        arguments(
            "an image that assumes a role",
            row(
                403,
                "GET /?Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::111111111111:role/r&RoleSessionName=xx",
                "",
                HOME)),
        arguments(
            "an image with a scope",
            row(
                403,
                "GET /?Action=DeleteStack" + stack + "&" + SCOPE + "cloudformation" + END,
                "",
                HOME)),
        arguments(
            "an image that is signed for nobody",
            row(
                403,
                "GET /?Action=DeleteAlarms&Version=2010-08-01&AlarmNames.member.1=a",
                "",
                HOME)),
        arguments(
            "a link",
            row(
                403,
                "GET /?Action=ListStacks&Version=2010-05-15",
                "",
                HOME,
                CROSS,
                "Sec-Fetch-Mode: navigate",
                "Sec-Fetch-Dest: document")),
        arguments(
            "a form", row(403, "POST /", "Action=DeleteStack" + stack, HOME, EVIL, CROSS, FORM)),
        arguments(
            "a form of a file or a sandbox",
            row(403, "POST /", "Action=DeleteStack" + stack, HOME, "Origin: null", FORM)),
        arguments(
            "a form that shuts down",
            row(403, "POST /_syncline/shutdown", "", HOME, EVIL, CROSS, FORM)),
        arguments(
            "a fault",
            row(
                403,
                "POST /_syncline/faults",
                "{\"place\":\"call\",\"fault\":\"throttle\"}",
                HOME,
                EVIL,
                TEXT)),
        arguments(
            "the journal in an image", row(403, "GET /_syncline/journal?since=0", "", HOME, CROSS)),
        arguments(
            "a token of any user",
            row(
                403,
                "POST /_syncline/issuer/token",
                "{\"userPoolId\":\"us-east-1_a\"}",
                HOME,
                EVIL,
                CROSS,
                TEXT)),
        arguments(
            "the status after rebinding",
            row(403, "GET /_syncline/status", "", rebound, "Sec-Fetch-Site: same-origin")),
        arguments(
            "the journal after rebinding", row(403, "GET /_syncline/journal?since=0", "", rebound)),
        arguments(
            "a secret after rebinding",
            row(
                403,
                "POST /",
                secret,
                rebound,
                "Origin: {scheme}://evil.example:{port}",
                "Sec-Fetch-Site: same-origin",
                target,
                json)),
        arguments(
            "a token after rebinding",
            row(
                403,
                "POST /_syncline/issuer/token",
                "{}",
                rebound,
                "Origin: {scheme}://evil.example:{port}")),
        arguments(
            "a deployed API after rebinding",
            row(403, "GET /restapis/{rest}/dev/_user_request_/", "", rebound)),
        arguments(
            "an API host that is not AWS's",
            row(403, "GET /dev/", "", "Host: {rest}.execute-api.evil.example:{port}")),
        arguments(
            "an Event API after rebinding",
            row(403, "POST /event", "{}", rebound, "X-Api-Key: {key}")),
        arguments(
            "a WebSocket after rebinding", row(403, "GET /event/realtime", "", rebound, UPGRADE)),
        arguments(
            "a WebSocket to the admin endpoint",
            row(403, "GET /_syncline/status", "", HOME, EVIL, UPGRADE)),
        arguments(
            "a WebSocket to a service",
            row(
                403,
                "GET /2015-03-31/functions?" + SCOPE + "lambda" + END,
                "",
                HOME,
                EVIL,
                UPGRADE)),
        arguments(
            "an object in an image",
            row(403, "GET /bucket/k?" + SCOPE + "s3" + END, "", HOME, CROSS)),
        arguments(
            "objects deleted by fetch without CORS",
            row(
                403,
                "POST /bucket?delete&" + SCOPE + "s3" + END,
                "<Delete><Object><Key>k</Key></Object></Delete>",
                HOME,
                EVIL,
                CROSS,
                TEXT)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
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
        "dynamodb.us-east-1.amazonaws.com",
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
    Row row = ENDPOINTS.get(endpoint.getSimpleName());
    assertThat(row).as("a row in ENDPOINTS for %s", endpoint).isNotNull();
    expect(row.with(row.status, EVIL));
    expect(row.with(row.status, "Origin: null"));
    expect(row.with(row.status, CROSS));
    expect(row.with(row.status, "Origin: http://localhost:3000", "Sec-Fetch-Site: same-site"));
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
          if (operation.name().matches("(Describe|Get|List|Validate).*")) {
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

  static Stream<Arguments> programs() {
    String signed =
        "Authorization: AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/%s/aws4_request,"
            + " SignedHeaders=host, Signature=0";
    String identity = "GET /?Action=GetCallerIdentity&Version=2011-06-15";
    String secret = "{\"SecretId\":\"s\"}";
    String target = "X-Amz-Target: secretsmanager.GetSecretValue";
    String fault =
        "{\"place\":\"call\",\"fault\":\"refuse\",\"status\":503,\"errorType\":\"E\",\"when\":{\"service\":\"nothing\"}}";
    return Stream.of(
        arguments("curl", row(200, "GET /_syncline/status", "", HOME)),
        arguments("localhost", row(200, "GET /_syncline/status", "", "Host: localhost:{port}")),
        arguments("without a port", row(200, "GET /_syncline/status", "", "Host: LOCALHOST")),
        arguments("a final dot", row(200, "GET /_syncline/status", "", "Host: localhost.:{port}")),
        arguments("IPv6", row(200, "GET /_syncline/status", "", "Host: [::1]:{port}")),
        arguments(
            "another loopback address",
            row(200, "GET /_syncline/status", "", "Host: 127.1.2.3:{port}")),
        arguments(
            "a name below localhost",
            row(200, "GET /_syncline/status", "", "Host: syncline.localhost:{port}")),
        arguments(
            "an address typed into a browser",
            row(
                200,
                "GET /_syncline/status",
                "",
                HOME,
                "Sec-Fetch-Site: none",
                "Sec-Fetch-Mode: navigate")),
        arguments(
            "a page of the simulator's own",
            row(
                200,
                "POST /_syncline/issuer/token",
                "{}",
                HOME,
                "Origin: {scheme}://127.0.0.1:{port}",
                "Sec-Fetch-Site: same-origin")),
        arguments(
            "a token for a program",
            row(
                200,
                "POST /_syncline/issuer/token",
                "{\"userPoolId\":\"us-east-1_a\"}",
                HOME,
                FORM)),
        arguments(
            "the issuer's keys", row(200, "GET /_syncline/issuer/.well-known/jwks.json", "", HOME)),
        arguments("a fault from curl -d", row(201, "POST /_syncline/faults", fault, HOME, FORM)),
        arguments(
            "Node's fetch", row(200, "GET /_syncline/status", "", HOME, "Sec-Fetch-Mode: cors")),
        arguments(
            "an SDK",
            row(
                200,
                "POST /",
                secret,
                HOME,
                target,
                "Content-Type: application/x-amz-json-1.1",
                signed.formatted("secretsmanager"))),
        arguments(
            "an SDK at a host of AWS",
            row(200, "POST /", secret, "Host: secretsmanager.us-east-1.amazonaws.com", target)),
        arguments(
            "restJson without a content type",
            row(200, "GET /2015-03-31/functions", "", HOME, signed.formatted("lambda"))),
        arguments(
            "restJson from curl --aws-sigv4 -d",
            row(400, "POST /2015-03-31/functions", "{}", HOME, FORM, signed.formatted("lambda"))),
        arguments(
            "restJson with a presigned URL",
            row(
                400,
                "POST /2015-03-31/functions?" + SCOPE + "lambda" + END,
                "{}",
                HOME,
                "Content-Type: application/json")),
        arguments("a presigned identity", row(200, identity + "&" + SCOPE + "sts" + END, "", HOME)),
        arguments(
            "a presigned identity at its host",
            row(
                200,
                identity + "&" + SCOPE + "sts" + END,
                "",
                "Host: sts.us-east-1.amazonaws.com")),
        arguments(
            "a query by POST",
            row(200, "POST /", "Action=ListStacks&Version=2010-05-15", HOME, FORM)),
        arguments(
            "a query by GET", row(200, "GET /?Action=ListStacks&Version=2010-05-15", "", HOME)),
        arguments("an object", row(200, "GET /bucket/k", "", HOME, signed.formatted("s3"))),
        arguments(
            "an object at the bucket's host",
            row(200, "GET /k", "", "Host: bucket.s3.us-east-1.amazonaws.com")),
        arguments(
            "an object at the global host",
            row(200, "GET /k", "", "Host: bucket.s3.amazonaws.com")),
        arguments(
            "an object at a local host",
            row(200, "GET /k", "", "Host: bucket.s3.localhost:{port}", signed.formatted("s3"))),
        arguments(
            "an object with any content type",
            row(200, "PUT /bucket/n", "x", HOME, TEXT, signed.formatted("s3"))),
        arguments(
            "another region, as before",
            row(
                400,
                "POST /",
                "{}",
                "Host: secretsmanager.eu-west-1.amazonaws.com",
                target.replace("secretsmanager.", "nothing."))),
        arguments(
            "a deployed API from any page",
            row(200, "GET /restapis/{rest}/dev/_user_request_/", "", HOME, EVIL, CROSS)),
        arguments(
            "a deployed API at its host",
            row(
                200,
                "GET /dev/",
                "",
                "Host: {rest}.execute-api.us-east-1.amazonaws.com",
                EVIL,
                CROSS)),
        arguments(
            "an Event API's preflight",
            row(
                200,
                "OPTIONS /event",
                "",
                "Host: {events}",
                EVIL,
                CROSS,
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: x-api-key")),
        arguments(
            "an Event API's preflight here",
            row(
                200,
                "OPTIONS /event",
                "",
                HOME,
                EVIL,
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: x-api-key")),
        arguments(
            "an Event API at its host",
            row(
                200,
                "POST /event",
                "{\"channel\":\"/default/c\",\"events\":[\"1\"]}",
                "Host: {events}",
                EVIL,
                CROSS,
                "X-Api-Key: {key}",
                "Content-Type: application/json")),
        arguments(
            "an Event API's WebSocket from Python",
            row(
                101,
                "GET /event/realtime",
                "",
                HOME,
                "Origin: {scheme}://127.0.0.1:{port}",
                UPGRADE)),
        arguments(
            "an allowed page",
            row(
                200,
                "POST /",
                secret,
                HOME,
                "Origin: http://localhost:5173",
                "Sec-Fetch-Site: same-site",
                target)),
        arguments(
            "an image in an allowed page",
            row(
                200,
                "GET /bucket/k?" + SCOPE + "s3" + END,
                "",
                HOME,
                "Referer: http://localhost:5173/page",
                CROSS)),
        arguments(
            "an image in another page",
            row(
                403,
                "GET /bucket/k?" + SCOPE + "s3" + END,
                "",
                HOME,
                "Referer: http://localhost:5173.evil.example/",
                CROSS)),
        arguments(
            "an allowed host",
            row(200, "GET /_syncline/status", "", "Host: host.docker.internal:{port}")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
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
  void whatIsRefusedIsInTheJournal() throws Exception {
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
