// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One publication to many subscriptions. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FanOutTest {
  private final Simulation simulation = new Simulation();

  @Test
  void everySubscriptionGetsTheEventsInTheirOrder() {
    List<Simulation.Client> clients = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      clients.add(
          simulation.connect().subscribe("s" + i, i % 2 == 0 ? "/default/a" : "/default/*"));
    }
    simulation.publish("/default/a", "1", "2", "3");
    simulation.publish("/default/a", "4");

    assertThat(clients)
        .allSatisfy(
            client -> assertThat(client.peer().events()).containsExactly("1", "2", "3", "4"));
  }

  @Test
  void theJournalHasOneEntryAnEventForManyAndNamesTheFirstThatDidNotGetIt() {
    List<Simulation.Client> clients = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      clients.add(simulation.connect().subscribe("s", "/default/a"));
    }
    clients.subList(0, 20).forEach(client -> client.peer().fill());
    simulation.publish("/default/a", "1", "2");

    assertThat(simulation.journal("Delivered")).isEmpty();
    assertThat(simulation.journal("DeliveredToMany"))
        .hasSize(2)
        .allSatisfy(
            entry ->
                assertThat(entry)
                    .containsEntry("deliveries", "30")
                    .containsEntry("undelivered", "20"));
    assertThat(simulation.journal("Undelivered")).hasSize(2 * 16);
  }

  @Test
  void aReaderThatBlocksHoldsThePublisherUpAndNothingIsLost() throws Exception {
    Simulation.Client slow = simulation.connect().subscribe("s", "/default/a");
    Simulation.Client other = simulation.connect().subscribe("s", "/default/a");
    slow.peer().block();
    var answered = new CompletableFuture<Integer>();
    Thread.startVirtualThread(
        () -> answered.complete(simulation.publish("/default/a", "1", "2").status()));
    while (!slow.peer().waitedFor()) {
      Thread.onSpinWait();
    }
    assertThat(answered).isNotDone();
    assertThat(slow.peer().events()).isEmpty();

    slow.peer().read();
    assertThat(answered.get(60, TimeUnit.SECONDS)).isEqualTo(200);
    assertThat(slow.peer().events()).containsExactly("1", "2");
    assertThat(other.peer().events()).containsExactly("1", "2");
  }

  @Test
  void aHundredThousandSubscriptionsComeAndGoOnOneConnectionAndNothingRemains() {
    Simulation.Client client = simulation.connect().init();
    client.peer().clear();
    int timers = simulation.clock.pendingTimers();
    for (int i = 0; i < 100_000; i++) {
      client.subscribe("s" + i, "/default/c" + i % 1_000).unsubscribe("s" + i);
      if (i % 1_000 == 999) {
        assertThat(client.peer().types()).containsOnly("subscribe_success", "unsubscribe_success");
        assertThat(client.peer().clear()).isEqualTo(2_000);
      }
    }
    assertThat(simulation.clock.pendingTimers()).isEqualTo(timers);
    simulation.publish("/default/c7", "1");
    assertThat(client.peer().frames()).isEmpty();
    assertThat(simulation.journal("Published").getLast()).containsEntry("subscribers", "0");
    // None of them counts against the number that a connection may have.
    for (int i = 0; i < 200; i++) {
      client.subscribe("again" + i, "/default/a");
    }
    assertThat(client.peer().types()).hasSize(200).containsOnly("subscribe_success");
  }
}
