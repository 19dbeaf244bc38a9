// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.service.http.Loopback;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {
  @ParameterizedTest
  @CsvSource({
    "http://localhost:5173, http://localhost:5173",
    "HTTP://LocalHost:80, http://localhost",
    "https://app.example, https://app.example",
    "https://app.example:443, https://app.example",
    "https://app.example:80, https://app.example:80",
    "http://[::1]:8080, http://[::1]:8080",
    "vscode-webview://0a1b, vscode-webview://0a1b",
  })
  void anOriginIsReadAsABrowserWritesIt(String text, String written) {
    assertThat(Origin.parse(text)).hasToString(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "localhost",
        "localhost:5173",
        "//localhost",
        "http://",
        "http://localhost/",
        "http://localhost:5173/app",
        "http://localhost?x",
        "http://user@localhost",
        "http://localhost:0",
        "http://localhost:65536",
        "http://a b",
        "*",
        "http://*.example",
      })
  void invalidOriginsAreRefusedAndNamed(String text) {
    assertThatThrownBy(() -> Origin.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, true",
    "a.b.localhost, true",
    "127.0.0.1, true",
    "127.255.255.254, true",
    "[::1], true",
    "[0:0:0:0:0:0:0:1], true",
    "[::ffff:127.0.0.1], true",
    "localhost.example, false",
    "xlocalhost, false",
    "127.example, false",
    "127.0.0.1.example, false",
    "127.0.0.256, false",
    "0127.0.0.1, false",
    "128.0.0.1, false",
    "0.0.0.0, false",
    "[::], false",
    "[::1, false",
    "[1.2], false",
    "'', false",
  })
  void namesOfThisMachineAreToldFromOthers(String name, boolean own) {
    assertThat(Loopback.isName(name)).isEqualTo(own);
  }
}
