// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.subscription;

import static dev.syncline.sim.graphql.subscription.Nodes.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decisions on frames of one connection; the test passes the time. */
class SubscriptionProtocolTest {
  private static final String QUERY = "subscription { onX { id } }";

  private final SubscriptionProtocol protocol = new SubscriptionProtocol(SubscriptionLimits.AWS);
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void eachInitIsAcknowledgedAndFollowedByAKeepAlive() {
    for (int i = 0; i < 2; i++) {
      List<SubscriptionEffect> effects = receive("{'type':'connection_init','payload':{'a':{}}}");

      assertThat(sent(effects))
          .extracting(frame -> frame.path("type").asText())
          .containsExactly("connection_ack", "ka");
      assertThat(effects.getLast()).isEqualTo(new SubscriptionEffect.KeepAlive());
    }
  }

  @Test
  void aStartAsksForAuthorizationAndIsThenAcknowledged() {
    StartRequest request = started("s1");

    assertThat(request.query()).isEqualTo(QUERY);
    assertThat(request.authorization().path("x-api-key").asText()).isEqualTo("k");
    assertThat(json(request.data()).path("query").asText()).isEqualTo(QUERY);
    assertThat(protocol.acknowledge("s1").map(Nodes::json))
        .contains(json("{'id':'s1','type':'start_ack'}"));
  }

  @Test
  void stopCompletesAndTheIdCanBeginAgain() {
    begin("s1");

    List<SubscriptionEffect> effects = receive("{'type':'stop','id':'s1'}");
    assertThat(effects.getFirst()).isEqualTo(new SubscriptionEffect.Retire("s1"));
    assertThat(sent(effects)).containsExactly(json("{'id':'s1','type':'complete'}"));
    begin("s1");
  }

  @Test
  void aPendingStartThatIsStoppedIsNotAcknowledged() {
    started("s1");

    assertThat(receive("{'type':'stop','id':'s1'}")).isEmpty();
    assertThat(protocol.acknowledge("s1")).isEmpty();
    begin("s1");
  }

  @Test
  void anIdInUseIsRefused() {
    begin("s1");
    assertThat(errorOf(start("s1", 'x')).path("errorType").asText())
        .isEqualTo("DuplicatedOperationError");
    started("s2");
    assertThat(errorOf(start("s2", 'x')).path("errorType").asText())
        .isEqualTo("DuplicatedOperationError");
  }

  @Test
  void theHundredAndFirstSubscriptionIsRefused() {
    for (int i = 0; i < 100; i++) {
      begin("s" + i);
    }
    assertThat(errorOf(start("one more", 'x')))
        .isEqualTo(
            json(
                "{'errorType':'MaxSubscriptionsReachedError',"
                    + "'message':'Max number of 100 subscriptions reached'}"));
    receive("{'type':'stop','id':'s1'}");
    now = now.plusSeconds(1);
    begin("one more");
  }

  @Test
  void tooManyStartsInASecondGetTheFrameWithoutAnId() {
    for (int i = 0; i < 200; i++) {
      begin("s");
      receive("{'type':'stop','id':'s'}");
    }
    SubscriptionEffect refused = start("s", 'x').getFirst();
    assertThat(((SubscriptionEffect.Refuse) refused).frame())
        .isEqualTo(GraphqlFrames.rateExceeded());
    now = now.plus(Duration.ofSeconds(1));
    begin("s");
  }

  @Test
  void aRefusedStartFreesItsId() {
    started("s1");
    SubscriptionEffect.Refuse refuse =
        (SubscriptionEffect.Refuse)
            protocol.refuse("s1", List.of(SubscriptionProtocol.unsupported()));

    assertThat(json(refuse.frame()))
        .isEqualTo(
            json(
                "{'id':'s1','type':'error','payload':{'errors':[{'errorType':"
                    + "'UnsupportedOperation','message':"
                    + "' not supported through the realtime channel'}]}}"));
    begin("s1");
  }

  @Test
  void theServiceCanEndASubscription() {
    begin("s1");
    assertThat(sent(protocol.end("s1"))).containsExactly(json("{'id':'s1','type':'complete'}"));
    assertThat(protocol.end("s1")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "[]", "null", "{'type':'connection_init'} {}"})
  void aMessageThatIsNoJsonObjectIsRefused(String text) {
    assertThat(errorOf(receive(text)).path("errorType").asText()).isEqualTo("BadRequestException");
  }

