// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.bridge.backend.FindResult;
import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.bridge.correlate.WorkOutcome;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GetEventTest {

  private static final String ID = CorrelationId.random(new Random(17)).value();

  private final BridgeFixture rig = new BridgeFixture();

  private String acceptedAtDeadline() {
    BridgeFixture.Held held = rig.waiting("1");
    rig.time.advance(28_000);
    assertThat(held.now().status()).isEqualTo(202);
    rig.backend.asked.clear();
    return rig.backend.last().id().value();
  }

  @Test
  void runningWorkIsAcceptedStill() {
    BridgeFixture.Answer answer = rig.get(ID);
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.text()).isEqualTo("{\"id\":\"" + ID + "\",\"status\":\"PROCESSING\"}");
    assertThat(answer.header("Location")).isEqualTo("/dev/event/" + ID);
    assertThat(answer.header("Retry-After")).isNotNull();
  }

  @Test
  void finishedWorkIsTheResult() {
    rig.backend.onFind =
        id -> new FindResult.Finished(new WorkOutcome.Completed("{\"fullName\":\"Ada\"}"));
    BridgeFixture.Answer answer = rig.get(ID);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("{\"id\":\"" + ID + "\",\"fullName\":\"Ada\"}");
  }

  @Test
  void failedWorkIsTheSameProblemAsForPost() {
    rig.backend.onFind = id -> new FindResult.Finished(new WorkOutcome.Failed("Boom", "it broke"));
    BridgeFixture.Answer answer = rig.get(ID);
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.body().path("error").asText()).isEqualTo("Boom");
    assertThat(answer.body().path("cause").asText()).isEqualTo("it broke");
  }

  @Test
  void aLateAnswerIsKeptAndNeedsNoBackend() {
    String id = acceptedAtDeadline();
    rig.events.last().event(BridgeFixture.completed(id, "{\"late\":true}"));
    assertThat(rig.get(id).text()).isEqualTo("{\"id\":\"" + id + "\",\"late\":true}");
    assertThat(rig.backend.asked).isEmpty();
  }

  @Test
  void workStartedHereIsKnownToABackendThatKeepsNoState() {
    rig.backend.onFind = id -> new FindResult.Untracked();
    assertThat(rig.get(acceptedAtDeadline()).status()).isEqualTo(202);
    BridgeFixture.Answer unknown = rig.get(ID);
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.body().path("detail").asText()).contains("keeps no state");
  }

  @Test
  void unknownWorkIsNotFound() {
    rig.backend.onFind = id -> new FindResult.NotFound();
    BridgeFixture.Answer answer = rig.get(ID);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void aBackendThatDoesNotAnswerIsSaidToBeUnavailable() {
    rig.backend.onFind = id -> new FindResult.Unavailable("arn:secret timed out");
    BridgeFixture.Answer answer = rig.get(ID);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.text()).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "exec-",
        "exec-0123456789ABCDEF0123456789ABCDEF",
        "exec-0123456789abcdef0123456789abcde",
        "exec-0123456789abcdef0123456789abcdef0",
        "exec-0123456789abcdef0123456789abcde*",
        "exec-0123456789abcdef0123456789abcd:x",
        "exec-%30123456789abcdef0123456789abcd",
        "*",
        "..",
        "$(id)"
      })
  void aForgedIdNeverReachesTheBackend(String forged) {
    assertThat(rig.get(forged).status()).isEqualTo(404);
    assertThat(rig.backend.asked).isEmpty();
  }
}
