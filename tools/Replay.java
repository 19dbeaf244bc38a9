// SPDX-License-Identifier: Apache-2.0

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Attacks a running simulator as a web page, a careless client and a hostile input would, and
 * prints one line for each: {@code ok} or {@code FAIL}, what was sent, and what came back.
 *
 * <pre>
 *   ./syncline up --backend worker --parameter WorkerDelayMs=1000 --detach
 *   ./syncline java tools/Replay.java 4566
 * </pre>
 *
 * Exit status 1 when a line failed. It changes what is deployed; do not run it against a simulator
 * whose state you want to keep.
 */
public final class Replay {
  private static final String EVIL = "https://evil.example";
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final int port;
  private final String base;
  private int failures;

  private Replay(int port) {
    this.port = port;
    this.base = "http://127.0.0.1:" + port;
  }

  /** Runs it: the argument is the simulator's port, 4566 unless given. */
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

  private void webPages() throws Exception {
    String scope = "X-Amz-Credential=a/20260101/us-east-1/";
    String functions = "/2015-03-31/functions?" + scope + "lambda/aws4_request";
    String create =
        "{\"FunctionName\":\"f\",\"Runtime\":\"java21\",\"Handler\":\"E\",\"Role\":"
            + "\"arn:aws:iam::111111111111:role/r\",\"Code\":{\"ZipFile\":\"UEsFBgAAAAA=\"}}";
    String text = "Content-Type: text/plain";
    String cross = "Sec-Fetch-Site: cross-site";
    String evil = "Origin: " + EVIL;
    raw("a page creates a function", 403, "POST", functions, create, evil, cross, text);
    raw(
        "a sandboxed page creates a function",
        403,
        "POST",
        functions,
        create,
        "Origin: null",
        text);
    raw("an old browser creates a function", 403, "POST", functions, create, text);
    raw(
        "a page of another local port creates a function",
        403,
        "POST",
        functions,
        create,
        "Origin: http://localhost:3000",
        "Sec-Fetch-Site: same-site");
    String version = "&Version=2010-05-15&StackName=syncline";
    raw("an image deletes a stack", 403, "GET", "/?Action=DeleteStack" + version, "", cross);
    raw(
        "a GET without a browser's headers deletes a stack",
        403,
        "GET",
        "/?Action=DeleteStack" + version,
        "");
    raw(
        "an image creates a stack",
        403,
        "GET",
        "/?Action=CreateStack&Version=2010-05-15&StackName=i&TemplateBody=%7B%7D",
        "",
        cross);
    raw(
        "an image takes a role",
        403,
        "GET",
        "/?Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::111111111111:role/r&RoleSessionName=xx",
        "");
    raw(
        "a form lists roles",
        403,
        "POST",
        "/",
        "Action=ListRoles&Version=2010-05-08",
        evil,
        "Content-Type: application/x-www-form-urlencoded");
    host(
        "a rebound name reads the status",
        403,
        "evil.example:" + port,
        "GET",
        "/_syncline/status",
        "");
    host(
        "a rebound name reads the journal",
        403,
        "evil.example:" + port,
        "GET",
        "/_syncline/journal?since=0",
        "");
    host(
        "a rebound name reads a secret",
        403,
        "evil.example:" + port,
        "POST",
        "/",
        "{\"SecretId\":\"s\"}",
        "Origin: http://evil.example:" + port,
        "X-Amz-Target: secretsmanager.GetSecretValue");
    raw(
        "a page mints a token",
        403,
        "POST",
        "/_syncline/issuer/token",
        "{\"userPoolId\":\"us-east-1_a\"}",
        evil);
    raw("a page stops the simulator", 403, "POST", "/_syncline/shutdown", "", evil);
    host(
        "a task's host stops the simulator",
        status -> status >= 400,
        "sts.us-east-1.amazonaws.com",
        "POST",
        "/_syncline/shutdown",
        "");
    raw("a program of this machine reads the status", 200, "GET", "/_syncline/status", "");
    raw(
        "a tool asks who it is by a presigned GET",
        200,
        "GET",
        "/?Action=GetCallerIdentity&Version=2011-06-15&" + scope + "sts/aws4_request",
        "");
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
        answers.add(
            HTTP.sendAsync(
                HttpRequest.newBuilder(event)
                    .timeout(Duration.ofSeconds(60))
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", "replay-" + port + "-" + before + "-" + key)
                    .POST(BodyPublishers.ofString(body))
                    .build(),
                BodyHandlers.ofString()));
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
    line(
        "six keys, each sent twice at once, have one answer a key",
        same,
        answers.get(0).join().body());
    if (status.contains("syncline-worker")) {
      long runs = starts() - before;
      line("the worker ran once a key", runs == 6, runs + " runs");
    }
    String sha = "d9b5f58f0b38198293971865a14074f5";
    HttpResponse<String> guessed = get(URI.create(event + "/exec-" + sha));
    line(
        "an id that is computed from a key is not found",
        guessed.statusCode() == 404,
        guessed.body());
  }