  @Test
  void anUnknownTypeAndAnUnknownIdAreRefused() {
    assertThat(errorOf(receive("{'type':'publish','id':'a'}")).path("errorType").asText())
        .isEqualTo("UnsupportedOperation");
    assertThat(errorOf(receive("{'type':'stop','id':'a'}")).path("errorType").asText())
        .isEqualTo("UnknownOperationError");
    assertThat(receive("{'type':'ka'}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'start','id':'a'}",
        "{'type':'start','id':'a','payload':{'data':{}}}",
        "{'type':'start','id':'a','payload':{'data':'meow'}}",
        "{'type':'start','id':'a','payload':{'data':'{}'}}"
      })
  void dataMustBeTextThatHoldsARequest(String frame) {
    assertThat(errorOf(receive(frame)))
        .isEqualTo(
            json(
                "{'errorType':'MalformedHttpRequestException',"
                    + "'message':'Unable to parse GraphQL query.'}"));
  }

  @Test
  void aStartNeedsAnIdOfABoundedLength() {
    assertThat(errorOf(start("", 'x')).path("errorType").asText()).isEqualTo("BadRequestException");
    assertThat(errorOf(start("a".repeat(257), 'x')).path("errorType").asText())
        .isEqualTo("BadRequestException");
  }

  @Test
  void theDepthOfFramesAndDataIsBounded() {
    assertThat(errorOf(receive("{'a':" + "[".repeat(300) + "]".repeat(300) + "}")))
        .isEqualTo(
            json(
                "{'errorType':'BadRequestException',"
                    + "'message':'The message is not a JSON object'}"));
    ObjectNode frame = JsonNodeFactory.instance.objectNode().put("id", "a").put("type", "start");
    String variables = "{\"v\":" + "[".repeat(300) + "]".repeat(300) + "}";
    frame.putObject("payload").put("data", "{\"query\":\"q\",\"variables\":" + variables + "}");
    assertThat(errorOf(protocol.receive(frame.toString(), now)).path("message").asText())
        .isEqualTo("Unable to parse GraphQL query.");
  }

  @Test
  void theDataOfAStartIsBounded() {
    String data = "x".repeat(1024 * 1024 + 1);
    List<SubscriptionEffect> effects =
        receive("{'type':'start','id':'a','payload':{'data':'" + data + "'}}");

    assertThat(errorOf(effects).path("message").asText())
        .isEqualTo("The data of a start is longer than 1048576 characters");
  }

  /** The texts of refused variables name the type. */
  @Test
  void aFractionInVariablesIsWhatItIsInARequestOverHttp() {
    var frame = new ObjectMapper().createObjectNode().put("type", "start").put("id", "a");
    frame.putObject("payload").put("data", "{\"query\":\"{a}\",\"variables\":{\"v\":1.5}}");
    assertThat(receive(frame.toString()))
        .filteredOn(SubscriptionEffect.Start.class::isInstance)
        .map(effect -> ((SubscriptionEffect.Start) effect).request().variables().path("v"))
        .containsExactly(DoubleNode.valueOf(1.5));
  }

  private List<SubscriptionEffect> receive(String frame) {
    return protocol.receive(frame.replace('\'', '"'), now);
  }

  private List<SubscriptionEffect> start(String id, char variable) {
    ObjectNode data = JsonNodeFactory.instance.objectNode().put("query", QUERY);
    data.putObject("variables").put("v", String.valueOf(variable));
    ObjectNode frame = JsonNodeFactory.instance.objectNode().put("id", id).put("type", "start");
    ObjectNode payload = frame.putObject("payload").put("data", data.toString());
    payload.putObject("extensions").putObject("authorization").put("x-api-key", "k");
    return protocol.receive(frame.toString(), now);
  }

  private StartRequest started(String id) {
    return ((SubscriptionEffect.Start) start(id, 'x').getLast()).request();
  }

  private void begin(String id) {
    started(id);
    assertThat(protocol.acknowledge(id)).isNotEqualTo(Optional.empty());
  }

  private static List<JsonNode> sent(List<SubscriptionEffect> effects) {
    return effects.stream()
        .filter(SubscriptionEffect.Send.class::isInstance)
        .map(effect -> json(((SubscriptionEffect.Send) effect).frame()))
        .toList();
  }

  private static JsonNode errorOf(List<SubscriptionEffect> effects) {
    assertThat(effects).hasSize(1);
    return json(((SubscriptionEffect.Refuse) effects.getFirst()).frame()).at("/payload/errors/0");
  }
}
