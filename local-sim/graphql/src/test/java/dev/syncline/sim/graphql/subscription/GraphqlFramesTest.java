// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.subscription;

import static dev.syncline.sim.graphql.subscription.Nodes.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Frames in the shape that clients of AppSync read. */
class GraphqlFramesTest {
  @Test
  void theAcknowledgementHasTheTimeoutInItsPayload() {
    assertThat(json(GraphqlFrames.connectionAck(Duration.ofMinutes(5))))
        .isEqualTo(json("{'type':'connection_ack','payload':{'connectionTimeoutMs':300000}}"));
  }

  @Test
  void aRefusedConnectionGetsItsErrorsInThePayload() {
    assertThat(
            json(
                GraphqlFrames.connectionError(
                    RealtimeError.coded(
                        "UnauthorizedException", "You are not authorized to make this call."))))
        .isEqualTo(
            json(
                "{'payload':{'errors':[{'errorType':'UnauthorizedException','message':"
                    + "'You are not authorized to make this call.','errorCode':400}]},"
                    + "'type':'connection_error'}"));
    assertThat(
            json(
                GraphqlFrames.connectionError(
                    RealtimeError.coded(null, "SubProtocolNotSupportedError"))))
        .isEqualTo(
            json(
                "{'payload':{'errors':[{'message':'SubProtocolNotSupportedError',"
                    + "'errorCode':400}]},'type':'connection_error'}"));
  }

  @Test
  void operationsAreNamedByTheirId() {
    assertThat(json(GraphqlFrames.startAck("a"))).isEqualTo(json("{'id':'a','type':'start_ack'}"));
    assertThat(json(GraphqlFrames.complete("a"))).isEqualTo(json("{'id':'a','type':'complete'}"));
    assertThat(
            json(
                GraphqlFrames.error(
                    "a",
                    List.of(RealtimeError.of(null, "first"), RealtimeError.of("T", "second")))))
        .isEqualTo(
            json(
                "{'id':'a','type':'error','payload':{'errors':"
                    + "[{'message':'first'},{'errorType':'T','message':'second'}]}}"));
  }

  @Test
  void tooManyStartsGetAnErrorWithoutAnIdWhoseErrorsAreAnObject() {
    assertThat(json(GraphqlFrames.rateExceeded()))
        .isEqualTo(
            json(
                "{'type':'error','payload':{'errors':{'errorType':'LimitExceededError',"
                    + "'message':'Rate limit exceeded'}}}"));
  }

  @Test
  void aDataFrameIsItsHeadAndItsBody() {
    var id = "a\"b\\";
    byte[] head = GraphqlFrames.dataHead(id);
    byte[] body = GraphqlFrames.dataBody(json("{'data':{'onX':{'n':'ä'}}}"));

    var frame =
        json(new String(head, StandardCharsets.UTF_8) + new String(body, StandardCharsets.UTF_8));
    assertThat(frame.path("id").asText()).isEqualTo(id);
    assertThat(frame.path("type").asText()).isEqualTo("data");
    assertThat(frame.path("payload")).isEqualTo(json("{'data':{'onX':{'n':'ä'}}}"));
  }
}
