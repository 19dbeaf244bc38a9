// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import static dev.syncline.sim.services.appsync.graphql.data.RealtimeFixture.base64;
import static dev.syncline.sim.services.appsync.graphql.data.RealtimeFixture.json;
import static dev.syncline.sim.services.appsync.graphql.data.RealtimeFixture.offer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.service.http.Headers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections and deliveries on virtual time. */
class GraphqlConnectionTest {
  private final RealtimeFixture fixture = new RealtimeFixture();

  @ParameterizedTest
  @ValueSource(strings = {"/graphql", "/graphql/realtime", "/_aws/appsync-api/abc/graphql"})
  void credentialsInTheQueryOpenAConnection(String path) {
    assertConnects(fixture.connect(path, fixture.header("good"), offer("graphql-ws")));
  }

  @Test
  void theEqualSignOfBase64MayBeEscaped() {
    assertConnects(
        fixture.connect(
            "/graphql", fixture.header("good").replace("==&", "%3D%3D&"), offer("graphql-ws")));
  }

  @Test
  void credentialsInTheSubprotocolOrInHeadersOpenAConnection() {
    String carried = base64(fixture.credentials("good")).replace("=", "");
    assertConnects(
        fixture.connect("/graphql/realtime", "", offer("graphql-ws, header-" + carried)));
    assertConnects(fixture.connect("/graphql", "", offer("graphql-ws").with("x-api-key", "good")));
  }

  @Test
  void signedPathsAreThoseOfHttp() {
    fixture
        .connect("/graphql/realtime", fixture.header("good"), offer("graphql-ws"))
        .start("a", "onX", "{}");
    assertThat(fixture.gate.signedPaths).containsExactly("/graphql/connect", "/graphql");
  }

  @Test
  void aRefusedClientGetsAFrameAndAnEnd() {
    assertRefused(
        fixture.connect("/graphql", fixture.header("bad"), offer("graphql-ws")),
        "{'errorType':'UnauthorizedException',"
            + "'message':'You are not authorized to make this call.','errorCode':400}");
    assertRefused(
        fixture.connect("/graphql", fixture.header("good"), Headers.of()),
        "{'message':'SubProtocolNotSupportedError','errorCode':400}");
    assertRefused(
        fixture.connect("/graphql", "header=e30=x&payload=e30=", offer("graphql-ws")),
        "{'errorType':'BadRequestException','message':"
            + "'The credentials do not hold a JSON object of headers in base64',"
            + "'errorCode':400}");
    assertRefused(
        fixture.connect(
            "/graphql",
            "header=" + base64("{\"host\":\"else.where\",\"x-api-key\":\"good\"}"),
            offer("graphql-ws")),
        "{'errorType':'UnauthorizedException',"
            + "'message':'You are not authorized to make this call.','errorCode':400}");
    assertThat(fixture.journal("GraphqlConnectionRefused")).hasSize(4);
  }

  @Test
  void keepAlivesComeAtOnceAndEachMinute() {
    var client = fixture.connect().init();
    assertThat(client.peer().types()).containsExactly("connection_ack", "ka");
    fixture.clock.advance(Duration.ofSeconds(59));
    assertThat(client.peer().frames("ka")).hasSize(1);
    fixture.clock.advance(Duration.ofSeconds(61));
    assertThat(client.peer().frames("ka")).hasSize(3);
    client.init();
    assertThat(client.peer().frames("connection_ack")).hasSize(2);
    fixture.clock.advance(Duration.ofMinutes(1));
    assertThat(client.peer().frames("ka")).hasSize(5);
  }

  @Test
  void aConnectionLastsADay() {
    var client = fixture.connect().init();
    fixture.clock.advance(Duration.ofHours(24).minusSeconds(1));
    assertThat(client.peer().end()).isEmpty();
    fixture.clock.advance(Duration.ofSeconds(1));
    assertThat(client.peer().end()).startsWith("closed");
    assertThat(fixture.journal("GraphqlConnectionClosed")).hasSize(1);
  }

  @Test
  void aMutationReachesTheSubscriptionsThatItMatchesInOrder() {
    var client =
        fixture
            .connect()
            .init()
            .start("all", "onX", "{}")
            .start("one", "onX", "{'id':'1'}")
            .start("two", "onY", "{'id':'2'}");
    assertThat(client.peer().frames("start_ack")).hasSize(3);

    fixture.mutate("{'id':'1','n':1}", "{'id':'2','n':2}");
    assertThat(client.payloads("all"))
        .containsExactly(
            json("{'data':{'onX':{'id':'1','n':1}}}"), json("{'data':{'onX':{'id':'2','n':2}}}"));
    assertThat(client.payloads("one")).containsExactly(json("{'data':{'onX':{'id':'1','n':1}}}"));
    assertThat(client.payloads("two")).containsExactly(json("{'data':{'onY':{'id':'2','n':2}}}"));
    assertThat(fixture.journal("GraphqlDelivered")).hasSize(4);
    assertThat(fixture.journal("GraphqlTriggered")).hasSize(2);
  }

