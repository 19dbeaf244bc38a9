// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.worker.testing.Jobs;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that the HTTP worker refuses: foreign pages, wrong tokens and impossible ids. */
class HttpWorkerAccessTest extends HttpWorkerFixture {
  @ParameterizedTest
  @CsvSource({
    "Origin, https://evil.example",
    "Origin, 'null'",
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-origin",
  })
  void aWebPageCanNeitherPostJobsNorReadThem(String header, String value) throws Exception {
    var ran = new AtomicInteger();
    start(
        (id, event) -> {
          ran.incrementAndGet();
          return "{}";
        },
        4,
        null);

    for (HttpRequest.Builder request :
        List.of(
            HttpRequest.newBuilder(uri(""))
                .POST(HttpRequest.BodyPublishers.ofString(Jobs.job("exec-1"))),
            HttpRequest.newBuilder(uri("/exec-1")))) {
      HttpResponse<String> refused =
          CLIENT.send(
              request.header(header, value).header("Content-Type", "text/plain").build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("Requests from web pages are refused");
    }
    assertThat(get("exec-1").statusCode()).isEqualTo(404);
    assertThat(ran).hasValue(0);
  }

  /** Such an id would become part of the URL of the outcome. */
  @Test
  void anIdThatNoJobCanHaveIsNotLookedUp() throws Exception {
    List<String> asked = new CopyOnWriteArrayList<>();
    worker =
        new HttpWorker(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            null,
            null,
            job -> null,
            id -> {
              asked.add(id);
              return null;
            },
            1,
            100,
            sleeper,
            jobs.log);
    worker.start();
    for (String id :
        List.of("x%3Flist-type=2%26prefix=", "..%2F..%2Fother%2Fk", "a%20b", "%2e%2e", "a%00")) {
      assertThat(get(id).statusCode()).as(id).isEqualTo(404);
    }
    assertThat(asked).isEmpty();
    assertThat(get("exec-1").statusCode()).isEqualTo(404);
    assertThat(asked).containsExactly("exec-1");
  }

  @Test
  void requestsWithoutTheTokenAreRefused() throws Exception {
    token = new BearerToken("0123456789abcdef");
    start((id, event) -> "{}", 4, null);

    HttpResponse<String> refused = post(Jobs.job("exec-1"));
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    assertThat(get("exec-1").statusCode()).isEqualTo(401);
    for (String wrong :
        List.of(
            "Bearer 0123456789abcdeF",
            "Bearer 0123456789abcdef0",
            "Bearer",
            "Basic 0123456789abcdef")) {
      assertThat(postAs(wrong).statusCode()).as(wrong).isEqualTo(401);
    }
    assertThat(postAs("Bearer 0123456789abcdef").statusCode()).isIn(200, 202);
    assertThat(postAs("bearer 0123456789abcdef").statusCode()).isIn(200, 202);
  }

  private HttpResponse<String> postAs(String authorization) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(uri(""))
            .header("Authorization", authorization)
            .POST(HttpRequest.BodyPublishers.ofString(Jobs.job("exec-1")))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aTokenThatCouldBeGuessedIsRefusedWithoutShowingIt() {
    assertThatThrownBy(() -> new BearerToken("short"))
        .hasMessageContaining("at least 16")
        .hasMessageNotContaining("short,")
        .hasMessageNotContaining("\"short\"");
    assertThat(new BearerToken("0123456789abcdef")).hasToString("BearerToken");
  }
}
