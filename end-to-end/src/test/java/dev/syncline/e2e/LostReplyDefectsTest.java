// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.kernel.Fault;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The defects of {@link SampleDefectsTest} that concern lost replies. The bridge is a child process
 * and waits for its deadline in real time, so these tests run concurrently, each with its own
 * deployment.
 */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class LostReplyDefectsTest {

  /** No receive deadline: it hangs until the gateway gives up with 504. */
  @Test
  void defect03WithoutAnAnswerTheCallerIsTold202BeforeTheGatewayGivesUp() throws Exception {
    try (var deployed = start()) {
      deployed.simulator().faults().once("appsync.delivery", new Fault.Drop());
      deployed.planCallFault(
          "call",
          "DescribeExecution",
          100,
          new Fault.Refuse(400, "ThrottlingException", "Rate exceeded"));
      HttpResponse<String> response = deployed.post(Deployed.person("No", "Answer"));
      assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
      assertThat(response.headers().firstValue("Location")).isPresent();
    }
  }

  /** The socket leaks when the message never comes. */
  @Test
  void defect12AMessageThatNeverComesLeavesNoSocketBehind() throws Exception {
    try (var deployed = start()) {
      long before = openConnections(deployed);
      for (int i = 0; i < 3; i++) {
        deployed.simulator().faults().once("appsync.delivery", new Fault.Drop());
        Deployed.assertFullName(
            deployed.post(Deployed.person("Lost", "" + i), "Prefer", "wait=15"), "Lost " + i);
      }
      assertThat(openConnections(deployed)).isEqualTo(before);
    }
  }

  /** Callbacks are overwritten and raise, and one bad message ends the connection. */
  @Test
  void defect13AMessageThatCannotBeReadHarmsNothing() throws Exception {
    try (var deployed = start()) {
      long before = deployed.count("appsync.ConnectionClosed");
      deployed
          .simulator()
          .faults()
          .once("appsync.delivery", new Fault.Corrupt("{\"id\": nonsense"));
      Deployed.assertFullName(
          deployed.post(Deployed.person("Bad", "Frame"), "Prefer", "wait=15"), "Bad Frame");
      Deployed.assertFullName(deployed.post(Deployed.person("Next", "One")), "Next One");
      assertThat(deployed.count("appsync.ConnectionClosed")).isEqualTo(before);
    }
  }

  private static Deployed start() throws Exception {
    Deployed deployed = Deployed.start(Deployed.config(), Map.of("Backend", "stepfunctions"));
    // The gateway's 29 s include the start of the bridge, so it starts here.
    assertThat(deployed.answer(deployed.post(Deployed.person("Warm", "Up")))).contains("Warm Up");
    return deployed;
  }

  private static long openConnections(Deployed deployed) {
    return deployed.count("appsync.ConnectionOpened") - deployed.count("appsync.ConnectionClosed");
  }
}
