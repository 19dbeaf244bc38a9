// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AuthorizationTest {
  private static final String HOST = "example.appsync-api.eu-west-1.amazonaws.com";
  private static final byte[] BODY = {};

  @Test
  void anApiKeyTravelsInItsHeader() {
    Credential credential = Authorization.apiKey("da2-secret").credential();

    assertThat(credential.publishHeaders(HOST, BODY))
        .containsExactly(entry("x-api-key", "da2-secret"));
  }

  @Test
  void theRealtimeCredentialsNameTheHttpHostFirst() {
    Credential credential = Authorization.apiKey("da2-secret").credential();

    assertThat(credential.connect(HOST))
        .containsExactly(entry("host", HOST), entry("x-api-key", "da2-secret"));
    assertThat(credential.subscribeJson(HOST, Channel.of("/ns/a")))
        .isEqualTo("{\"host\":\"" + HOST + "\",\"x-api-key\":\"da2-secret\"}");
  }

  @Test
  void theSubprotocolIsBase64UrlWithoutPadding() {
    for (String key : List.of("da2-a", "da2-ab", "da2-abc")) {
      Credential credential = Authorization.apiKey(key).credential();
      String subprotocol = credential.connectSubprotocol(HOST);

      assertThat(subprotocol).startsWith("header-").doesNotContain("=", "+", "/");
      byte[] decoded = Base64.getUrlDecoder().decode(subprotocol.substring("header-".length()));
      assertThat(new String(decoded, StandardCharsets.UTF_8))
          .isEqualTo(credential.subscribeJson(HOST, Channel.of("/ns/a")));
    }
  }

  @Test
  void theSecretIsNeverShown() {
    ApiKeySource source = ApiKeySource.fixed("da2-secret");
    Authorization authorization = Authorization.apiKey(source);
    Credential credential = authorization.credential();
    PublisherConfig config = PublisherConfig.of(EventsEndpoint.of(HOST), authorization);

    for (Object holder : List.of(source, authorization, credential, config)) {
      assertThat(holder.toString()).doesNotContain("secret");
    }
  }

  @Test
  void aKeyThatCannotStandInAHeaderIsRefusedWithoutShowingIt() {
    assertThatThrownBy(() -> Authorization.apiKey("da2-secret\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("U+000A at position 10")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> Authorization.apiKey("")).hasMessage("The API key is empty");
  }

  @Test
  void aFixedKeyHasNoReplacement() {
    Authorization authorization = Authorization.apiKey("da2-secret");

    assertThat(authorization.replacementFor(authorization.credential())).isEmpty();
  }

  @Test
  void aSuppliedKeyIsFetchedOnceAndAgainAfterARefusal() {
    List<String> fetched = new ArrayList<>();
    Authorization authorization =
        Authorization.apiKey(
            ApiKeySource.cached(
                () -> {
                  fetched.add("key-" + (fetched.size() + 1));
                  return fetched.get(fetched.size() - 1);
                }));

    Credential first = authorization.credential();
    assertThat(authorization.credential().publishHeaders(HOST, BODY))
        .isEqualTo(first.publishHeaders(HOST, BODY));
    assertThat(fetched).containsExactly("key-1");

    Credential second = authorization.replacementFor(first).orElseThrow();
    assertThat(second.publishHeaders(HOST, BODY)).containsEntry("x-api-key", "key-2");
    assertThat(authorization.credential().publishHeaders(HOST, BODY))
        .containsEntry("x-api-key", "key-2");

    // A late refusal of the first key, when the second is already cached.
    assertThat(authorization.replacementFor(first).orElseThrow().publishHeaders(HOST, BODY))
        .containsEntry("x-api-key", "key-2");
    assertThat(fetched).containsExactly("key-1", "key-2");
  }

  @Test
  void manyThreadsRefusedAtOnceFetchOneNewKey() throws Exception {
    AtomicInteger fetches = new AtomicInteger();
    Authorization authorization =
        Authorization.apiKey(ApiKeySource.cached(() -> "key-" + fetches.incrementAndGet()));
    Credential refused = authorization.credential();
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        answers.add(
            threads.submit(
                () -> {
                  start.await();
                  return authorization
                      .replacementFor(refused)
                      .orElseThrow()
                      .connect(HOST)
                      .getOrDefault("x-api-key", "");
                }));
      }
      start.countDown();
      for (Future<String> answer : answers) {
        assertThat(answer.get()).isEqualTo("key-2");
      }
    }
    assertThat(fetches).hasValue(2);
  }
}
