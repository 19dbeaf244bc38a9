// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.appsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.kernel.Fault;
import java.time.Duration;
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
  void aDeliveryCannotBeRefusedAndSaysSo() {
    simulation.connect().subscribe("s", "/default/a");
    simulation.faults.once(DELIVERY, new Fault.Refuse(500, "X", "x"));

    assertThatThrownBy(() -> simulation.publish("/default/a", "1"))
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining(DELIVERY);
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
  void aSubscribeCannotBeDroppedAndSaysSo() {
    Simulation.Client client = simulation.connect();
    simulation.faults.once(SUBSCRIBE, new Fault.Drop());

    assertThatThrownBy(() -> client.subscribe("s", "/default/a"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(SUBSCRIBE);
  }
}
