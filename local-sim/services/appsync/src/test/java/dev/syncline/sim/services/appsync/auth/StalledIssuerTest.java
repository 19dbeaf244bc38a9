// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.KeySourceException;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.testing.StalledHost;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An issuer outside that does not end its answer. The time-outs only end a test that hangs. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StalledIssuerTest {
  @Test
  void anIssuerThatStallsInItsBodyIsBrokenOff() throws Exception {
    try (var clock = new SimClock(new ClockMode.Real());
        var host =
            new StalledHost("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"jwks_uri\":", false)) {
      var keys = new IssuerKeys(new TokenIssuer(clock, new Ids(1)), Duration.ofMillis(300));

      assertThatThrownBy(() -> keys.ofIssuer(host.address() + "/issuer", clock.now()))
          .isInstanceOf(KeySourceException.class)
          .hasMessageContaining("Read timed out");
      assertThat(host.closedByCaller.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }
}
