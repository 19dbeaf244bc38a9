// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.bridge.BridgeConfig.ReplyMode;
import dev.syncline.bridge.http.ResponseFormat;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The bridge as a replacement of the function of {@code
 * aws-samples/AppSync_Sync_Async_Integration}.
 */
class SampleDropInTest {

  private static final Map<String, String> SAMPLE =
      Map.of(
          "API_HOST", "abc.appsync-api.us-east-1.amazonaws.com",
          "API_URL", "wss://abc.appsync-realtime-api.us-east-1.amazonaws.com/event/realtime",
          "API_KEY", "AppSyncEventAPIKEY",
          "STATE_MACHINE_ARN", "arn:aws:states:us-east-1:000000000000:stateMachine:async");

  @Test
  void itsVariablesAreUnderstoodAndItsWaysAreTheDefault() {
    Map<String, String> own = SampleEnvironment.translate(SAMPLE);
    assertThat(own).containsEntry("APPSYNC_API_KEY_SECRET_ARN", "AppSyncEventAPIKEY");
    BridgeConfig config = BridgeConfig.fromEnvironment(own);
    BridgeConfig.Replies replies = config.replies().orElseThrow();
    assertThat(replies.endpoint().httpHost()).isEqualTo("abc.appsync-api.us-east-1.amazonaws.com");
    assertThat(replies.endpoint().realtimeUri())
        .hasToString("wss://abc.appsync-realtime-api.us-east-1.amazonaws.com/event/realtime");
    assertThat(replies.namespace()).isEqualTo("AsyncEvents");
    assertThat(replies.mode()).isEqualTo(ReplyMode.PER_REQUEST);
    assertThat(config.format()).isEqualTo(ResponseFormat.SEED);
    assertThat(config.backend().name()).isEqualTo("stepfunctions");
  }

  @Test
  void itsEventBecomesItsAnswer() {
    Map<String, String> environment = new HashMap<>(Map.of("REPLY_MODE", "per-request"));
    environment.put("RESPONSE_DIALECT", "seed");
    BridgeFixture rig = new BridgeFixture(environment);
    BridgeFixture.Held held = rig.waiting("{\"nome\":\"Ricardo\",\"sobrenome\":\"Marques\"}");
    String id = rig.backend.last().id().value();
    // The sample's workflow formats the channel from the id, and reads the body as a text.
    assertThat(rig.backend.last().toJson())
        .contains("\"id\":\"" + id + "\"")
        .contains("\"event\":\"{\\\"nome\\\":\\\"Ricardo\\\",\\\"sobrenome\\\":\\\"Marques\\\"}\"");
    assertThat(rig.events.last().subscription().path("channel").asText()).endsWith("/" + id);
    rig.events.last().event("{\"nome_completo\":\"Ricardo Marques\"}");
    assertThat(held.now().text())
        .isEqualTo("{\"id\":\"" + id + "\",\"nome completo\":\"Ricardo Marques\"}");
  }

  @Test
  void otherEnvironmentsAreLeftAlone() {
    assertThat(SampleEnvironment.translate(BridgeFixture.ENVIRONMENT))
        .isSameAs(BridgeFixture.ENVIRONMENT);
  }

  @Test
  void twoNamesForOneThingAreRefused() {
    Map<String, String> both = new HashMap<>(SAMPLE);
    both.put("APPSYNC_HTTP_HOST", "x.example.com");
    assertThatThrownBy(() -> SampleEnvironment.translate(both))
        .hasMessage("API_HOST and APPSYNC_HTTP_HOST are both set; remove one of them");
  }
}
