// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalUrlsTest {
  private final LocalUrls urls = new LocalUrls(URI.create("http://127.0.0.1:4566"));

  @ParameterizedTest
  @CsvSource({
    "https://a1b2.execute-api.us-east-1.amazonaws.com/dev,"
        + "http://127.0.0.1:4566/restapis/a1b2/dev/_user_request_",
    "https://a1b2.execute-api.eu-west-1.amazonaws.com/dev/event?x=1,"
        + "http://127.0.0.1:4566/restapis/a1b2/dev/_user_request_/event?x=1",
    "https://x9.appsync-api.us-east-1.amazonaws.com/event,"
        + "http://127.0.0.1:4566/_aws/appsync-api/x9/event",
    "x9.appsync-api.us-east-1.amazonaws.com,http://127.0.0.1:4566/_aws/appsync-api/x9/event",
    "wss://x9.appsync-realtime-api.us-east-1.amazonaws.com/event/realtime,"
        + "ws://127.0.0.1:4566/_aws/appsync-api/x9/event/realtime",
    "x9.appsync-realtime-api.us-east-1.amazonaws.com,"
        + "ws://127.0.0.1:4566/_aws/appsync-api/x9/event/realtime",
  })
  void aHostOfAwsThatIsServedHereBecomesALocalUrl(String value, String local) {
    assertThat(urls.of(value)).contains(local);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "arn:aws:sqs:us-east-1:111111111111:q",
        "http://127.0.0.1:4566/111111111111/q",
        "https://example.com/execute-api",
        "https://a1b2.execute-api.us-east-1.amazonaws.com.evil.example/dev"
      })
  void anythingElseIsLeftAsItIs(String value) {
    assertThat(urls.of(value)).isEmpty();
  }
}
