// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.simulator.Simulator;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SynclineExtensionTest {
  @RegisterExtension
  static final SynclineExtension AWS =
      SynclineExtension.builder().clock(new ClockMode.Manual()).seed(7).build();

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
    Instant before = simulator.clock().now();
    simulator.clock().advance(Duration.ofDays(1));
    assertThat(simulator.clock().now()).isEqualTo(before.plus(Duration.ofDays(1)));
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
