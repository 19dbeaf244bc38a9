// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The order of a publish request's steps. Each test carries the steps out and lists them. */
class PublishingTest {
  private static final Credentials TOKEN = new Credentials.Token("t");
  private static final Refusal REFUSAL = new Refusal(429, "Refused", "refused", "test");
  private static final AuthDecision.Granted GRANTED =
      new AuthDecision.Granted(AuthMode.OPENID_CONNECT);

  private ApiConfig api = TestApi.config();
  private AuthDecision verifies = GRANTED;
  private Optional<Refusal> fault = Optional.empty();
  private int times = 1;
  private Optional<Refusal> quota = Optional.empty();
  private Optional<Refusal> handler = Optional.empty();

  @Test
  void overHttpTheEventsAreBroadcastBeforeTheAnswer() {
    assertThat(steps(Transport.HTTP, TestApi.GOOD, valid()))
        .containsExactly(
            "StrikeFaults", "TakeQuota", "CallHandler API_KEY", "Broadcast 1", "Answer 200");
  }

  @Test
  void overAWebSocketTheAnswerIsSentBeforeTheEvents() {
    assertThat(steps(Transport.WEBSOCKET, TestApi.GOOD, valid()))
        .containsExactly(
            "StrikeFaults", "TakeQuota", "CallHandler API_KEY", "Answer 200", "Broadcast 1");
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aTokenIsVerifiedBeforeAnythingElse(Transport via) {
    api = TestApi.config(Set.of(AuthMode.OPENID_CONNECT), Set.of(AuthMode.OPENID_CONNECT));

    assertThat(steps(via, TOKEN, valid()))
        .startsWith("Verify", "StrikeFaults", "TakeQuota", "CallHandler OPENID_CONNECT");
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aBadCredentialIsRefusedBeforeABadRequest(Transport via) {
    api = TestApi.config(Set.of(AuthMode.OPENID_CONNECT), Set.of(AuthMode.OPENID_CONNECT));
    verifies = Refusal.unauthorized("test");

    assertThat(steps(via, TOKEN, invalid())).containsExactly("Verify", "Answer 401");
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aBadRequestIsRefusedBeforeFaultsAndQuota(Transport via) {
    assertThat(steps(via, TestApi.GOOD, invalid())).containsExactly("Answer 400");
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aRefusalByAFaultTakesNoQuota(Transport via) {
    fault = Optional.of(REFUSAL);

    assertThat(steps(via, TestApi.GOOD, valid())).containsExactly("StrikeFaults", "Answer 429");
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void anExceededQuotaIsRefusedBeforeTheHandlerIsCalled(Transport via) {
    quota = Optional.of(REFUSAL);

    assertThat(steps(via, TestApi.GOOD, valid()))
        .containsExactly("StrikeFaults", "TakeQuota", "Answer 429");
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aRefusalByTheHandlerBroadcastsNothing(Transport via) {
    handler = Optional.of(REFUSAL);

    assertThat(steps(via, TestApi.GOOD, valid()))
        .containsExactly("StrikeFaults", "TakeQuota", "CallHandler API_KEY", "Answer 429");
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aFaultSaysHowOftenTheEventsAreBroadcast(Transport via) {
    times = 0;
    assertThat(steps(via, TestApi.GOOD, valid())).contains("Broadcast 0", "Answer 200");
    times = 3;
    assertThat(steps(via, TestApi.GOOD, valid())).contains("Broadcast 3", "Answer 200");
  }

  @Test
  void aCallOutOfOrderIsRefused() {
    var publishing = publishing(Transport.HTTP, valid());
    assertThatThrownBy(() -> publishing.admitted(1)).isInstanceOf(IllegalStateException.class);

    publishing.begin(TestApi.GOOD, PublishingTest::toVerify, TestApi.NOW);
    assertThatThrownBy(() -> publishing.handled(REFUSAL))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("STRIKING");

    publishing.refusedByFault(REFUSAL);
    assertThatThrownBy(() -> publishing.admitted(1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aRefusedRequestCannotContinue() {
    var publishing = publishing(Transport.HTTP, invalid());
    publishing.begin(TestApi.GOOD, PublishingTest::toVerify, TestApi.NOW);

    assertThatThrownBy(() -> publishing.admitted(1)).isInstanceOf(IllegalStateException.class);
  }

  private Publishing publishing(Transport via, ObjectNode request) {
    return new Publishing(new PublishRules(EventsLimits.AWS, new Ids(1)), () -> api, via, request);
  }

  private List<String> steps(Transport via, Credentials credentials, ObjectNode request) {
    var publishing = publishing(via, request);
    var taken = new ArrayList<String>();
    var open =
        new ArrayDeque<>(publishing.begin(credentials, PublishingTest::toVerify, TestApi.NOW));
    while (!open.isEmpty()) {
      PublishStep step = open.removeFirst();
      String name = step.getClass().getSimpleName();
      switch (step) {
        case PublishStep.Verify verify -> {
          taken.add(name);
          open.addAll(publishing.verified(verifies));
        }
        case PublishStep.StrikeFaults strike -> {
          taken.add(name);
          open.addAll(
              fault.isPresent()
                  ? publishing.refusedByFault(fault.get())
                  : publishing.admitted(times));
        }
        case PublishStep.TakeQuota take -> {
          taken.add(name);
          open.addAll(publishing.quotaTaken(quota));
        }
        case PublishStep.CallHandler call -> {
          taken.add(name + " " + call.who().mode());
          PublishDecision decision = call.publication();
          open.addAll(publishing.handled(handler.isPresent() ? handler.get() : decision));
        }
        case PublishStep.Broadcast broadcast -> taken.add(name + " " + broadcast.times());
        case PublishStep.Answer answer ->
            taken.add(
                name
                    + " "
                    + (answer.decision() instanceof Refusal refusal ? refusal.status() : 200));
      }
    }
    return taken;
  }

  private static AuthRequest toVerify() {
    return new AuthRequest(
        EventOperation.PUBLISH,
        TOKEN,
        AuthRequest.Caller.UNKNOWN,
        "/default/a",
        SignedBodies.CONNECT);
  }

  private static ObjectNode valid() {
    ObjectNode request = JsonNodeFactory.instance.objectNode().put("channel", "/default/a");
    request.putArray("events").add("1");
    return request;
  }

  private static ObjectNode invalid() {
    return JsonNodeFactory.instance.objectNode().put("channel", 1);
  }
}
