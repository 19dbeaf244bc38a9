// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.FaultRule;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private static final String DELIVERY = "appsync.delivery";
  private static final String SUBSCRIBE = "appsync.subscribe";

  private final Simulation simulation = new Simulation();

  @Test
  void aDeliveryIsDroppedSilently() {
    Simulation.Client client = simulation.connect().subscribe("s", "/default/a");
    simulation.faults.once(DELIVERY, new Fault.Drop());

    assertThat(simulation.publish("/default/a", "1", "2").status()).isEqualTo(200);
    assertThat(client.peer().events()).containsExactly("2");
  }

  @Test
  void aDeliveryThatIsRefusedIsToldToItsSubscription() {
    Simulation.Client client = simulation.connect().subscribe("s", "/default/a");
    simulation.faults.once(DELIVERY, new Fault.Refuse(500, "MessageProcessingError", "too bad"));

    assertThat(simulation.publish("/default/a", "1", "2").status()).isEqualTo(200);
    assertThat(client.peer().frames())
        .contains(
            Simulation.json(
                "{\"type\":\"broadcast_error\",\"id\":\"s\",\"errors\":["
                    + "{\"errorType\":\"MessageProcessingError\",\"message\":\"too bad\"}]}"));
    assertThat(client.peer().events()).containsExactly("2");
  }

  @Test
  void aDeliveryComesSeveralTimes() {
    Simulation.Client client = simulation.connect().subscribe("s", "/default/a");
    simulation.faults.once(DELIVERY, new Fault.Duplicate(3));
    simulation.publish("/default/a", "1", "2");

    assertThat(client.peer().events()).containsExactly("1", "1", "1", "2");
  }

  @Test
  void aDeliveryComesLate() {
    Simulation.Client client = simulation.connect().subscribe("s", "/default/a");
    simulation.faults.once(DELIVERY, new Fault.Delay(Duration.ofSeconds(5)));
    simulation.publish("/default/a", "1", "2");

    assertThat(client.peer().events()).containsExactly("2");
    simulation.clock.advance(Duration.ofSeconds(5));
    assertThat(client.peer().events()).containsExactly("2", "1");
    assertThat(simulation.journal("Delivered")).hasSize(2);
  }

  @Test
  void somethingElseComesInPlaceOfTheEvent() {
    Simulation.Client client = simulation.connect().subscribe("s", "/default/a");
    simulation.faults.once(DELIVERY, new Fault.Corrupt("{\"broken\":"));
    simulation.publish("/default/a", "1");

    assertThat(client.peer().events()).containsExactly("{\"broken\":");
  }

  @Test
  void aDeliveryCutsTheConnection() {
    Simulation.Client client = simulation.connect().subscribe("s", "/default/a");
    simulation.faults.once(DELIVERY, new Fault.Disconnect());

    assertThat(simulation.publish("/default/a", "1").status()).isEqualTo(200);
    assertThat(client.peer().end()).isEqualTo("cut");
    assertThat(client.peer().events()).isEmpty();
  }

  @Test
  void aFaultStrikesOnlyTheChannelItIsFor() {
    Simulation.Client client = simulation.connect().subscribe("s", "/default/*");
    simulation.faults.add(
        DELIVERY, details -> "/default/b".equals(details.get("channel")), 1, 10, new Fault.Drop());
    simulation.publish("/default/a", "1");
    simulation.publish("/default/b", "2");
    simulation.publish("/default/c", "3");

    assertThat(client.peer().events()).containsExactly("1", "3");
  }

  @Test
  void aSubscribeIsAcknowledgedLateAndReceivesOnlyFromThenOn() {
    simulation.faults.once(SUBSCRIBE, new Fault.Delay(Duration.ofSeconds(3)));
    Simulation.Client client = simulation.connect().init().subscribe("s", "/default/a");
    simulation.publish("/default/a", "\"early\"");
    assertThat(client.peer().types()).containsExactly("connection_ack");

    client.unsubscribe("s");
    assertThat(client.peer().last().at("/errors/0/errorType").asText())
        .isEqualTo("UnknownOperationError");
    simulation.clock.advance(Duration.ofSeconds(3));
    simulation.publish("/default/a", "\"late\"");

    assertThat(client.peer().types())
        .containsExactly("connection_ack", "unsubscribe_error", "subscribe_success", "data");
    assertThat(client.peer().events()).containsExactly("\"late\"");
  }

  @Test
  void aSubscribeThatIsDelayedPastTheEndOfItsConnectionNeverBegins() {
    simulation.faults.once(SUBSCRIBE, new Fault.Delay(Duration.ofSeconds(3)));
    Simulation.Client client = simulation.connect().init().subscribe("s", "/default/a");
    client.server().onClosed(1006, "reset");
    simulation.clock.advance(Duration.ofSeconds(3));
    simulation.publish("/default/a", "1");

    assertThat(client.peer().types()).containsExactly("connection_ack");
    assertThat(simulation.journal("Published").getLast()).containsEntry("subscribers", "0");
  }

  @Test
  void aSubscribeIsRefused() {
    simulation.faults.once(SUBSCRIBE, new Fault.Refuse(429, "LimitExceededError", "slow down"));
    Simulation.Client client = simulation.connect().subscribe("s", "/default/a");

    assertThat(client.peer().last().path("type").asText()).isEqualTo("subscribe_error");
    assertThat(client.peer().last().at("/errors/0/errorType").asText())
        .isEqualTo("LimitExceededError");
    client.subscribe("s", "/default/a");
    assertThat(client.peer().last().path("type").asText()).isEqualTo("subscribe_success");
  }

  @Test
  void aSubscribeCutsTheConnection() {
    simulation.faults.once(SUBSCRIBE, new Fault.Disconnect());
    Simulation.Client client = simulation.connect().subscribe("s", "/default/a");

    assertThat(client.peer().end()).isEqualTo("cut");
    assertThat(client.peer().frames()).isEmpty();
  }

  @Test
  void aDropLeavesASubscribeWithoutAnAnswer() {
    simulation.faults.once(SUBSCRIBE, new Fault.Drop());
    Simulation.Client client = simulation.connect().init().subscribe("s", "/default/a");
    simulation.publish("/default/a", "1");

    assertThat(client.peer().types()).containsExactly("connection_ack");
    client.subscribe("t", "/default/a");
    assertThat(client.peer().last().path("type").asText()).isEqualTo("subscribe_success");
  }

  @Test
  void faultsThatAPlaceCannotHaveAreRefusedWhenPlanned() {
    for (String place : List.of(EventsFaults.MESSAGE, EventsFaults.ACTIVATION)) {
      assertThatThrownBy(() -> simulation.faults.once(place, new Fault.Refuse(500, "X", "x")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(place);
    }
  }

  @Test
  void aSubscriptionReceivesOnlySomeTimeAfterItsAcknowledgement() {
    simulation.faults.add(
        FaultRule.always(EventsFaults.ACTIVATION, new Fault.Delay(Duration.ofSeconds(2))));
    Simulation.Client client = simulation.connect().subscribe("s", "/default/a");
    assertThat(client.peer().types()).containsExactly("subscribe_success");
    simulation.publish("/default/a", "\"lost\"");
    simulation.clock.advance(Duration.ofSeconds(2));
    simulation.publish("/default/a", "\"heard\"");

    assertThat(client.peer().events()).containsExactly("\"heard\"");
  }

  @Test
  void aSubscriptionThatEndsBeforeItReceivesNeverDoes() {
    simulation.faults.once(EventsFaults.ACTIVATION, new Fault.Delay(Duration.ofSeconds(2)));
    Simulation.Client client = simulation.connect().subscribe("s", "/default/a").unsubscribe("s");
    simulation.clock.advance(Duration.ofSeconds(2));
    simulation.publish("/default/a", "1");

    assertThat(client.peer().types()).containsExactly("subscribe_success", "unsubscribe_success");
    assertThat(simulation.journal("Published").getLast()).containsEntry("subscribers", "0");
  }

  @Test
  void aSubscriptionThatIsNeverActiveLooksLikeOneThatIs() {
    simulation.faults.once(EventsFaults.ACTIVATION, new Fault.Drop());
    Simulation.Client client = simulation.connect().subscribe("s", "/default/a");
    simulation.publish("/default/a", "1");

    assertThat(client.peer().types()).containsExactly("subscribe_success");
  }

  @Test
  void aHandshakeIsRefusedWithTheStatusThatWasAskedFor() {
    simulation.faults.once(
        EventsFaults.HANDSHAKE, new Fault.Refuse(503, "ServiceUnavailable", "not now"));
    var upgrade =
        new HttpRequest(
            "GET",
            "/event/realtime",
            "",
            Headers.of("host", simulation.realtimeHost),
            new byte[0],
            "127.0.0.1",
            false);

    assertThat(simulation.service.webSocketEndpoints().getFirst().refusal(upgrade))
        .hasValueSatisfying(
            answer -> {
              assertThat(answer.status()).isEqualTo(503);
              assertThat(Simulation.body(answer).path("message").asText()).isEqualTo("not now");
            });
    assertThat(simulation.service.webSocketEndpoints().getFirst().refusal(upgrade)).isEmpty();
  }

  @Test
  void anExpiredKeyShowsOnConnectSubscribeAndPublish() {
    for (String place : List.of(EventsFaults.CONNECT, SUBSCRIBE, EventsFaults.PUBLISH)) {
      simulation.faults.clear();
      simulation.faults.once(place, EventsFaults.expiredKey());
      Simulation.Client client = simulation.connect();
      if (!place.equals(EventsFaults.CONNECT)) {
        client.subscribe("s", "/default/a").publish("p", "/default/a", "1");
      }
      assertThat(client.peer().frames())
          .as(place)
          .anySatisfy(
              frame -> {
                assertThat(frame.path("type").asText()).endsWith("_error");
                assertThat(frame.at("/errors/0/errorType").asText())
                    .isEqualTo("UnauthorizedException");
              });
      assertThat(client.peer().end())
          .isEqualTo(place.equals(EventsFaults.CONNECT) ? "closed 1000" : "");
    }
    simulation.faults.once(EventsFaults.PUBLISH, EventsFaults.expiredKey());
    assertThat(simulation.publish("/default/a", "1").status()).isEqualTo(401);
  }

  @Test
  void aPublisherIsThrottledOverOneTransportOnly() {
    simulation.faults.add(
        FaultRule.always(EventsFaults.PUBLISH, EventsFaults.throttle()).when("via", "http"));

    assertThat(simulation.publish("/default/a", "1").status()).isEqualTo(429);
    Simulation.Client client = simulation.connect().publish("p", "/default/a", "1");
    assertThat(client.peer().types()).containsExactly("publish_success");
  }

  @Test
  void aPublicationIsLostOrComesTwiceAndThePublisherDoesNotNotice() {
    Simulation.Client client = simulation.connect().subscribe("s", "/default/a");
    simulation.faults.once(EventsFaults.PUBLISH, new Fault.Drop());
    simulation.faults.once(EventsFaults.PUBLISH, new Fault.Duplicate(2));

    assertThat(simulation.publish("/default/a", "1").status()).isEqualTo(200);
    assertThat(simulation.publish("/default/a", "2").status()).isEqualTo(200);
    assertThat(client.peer().events()).containsExactly("2", "2");
  }

  @Test
  void aConnectionGoesSilentAndStaysOpen() {
    for (String place : List.of(EventsFaults.CONNECT, EventsFaults.MESSAGE, SUBSCRIBE, DELIVERY)) {
      var fresh = new Simulation();
      fresh.faults.once(place, new Fault.Silence());
      Simulation.Client client = fresh.connect().init().subscribe("s", "/default/a");
      fresh.publish("/default/a", "1");
      fresh.publish("/default/a", "2");
      fresh.clock.advance(Duration.ofMinutes(3));

      assertThat(client.peer().events()).as(place).isEmpty();
      assertThat(client.peer().frames("ka")).as(place).isEmpty();
      assertThat(client.peer().end()).as(place).isEmpty();
    }
  }

  @Test
  void aConnectionIsClosedWithACodeOnConnectMessageSubscribeAndDelivery() {
    for (String place : List.of(EventsFaults.CONNECT, EventsFaults.MESSAGE, SUBSCRIBE, DELIVERY)) {
      var fresh = new Simulation();
      fresh.faults.once(place, new Fault.Close(1012, "service restart"));
      Simulation.Client client = fresh.connect().init().subscribe("s", "/default/a");
      fresh.publish("/default/a", "1");

      assertThat(client.peer().end()).as(place).isEqualTo("closed 1012");
    }
  }

  @Test
  void aFrameOfOneKindIsNotHeard() {
    simulation.faults.add(
        FaultRule.always(EventsFaults.MESSAGE, new Fault.Drop()).when("type", "publish"));
    Simulation.Client client =
        simulation.connect().init().subscribe("s", "/default/a").publish("p", "/default/a", "1");

    assertThat(client.peer().types()).containsExactly("connection_ack", "subscribe_success");
  }

  @Test
  void chanceRepeatsUnderTheSameSeed() {
    assertThat(eventsAfterChance()).isEqualTo(eventsAfterChance()).hasSizeBetween(1, 39);
  }

  private static List<String> eventsAfterChance() {
    var seeded = new Simulation();
    seeded.faults.add(new FaultRule(DELIVERY, Map.of(), 0.5, Integer.MAX_VALUE, new Fault.Drop()));
    Simulation.Client client = seeded.connect().subscribe("s", "/default/a");
    for (int i = 0; i < 40; i++) {
      seeded.publish("/default/a", String.valueOf(i));
    }
    return client.peer().events();
  }
}
