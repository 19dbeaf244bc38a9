// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.events.EventsLimits;
import dev.syncline.sim.service.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The quotas of AWS's General Reference; that of sizes and numbers are in PublishEndpointTest. */
class QuotasTest {
  private static final String ALLOWED = "publish_success";

  private final Simulation simulation = new Simulation();

  @Test
  void aConnectionMayPublishTwentyFiveTimesASecond() {
    Simulation.Client client = simulation.connect().init();
    for (int i = 0; i < 25; i++) {
      client.publish("p" + i, "/default/a", "1");
    }
    assertThat(client.peer().frames(ALLOWED)).hasSize(25);

    client.publish("late", "/default/a", "1");
    JsonNode refused = client.peer().last();
    assertThat(refused.path("type").asText()).isEqualTo("publish_error");
    assertThat(refused.path("id").asText()).isEqualTo("late");
    assertThat(refused.at("/errors/0/errorType").asText()).isEqualTo("LimitExceededError");
    assertThat(refused.at("/errors/0/message").asText()).isEqualTo("Rate limit exceeded");

    Simulation.Client neighbour = simulation.connect().init();
    neighbour.publish("p", "/default/a", "1");
    assertThat(neighbour.peer().frames(ALLOWED)).hasSize(1);

    simulation.clock.advance(Duration.ofSeconds(1));
    client.publish("later", "/default/a", "1");
    assertThat(client.peer().last().path("type").asText()).isEqualTo(ALLOWED);
  }

  @Test
  void anApiTakesTwoThousandConnectionsASecond() {
    for (int i = 0; i < 2_000; i++) {
      assertThat(simulation.connect().peer().end()).isEmpty();
    }
    Simulation.Client late = simulation.connect();
    assertThat(late.peer().last().path("type").asText()).isEqualTo("connection_error");
    assertThat(late.peer().last().at("/errors/0/errorType").asText())
        .isEqualTo("LimitExceededError");
    assertThat(late.peer().last().at("/errors/0/errorCode").asInt()).isEqualTo(429);
    assertThat(late.peer().end()).isEqualTo("closed 1000");

    simulation.clock.advance(Duration.ofSeconds(1));
    assertThat(simulation.connect().peer().end()).isEmpty();
  }

  @Test
  void anApiTakesTenThousandEventsASecondOverHttpAndWebSocketTogether() {
    Simulation.Client client = simulation.connect().init();
    String[] five = Collections.nCopies(5, "1").toArray(String[]::new);
    for (int i = 0; i < 25; i++) {
      client.publish("p" + i, "/default/a", five);
    }
    for (int i = 25; i < 2_000; i++) {
      assertThat(simulation.publish("/default/a", five).status()).isEqualTo(200);
    }

    HttpResponse refused = simulation.publish("/default/a", "1");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(Simulation.body(refused).at("/errors/0/errorType").asText())
        .isEqualTo("LimitExceededException");
    assertThat(refused.headers().first("x-amzn-ErrorType")).contains("LimitExceededException");
    Simulation.Client other = simulation.connect().init();
    other.publish("late", "/default/a", "1");
    assertThat(other.peer().last().at("/errors/0/errorType").asText())
        .isEqualTo("LimitExceededError");

    simulation.clock.advance(Duration.ofSeconds(1));
    assertThat(simulation.publish("/default/a", five).status()).isEqualTo(200);
  }

  @Test
  void anEventCountsOnceForEachFiveKilobytes() {
    var small = new Simulation(EventsLimits.AWS.with("events-per-second", "10"));
    String large = '"' + "x".repeat(24_998) + '"';
    assertThat(small.publish("/default/a", large, large).status()).isEqualTo(200);
    assertThat(small.publish("/default/a", "1").status()).isEqualTo(429);
  }

  @Test
  void eventsBeyondTheRateOfAnApiAreLostAndInTheJournal() {
    var small = new Simulation(EventsLimits.AWS.with("outbound-messages-per-second", "6"));
    Simulation.Client client =
        small.connect().init().subscribe("a", "/default/a").subscribe("b", "/default/*");
    String large = '"' + "x".repeat(5_000) + '"';

    assertThat(small.publish("/default/a", "1", large, "2").status()).isEqualTo(200);

    assertThat(client.peer().events()).containsExactly("1", large, "1", large);
    assertThat(small.journal("Throttled"))
        .singleElement()
        .satisfies(lost -> assertThat(lost).containsEntry("subscribers", "2"));
    small.clock.advance(Duration.ofSeconds(1));
    small.publish("/default/a", "3");
    assertThat(client.peer().events()).endsWith("3", "3");
  }