  /** How often the worker function has been started, by its log. */
  private long starts() throws Exception {
    String events =
        json(
                "logs",
                "Logs_20140328.FilterLogEvents",
                "{\"logGroupName\":\"/aws/lambda/syncline-worker\",\"filterPattern\":\"START\"}")
            .body();
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
      line("the API of the patterns is deployed", false, deployed);
      return;
    }
    URI api = URI.create(base + "/restapis/" + id.group(1) + "/dev/_user_request_/");
    var slow = new ArrayList<CompletableFuture<HttpResponse<String>>>();
    for (int i = 0; i < 4; i++) {
      slow.add(sendAsync(api, "{\"e\":\"" + "a".repeat(60) + "!\"}"));
    }
    HttpResponse<String> alive = get("/_syncline/status");
    line("the simulator answers while four bodies meet ^(.*a){20}$", alive.statusCode() == 200, "");
    HttpResponse<String> refused = slow.getFirst().join();
    line(
        "a pattern that takes too many steps is refused",
        refused.statusCode() == 400,
        refused.body());
    HttpResponse<String> deep = sendAsync(api, "{\"s\":\"" + "ab".repeat(100_000) + "\"}").join();
    line("a pattern that needs too deep a stack is refused", deep.statusCode() == 400, deep.body());
    HttpResponse<String> yaml =
        form(
            "Action=ValidateTemplate&Version=2010-05-15&TemplateBody=Metadata:+"
                + "%5B".repeat(20_000));
    line("20,000 nested YAML sequences are refused", yaml.statusCode() == 400, yaml.body());
    HttpResponse<String> json =
        json("secretsmanager", "secretsmanager.CreateSecret", "{\"Name\":" + "[".repeat(20_000));
    line("20,000 nested JSON arrays are refused", json.statusCode() == 400, json.body());
    zip("a zip with a file and a directory of one name is refused", "a", "a/b");
    zip("a zip with NUL in a name is refused", "a\0b");
    zip("a zip that leaves its directory is refused", "../../escaped");
    bodies();
    post(
        "/_syncline/faults",
        "{\"place\":\"call\",\"fault\":\"throttle\",\"when\":{\"service\":\"sqs\"}}");
    HttpResponse<String> throttled = json("sqs", "AmazonSQS.ListQueues", "{}");
    line(
        "a planned throttle speaks the service's words",
        throttled.statusCode() == 400 && throttled.body().contains("RequestThrottled"),
        throttled.body());
  }

  private void zip(String what, String... names) throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(1);
      }
    }
    HttpResponse<String> answer = createFunction("replay-zip", bytes.toByteArray());
    line(what, answer.statusCode() == 400, answer.body());
  }

  private void bodies() throws Exception {
    var sockets = new ArrayList<Socket>();
    boolean bounded = false;
    byte[] megabyte = new byte[1 << 20];
    for (int i = 0; i < 8 && !bounded; i++) {
      var socket = new Socket(InetAddress.getLoopbackAddress(), port);
      sockets.add(socket);
      try {
        socket
            .getOutputStream()
            .write(
                ("PUT /b/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: 62914560\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        for (int part = 0; part < 59; part++) {
          socket.getOutputStream().write(megabyte);
        }
        socket.setSoTimeout(500);
        bounded = firstLine(socket).contains(" 503 ");
      } catch (IOException closedOrSilent) {
        bounded = !(closedOrSilent instanceof java.net.SocketTimeoutException);
      }
    }
    line("unfinished bodies are bounded in all", bounded, sockets.size() + " connections");
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
    line(
        "the code of a deleted function is freed",
        after <= before + (4 << 20),
        (before >> 20) + " MB before, " + (after >> 20) + " MB after 4 packages of 8 MB");
  }

  private static byte[] randomZip() throws IOException {
    byte[] content = new byte[8 << 20];
    new SecureRandom().nextBytes(content);
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("data.bin"));
      zip.write(content);
    }
    return bytes.toByteArray();
  }

  private static long size(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (java.io.UncheckedIOException changedMeanwhile) {
      return Long.MAX_VALUE;
    }
  }

  // --- sending ----------------------------------------------------------------------------------

  private HttpResponse<String> createFunction(String name, byte[] zip) throws Exception {
    return rest(
        "POST",
        "/2015-03-31/functions",
        "{\"FunctionName\":\""
            + name
            + "\",\"Runtime\":\"java21\",\"Handler\":\"E\",\"Role\":\"arn:aws:iam::111111111111:role/r\","
            + "\"Code\":{\"ZipFile\":\""
            + Base64.getEncoder().encodeToString(zip)
            + "\"}}");
  }

  private HttpResponse<String> rest(String method, String path, String body) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Authorization", authorization("lambda"))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(60))
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> json(String service, String target, String body) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(base + "/"))
            .header("Authorization", authorization(service))
            .header("Content-Type", "application/x-amz-json-1." + (service.equals("sqs") ? 0 : 1))
            .header("X-Amz-Target", target)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static String authorization(String service) {
    return "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/"
        + service
        + "/aws4_request, SignedHeaders=host, Signature=0";
  }

  private HttpResponse<String> form(String body) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(base + "/"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Authorization", authorization("cloudformation"))
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(base + path)).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return get(URI.create(base + path));
  }

  private static HttpResponse<String> get(URI uri) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build(),
        BodyHandlers.ofString());
  }

  private static CompletableFuture<HttpResponse<String>> sendAsync(URI uri, String body) {
    return HTTP.sendAsync(
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private void raw(
      String what, int expected, String method, String target, String body, String... headers)
      throws IOException {
    host(what, status -> status == expected, "127.0.0.1:" + port, method, target, body, headers);
  }

  private void host(
      String what,
      int expected,
      String host,
      String method,
      String target,
      String body,
      String... headers)
      throws IOException {
    host(what, status -> status == expected, host, method, target, body, headers);
  }

  /** A request with any header: the JDK's client does not let Host and Origin be set. */
  private void host(
      String what,
      Predicate<Integer> expected,
      String host,
      String method,
      String target,
      String body,
      String... headers)
      throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      String head =
          method
              + " "
              + target
              + " HTTP/1.1\r\nHost: "
              + host
              + "\r\nConnection: close\r\n"
              + "Content-Length: "
              + body.length()
              + "\r\n"
              + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n")
              + "\r\n";
      socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
      String first = firstLine(socket);
      String[] words = first.split(" ", 3);
      int status = words.length > 1 ? Integer.parseInt(words[1]) : 0;
      line(what, expected.test(status), first);
    }
  }

  private static String firstLine(Socket socket) throws IOException {
    var line = new StringBuilder();
    int read = socket.getInputStream().read();
    while (read >= 0 && read != '\r') {
      line.append((char) read);
      read = socket.getInputStream().read();
    }
    return line.toString();
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }

  private void line(String what, boolean held, String seen) {
    if (!held) {
      failures++;
    }
    String shown = seen.strip().replaceAll("\\s+", " ");
    System.out.println(
        (held ? "ok    " : "FAIL  ")
            + what
            + (shown.isEmpty() ? "" : ": " + shown.substring(0, Math.min(150, shown.length()))));
  }
}
