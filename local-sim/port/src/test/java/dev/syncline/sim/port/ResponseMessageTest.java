// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that a function or a template made, and that no client could read. */
class ResponseMessageTest {
  private static FullHttpResponse message(int status, String... headers) {
    return ResponseMessage.of(
        new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"),
        new HttpResponse(status, Headers.of(headers), new byte[0]),
        Instant.EPOCH);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 101, 103, 199})
  void anInterimStatusIsRefusedBecauseAClientWouldWaitForTheNextAnswer(int status) {
    assertThatThrownBy(() -> message(status))
        .isInstanceOf(ResponseMessage.Unsendable.class)
        .hasMessage("the answer has the status " + status + ", which is interim");
  }

  @Test
  void headersHaveABound() {
    String most = "v".repeat(ResponseMessage.MAX_HEADER_BYTES - 1);

    assertThat(message(200, "x", most).headers().get("x")).isEqualTo(most);
    assertThatThrownBy(() -> message(200, "x", most, "y", ""))
        .isInstanceOf(ResponseMessage.Unsendable.class)
        .hasMessage("the answer has more than 65536 bytes of headers");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "a\u0000"})
  void aValueThatWouldBeAnotherHeaderIsRefused(String value) {
    assertThatThrownBy(() -> message(200, "x", value))
        .isInstanceOf(ResponseMessage.Unsendable.class)
        .hasMessage("the answer has a header that HTTP cannot carry");
  }
}
