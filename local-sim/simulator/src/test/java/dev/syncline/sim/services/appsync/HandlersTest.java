// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AwsException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Handlers that are code, over the port, as a publisher and a subscriber see them. */
class HandlersTest extends HandlersFixture {
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

  private void namespace(String name, String code) throws Exception {
    create(name, IMPORT + code, "{}");
  }
}
