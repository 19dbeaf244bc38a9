// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.lambda.inprocess.InProcessFunctions;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Handlers of namespaces over the port, as a publisher and a subscriber see them. */
class HandlersTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MODES = "[{'authType':'API_KEY'}]";
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:111111111111:function:handler";
  private static final String IMPORT = "import { util, runtime } from '@aws-appsync/utils';\n";

  @TempDir Path directory;
  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<JsonNode> asked = new LinkedBlockingQueue<>();
  private volatile UnaryOperator<String> function = event -> "null";
  private Simulator simulator;
  private String apiId = "";
  private String key = "";
  private String host = "";

  @BeforeEach
  void start() throws Exception {
    simulator =
        Simulator.start(
            SimulatorConfig.defaults(directory).withExecutor(FunctionExecutor.IN_PROCESS, 4));
    JsonNode api =
        appSync(
                "CreateApi",
                "{'name':'handled','eventConfig':{'authProviders':"
                    + MODES
                    + ",'connectionAuthModes':"
                    + MODES
                    + ",'defaultPublishAuthModes':"
                    + MODES
                    + ",'defaultSubscribeAuthModes':"
                    + MODES
                    + "}}")
            .path("api");
    apiId = api.path("apiId").asText();
    host = api.path("dns").path("HTTP").asText();
    key = appSync("CreateApiKey", "{'apiId':'" + apiId + "'}").at("/apiKey/id").asText();
  }

  @AfterEach
  void stop() {
    simulator.close();
    http.close();
  }

  @Test
  void aHandlerTransformsFiltersAndFailsEventsOneByOne() throws Exception {
    namespace(
        "default",
        """
        export function onPublish(ctx) {
          return ctx.events
            .filter((event) => event.payload.kind !== 'drop')
            .map((event) => event.payload.kind === 'bad'
              ? { id: event.id, error: 'no such kind' }
              : { id: event.id, payload: { ...event.payload, at: ctx.info.channel.segments } });
        }
        """);
    var subscriber = new Subscriber("/default/*");
    assertThat(subscriber.next()).contains("subscribe_success");

    JsonNode answer =
        publish("default/a", "{\"kind\":\"good\"}", "{\"kind\":\"drop\"}", "{\"kind\":\"bad\"}");

    assertThat(answer.path("successful").findValuesAsText("index")).containsExactly("0", "1");
    assertThat(answer.at("/failed/0/index").asInt()).isEqualTo(2);
    assertThat(answer.at("/failed/0/message").asText()).isEqualTo("no such kind");
    JsonNode data = JSON.readTree(subscriber.next());
    assertThat(JSON.readTree(data.path("event").asText()))
        .isEqualTo(JSON.readTree("{\"kind\":\"good\",\"at\":[\"default\",\"a\"]}"));
    publish("default/a", "{\"kind\":\"last\"}");
    assertThat(subscriber.next()).as("nothing came between").contains("last");
  }

  @Test
  void aHeaderThatComesTwiceIsAListAndCookiesAreNotShown() throws Exception {
    namespace(
        "headers",
        "export const onPublish = (ctx) => ctx.events.map((event) => ({ id: event.id, payload:"
            + " [ctx.request.headers['x-many'], ctx.request.headers['x-one'],"
            + " ctx.request.headers.cookie ?? 'none'] }));");
    var subscriber = new Subscriber("/headers/a");
    assertThat(subscriber.next()).contains("subscribe_success");

    HttpRequest plain = publishing("headers/a", "1");
    http.send(
        HttpRequest.newBuilder(plain, (name, value) -> true)
            .header("x-many", "1")
            .header("x-many", "2")
            .header("x-one", "1,2")
            .header("cookie", "secret=1")
            .build(),
        HttpResponse.BodyHandlers.ofString());

    assertThat(JSON.readTree(subscriber.next()).path("event").asText())
        .isEqualTo("[[\"1\",\"2\"],\"1,2\",\"none\"]");
  }

  @Test
  void aHandlerRefusesPublishersWithItsWords() throws Exception {
    namespace("error", "export const onPublish = (ctx) => util.error('not today', 'Calendar');");
    namespace("unauthorized", "export const onPublish = (ctx) => util.unauthorized();");
    namespace("unknown", "export const onPublish = (ctx) => [{ id: 'nobody' }];");
    namespace("broken", "export const onPublish = (ctx) => ctx.nothing.there;");
    namespace("quiet", "export const onPublish = (ctx) => null;");

    assertRefused("error", 403, "Calendar", "not today");
    assertRefused("unauthorized", 401, "UnauthorizedException", "not authorized");
    assertRefused("unknown", 400, "BadRequestException", "'nobody'");
    assertRefused("broken", 400, "BadRequestException", "code.js:2");
    assertThat(publish("quiet/a", "1").path("successful")).hasSize(1);
  }

  @Test
  void aHandlerRefusesSubscribersWithTheTypesThatClientsKnow() throws Exception {
    namespace(
        "default",
        """
        export function onSubscribe(ctx) {
          if (ctx.info.channel.segments.includes('closed')) { util.unauthorized(); }
          if (ctx.info.channel.path === '/default/full') { util.error('it is full'); }
        }
        """);

    assertThat(error(new Subscriber("/default/closed")).path("errorType").asText())
        .isEqualTo("Unauthorized");
    assertThat(error(new Subscriber("/default/full")).path("message").asText())
        .isEqualTo("it is full");
    assertThat(new Subscriber("/default/open").next()).contains("subscribe_success");
  }

  @Test
  void anEventThatAHandlerMakesTooLargeFailsAlone() throws Exception {
    namespace(
        "default",
        "export const onPublish = (ctx) => ctx.events.map((e) => ({ id: e.id,"
            + " payload: e.payload === 1 ? Array(240 * 1024).fill('x').join('') : 'small' }));");

    JsonNode answer = publish("default/a", "1", "2");

    assertThat(answer.at("/failed/0/code").asText()).isEqualTo("EventTooLargeException");
    assertThat(answer.path("successful").findValuesAsText("index")).containsExactly("1");
  }

  @Test
  void codeThatAppSyncDoesNotTakeIsRefusedAtCreation() {
    AwsException refused =
        catchThrowableOfType(
            AwsException.class,
            () ->
                namespace("default", "export const onPublish = (ctx) => {\n  while (true) {}\n}"));

    assertThat(refused.code()).isEqualTo("BadRequestException");
    assertThat(refused.members()).containsEntry("reason", "CODE_ERROR");
    JsonNode error = JSON.valueToTree(refused.members().get("detail")).at("/codeErrors/0");
    assertThat(error.path("value").asText()).contains("while statements");
    assertThat(error.at("/location/line").asInt()).isEqualTo(3);
  }

  @Test
  void neighboursOfHandlersThatNeverEndAreServed() throws Exception {
    namespace(
        "loop",
        "export const onPublish = (ctx) => { const a = [1];"
            + " for (const x of a) { a.push(x) } };");
    namespace("hoard", "export const onPublish = (ctx) => Array(2000000000).fill(0);");
    namespace("good", "export const onPublish = (ctx) => ctx.events;");
    List<CompletableFuture<HttpResponse<String>>> bombs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      bombs.add(http.sendAsync(publishing("loop/a", "1"), HttpResponse.BodyHandlers.ofString()));
      bombs.add(http.sendAsync(publishing("hoard/a", "1"), HttpResponse.BodyHandlers.ofString()));
    }

    for (int i = 0; i < 10; i++) {
      assertThat(publish("good/a", "1").path("successful")).hasSize(1);
    }

    for (CompletableFuture<HttpResponse<String>> bomb : bombs) {
      assertThat(bomb.get().statusCode()).isEqualTo(400);
      assertThat(bomb.get().body()).contains("was stopped");
    }
  }

  @Test
  void aFunctionWithoutCodeBetweenGetsEveryKeyAndDecides() throws Exception {
    functionSource();
    direct("onPublish", "REQUEST_RESPONSE");
    function =
        event ->
            "{\"events\":[{\"id\":\""
                + asked.peek().at("/events/0/id").asText()
                + "\",\"payload\":7}]}";
    var subscriber = new Subscriber("/direct/a");
    subscriber.next();

    JsonNode answer = publish("direct/a", "1", "2");

    assertThat(answer.path("successful")).hasSize(2);
    assertThat(JSON.readTree(subscriber.next()).path("event").asText()).isEqualTo("7");
    JsonNode event = asked.take();
    assertThat(event.properties().stream().map(java.util.Map.Entry::getKey))
        .containsExactlyInAnyOrder(
            "identity",
            "result",
            "request",
            "info",
            "error",
            "prev",
            "stash",
            "outErrors",
            "events");
    assertThat(event.at("/info/operation").asText()).isEqualTo("PUBLISH");
    assertThat(event.at("/request/headers/x-api-key").asText()).isEqualTo(key);
    function =
        in -> {
          throw new IllegalStateException("no luck");
        };
    assertRefused("direct", 400, "BadRequestException", "no luck");
    function = in -> "{\"error\":\"secret\"}";
    assertThat(publish("direct/a", "1").toString()).doesNotContain("secret");
  }

  @Test
  void aFunctionThatIsOnlyToldDoesNotDecide() throws Exception {
    functionSource();
    direct("onPublish", "EVENT");
    function = event -> "{\"events\":[]}";
    var subscriber = new Subscriber("/direct/a");
    subscriber.next();

    publish("direct/a", "\"as it came\"");

    assertThat(JSON.readTree(subscriber.next()).path("event").asText()).isEqualTo("\"as it came\"");
    assertThat(asked.poll(30, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void aFunctionRefusesSubscribers() throws Exception {
    functionSource();
    direct("onSubscribe", "REQUEST_RESPONSE");
    function = event -> "{\"error\":\"members only\"}";

    assertThat(error(new Subscriber("/direct/a")).path("message").asText())
        .isEqualTo("members only");
    assertThat(asked.take().path("events").isNull()).isTrue();
  }

  @Test
  void anObjectHandlerAsksItsDataSourceBetweenRequestAndResponse() throws Exception {
    functionSource();
    source(
        "bus",
        "AMAZON_EVENTBRIDGE",
        "'eventBridgeConfig':{'eventBusArn':'arn:aws:events:us-east-1:111111111111:event-bus/default'}");
    source("web", "HTTP", "'httpConfig':{'endpoint':'" + simulator.endpoint() + "'}");
    source("away", "HTTP", "'httpConfig':{'endpoint':'https://example.com'}");
    source("none", "NONE", "'description':'nothing'");
    String respond =
        ", response: (ctx) => ctx.events.map((e) => ({ id: e.id,"
            + " payload: ctx.error ? ctx.error.message : ctx.result })) }";
    function = event -> "{\"sum\":3}";
    object(
        "lambda",
        "function",
        "request: (ctx) => ({ operation: 'Invoke', payload: { n: ctx.events[0].payload } })"
            + respond);
    object(
        "bridge",
        "bus",
        "request: (ctx) => ({ operation: 'PutEvents', events: [{ source: 'x', detailType: 't',"
            + " detail: { a: 1 } }] })"
            + respond);
    object(
        "http",
        "web",
        "request: (ctx) => ({ method: 'GET', resourcePath: '/nowhere', params: { headers: {} } })"
            + respond.replace("ctx.result", "ctx.result.statusCode"));
    object(
        "own",
        "web",
        "request: (ctx) => ({ method: 'POST', resourcePath: '/_syncline/issuer/token',"
            + " params: { headers: { 'content-type': 'application/json' }, body: '{}' } })"
            + respond.replace("ctx.result", "ctx.result.statusCode"));
    object("outside", "away", "request: (ctx) => ({ method: 'GET', resourcePath: '/' })" + respond);
    object("nothing", "none", "request: (ctx) => ({ payload: { echo: 1 } })" + respond);
    object("early", "none", "request: (ctx) => runtime.earlyReturn(ctx.events)" + respond);

    assertThat(published("lambda")).isEqualTo("{\"sum\":3}");
    assertThat(asked.take().path("n").asInt()).isEqualTo(1);
    assertThat(JSON.readTree(published("bridge")).path("FailedEntryCount").asInt(-1)).isZero();
    assertThat(Integer.parseInt(published("http"))).isBetween(400, 499);
    assertThat(published("own")).as("what is for programs of this machine").isEqualTo("403");
    assertThat(published("outside")).contains("does not call the host 'example.com'");
    assertThat(published("nothing")).isEqualTo("{\"echo\":1}");
    assertThat(published("early")).isEqualTo("1");
  }

  @Test
  void dataSourcesAreKeptChangedListedAndDeletedUnlessUsed() throws Exception {
    source("one", "NONE", "'description':'first'");
    JsonNode listed = appSync("ListDataSources", "{'apiId':'" + apiId + "'}");
    assertThat(listed.at("/dataSources/0/description").asText()).isEqualTo("first");
    object("used", "one", "request: (ctx) => ({}), response: (ctx) => ctx.events }");
    String named = "{'apiId':'" + apiId + "','name':'one'";

    AwsException refused =
        catchThrowableOfType(AwsException.class, () -> appSync("DeleteDataSource", named + "}"));
    assertThat(refused).hasMessageContaining("used by the channel namespace used");
    AwsException metrics =
        catchThrowableOfType(
            AwsException.class,
            () -> appSync("UpdateDataSource", named + ",'type':'NONE','metricsConfig':'ON'}"));
    assertThat(metrics.text()).contains("'metricsConfig' must be one of [ENABLED, DISABLED]");
    appSync(
        "UpdateDataSource", named + ",'type':'HTTP','httpConfig':{'endpoint':'http://a.test'}}");
    assertThat(appSync("GetDataSource", named + "}").at("/dataSource/type").asText())
        .isEqualTo("HTTP");
    appSync("DeleteChannelNamespace", "{'apiId':'" + apiId + "','name':'used'}");
    appSync("DeleteDataSource", named + "}");
    AwsException unsupported =
        catchThrowableOfType(
            AwsException.class, () -> source("table", "AMAZON_DYNAMODB", "'description':''"));
    assertThat(unsupported).hasMessageContaining("AMAZON_DYNAMODB");
  }

  @Test
  void codeIsEvaluatedWithoutAnApi() throws Exception {
    ObjectNode input = JSON.createObjectNode();
    input.putObject("runtime").put("name", "APPSYNC_JS").put("runtimeVersion", "1.0.0");
    input.put(
        "code",
        IMPORT
            + "export function request(ctx) { console.log('hi'); ctx.stash.a = 1; return ctx.n; }");
    input.put("context", "{\"n\":5}").put("function", "request");

    JsonNode answer = call("appsync", "EvaluateCode", input);

    assertThat(answer.path("evaluationResult").asText()).isEqualTo("5");
    assertThat(answer.path("stash").asText()).isEqualTo("{\"a\":1}");
    assertThat(answer.at("/logs/0").asText()).contains("\"hi\"");
    JsonNode wrong = call("appsync", "EvaluateCode", input.put("code", "throw 1"));
    assertThat(wrong.at("/error/codeErrors/0/location/line").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null| API Key Authorization",
        "{}| Lambda Authorization",
        "{'handlerContext':{}}| Lambda Authorization",
        "{'sub':'s','issuer':'i','claims':{}}| Open ID Connect Authorization",
        "{'sub':'s','issuer':'i','claims':{},'username':'u'}| API Key Authorization",
        "{'accountId':'1','sourceIp':['::1'],'username':'u','userArn':'a'}| IAM Authorization",
        "{'accountId':'1','sourceIp':null,'username':'u','userArn':'a'}| API Key Authorization",
        "{'sub':'s','issuer':'i','claims':{},'username':'u','sourceIp':['::1'],"
            + "'defaultAuthStrategy':'ALLOW','groups':null}| User Pool Authorization",
      })
  void theModeOfAnEvaluationIsThatOfItsIdentity(String identity, String mode) throws Exception {
    ObjectNode input = JSON.createObjectNode();
    input.putObject("runtime").put("name", "APPSYNC_JS").put("runtimeVersion", "1.0.0");
    input.put("code", IMPORT + "export function request() { return util.authType(); }");
    input.put("context", "{\"identity\":" + identity.replace('\'', '"') + "}");

    JsonNode answer = call("appsync", "EvaluateCode", input);

    assertThat(answer.path("evaluationResult").asText()).contains(mode);
  }

  private String published(String namespace) throws Exception {
    var subscriber = new Subscriber("/" + namespace + "/a");
    assertThat(subscriber.next()).contains("subscribe_success");
    publish(namespace + "/a", "1");
    return JSON.readTree(subscriber.next()).path("event").asText();
  }

  private static JsonNode error(Subscriber subscriber) throws Exception {
    JsonNode frame = JSON.readTree(subscriber.next());
    assertThat(frame.path("type").asText()).isEqualTo("subscribe_error");
    return frame.at("/errors/0");
  }

  private void assertRefused(String namespace, int status, String type, String message)
      throws Exception {
    HttpResponse<String> answer =
        http.send(publishing(namespace + "/a", "1"), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonNode error = JSON.readTree(answer.body()).at("/errors/0");
    assertThat(error.path("errorType").asText()).isEqualTo(type);
    assertThat(error.path("message").asText()).contains(message);
  }

  private JsonNode publish(String channel, String... events) throws Exception {
    HttpResponse<String> answer =
        http.send(publishing(channel, events), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private HttpRequest publishing(String channel, String... events) {
    return HttpRequest.newBuilder(
            URI.create(simulator.endpoint() + "/_aws/appsync-api/" + apiId + "/event"))
        .header("x-api-key", key)
        .POST(HttpRequest.BodyPublishers.ofString(publishBody(channel, events)))
        .build();
  }

  private void namespace(String name, String code) throws Exception {
    create(name, IMPORT + code, "{}");
  }

  private void object(String name, String source, String members) throws Exception {
    create(
        name,
        IMPORT + "export const onPublish = { " + members + ";",
        "{'onPublish':{'behavior':'CODE','integration':{'dataSourceName':'" + source + "'}}}");
  }

  private void direct(String hook, String invokeType) throws Exception {
    create(
        "direct",
        "",
        "{'"
            + hook
            + "':{'behavior':'DIRECT','integration':{'dataSourceName':'function',"
            + "'lambdaConfig':{'invokeType':'"
            + invokeType
            + "'}}}}");
  }

  private void create(String name, String code, String configs) throws Exception {
    ObjectNode input = JSON.createObjectNode().put("apiId", apiId).put("name", name);
    if (!code.isEmpty()) {
      input.put("codeHandlers", code);
    }
    input.set("handlerConfigs", JSON.readTree(configs.replace('\'', '"')));
    JsonNode created = call("appsync", "CreateChannelNamespace", input).path("channelNamespace");
    assertThat(created.path("handlerConfigs")).isEqualTo(input.get("handlerConfigs"));
    assertThat(created.path("codeHandlers").asText("")).isEqualTo(code);
  }

  private void source(String name, String type, String further) throws Exception {
    appSync(
        "CreateDataSource",
        "{'apiId':'" + apiId + "','name':'" + name + "','type':'" + type + "'," + further + "}");
  }

  private void functionSource() throws Exception {
    simulator
        .contracts()
        .get(InProcessFunctions.class)
        .register(
            "handler",
            environment ->
                (input, output, context) -> {
                  asked.add(JSON.readTree(input));
                  output.write(function.apply("").getBytes(StandardCharsets.UTF_8));
                });
    ObjectNode created =
        JSON.createObjectNode()
            .put("FunctionName", "handler")
            .put("Runtime", "java21")
            .put("Handler", "any.Handler")
            .put("Role", "arn:aws:iam::111111111111:role/any");
    created.putObject("Code").put("ZipFile", Base64.getEncoder().encodeToString(zip()));
    call("lambda", "CreateFunction", created);
    source("function", "AWS_LAMBDA", "'lambdaConfig':{'lambdaFunctionArn':'" + FUNCTION + "'}");
  }

  private JsonNode appSync(String operation, String input) throws Exception {
    return call("appsync", operation, (ObjectNode) JSON.readTree(input.replace('\'', '"')));
  }

  private JsonNode call(String service, String operation, ObjectNode input) throws Exception {
    return simulator
        .clock()
        .call(
            () ->
                JSON.readTree(
                    simulator
                        .dispatcher()
                        .call(service, operation, input, simulator.internalCall())
                        .json()
                        .toString()));
  }

  private static byte[] zip() {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("empty"));
      zip.closeEntry();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** The JDK's own WebSocket with one subscription. */
  private final class Subscriber implements WebSocket.Listener {
    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();

    Subscriber(String channel) throws Exception {
      ObjectNode authorization = JSON.createObjectNode().put("host", host).put("x-api-key", key);
      String carried =
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(authorization.toString().getBytes(StandardCharsets.UTF_8));
      WebSocket socket =
          http.newWebSocketBuilder()
              .subprotocols("aws-appsync-event-ws", "header-" + carried)
              .buildAsync(
                  URI.create(
                      "ws://127.0.0.1:"
                          + simulator.port()
                          + "/_aws/appsync-api/"
                          + apiId
                          + "/event/realtime"),
                  this)
              .get();
      ObjectNode subscribe =
          JSON.createObjectNode().put("type", "subscribe").put("id", "s1").put("channel", channel);
      subscribe.set("authorization", authorization);
      socket.sendText(subscribe.toString(), true).get();
    }

    /** The next frame that is no keep-alive. */
    String next() throws Exception {
      while (true) {
        String frame = frames.poll(30, TimeUnit.SECONDS);
        assertThat(frame).as("a frame comes").isNotNull();
        if (!frame.equals("{\"type\":\"ka\"}") && !frame.contains("connection_ack")) {
          return frame;
        }
      }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        frames.add(partial.toString());
        partial.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }

  private static String publishBody(String channel, String... events) {
    ObjectNode body = JSON.createObjectNode().put("channel", channel);
    for (String event : events) {
      body.withArray("events").add(event);
    }
    return body.toString();
  }
}
