// SPDX-License-Identifier: Apache-2.0

import static java.net.http.HttpRequest.BodyPublishers.ofString;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Sends known attacks and malformed input to a running simulator, and prints one line for each:
 * {@code ok} or {@code FAIL}, what was sent, and the response.
 *
 * <pre>
 *   ./syncline up --backend worker --parameter WorkerDelayMs=1000 --detach
 *   ./syncline java tools/Replay.java 4566
 * </pre>
 *
 * Exit status 1 when a line failed. It changes deployed resources, so do not run it against a
 * simulator whose state you want to keep. It is one file because {@code java} of JDK 21 runs a
 * source program of one file only.
 */
public final class Replay {
  private static final String ROLE = "arn:aws:iam::111111111111:role/r";
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final int port;
  private final String base;
  private int failures;

  private Replay(int port) {
    this.port = port;
    this.base = "http://127.0.0.1:" + port;
  }

  /** Takes the simulator's port as its only argument; the default is 4566. */
  public static void main(String[] arguments) throws Exception {
    var replay = new Replay(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 4566);
    replay.webPages();
    replay.bridge();
    replay.hostileInput();
    replay.disk();
    System.out.println(replay.failures == 0 ? "All held." : replay.failures + " FAILED.");
    System.exit(replay.failures == 0 ? 0 : 1);
  }

  // --- a web page -------------------------------------------------------------------------------

  /**
   * One attempt a line: the status that must come back ({@code 4xx} is any of them), what is tried,
   * the host that the request names, the request line, its headers, its body.
   */
  private static final String WEB_PAGES =
      """
      403 | a page creates a function | - | POST $functions | Origin: $evil; $cross; $text | $create
      403 | a sandboxed page creates a function | - | POST $functions | Origin: null; $text | $create
      403 | an old browser creates a function | - | POST $functions | $text | $create
      403 | a page of another local port creates a function | - | POST $functions | Origin: http://localhost:3000; Sec-Fetch-Site: same-site | $create
      403 | an image deletes a stack | - | GET /?Action=DeleteStack&Version=2010-05-15&StackName=syncline | $cross |
      403 | a GET without a browser's headers deletes a stack | - | GET /?Action=DeleteStack&Version=2010-05-15&StackName=syncline | |
      403 | an image creates a stack | - | GET /?Action=CreateStack&Version=2010-05-15&StackName=i&TemplateBody=%7B%7D | $cross |
      403 | an image assumes a role | - | GET /?Action=AssumeRole&Version=2011-06-15&RoleArn=$role&RoleSessionName=xx | |
      403 | a form lists roles | - | POST / | Origin: $evil; Content-Type: application/x-www-form-urlencoded | Action=ListRoles&Version=2010-05-08
      403 | a rebound name reads the status | evil.example:$port | GET /_syncline/status | |
      403 | a rebound name reads the journal | evil.example:$port | GET /_syncline/journal?since=0 | |
      403 | a rebound name reads a secret | evil.example:$port | POST / | Origin: http://evil.example:$port; X-Amz-Target: secretsmanager.GetSecretValue | {"SecretId":"s"}
      403 | a page creates a token | - | POST /_syncline/issuer/token | Origin: $evil | {"userPoolId":"us-east-1_a"}
      403 | a page stops the simulator | - | POST /_syncline/shutdown | Origin: $evil |
      4xx | a task's host stops the simulator | sts.us-east-1.amazonaws.com | POST /_syncline/shutdown | |
      200 | a local program reads the status | - | GET /_syncline/status | |
      200 | a tool sends GetCallerIdentity as a presigned GET | - | GET /?Action=GetCallerIdentity&Version=2011-06-15&$scope/sts/aws4_request | |
      """;

