// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CoralDialect;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Protocol;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two rooms of one signing name that speak a {@link CoralDialect}, over real HTTP. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CoralWireTest {
  private static final int MAX_BODY = 16 * 1024 * 1024;
  private static final String JSON = "application/x-amz-json-1.0";
  private static final String SIGNED =
      "AWS4-HMAC-SHA256 Credential=AK/20260101/us-east-1/table/aws4_request, SignedHeaders=host,"
          + " Signature=0";
  private static final CoralDialect DIALECT =
      CoralDialect.of(
          "com.example.table.v1", Set.of("ThingLost"), Set.of(JSON, "application/json"));

  private final SimClock clock = new SimClock(new ClockMode.Manual());
  private final Journal journal = new Journal(clock);
  private final Ids ids = new Ids(1);
  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir Path work;
  private PortServer server;

  @BeforeEach
  void start() {
    var dispatcher = new Dispatcher(clock, new FaultPlan(journal, ids));
    for (String id : List.of("table", "streams")) {
      String target = id.equals("table") ? "Table_2012" : "Streams_2012";
      dispatcher.register(
          new EchoService(id, "table", new Protocol.AwsJson(target, "1.0", DIALECT)));
    }
    dispatcher.register(new EchoService("states", new Protocol.AwsJson("Machines", "1.0")));
    var settings =
        new GuardSettings(
            InetAddress.getLoopbackAddress(),
            List.of(Origin.read("http://localhost:5173").orElseThrow()),
            GuardSettings.DEFAULT.functions());
    server =
        new PortServer(
                new PortSettings(InetAddress.getLoopbackAddress(), 0, -1, -1, "us-east-1", work),
                new Router(dispatcher, journal, ids, "111111111111", "us-east-1", settings),
                clock,
                journal,
                PortLimits.DEFAULT)
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
    clock.close();
  }

  @Test
  void anAnswerHasAChecksumAndARequestIdOf52Characters() throws Exception {
    var response = call("Table_2012.Echo", "{\"A\":\"\u00e9\"}");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(text(response)).isEqualTo("{\"echo\":{\"A\":\"\u00e9\"}}");
    assertThat(header(response, "content-type")).isEqualTo(JSON);
    assertThat(header(response, "x-amzn-requestid")).matches("[0-9A-Z]{52}");
    assertThat(header(response, "x-amz-crc32")).isEqualTo(crc32(response.body()));
    assertThat(header(call("Table_2012.Echo", "{}"), "x-amzn-requestid"))
        .isNotEqualTo(header(response, "x-amzn-requestid"));
  }

  @Test
  void oneEndpointServesBothTargets() throws Exception {
    assertThat(text(call("Streams_2012.Echo", "{}"))).isEqualTo("{\"echo\":{}}");
    assertThat(text(call("Table_2012.Fail", "{}"))).contains("ThingNotFound");
    assertThat(journal.select(entry -> entry.event().type().equals("port.ApiCall")))
        .extracting(entry -> entry.event().details().get("service"))
        .containsExactly("streams", "table");
  }

  @Test
  void hostsOfBothRoomsAreServed() throws Exception {
    for (String prefix : List.of("table", "streams.table")) {
      String answer = raw("GET / HTTP/1.1\r\nHost: " + prefix + ".us-east-1.amazonaws.com\r\n");
      assertThat(answer)
          .startsWith("HTTP/1.1 200")
          .endsWith("healthy: " + prefix + ".us-east-1.amazonaws.com ")
          .contains("x-amz-crc32: ");
    }
    assertThat(raw("GET / HTTP/1.1\r\nHost: streams.table.eu-west-1.amazonaws.com\r\n"))
        .contains("this simulator serves region us-east-1");
    assertThat(raw("GET / HTTP/1.1\r\nHost: shards.table.us-east-1.amazonaws.com\r\n"))
        .startsWith("HTTP/1.1 403");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Table_2012.Fail|{}|404|"
            + "{'__type':'com.example.table.v1#ThingNotFound','message':'no <thing> & nothing',"
            + "'reason':'GONE'}",
        "Table_2012.Echo|{|400|{'__type':'com.amazon.coral.service#SerializationException'}",
        "Table_2012.Echo|[]|400|{'__type':'com.amazon.coral.service#SerializationException'}",
        "Table_2012.Echo|''|400|{'__type':'com.amazon.coral.service#SerializationException'}",
        "Table_2012.Echo|{} x|400|{'__type':'com.amazon.coral.service#SerializationException'}",
        "Table_2012.Fly|{}|400|{'__type':'com.amazon.coral.service#UnknownOperationException'}",
        "Table_2012.|{}|400|{'__type':'com.amazon.coral.service#UnknownOperationException'}",
        "Nothing.Echo|{}|400|{'__type':'com.amazon.coral.service#UnknownOperationException'}",
        "Echo|{}|400|{'__type':'com.amazon.coral.service#UnknownOperationException'}",
        "Table_2012.Echo|{'Colour':1}|400|{'__type':'com.amazon.coral.validate#ValidationException','message':'The"
            + " simulator does not support the member \"Colour\" of table:Echo.'}"
      })
  void anErrorHasItsFullName(String target, String body, int status, String expected)
      throws Exception {
    var response = call(target, body.replace('\'', '"'));
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(text(response).replace('\'', '~').replace('"', '\'').replace('~', '"'))
        .isEqualTo(expected);
    assertThat(header(response, "x-amz-crc32")).isEqualTo(crc32(response.body()));
    assertThat(header(response, "content-type")).isEqualTo(JSON);
    assertThat(header(response, "x-amzn-requestid")).hasSize(52);
  }

  @Test
  void aRequestWithoutTargetIsForNoOperation() throws Exception {
    var response = send(request().header("Content-Type", JSON).POST(BodyPublishers.ofString("{}")));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(text(response))
        .isEqualTo("{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"}");
  }

  @Test
  void anUnsignedRequestIsTakenAndOneForNoTargetAtTheHostIsAnsweredAlike() throws Exception {
    var unsigned =
        HttpRequest.newBuilder(uri("/"))
            .header("Content-Type", JSON)
            .header("X-Amz-Target", "Streams_2012.Echo")
            .POST(BodyPublishers.ofString("{}"));
    assertThat(send(unsigned).statusCode()).isEqualTo(200);
    assertThat(
            raw(
                "POST / HTTP/1.1\r\nHost: table.us-east-1.amazonaws.com\r\nContent-Type: "
                    + JSON
                    + "\r\nX-Amz-Target: Gone_2011.Echo\r\nContent-Length: 0\r\n"))
        .endsWith("{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"}");
    assertThat(
            raw(
                "POST / HTTP/1.1\r\nHost: states.us-east-1.amazonaws.com\r\nContent-Type: "
                    + JSON
                    + "\r\nX-Amz-Target: Gone_2011.Echo\r\nContent-Length: 0\r\n"))
        .contains("The simulator does not support the target 'Gone_2011.Echo'.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Bearer x|MissingAuthenticationTokenException|Request is missing Authentication Token",
        "AWS4-HMAC-SHA256 Credential=AK/20260101/us-east-1/table/aws4_request|"
            + "IncompleteSignatureException|Authorization header requires 'Signature' parameter."
            + " Authorization header requires 'SignedHeaders' parameter. Authorization header"
            + " requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization="
            + "AWS4-HMAC-SHA256 Credential=AK/20260101/us-east-1/table/aws4_request"
      })
  void anIncompleteSignatureIsRefused(String authorization, String code, String message)
      throws Exception {
    var response =
        send(
            HttpRequest.newBuilder(uri("/"))
                .header("Authorization", authorization)
                .header("Content-Type", JSON)
                .header("X-Amz-Target", "Table_2012.Echo")
                .POST(BodyPublishers.ofString("{}")));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(text(response))
        .isEqualTo(
            "{\"__type\":\"com.amazon.coral.service#"
                + code
                + "\",\"message\":\""
                + message
                + "\"}");
  }

  @Test
  void twoSignaturesAndHalfASignatureInTheQueryAreRefused() throws Exception {
    var both =
        request("/?X-Amz-Algorithm=AWS4-HMAC-SHA256")
            .header("Content-Type", JSON)
            .header("X-Amz-Target", "Table_2012.Echo")
            .POST(BodyPublishers.ofString("{}"));
    assertThat(text(send(both)))
        .contains("#InvalidSignatureException")
        .contains("Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization'");
    var half =
        HttpRequest.newBuilder(uri("/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=x"))
            .header("Content-Type", JSON)
            .header("X-Amz-Target", "Table_2012.Echo")
            .POST(BodyPublishers.ofString("{}"));
    assertThat(text(send(half)))
        .contains("#IncompleteSignatureException")
        .contains(
            "AWS query-string parameters must include 'X-Amz-Credential'. AWS query-string"
                + " parameters must include 'X-Amz-Signature'. AWS query-string parameters must"
                + " include 'X-Amz-SignedHeaders'. Re-examine the query-string parameters.");
  }

  @Test
  void contentTypesOfJsonAreEchoedAndOthersNotFound() throws Exception {
    var json = send(post("application/json; charset=utf-8", "Table_2012.Echo", "{}"));
    assertThat(json.statusCode()).isEqualTo(200);
    assertThat(header(json, "content-type")).isEqualTo("application/json");
    for (String type : List.of("text/plain", "application/x-amz-json-1.1", "application/xml")) {
      var other = send(post(type, "Table_2012.Echo", "{}"));
      assertThat(other.statusCode()).as(type).isEqualTo(404);
      assertThat(text(other)).isEqualTo("<UnknownOperationException/>\n");
      assertThat(header(other, "x-amz-crc32")).isEqualTo("3552371480");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT /", "DELETE /", "GET /x", "POST /x", "PATCH /"})
  void otherMethodsAndPathsAreNotFound(String line) throws Exception {
    String[] parts = line.split(" ");
    var response =
        send(
            request(parts[1])
                .header("Content-Type", JSON)
                .method(parts[0], BodyPublishers.ofString("{}")));
    assertThat(response.statusCode()).isEqualTo(404);
  }

  @Test
  void aBodyOverTheLimitIs413BeforeItIsReadAsJson() throws Exception {
    byte[] body = new byte[MAX_BODY + 1];
    Arrays.fill(body, (byte) '{');
    for (var publisher :
        List.of(
            BodyPublishers.ofByteArray(body),
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))) {
      var response =
          send(
              request()
                  .header("Content-Type", JSON)
                  .header("X-Amz-Target", "Table_2012.Echo")
                  .POST(publisher));
      assertThat(response.statusCode()).isEqualTo(413);
      assertThat(response.body()).isEmpty();
    }
    byte[] longest = padded(MAX_BODY);
    assertThat(send(post(JSON, "Table_2012.Echo", longest)).statusCode()).isEqualTo(200);
  }

  @Test
  void headersOverTheLimitAre400() throws Exception {
    String line = "X-Long: " + "x".repeat(16 * 1024) + "\r\n";
    assertThat(
            raw("GET / HTTP/1.1\r\nHost: table.us-east-1.amazonaws.com\r\n" + line)
                .startsWith("HTTP/1.1 400"))
        .isTrue();
    assertThat(
            raw("GET / HTTP/1.1\r\nHost: table.us-east-1.amazonaws.com\r\nX-Long: "
                    + "x".repeat(15 * 1024)
                    + "\r\n")
                .startsWith("HTTP/1.1 200"))
        .isTrue();
  }

  @Test
  void compressedBodiesAreRead() throws Exception {
    byte[] half = gzip("{\"A\":".getBytes(StandardCharsets.UTF_8));
    byte[] rest = gzip("1}".getBytes(StandardCharsets.UTF_8));
    byte[] members =
        new SequenceInputStream(new ByteArrayInputStream(half), new ByteArrayInputStream(rest))
            .readAllBytes();
    assertThat(text(compressed("gzip", members))).isEqualTo("{\"echo\":{\"A\":1}}");
    assertThat(text(compressed("GZIP", gzip("{}".getBytes(StandardCharsets.UTF_8)))))
        .isEqualTo("{\"echo\":{}}");
    assertThat(text(compressed("deflate", deflate("{\"A\":2}".getBytes(StandardCharsets.UTF_8)))))
        .isEqualTo("{\"echo\":{\"A\":2}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "br", "identity", "gzip, gzip"})
  void whatIsNotCompressedAsSaidIsA500(String encoding) throws Exception {
    byte[] whole = gzip("{\"A\":1}".getBytes(StandardCharsets.UTF_8));
    for (byte[] body :
        List.of("{}".getBytes(StandardCharsets.UTF_8), new byte[0], Arrays.copyOf(whole, 12))) {
      var response = compressed(encoding, body);
      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(text(response)).contains("\"com.example.table.v1#InternalServerError\"");
    }
  }

  @Test
  void whatInflatesBeyondTheLimitIs413() throws Exception {
    assertThat(compressed("gzip", gzip(padded(MAX_BODY + 1))).statusCode()).isEqualTo(413);
    assertThat(compressed("deflate", deflate(padded(MAX_BODY))).statusCode()).isEqualTo(200);
    assertThat(compressed("gzip", gzip(new byte[400 * 1024 * 1024])).statusCode()).isEqualTo(413);
  }

  @Test
  void longAnswersAreCompressedForThoseThatAsk() throws Exception {
    String longBody = "{\"A\":\"" + "x".repeat(4096) + "\"}";
    var gzip = accepting("deflate;q=0, gzip", longBody);
    assertThat(header(gzip, "content-encoding")).isEqualTo("gzip");
    assertThat(header(gzip, "x-amz-crc32")).isEqualTo(crc32(gzip.body()));
    assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes())
        .isEqualTo(("{\"echo\":" + longBody + "}").getBytes(StandardCharsets.UTF_8));
    var deflate = accepting("br, deflate", longBody);
    assertThat(header(deflate, "content-encoding")).isEqualTo("deflate");
    assertThat(new InflaterInputStream(new ByteArrayInputStream(deflate.body())).readAllBytes())
        .hasSize(longBody.length() + 9);
    for (String none : List.of("identity", "gzip;q=0", "br")) {
      assertThat(accepting(none, longBody).headers().firstValue("content-encoding")).isEmpty();
    }
    String fits = "{\"A\":\"" + "x".repeat(4096 - 17) + "\"}";
    var answer = accepting("gzip", fits);
    assertThat(answer.body()).hasSize(4096);
    assertThat(answer.headers().firstValue("content-encoding")).isEmpty();
  }

  @Test
  void optionsEchoWhatIsAsked() throws Exception {
    var response =
        send(
            request()
                .header("Access-Control-Request-Headers", "x-a, x-b")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody()));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(header(response, "access-control-allow-headers")).isEqualTo("x-a, x-b");
    assertThat(header(response, "access-control-allow-methods")).isEqualTo("POST");
    assertThat(header(response, "access-control-max-age")).isEqualTo("172800");
  }

  @Test
  void anAllowedPageReadsAnswersAndAForeignOneIsRefused() throws Exception {
    var allowed =
        send(post(JSON, "Table_2012.Echo", "{}").header("Origin", "http://localhost:5173"));
    assertThat(allowed.statusCode()).isEqualTo(200);
    assertThat(allowed.headers().allValues("access-control-allow-origin"))
        .containsExactly("http://localhost:5173");
    var own =
        send(
            post(JSON, "Table_2012.Echo", "{}")
                .header("Origin", "http://127.0.0.1:" + server.port()));
    assertThat(own.headers().allValues("access-control-allow-origin")).containsExactly("*");
    var foreign = send(post(JSON, "Table_2012.Echo", "{}").header("Origin", "http://evil.test"));
    assertThat(foreign.statusCode()).isEqualTo(403);
  }

  @Test
  void aDefectIsAnInternalFailure() throws Exception {
    var response = call("Table_2012.Break", "{}");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(text(response)).contains("com.amazon.coral.service#InternalFailure");
  }

  private HttpResponse<byte[]> call(String target, String body) throws Exception {
    return send(post(JSON, target, body));
  }

  private HttpResponse<byte[]> compressed(String encoding, byte[] body) throws Exception {
    return send(post(JSON, "Table_2012.Echo", body).header("Content-Encoding", encoding));
  }

  private HttpResponse<byte[]> accepting(String codings, String body) throws Exception {
    return send(post(JSON, "Table_2012.Echo", body).header("Accept-Encoding", codings));
  }

  private HttpRequest.Builder post(String type, String target, String body) {
    return post(type, target, body.getBytes(StandardCharsets.UTF_8));
  }

  private HttpRequest.Builder post(String type, String target, byte[] body) {
    return request()
        .header("Content-Type", type)
        .header("X-Amz-Target", target)
        .POST(BodyPublishers.ofByteArray(body));
  }

  private HttpRequest.Builder request() {
    return request("/");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).header("Authorization", SIGNED);
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /** Sends a head without a body and reads the whole answer. */
  private String raw(String head) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      OutputStream out = socket.getOutputStream();
      out.write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /** An empty structure and spaces up to the length. */
  private static byte[] padded(int length) {
    byte[] body = new byte[length];
    Arrays.fill(body, (byte) ' ');
    body[0] = '{';
    body[1] = '}';
    return body;
  }

  private static byte[] gzip(byte[] body) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(body);
    }
    return out.toByteArray();
  }

  private static byte[] deflate(byte[] body) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var deflate = new DeflaterOutputStream(out)) {
      deflate.write(body);
    }
    return out.toByteArray();
  }

  private static String crc32(byte[] body) {
    var crc = new CRC32();
    crc.update(body);
    return Long.toString(crc.getValue());
  }
}
