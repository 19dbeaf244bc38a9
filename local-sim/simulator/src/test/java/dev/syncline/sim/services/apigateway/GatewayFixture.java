// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.syncline.sim.service.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that may invoke one function, f, whose answer a test sets. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
abstract class GatewayFixture {
  @TempDir Path directory;
  Gateway gateway;

  /** The result of f. For {@code throw} it throws, for {@code hang} it does not return. */
  volatile String answer = "{\"statusCode\":200,\"body\":\"ok\"}";

  /** The last event that f received. */
  volatile JsonNode event = MissingNode.getInstance();

  final AtomicInteger invocations = new AtomicInteger();

  @BeforeEach
  final void startGateway() {
    gateway = open(directory);
    gateway.function(
        "f",
        (in, out, context) -> {
          invocations.incrementAndGet();
          event = Gateway.JSON.readTree(in);
          String text = answer;
          if (text.equals("throw")) {
            throw new IllegalStateException("no");
          }
          if (text.equals("hang")) {
            hang();
          }
          out.write(text.getBytes(StandardCharsets.UTF_8));
        });
    if (permitted()) {
      gateway.permit("f");
    }
  }

  @AfterEach
  final void stopGateway() {
    gateway.close();
  }

  Gateway open(Path work) {
    return new Gateway(work);
  }

  /** Whether the gateway may invoke f from the start. */
  boolean permitted() {
    return true;
  }

  /** An API with POST /event, which invokes f; deployed. The result is its id. */
  final String eventApi(String apiMembers) {
    String api = gateway.api(apiMembers);
    gateway.invoking(api, gateway.resource(api, "event"), "POST", "");
    gateway.deploy(api);
    return api;
  }

  /** The gateway answers in its own words. */
  static void assertErrorResponse(
      HttpResponse response, int status, String message, String errorType) {
    assertThat(response.status()).isEqualTo(status);
    assertThat(Gateway.text(response)).isEqualTo("{\"message\":\"" + message + "\"}");
    assertThat(response.headers().first("x-amzn-ErrorType")).contains(errorType);
  }

  private static void hang() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException killed) {
      throw new IllegalStateException(killed);
    }
  }
}
