// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.state.ServiceState;
import dev.syncline.sim.services.appsync.auth.FunctionCall;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An Error of the simulator below a call ends the call; no caller waits for its time-out. */
class FailingIntegrationTest extends GatewayFixture {
  @Override
  Gateway open(Path work) {
    return new Gateway(work, null, FailingInvoke::new);
  }

  /** Lambda, with an Invoke that throws an Error. */
  private record FailingInvoke(AwsService lambda) implements AwsService {
    @Override
    public String signingName() {
      return lambda.signingName();
    }

    @Override
    public String title() {
      return lambda.title();
    }

    @Override
    public Protocol protocol() {
      return lambda.protocol();
    }

    @Override
    public List<Operation> operations() {
      return lambda.operations().stream()
          .map(
              operation ->
                  operation.name().equals("Invoke")
                      ? new Operation(
                          "Invoke",
                          operation.http(),
                          operation.members(),
                          operation.rawBody(),
                          (input, context) -> {
                            throw new NoClassDefFoundError("half a jar");
                          })
                      : operation)
          .toList();
    }

    @Override
    public ServiceState state() {
      return lambda.state();
    }
  }

  @Test
  void theGatewayFailsAtOnce() {
    String api = eventApi("");
    Instant before = gateway.clock.now();

    assertThatThrownBy(() -> gateway.send(api, "POST", "/event", "{}"))
        .isInstanceOf(NoClassDefFoundError.class);

    assertThat(gateway.clock.now()).isBefore(before.plusSeconds(29));
  }

  @Test
  void theCallOfAnAppSyncFunctionFailsAtOnceWithTheReason() throws Exception {
    var calls =
        new FunctionCall(
            gateway.clock,
            gateway.ids,
            gateway.dispatcher,
            Gateway.ACCOUNT,
            Gateway.REGION,
            Duration.ofSeconds(30));

    FunctionCall.Answer answer =
        gateway.clock.call(
            () -> calls.call("f", JsonNodeFactory.instance.objectNode(), CallPrincipal.INTERNAL));

    assertThat(answer.error()).contains("the simulator failed to call it", "half a jar");
  }
}
