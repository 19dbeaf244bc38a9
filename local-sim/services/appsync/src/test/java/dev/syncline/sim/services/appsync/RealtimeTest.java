// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import static dev.syncline.sim.services.appsync.Simulation.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Open connections: delivery, keep-alives and the end of a connection. */
class RealtimeTest {
  private final Simulation simulation = new Simulation();

  @Test
  void aSubscriptionReceivesOneFrameForEachEventAsAString() {
    Simulation.Client client = simulation.connect().init().subscribe("s1", "default/a/");
    simulation.publish("/default/a", "{\"name\":\"Ada \\\"L\\\" \\\\ 😀\"}", "2");

    assertThat(client.peer().types())
        .containsExactly("connection_ack", "subscribe_success", "data", "data");
    JsonNode data = client.peer().frames("data").getFirst();
    assertThat(data.path("id").textValue()).isEqualTo("s1");
    assertThat(data.path("event").textValue()).isEqualTo("{\"name\":\"Ada \\\"L\\\" \\\\ 😀\"}");
  }

  @Test
  void everySubscriptionOfAConnectionReceivesUnderItsOwnId() {
    Simulation.Client client =
        simulation
            .connect()
            .subscribe("exact", "/default/a/b")
            .subscribe("again", "/default/a/b")
            .subscribe("near", "/default/a/*")
            .subscribe("far", "/default/*")
            .subscribe("other", "/default/a");
    simulation.publish("/default/a/b", "1");

    assertThat(client.peer().frames("data").stream().map(frame -> frame.path("id").asText()))
        .containsExactlyInAnyOrder("exact", "again", "near", "far");
  }

  @Test
  void apisDoNotHearEachOther() {
    JsonNode other = simulation.createApi("other");
    String otherId = other.path("apiId").asText();
    simulation.createNamespace(otherId, "default");
    String otherKey = simulation.createKey(otherId);
    Simulation.Client client = simulation.connect().subscribe("s", "/default/*");

    simulation.post(
        other.at("/dns/HTTP").asText(),
        "/event",
        otherKey,
        Simulation.publishBody("/default/a", "1"));

    assertThat(client.peer().events()).isEmpty();
  }

  @Test
  void aPublisherHearsItsAnswerBeforeItsOwnEvents() {
    Simulation.Client client = simulation.connect().init().subscribe("s", "/default/*");
    client.publish("p", "/default/a", "1", "2");

    assertThat(client.peer().types())
        .containsExactly("connection_ack", "subscribe_success", "publish_success", "data", "data");
    assertThat(client.peer().frames("publish_success").getFirst().path("successful")).hasSize(2);
    assertThat(simulation.journal("Published").getLast()).containsEntry("via", "websocket");
  }

  @Test
  void afterUnsubscribeNothingComes() {
    Simulation.Client client = simulation.connect().subscribe("s", "/default/a");
    client.unsubscribe("s");
    simulation.publish("/default/a", "1");

    assertThat(client.peer().last())
        .isEqualTo(json("{\"type\":\"unsubscribe_success\",\"id\":\"s\"}"));
    assertThat(simulation.journal("Unsubscribed").getLast()).containsEntry("channel", "/default/a");
  }

  @Test
  void aRefusedOperationLeavesTheConnectionOpen() {
    Simulation.Client client = simulation.connect();
    client
        .send("nonsense")
        .send("{\"type\":\"what\"}")
        .subscribe("s", "/nowhere/a")
        .unsubscribe("u");

    assertThat(client.peer().types())
        .containsExactly("error", "error", "subscribe_error", "unsubscribe_error");
    assertThat(client.peer().end()).isEmpty();
    assertThat(simulation.journal("Refused").stream().map(refused -> refused.get("operation")))
        .containsExactly("message", "message", "subscribe", "unsubscribe");
    client.subscribe("s", "/default/a");
    assertThat(client.peer().last().path("type").asText()).isEqualTo("subscribe_success");
  }

  @Test
  void aKeyThatExpiresMeanwhileSubscribesNoMore() {
    Simulation.Client client = simulation.connect().init();
    call("CreateApiKey");
    simulation.call(
        "DeleteApiKey", "{'apiId':'" + simulation.apiId + "','id':'" + simulation.key + "'}");
    client.subscribe("s", "/default/a");

    assertThat(client.peer().last().path("type").asText()).isEqualTo("subscribe_error");
  }

  @Test
  void keepAlivesComeEveryMinuteOnceTheClientHasSpoken() {
    Simulation.Client client = simulation.connect().init();
    simulation.clock.advance(Duration.ofSeconds(59));
    assertThat(client.peer().frames("ka")).isEmpty();
    simulation.clock.advance(Duration.ofSeconds(1));
    assertThat(client.peer().frames("ka")).containsExactly(json("{\"type\":\"ka\"}"));
    simulation.clock.advance(Duration.ofMinutes(4));
    assertThat(client.peer().frames("ka")).hasSize(5);
  }