  private void webPages() throws Exception {
    String table =
        WEB_PAGES
            .replace("$functions", "/2015-03-31/functions?$scope/lambda/aws4_request")
            .replace("$scope", "X-Amz-Credential=a/20260101/us-east-1")
            .replace("$create", function("f", new byte[] {80, 75, 5, 6, 0, 0, 0, 0}))
            .replace("$cross", "Sec-Fetch-Site: cross-site")
            .replace("$text", "Content-Type: text/plain")
            .replace("$evil", "https://evil.example")
            .replace("$role", ROLE)
            .replace("$port", "" + port);
    for (String row : table.lines().toList()) {
      String[] cells = row.strip().split("\\s*\\|\\s*", -1);
      String host = cells[2].equals("-") ? "127.0.0.1:" + port : cells[2];
      String first = raw(host, cells[3], cells[4], cells[5]);
      String status = first.replaceFirst("^\\S+ (\\d+).*", "$1");
      line(cells[1], status.matches(cells[0].replace("x", "\\d")), first);
    }
  }

  /** Sends with any header: the JDK's client does not let Host and Origin be set. */
  private String raw(String host, String request, String headers, String body) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      var head = new StringBuilder(request + " HTTP/1.1\r\nHost: " + host);
      head.append("\r\nConnection: close\r\nContent-Length: ").append(body.length());
      Stream.of(headers.split("; "))
          .filter(h -> !h.isEmpty())
          .forEach(h -> head.append("\r\n" + h));
      String message = head + "\r\n\r\n" + body;
      socket.getOutputStream().write(message.getBytes(StandardCharsets.UTF_8));
      return firstLine(socket);
    }
  }

  // --- the bridge -------------------------------------------------------------------------------

  private void bridge() throws Exception {
    String status = get("/_syncline/status").body();
    Matcher api = Pattern.compile("\"url\":\"(http://[^\"]+/_user_request_)\"").matcher(status);
    if (!api.find() || !status.contains("POST /event")) {
      System.out.println("skip  the bridge is not deployed here");
      return;
    }
    URI event = URI.create(api.group(1) + "/event");
    long before = starts();
    var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
    for (int key = 0; key < 6; key++) {
      for (int twice = 0; twice < 2; twice++) {
        String body = "{\"name\":\"Ada\",\"surname\":\"Number " + key + "\"}";
        String header = "replay-" + port + "-" + before + "-" + key;
        answers.add(sendAsync(event(event, body).header("Idempotency-Key", header)));
      }
    }
    boolean same = true;
    for (int key = 0; key < 6; key++) {
      HttpResponse<String> one = answers.get(2 * key).join();
      HttpResponse<String> other = answers.get(2 * key + 1).join();
      same &=
          one.statusCode() == 200
              && one.body().equals(other.body())
              && one.body().contains("Ada Number " + key);
    }
    String first = answers.getFirst().join().body();
    line("six keys, each sent twice concurrently, get one answer per key", same, first);
    if (status.contains("syncline-worker")) {
      long runs = starts() - before;
      line("the worker ran once per key", runs == 6, runs + " runs");
    }
    String sha = "d9b5f58f0b38198293971865a14074f5";
    HttpResponse<String> guessed = send(HttpRequest.newBuilder(URI.create(event + "/exec-" + sha)));
    status("an id computed from a key without the secret is not found", 404, guessed);
  }

  /** The number of invocations of the worker function, counted in its log. */
  private long starts() throws Exception {
    String filter =
        "{\"logGroupName\":\"/aws/lambda/syncline-worker\",\"filterPattern\":\"START\"}";
    String events = json("logs", "Logs_20140328.FilterLogEvents", filter).body();
    return Pattern.compile("START RequestId").matcher(events).results().count();
  }

  // --- hostile input ----------------------------------------------------------------------------

  private void hostileInput() throws Exception {
    String template =
        """
        {"Resources":{
          "Api":{"Type":"AWS::ApiGateway::RestApi","Properties":{"Name":"replay"}},
          "V":{"Type":"AWS::ApiGateway::RequestValidator","Properties":{"RestApiId":{"Ref":"Api"},"ValidateRequestBody":true}},
          "M":{"Type":"AWS::ApiGateway::Model","Properties":{"RestApiId":{"Ref":"Api"},"Name":"M","ContentType":"application/json",
            "Schema":{"properties":{"e":{"pattern":"^(.*a){20}$"},"s":{"pattern":"^(a|b)*$"}}}}},
          "P":{"Type":"AWS::ApiGateway::Method","Properties":{"RestApiId":{"Ref":"Api"},"ResourceId":{"Fn::GetAtt":["Api","RootResourceId"]},
            "HttpMethod":"POST","AuthorizationType":"NONE","RequestValidatorId":{"Ref":"V"},"RequestModels":{"application/json":{"Ref":"M"}},
            "MethodResponses":[{"StatusCode":"200"}],
            "Integration":{"Type":"MOCK","RequestTemplates":{"application/json":"{\\"statusCode\\":200}"},"IntegrationResponses":[{"StatusCode":"200"}]}}},
          "D":{"Type":"AWS::ApiGateway::Deployment","DependsOn":"P","Properties":{"RestApiId":{"Ref":"Api"},"StageName":"dev"}}},
         "Outputs":{"Id":{"Value":{"Ref":"Api"}}}}
        """;
    String deployed =
        post(
                "/_syncline/deploy",
                "{\"stackName\":\"replay\",\"source\":\"replay\",\"template\":"
                    + quoted(template)
                    + ",\"parameters\":{},\"uploads\":{}}")
            .body();
    Matcher id = Pattern.compile("\"Id\":\"([a-z0-9]+)\"").matcher(deployed);
    if (!id.find()) {
      line("the API with the slow patterns is deployed", false, deployed);
      return;
    }
    URI api = URI.create(base + "/restapis/" + id.group(1) + "/dev/_user_request_/");
    var slow = new ArrayList<CompletableFuture<HttpResponse<String>>>();
    for (int i = 0; i < 4; i++) {
      slow.add(sendAsync(event(api, "{\"e\":\"" + "a".repeat(60) + "!\"}")));
    }
    status(
        "it answers while four bodies are matched against ^(.*a){20}$",
        200,
        get("/_syncline/status"));
    status("a pattern that takes too many steps is refused", 400, slow.getFirst().join());
    var deep = sendAsync(event(api, "{\"s\":\"" + "ab".repeat(100_000) + "\"}"));
    status("a pattern that needs too deep a stack is refused", 400, deep.join());
    String validate = "Action=ValidateTemplate&Version=2010-05-15&TemplateBody=Metadata:+";
    status("20,000 nested YAML sequences are refused", 400, form(validate + "%5B".repeat(20_000)));
    String nested = "{\"Name\":" + "[".repeat(20_000);
    HttpResponse<String> json = json("secretsmanager", "secretsmanager.CreateSecret", nested);
    status("20,000 nested JSON arrays are refused", 400, json);
    zip("a zip with a file and a directory of the same name is refused", "a", "a/b");
    zip("a zip with NUL in a name is refused", "a\0b");
    zip("a zip entry outside its directory is refused", "../../escaped");
    bodies();
    post(
        "/_syncline/faults",
        "{\"place\":\"call\",\"fault\":\"throttle\",\"when\":{\"service\":\"sqs\"}}");
    HttpResponse<String> throttled = json("sqs", "AmazonSQS.ListQueues", "{}");
    line(
        "a planned throttle has the service's own error code",
        throttled.statusCode() == 400 && throttled.body().contains("RequestThrottled"),
        throttled.body());
  }

  private void zip(String what, String... names) throws Exception {
    status(what, 400, createFunction("replay-zip", zipped(new byte[] {1}, names)));
  }

  private void bodies() throws Exception {
    var sockets = new ArrayList<Socket>();
    boolean bounded = false;
    byte[] megabyte = new byte[1 << 20];
    for (int i = 0; i < 8 && !bounded; i++) {
      var socket = new Socket(InetAddress.getLoopbackAddress(), port);
      sockets.add(socket);
      try {
        String head = "PUT /b/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: 62914560\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        for (int part = 0; part < 59; part++) {
          socket.getOutputStream().write(megabyte);
        }
        socket.setSoTimeout(500);
        bounded = firstLine(socket).contains(" 503 ");
      } catch (IOException closedOrSilent) {
        bounded = !(closedOrSilent instanceof SocketTimeoutException);
      }
    }
    line(
        "the total size of unfinished bodies is bounded", bounded, sockets.size() + " connections");
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  // --- disk -------------------------------------------------------------------------------------

  private void disk() throws Exception {
    Matcher directory =
        Pattern.compile("\"workDirectory\":\"([^\"]+)\"").matcher(get("/_syncline/status").body());
    if (!directory.find()) {
      line("the status names the work directory", false, "");
      return;
    }
    Path work = Path.of(directory.group(1));
    long before = size(work);
    createFunction("replay-disk", randomZip());
    for (int i = 0; i < 3; i++) {
      String code = Base64.getEncoder().encodeToString(randomZip());
      rest("PUT", "/2015-03-31/functions/replay-disk/code", "{\"ZipFile\":\"" + code + "\"}");
    }
    rest("DELETE", "/2015-03-31/functions/replay-disk", "");
    long after = size(work);
    for (int look = 0; look < 100 && after > before + (4 << 20); look++) {
      Thread.sleep(50);
      after = size(work);
    }
    String sizes =
        "%d MB before, %d MB after 4 packages of 8 MB".formatted(before >> 20, after >> 20);
    line("the code of a deleted function is freed", after <= before + (4 << 20), sizes);
  }

  private static byte[] randomZip() throws IOException {
    byte[] content = new byte[8 << 20];
    new SecureRandom().nextBytes(content);
    return zipped(content, "data.bin");
  }

  private static byte[] zipped(byte[] content, String... names) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
      }
    }
    return bytes.toByteArray();
  }

  private static long size(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (UncheckedIOException changedMeanwhile) {
      return Long.MAX_VALUE;
    }
  }

  // --- sending ----------------------------------------------------------------------------------

  private static String function(String name, byte[] zip) {
    return "{\"FunctionName\":\"%s\",\"Runtime\":\"java21\",\"Handler\":\"E\",\"Role\":\"%s\",\"Code\":{\"ZipFile\":\"%s\"}}"
        .formatted(name, ROLE, Base64.getEncoder().encodeToString(zip));
  }

  private HttpResponse<String> createFunction(String name, byte[] zip) throws Exception {
    return rest("POST", "/2015-03-31/functions", function(name, zip));
  }

  private HttpResponse<String> rest(String method, String path, String body) throws Exception {
    return signed("lambda", "application/json", to(path).method(method, ofString(body)));
  }

  private HttpResponse<String> json(String service, String target, String body) throws Exception {
    String type = "application/x-amz-json-1." + (service.equals("sqs") ? 0 : 1);
    return signed(service, type, to("/").header("X-Amz-Target", target).POST(ofString(body)));
  }

  private HttpResponse<String> form(String body) throws Exception {
    String type = "application/x-www-form-urlencoded";
    return signed("cloudformation", type, to("/").POST(ofString(body)));
  }

  private static HttpResponse<String> signed(
      String service, String type, HttpRequest.Builder request) throws Exception {
    String scope = "test/20260101/us-east-1/" + service + "/aws4_request";
    String header = "AWS4-HMAC-SHA256 Credential=" + scope + ", SignedHeaders=host, Signature=0";
    return send(request.header("Content-Type", type).header("Authorization", header));
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(to(path).POST(ofString(body)));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(to(path));
  }

  private static CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
    return HTTP.sendAsync(request.build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder event(URI uri, String body) {
    return HttpRequest.newBuilder(uri)
        .timeout(TIMEOUT)
        .header("Content-Type", "application/json")
        .POST(ofString(body));
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static String firstLine(Socket socket) throws IOException {
    return Objects.requireNonNullElse(
        new BufferedReader(new InputStreamReader(socket.getInputStream())).readLine(), "");
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }

  private void status(String what, int expected, HttpResponse<String> response) {
    line(what, response.statusCode() == expected, response.body());
  }

  private void line(String what, boolean held, String seen) {
    failures += held ? 0 : 1;
    String shown = seen.strip().replaceAll("\\s+", " ").replaceFirst("^(.{150}).*", "$1");
    System.out.println((held ? "ok    " : "FAIL  ") + what + (shown.isEmpty() ? "" : ": " + shown));
  }
}
