// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.syncline.publisher.ApiKeySource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiKeysTest {
  private static final String SECRET = "arn:aws:secretsmanager:eu-west-1:000000000000:secret:key-a";

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Queue<String> answers = new ConcurrentLinkedQueue<>();
  private HttpServer secretsManager;

  @BeforeEach
  void start() throws IOException {
    secretsManager =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    secretsManager.createContext("/", this::answer);
    secretsManager.start();
  }

  @AfterEach
  void stop() {
    secretsManager.stop(0);
  }

  @Test
  void aLiteralKeyIsUsedAsItIs() {
    ApiKeySource source = ApiKeys.fromEnvironment(Map.of("APPSYNC_API_KEY", " da2-a "));

    assertThat(source.current()).isEqualTo("da2-a");
    assertThat(source.after("da2-a")).isEqualTo("da2-a");
  }

  @Test
  void aSecretIsFetchedWhenFirstNeededAndAgainAfterARefusal() {
    secrets("da2-a\n", "da2-b");
    ApiKeySource source = ApiKeys.fromEnvironment(environment());
    assertThat(requests).isEmpty();

    assertThat(source.current()).isEqualTo("da2-a");
    assertThat(source.current()).isEqualTo("da2-a");
    assertThat(source.after("da2-a")).isEqualTo("da2-b");
    assertThat(source.current()).isEqualTo("da2-b");
    assertThat(requests)
        .hasSize(2)
        .allSatisfy(
            r -> assertThat(r).startsWith("secretsmanager.GetSecretValue ").contains(SECRET));
  }

  @Test
  void aSecretThatCannotBeReadIsNamed() {
    answers.add("400 {\"__type\":\"ResourceNotFoundException\",\"message\":\"no such secret\"}");
    ApiKeySource source = ApiKeys.fromEnvironment(environment());

    assertThatThrownBy(source::current)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(SECRET)
        .hasMessageContaining("no such secret");

    secrets("da2-a");
    assertThat(source.current()).isEqualTo("da2-a");
  }

  @Test
  void anEmptySecretIsNamed() {
    secrets(" ");
    ApiKeySource source = ApiKeys.fromEnvironment(environment());

    assertThatThrownBy(source::current)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(SECRET)
        .hasMessageContaining("SecretString");
  }

  @Test
  void noneOrTwoSourcesAreRefusedByName() {
    assertThatThrownBy(() -> ApiKeys.fromEnvironment(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("APPSYNC_API_KEY_SECRET_ARN and APPSYNC_API_KEY are not set");
    assertThatThrownBy(
            () ->
                ApiKeys.fromEnvironment(
                    Map.of("APPSYNC_API_KEY", "a", "APPSYNC_API_KEY_SECRET_ARN", "b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Both APPSYNC_API_KEY_SECRET_ARN and APPSYNC_API_KEY are set");
  }

  private Map<String, String> environment() {
    return Map.of(
        "APPSYNC_API_KEY_SECRET_ARN", SECRET,
        "AWS_REGION", "eu-west-1",
        "AWS_ENDPOINT_URL", "http://127.0.0.1:" + secretsManager.getAddress().getPort(),
        "AWS_ACCESS_KEY_ID", "AKIAEXAMPLE",
        "AWS_SECRET_ACCESS_KEY", "hush");
  }

  private void secrets(String... texts) {
    Arrays.stream(texts)
        .map(text -> "200 {\"SecretString\":\"" + text.replace("\n", "\\n") + "\"}")
        .forEach(answers::add);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(exchange.getRequestHeaders().getFirst("X-Amz-Target") + " " + body);
    String answer = answers.remove();
    byte[] json = answer.substring(4).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), json.length);
    exchange.getResponseBody().write(json);
    exchange.close();
  }
}