  @Test
  void speakingAgainDoesNotDoubleTheKeepAlives() {
    Simulation.Client client = simulation.connect().init().init().subscribe("s", "/default/a");
    simulation.clock.advance(Duration.ofMinutes(2));

    assertThat(client.peer().frames("ka")).hasSize(2);
  }

  @Test
  void aConnectionEndsAfterADay() {
    Simulation.Client client = simulation.connect().init().subscribe("s", "/default/a");
    simulation.clock.advance(Duration.ofHours(24));

    assertThat(client.peer().end()).isEqualTo("closed 1000");
    simulation.publish("/default/a", "1");
    assertThat(simulation.journal("Published").getLast()).containsEntry("subscribers", "0");
  }

  @Test
  void aConnectionThatEndsLeavesNothingBehind() {
    int timers = simulation.clock.pendingTimers();
    Simulation.Client client = simulation.connect().init().subscribe("s", "/default/*");
    client.server().onClosed(1006, "reset");
    client.server().onClosed(1006, "reset");
    client.send("{\"type\":\"connection_init\"}").subscribe("t", "/default/a");

    assertThat(simulation.clock.pendingTimers()).isEqualTo(timers);
    simulation.publish("/default/a", "1");
    assertThat(client.peer().events()).isEmpty();
    assertThat(simulation.journal("Published").getLast()).containsEntry("subscribers", "0");
    assertThat(simulation.journal("ConnectionClosed"))
        .hasSize(1)
        .first()
        .satisfies(
            closed ->
                assertThat(closed)
                    .containsEntry("code", "1006")
                    .containsEntry("subscriptions", "1"));
  }

  @Test
  void aFullMailboxIsJournaledAndStallsNoOtherClient() {
    Simulation.Client slow = simulation.connect().subscribe("s", "/default/a");
    Simulation.Client quick = simulation.connect().subscribe("s", "/default/a");
    slow.peer().fill();
    simulation.publish("/default/a", "1");

    assertThat(quick.peer().events()).containsExactly("1");
    assertThat(simulation.journal("Delivered")).hasSize(1);
    assertThat(simulation.journal("Undelivered")).hasSize(1);
  }

  @Test
  void twoHundredConnectionsEachGetTheirOwnAndOneGetsAll() {
    Simulation.Client all = simulation.connect().subscribe("all", "/default/replies/*");
    var clients = new ArrayList<Simulation.Client>();
    for (int i = 0; i < 200; i++) {
      clients.add(simulation.connect().init().subscribe("s", "/default/replies/r" + i));
    }
    for (int i = 0; i < 200; i++) {
      simulation.publish("/default/replies/r" + i, String.valueOf(i));
    }

    for (int i = 0; i < 200; i++) {
      assertThat(clients.get(i).peer().events()).containsExactly(String.valueOf(i));
    }
    assertThat(all.peer().events()).hasSize(200).doesNotHaveDuplicates();
  }

  @Test
  void aWideFanOutReachesEveryoneAndTakesOneJournalEntry() {
    var clients = new ArrayList<Simulation.Client>();
    for (int i = 0; i < 200; i++) {
      clients.add(simulation.connect().subscribe("s", i % 2 == 0 ? "/default/a" : "/default/*"));
    }
    simulation.publish("/default/a", "1", "2");

    assertThat(clients).allSatisfy(c -> assertThat(c.peer().events()).containsExactly("1", "2"));
    assertThat(simulation.journal("Delivered")).isEmpty();
    assertThat(simulation.journal("DeliveredToMany"))
        .hasSize(2)
        .allSatisfy(entry -> assertThat(entry).containsEntry("deliveries", "200"));
  }

  @Test
  void eventsAfterSubscribeSuccessAreNeverMissedAndNoneComesBeforeIt() throws Exception {
    int rounds = 200;
    var clients = new ArrayList<Simulation.Client>();
    for (int i = 0; i < rounds; i++) {
      clients.add(simulation.connect());
    }
    var start = new CountDownLatch(1);
    Thread publisher =
        Thread.ofPlatform()
            .start(
                () -> {
                  awaitUnchecked(start);
                  for (int i = 0; i < rounds * 5; i++) {
                    simulation.publish("/default/a", String.valueOf(i));
                  }
                });
    start.countDown();
    for (Simulation.Client client : clients) {
      client.subscribe("s", "/default/a");
    }
    publisher.join();
    simulation.publish("/default/a", "\"last\"");

    for (Simulation.Client client : clients) {
      assertThat(client.peer().types().getFirst()).isEqualTo("subscribe_success");
      List<String> events = client.peer().events();
      assertThat(events.getLast()).isEqualTo("\"last\"");
      // Without a gap: from the first one seen on, every number came, and in order.
      int first = events.size() == 1 ? rounds * 5 : Integer.parseInt(events.getFirst());
      for (int i = 0; i < events.size() - 1; i++) {
        assertThat(events.get(i)).isEqualTo(String.valueOf(first + i));
      }
      assertThat(first + events.size() - 1).isEqualTo(rounds * 5);
    }
  }

  private void call(String operation) {
    simulation.call(operation, "{'apiId':'" + simulation.apiId + "'}");
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
