// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.kernel.Fault;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Faults between bridge, backend and channel must not reach the client. */
@Timeout(180)
class FaultTest {
  @RegisterExtension static final SharedDeployment SHARED = SharedDeployment.stepFunctions();

  private final Deployed deployed = SHARED.get();

  @Test
  void aResultPublishedBeforeStartExecutionReturnsIsNotLost() throws Exception {
    deployed.planCallFault("answer", "StartExecution", 1, new Fault.Delay(Duration.ofSeconds(15)));

    Deployed.assertFullName(deployed.post(Deployed.person("Early", "Bird")), "Early Bird");
  }

  @Test
  void aSocketCutInPlaceOfTheDeliveryIsNotALostAnswer() throws Exception {
    deployed.simulator().faults().once("appsync.delivery", new Fault.Disconnect());

    Deployed.assertFullName(deployed.post(Deployed.person("Cut", "Off")), "Cut Off");
    Deployed.assertFullName(deployed.post(Deployed.person("And", "Again")), "And Again");
  }

  @Test
  void anEventDeliveredTwiceIsAnsweredOnce() throws Exception {
    deployed.simulator().faults().once("appsync.delivery", new Fault.Duplicate(2));

    Deployed.assertFullName(deployed.post(Deployed.person("Twice", "Told")), "Twice Told");
    Deployed.assertFullName(deployed.post(Deployed.person("Next", "One")), "Next One");
  }

  @Test
  void anEventThatNeverArrivesIsReconciledBeforeTheDeadline() throws Exception {
    deployed.simulator().faults().once("appsync.delivery", new Fault.Drop());

    Deployed.assertFullName(
        deployed.post(Deployed.person("Lost", "Event"), "Prefer", "wait=4"), "Lost Event");
  }

  @Test
  void aMalformedEventIsIgnored() throws Exception {
    deployed.simulator().faults().once("appsync.delivery", new Fault.Corrupt("{\"id\": nonsense"));

    Deployed.assertFullName(
        deployed.post(Deployed.person("Bad", "Frame"), "Prefer", "wait=4"), "Bad Frame");
  }

  @Test
  void aFailingWorkflowIsAProblemWithItsReason() throws Exception {
    HttpResponse<String> response = deployed.post("{\"name\":1,\"surname\":2}");

    assertThat(response.statusCode()).as(response.body()).isEqualTo(502);
    assertThat(Deployed.json(response).path("error").asText()).isEqualTo("InvalidEvent");
  }

  @Test
  void aStartThatIsThrottledOnceIsRetried() throws Exception {
    deployed.planCallFault(
        "call", "StartExecution", 1, new Fault.Refuse(400, "ThrottlingException", "Rate exceeded"));

    Deployed.assertFullName(deployed.post(Deployed.person("Slow", "Down")), "Slow Down");
  }

  @Test
  void workThatOutlastsTheDeadlineIsAcceptedAndCanBeReadLater() throws Exception {
    // Everything lost and slow: the event is dropped, and the state cannot be read either.
    deployed.simulator().faults().once("appsync.delivery", new Fault.Drop());
    deployed
        .simulator()
        .faults()
        .add(
            "call",
            call -> "DescribeExecution".equals(call.get("operation")),
            1,
            1_000,
            new Fault.Refuse(400, "ThrottlingException", "Rate exceeded"));

    HttpResponse<String> accepted =
        deployed.post(Deployed.person("Late", "Comer"), "Prefer", "wait=3");

    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    assertThat(accepted.headers().firstValue("Retry-After")).isPresent();
    String location = accepted.headers().firstValue("Location").orElseThrow();
    deployed.simulator().faults().clear();
    URI again = deployed.api("/event/" + location.substring(location.lastIndexOf('/') + 1));
    HttpResponse<String> answer = deployed.get(again);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("Late Comer");
  }
}
