// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.kernel.TimerKind;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.http.OutgoingRequest;
import dev.syncline.sim.service.settings.AllowedHost;
import dev.syncline.testing.StalledHost;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts outside that do not end their answer. The time-outs only end a test that hangs. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StalledHostTest {
  @AutoClose
  private final SimClock clock =
      new SimClock(
          new ClockMode.Skipping(), Instant.parse("2026-01-01T00:00:00Z"), Duration.ofMillis(20));

  /** A first call loads the client, which may take longer than the limit of a test. */
  @BeforeEach
  void callOnce() throws Exception {
    try (var host = new StalledHost("HTTP/1.1 204 No Content\r\n\r\n", false)) {
      assertThat(call(host, Duration.ofSeconds(50)).status()).isEqualTo(204);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
        ""
      })
  void aHostThatStallsIsBrokenOffAndLimitsAreSkippedAgain(String answer) throws Exception {
    try (var host = new StalledHost(answer + (answer.isEmpty() ? "\r" : ""), false)) {
      assertThatThrownBy(() -> call(host, Duration.ofSeconds(2)))
          .isInstanceOf(TaskFailedException.class)
          .hasMessageContaining("Read timed out");

      assertThat(host.closedByCaller.await(30, TimeUnit.SECONDS)).isTrue();
      assertThatLimitsAreSkipped();
    }
  }

  @Test
  void aHostThatAnswersWithoutEndIsBrokenOffAtTheLimitOfABody() throws Exception {
    try (var host = new StalledHost("HTTP/1.1 200 OK\r\n\r\nx", true)) {
      assertThatThrownBy(() -> call(host, Duration.ofSeconds(50)))
          .isInstanceOf(TaskFailedException.class)
          .hasMessageContaining("more than 10485760 bytes");

      assertThat(host.closedByCaller.await(30, TimeUnit.SECONDS)).isTrue();
      assertThatLimitsAreSkipped();
    }
  }

  @Test
  void anErrorInAHostThatIsServedHereFailsTheTaskAtOnce() {
    var hosts =
        new HttpHosts(
            clock,
            host -> true,
            request -> {
              throw new StackOverflowError("deep");
            },
            List.of());

    assertThatThrownBy(() -> clock.call(() -> hosts.send(outgoing("https://local.example/"))))
        .hasRootCauseInstanceOf(StackOverflowError.class);
    assertThat(clock.now()).isBefore(Instant.parse("2026-01-01T00:01:00Z"));
  }

  private HttpResponse call(StalledHost host, Duration limit) throws Exception {
    var hosts =
        new HttpHosts(
            clock,
            name -> false,
            request -> {
              throw new IllegalStateException("served elsewhere");
            },
            List.of(AllowedHost.parse("stall.example=" + host.address())),
            limit);
    return clock.call(() -> hosts.send(outgoing("https://stall.example/a")));
  }

  private static OutgoingRequest outgoing(String url) {
    return new OutgoingRequest("GET", URI.create(url), "", List.of(), new byte[0]);
  }

  private void assertThatLimitsAreSkipped() throws Exception {
    var skipped = new CompletableFuture<Boolean>();
    clock.schedule(TimerKind.LIMIT, Duration.ofHours(5), () -> skipped.complete(true));
    assertThat(skipped.get(30, TimeUnit.SECONDS)).isTrue();
  }
}
