// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import static dev.syncline.sim.services.appsync.graphql.data.RealtimeFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.kernel.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Planned faults of GraphQL connections. */
class GraphqlRealtimeFaultsTest {
  private static final Fault REFUSE = new Fault.Refuse(429, "LimitExceededError", "slow down");

  private final RealtimeFixture fixture = new RealtimeFixture();

  @Test
  void aConnectionIsRefusedOrSilent() {
    fixture.faults.once(GraphqlRealtimeFaults.CONNECT, REFUSE);
    var refused = fixture.connect().init();
    assertThat(refused.peer().frames())
        .containsExactly(
            json(
                "{'payload':{'errors':[{'errorType':'LimitExceededError',"
                    + "'message':'slow down','errorCode':429}]},'type':'connection_error'}"));

    fixture.faults.once(GraphqlRealtimeFaults.CONNECT, new Fault.Silence());
    var silent = fixture.connect().init();
    assertThat(silent.peer().frames()).isEmpty();
    assertThat(silent.peer().end()).isEmpty();
  }

  @Test
  void aFrameIsNotHeard() {
    var client = fixture.connect();
    fixture.faults.once(GraphqlRealtimeFaults.MESSAGE, new Fault.Drop());
    client.init();
    assertThat(client.peer().frames()).isEmpty();
    client.init();
    assertThat(client.peer().frames("connection_ack")).hasSize(1);
  }

  @Test
  void aStartIsRefusedLostOrLate() {
    var client = fixture.connect();
    fixture.faults.once(GraphqlRealtimeFaults.SUBSCRIBE, REFUSE);
    client.start("a", "onX", "{}");
    assertThat(client.peer().last().path("type").asText()).isEqualTo("error");
    client.peer().clear();

    fixture.faults.once(GraphqlRealtimeFaults.SUBSCRIBE, new Fault.Drop());
    client.start("a", "onX", "{}");
    assertThat(client.peer().frames()).isEmpty();

    fixture.faults.once(GraphqlRealtimeFaults.SUBSCRIBE, new Fault.Delay(Duration.ofSeconds(5)));
    client.start("a", "onX", "{}");
    fixture.mutate("{'id':'1'}");
    assertThat(client.peer().frames()).isEmpty();
    fixture.clock.advance(Duration.ofSeconds(5));
    fixture.mutate("{'id':'2'}");
    assertThat(client.peer().types()).containsExactly("start_ack", "data");
  }

  @Test
  void aThrottledStartGetsTheFrameOfOneThatIsTooFast() {
    var client = fixture.connect();
    fixture.faults.once(
        GraphqlRealtimeFaults.SUBSCRIBE,
        new Fault.Refuse(429, "LimitExceededError", "Rate limit exceeded"));
    client.start("a", "onX", "{}");
    assertThat(client.peer().frames())
        .containsExactly(
            json(
                "{'type':'error','payload':{'errors':{'errorType':'LimitExceededError',"
                    + "'message':'Rate limit exceeded'}}}"));
    client.start("a", "onX", "{}");
    assertThat(client.peer().last().path("type").asText()).isEqualTo("start_ack");
  }

  @Test
  void aLateStartThatIsStoppedCompletes() {
    var client = fixture.connect();
    fixture.faults.once(GraphqlRealtimeFaults.SUBSCRIBE, new Fault.Delay(Duration.ofSeconds(5)));
    client.start("a", "onX", "{}").stop("a");
    fixture.clock.advance(Duration.ofSeconds(5));
    assertThat(client.peer().types()).containsExactly("complete");
  }

  @Test
  void deliveriesAreLostDoubledLateAndRefused() {
    var client = fixture.connect().start("a", "onX", "{}");
    client.peer().clear();
    fixture.faults.once(GraphqlRealtimeFaults.DELIVERY, new Fault.Drop());
    fixture.mutate("{'id':'1'}");
    assertThat(client.peer().frames()).isEmpty();

    fixture.faults.once(GraphqlRealtimeFaults.DELIVERY, new Fault.Duplicate(2));
    fixture.mutate("{'id':'2'}");
    assertThat(client.payloads("a")).hasSize(2);

    fixture.faults.once(GraphqlRealtimeFaults.DELIVERY, new Fault.Delay(Duration.ofSeconds(5)));
    fixture.mutate("{'id':'3'}");
    assertThat(client.payloads("a")).hasSize(2);
    fixture.clock.advance(Duration.ofSeconds(5));
    assertThat(client.payloads("a")).hasSize(3);

    fixture.faults.once(GraphqlRealtimeFaults.DELIVERY, REFUSE);
    fixture.mutate("{'id':'4'}");
    assertThat(client.peer().last())
        .isEqualTo(
            json(
                "{'id':'a','type':'error','payload':{'errors':"
                    + "[{'errorType':'LimitExceededError','message':'slow down'}]}}"));

    fixture.faults.once(GraphqlRealtimeFaults.DELIVERY, new Fault.Disconnect());
    fixture.mutate("{'id':'5'}");
    assertThat(client.peer().end()).isEqualTo("cut");
  }
}
