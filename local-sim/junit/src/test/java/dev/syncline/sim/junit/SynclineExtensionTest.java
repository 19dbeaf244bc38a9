// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.port.Origin;
import dev.syncline.sim.service.settings.AllowedHost;
import dev.syncline.sim.service.settings.EventSettings;
import dev.syncline.sim.service.settings.TaskSettings;
import dev.syncline.sim.service.settings.Tolerance;
import dev.syncline.sim.service.settings.ToleranceSettings;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

class SynclineExtensionTest {
  @RegisterExtension
  static final SynclineExtension AWS =
      SynclineExtension.builder()
          .clock(new ClockMode.Manual())
          .startingAt(Instant.parse("2024-11-15T09:30:00Z"))
          .tolerate(Tolerance.KEY_EXPIRY)
          .seed(7)
          .build();

  /** The extension compares contexts and calls none of their methods. */
  private static final ExtensionContext CONTEXT =
      (ExtensionContext)
          Proxy.newProxyInstance(
              SynclineExtensionTest.class.getClassLoader(),
              new Class<?>[] {ExtensionContext.class},
              (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
              });

  @Test
  void theParameterIsTheSimulatorOfTheClass(Simulator simulator) throws Exception {
    assertThat(simulator).isSameAs(AWS.simulator());
    try (var connection = new Socket("127.0.0.1", simulator.port())) {
      assertThat(connection.isConnected()).isTrue();
    }
  }

  @Test
  void theOptionsArriveThere(Simulator simulator) {
    assertThat(simulator.config().run().seed()).isEqualTo(7);
    assertThat(
            simulator
                .config()
                .settings()
                .get(ToleranceSettings.class, ToleranceSettings.NONE)
                .tolerated())
        .containsExactly(Tolerance.KEY_EXPIRY);
    Instant before = simulator.clock().now();
    assertThat(before.toString()).startsWith("2024-11-1");
    simulator.clock().advance(Duration.ofDays(1));
    assertThat(simulator.clock().now()).isEqualTo(before.plus(Duration.ofDays(1)));
  }

  @Test
  void repeatedOptionsAddUp() throws Exception {
    var extension =
        SynclineExtension.builder()
            .allowHost("api.example.com")
            .allowHost("other.example.com:8443")
            .allowOrigin("http://localhost:5173")
            .eventsLimit("apis", "3")
            .eventsLimit("keys-per-api", "2")
            .build();
    extension.beforeAll(CONTEXT);
    try {
      SimulatorConfig config = extension.simulator().config();
      assertThat(config.settings().get(TaskSettings.class, TaskSettings.DEFAULT).allowedHosts())
          .extracting(AllowedHost::host)
          .containsExactly("api.example.com", "other.example.com");
      assertThat(config.port().allowedOrigins())
          .containsExactly(Origin.parse("http://localhost:5173"));
      assertThat(config.settings().get(EventSettings.class, EventSettings.DEFAULT).limits())
          .containsEntry("apis", "3")
          .containsEntry("keys-per-api", "2");
    } finally {
      extension.afterAll(CONTEXT);
    }
  }

  @Test
  void anUnknownLimitIsRefusedAtTheStartWithTheKnownOnes() {
    var extension = SynclineExtension.builder().eventsLimit("apis-in-all", "3").build();
    assertThatThrownBy(() -> extension.beforeAll(CONTEXT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'apis-in-all'")
        .hasMessageContaining("keys-per-api");
  }

  @Test
  void anExtensionThatIsNotRegisteredSaysSo() {
    assertThatThrownBy(() -> SynclineExtension.builder().build().simulator())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("@RegisterExtension");
  }

  @Test
  void noEnvironmentsAreRefused() {
    assertThatThrownBy(
            () ->
                SynclineExtension.builder()
                    .executor(AWS.simulator().config().functions().executor(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1");
  }

  @Nested
  class Inside {
    @Test
    void aNestedClassSharesIt(Simulator simulator) {
      assertThat(simulator).isSameAs(AWS.simulator());
    }
  }
}