  @Test
  void keysDataSourcesAndCodeHaveTheirLimits() {
    var small =
        new Simulation(
            EventsLimits.AWS.with(
                Map.of(
                    "keys-per-api", "1", "data-sources-per-api", "1", "handler-code-length", "9")));
    String api = "{'apiId':'" + small.apiId + "'";
    assertThat(small.fail("CreateApiKey", api + "}").code())
        .isEqualTo("ApiKeyLimitExceededException");
    assertThat(
            small
                .fail("CreateChannelNamespace", api + ",'name':'n','codeHandlers':'0123456789'}")
                .text())
        .isEqualTo("'codeHandlers' is longer than 9 characters.");
    small.call("CreateDataSource", api + ",'name':'one','type':'NONE'}");
    assertThat(small.fail("CreateDataSource", api + ",'name':'two','type':'NONE'}").text())
        .contains("1 data sources already");
  }

  @Test
  void aConnectionEndsAfterADay() {
    Simulation.Client client = simulation.connect().init().subscribe("s", "/default/a");
    simulation.clock.advance(Duration.ofHours(24).minusSeconds(1));
    assertThat(client.peer().end()).isEmpty();
    simulation.clock.advance(Duration.ofSeconds(1));
    assertThat(client.peer().end()).isEqualTo("closed 1000");
    assertThat(simulation.journal("ConnectionClosed")).hasSize(1);
  }

  @Test
  void aConnectionThatIsRefusedOrExpiresClosesWithTheCodeThatWasChosen() {
    var changed =
        new Simulation(
            EventsLimits.AWS.with(
                Map.of("refused-close-code", "4401", "lifetime-close-code", "1001")));

    Simulation.Client client = changed.connect();
    changed.clock.advance(Duration.ofHours(24));
    assertThat(client.peer().end()).isEqualTo("closed 1001");
    changed.clock.advance(Duration.ofDays(7));
    assertThat(changed.connect().peer().end()).isEqualTo("closed 4401");
  }

  @Test
  void anApiHasAtMostFiftyNamespacesAndAnAccountFiftyApis() {
    for (int i = 1; i < 50; i++) {
      simulation.createNamespace(simulation.apiId, "n" + i);
      simulation.createApi("api " + i);
    }
    assertThat(
            simulation
                .fail(
                    "CreateChannelNamespace",
                    "{'apiId':'" + simulation.apiId + "','name':'onemore'}")
                .code())
        .isEqualTo("ServiceQuotaExceededException");
    assertThat(
            simulation
                .fail(
                    "CreateApi",
                    "{'name':'onemore','eventConfig':{'authProviders':[{'authType':'API_KEY'}],"
                        + "'connectionAuthModes':[{'authType':'API_KEY'}],"
                        + "'defaultPublishAuthModes':[{'authType':'API_KEY'}],"
                        + "'defaultSubscribeAuthModes':[{'authType':'API_KEY'}]}}")
                .status())
        .isEqualTo(402);
  }

  @Test
  void everyQuotaCanBeChanged() {
    var changed =
        new Simulation(
            EventsLimits.AWS.with(
                Map.of(
                    "publishes-per-second",
                    "1",
                    "connections-per-second",
                    "2",
                    "events-per-publish",
                    "6",
                    "subscriptions-per-connection",
                    "1",
                    "lifetime",
                    "1m",
                    "keep-alive",
                    "7s",
                    "namespaces-per-api",
                    "2")));
    Simulation.Client client = changed.connect().init();
    client.publish("a", "/default/a", "1", "2", "3", "4", "5", "6");
    client.publish("b", "/default/a", "1");
    client.subscribe("s1", "/default/a").subscribe("s2", "/default/a");
    assertThat(client.peer().types())
        .isEqualTo(
            List.of(
                "connection_ack",
                ALLOWED,
                "publish_error",
                "subscribe_success",
                "subscribe_error"));
    changed.clock.advance(Duration.ofSeconds(7));
    assertThat(client.peer().frames("ka")).hasSize(1);
    changed.clock.advance(Duration.ofSeconds(53));
    assertThat(client.peer().end()).isEqualTo("closed 1000");
    changed.createNamespace(changed.apiId, "second");
    assertThat(
            changed
                .fail("CreateChannelNamespace", "{'apiId':'" + changed.apiId + "','name':'third'}")
                .status())
        .isEqualTo(402);
  }
}
