// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.events.AuthRequest;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallersTest {
  @Test
  void aConnectionsCallerShowsWhatTheUpgradeShowed() {
    HttpRequest upgrade =
        upgrade(
            Headers.of(
                "Host",
                "localhost:4566",
                "X-Empty",
                "",
                "X-Two",
                "1",
                "Cookie",
                "ä=ö",
                "x-two",
                "2, 3",
                "Last",
                ""));

    AuthRequest.Caller kept = Callers.ofConnection(upgrade);

    assertThat(kept.sourceIp()).isEqualTo("10.0.0.7");
    assertThat(kept.path()).isEqualTo("/event/realtime");
    assertThat(kept.headers())
        .isEqualTo(Callers.of(upgrade).headers())
        .isEqualTo(
            Map.of(
                "host",
                "localhost:4566",
                "x-empty",
                "",
                "x-two",
                "1,2, 3",
                "cookie",
                "ä=ö",
                "last",
                ""));
    assertThat(kept.repeated())
        .isEqualTo(Callers.of(upgrade).repeated())
        .isEqualTo(Map.of("x-two", List.of("1", "2, 3")));
  }

  @Test
  void aConnectionWithoutHeadersHasNone() {
    AuthRequest.Caller kept = Callers.ofConnection(upgrade(Headers.EMPTY));

    assertThat(kept.headers()).isEmpty();
    assertThat(kept.repeated()).isEmpty();
  }

  private static HttpRequest upgrade(Headers headers) {
    return new HttpRequest("GET", "/event/realtime", "", headers, new byte[0], "10.0.0.7", false);
  }
}
