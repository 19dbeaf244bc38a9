// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.state.ServiceState;
import dev.syncline.sim.services.appsync.auth.FunctionCall;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An Error of the simulator below a call ends the call; no caller waits for its time-out. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FailingIntegrationTest {
  @TempDir Path directory;
  private Gateway gateway;

  @BeforeEach
  void start() {
    gateway = new Gateway(directory, null, FailingInvoke::new);
    gateway.function(
        "f",
        (in, out, context) -> out.write("{\"statusCode\":200}".getBytes(StandardCharsets.UTF_8)));
    gateway.permit("f");
  }

  @AfterEach
  void stop() {
    gateway.close();
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
    String api = gateway.api("");
    String id = gateway.resource(api, "event");
    gateway.method(api, id, "POST", "");
    gateway.proxy(api, id, "POST", "f", "");
    gateway.deploy(api);
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
        gateway.clock.call(() -> calls.call("f", JsonNodeFactory.instance.objectNode()));

    assertThat(answer.error()).contains("the simulator failed to call it", "half a jar");
  }
}
