// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.lambda.inprocess.InProcessFunctions;
import dev.syncline.sim.service.AwsException;
import dev.syncline.testing.TestZip;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Handlers that call a data source, over the port, as a publisher and a subscriber see them. */
class DataSourceHandlersTest extends HandlersFixture {
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:111111111111:function:handler";
  private final BlockingQueue<JsonNode> asked = new LinkedBlockingQueue<>();
  private volatile UnaryOperator<String> function = event -> "null";

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

  private String published(String namespace) throws Exception {
    var subscriber = new Subscriber("/" + namespace + "/a");
    assertThat(subscriber.next()).contains("subscribe_success");
    publish(namespace + "/a", "1");
    return JSON.readTree(subscriber.next()).path("event").asText();
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
    created.putObject("Code").put("ZipFile", TestZip.base64("empty", ""));
    call("lambda", "CreateFunction", created);
    source("function", "AWS_LAMBDA", "'lambdaConfig':{'lambdaFunctionArn':'" + FUNCTION + "'}");
  }
}