  @Test
  void nothingComesAfterStopOrForNull() {
    var client = fixture.connect().init().start("a", "onX", "{}");
    fixture.mutate("null");
    client.stop("a");
    fixture.mutate("{'id':'1'}");

    assertThat(client.peer().types())
        .containsExactly("connection_ack", "ka", "start_ack", "complete");
    assertThat(fixture.journal("GraphqlUnsubscribed")).hasSize(1);
  }

  @Test
  void equalSubscriptionsShareOnePayload() {
    for (int i = 0; i < 50; i++) {
      fixture.connect().start("s" + i, "onX", "{'id':'1'}");
    }
    fixture.mutate("{'id':'1'}");

    assertThat(fixture.gate.projections).hasValue(1);
    assertThat(fixture.journal("GraphqlDeliveredToMany").getFirst())
        .containsEntry("deliveries", "50");
    assertThat(fixture.journal("GraphqlDelivered")).isEmpty();
  }

  @Test
  void anEventOfMoreThan240KilobytesIsDropped() {
    var client = fixture.connect().start("a", "onX", "{}");
    fixture.mutate("{'id':'" + "x".repeat(240 * 1024) + "'}");
    fixture.mutate("{'id':'1'}");

    assertThat(client.payloads("a")).hasSize(1);
    assertThat(fixture.journal("GraphqlEventTooLarge")).hasSize(1);
  }

  @Test
  void aStartWithAWrongKeyIsRefusedAndTheSocketStays() {
    var client = fixture.connect().start("a", "onX", "{}", "bad").start("a", "onX", "{}");

    assertThat(client.peer().frames())
        .containsExactly(
            json(
                "{'id':'a','type':'error','payload':{'errors':[{'errorType':"
                    + "'UnauthorizedException','message':"
                    + "'You are not authorized to make this call.'}]}}"),
            json("{'id':'a','type':'start_ack'}"));
    assertThat(client.peer().end()).isEmpty();
  }

  @Test
  void anInvalidationCompletesTheSubscriptionsThatItMatches() {
    String filter =
        "{'invalidation':{'filterGroup':[{'filters':"
            + "[{'fieldName':'user','operator':'eq','value':'u1'}]}]}}";
    var client = fixture.connect().start("a", "onX", filter).start("b", "onX", "{}");
    fixture.invalidate("onX", "{'user':'u2'}");
    assertThat(client.peer().frames("complete")).isEmpty();
    fixture.invalidate("onX", "{'user':'u1'}");

    assertThat(client.peer().frames("complete"))
        .containsExactly(json("{'id':'a','type':'complete'}"));
    fixture.mutate("{'id':'1'}");
    assertThat(client.payloads("a")).isEmpty();
    assertThat(client.payloads("b")).hasSize(1);
  }

  @Test
  void deletingTheApiClosesItsConnections() {
    var client = fixture.connect().start("a", "onX", "{}");
    fixture.subscriptions.deleted(fixture.api);

    assertThat(client.peer().end()).isEqualTo("closed 1000");
    fixture.mutate("{'id':'1'}");
    assertThat(client.payloads("a")).isEmpty();
  }

  @Test
  void anApiThatIsDeletedWhileAClientConnectsClosesIt() {
    fixture.gate.deleted = true;

    assertThat(fixture.connect().peer().end()).isEqualTo("closed 1000");
  }

  @Test
  void metricsCountConnectionsSubscriptionsAndMessages() {
    var client = fixture.connect().start("a", "onX", "{}").start("b", "onX", "{}", "bad");
    fixture.mutate("{'id':'1'}");
    client.stop("a");
    fixture.clock.advance(Duration.ofSeconds(3));
    client.server().onClosed(1000, "");
    fixture.connect("/graphql", fixture.header("bad"), offer("graphql-ws"));

    assertThat(fixture.metrics)
        .containsExactly(
            "ConnectSuccess 1",
            "SubscribeSuccess 1",
            "SubscribeClientError 1",
            "PublishDataMessageSuccess 1",
            "PublishDataMessageSize 27",
            "UnsubscribeSuccess 1",
            "DisconnectSuccess 1",
            "ConnectionDuration 3000",
            "ConnectClientError 1");
  }

  @Test
  void closedConnectionsLeaveNothingBehind() {
    int timers = fixture.clock.pendingTimers();
    var client = fixture.connect().init().start("a", "onX", "{}");
    client.server().onClosed(1001, "gone");

    assertThat(fixture.clock.pendingTimers()).isEqualTo(timers);
    fixture.mutate("{'id':'1'}");
    assertThat(fixture.journal("GraphqlTriggered")).isEmpty();
  }

  private static void assertConnects(RealtimeFixture.Client client) {
    client.init();
    assertThat(client.peer().types()).containsExactly("connection_ack", "ka");
    assertThat(client.peer().end()).isEmpty();
  }

  private static void assertRefused(RealtimeFixture.Client client, String error) {
    client.init();
    assertThat(client.peer().frames())
        .containsExactly(json("{'payload':{'errors':[" + error + "]},'type':'connection_error'}"));
    assertThat(client.peer().end()).isEqualTo("closed 1000");
  }
}
