// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where requests to an allowed host go. */
class AllowedHostTest {
  @ParameterizedTest
  @CsvSource({
    "localhost:3000, http://localhost:3000/a, http://localhost:3000",
    "localhost:3000, https://localhost:3000/a, https://localhost:3000",
    "api.example.com, https://api.example.com/a, https://api.example.com:443",
    "api.example.com=http://127.0.0.1:8080, https://api.example.com/a, http://127.0.0.1:8080",
  })
  void theSchemeIsThatOfTheUrlUnlessATargetIsGiven(String allowed, String url, String base) {
    AllowedHost host = AllowedHost.parse(allowed);

    assertThat(host.is(URI.create(url))).isTrue();
    assertThat(host.base(URI.create(url))).isEqualTo(base);
  }
}
