// SPDX-License-Identifier: Apache-2.0
package dev.syncline.work.aws;

import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Reads the texts of Secrets Manager secrets. Stateless and thread-safe. */
public final class SecretText {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(5);

  /** The limits of one attempt and of all attempts, including the response's body. */
  private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(6);

  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(15);

  private SecretText() {}

  /**
   * Fetches a secret's text once; blocks for at most 15 s.
   *
   * @param what the secret's content, for messages: "The API key"
   * @throws IllegalStateException naming the secret, if it cannot be read or has no text
   */
  public static String fetch(Map<String, String> environment, String secretId, String what) {
    try (SecretsManagerClient client = client(environment)) {
      return fetch(client, secretId, what);
    }
  }

  /** A client that holds no socket and no thread while it is unused, so it need not be closed. */
  public static SecretsManagerClient client(Map<String, String> environment) {
    return AwsEnvironment.of(environment)
        .configure(SecretsManagerClient.builder())
        .httpClientBuilder(
            Apache5HttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(SOCKET_TIMEOUT)
                .maxConnections(1)
                .connectionMaxIdleTime(Duration.ofSeconds(10))
                .useIdleConnectionReaper(false))
        .overrideConfiguration(
            override ->
                override.apiCallAttemptTimeout(ATTEMPT_TIMEOUT).apiCallTimeout(CALL_TIMEOUT))
        .build();
  }

  /**
   * Fetches a secret's text once with the given client.
   *
   * @param what the secret's content, for messages: "The API key"
   * @throws IllegalStateException naming the secret, if it cannot be read or has no text
   */
  public static String fetch(SecretsManagerClient client, String secretId, String what) {
    String text;
    try {
      text = client.getSecretValue(request -> request.secretId(secretId)).secretString();
    } catch (SdkException e) {
      throw new IllegalStateException(
          what + " cannot be read from the secret " + secretId + ": " + e.getMessage(), e);
    }
    if (text == null || text.isBlank()) {
      throw new IllegalStateException(
          "The secret " + secretId + " has no text; put " + what + " in its SecretString");
    }
    return text.strip();
  }
}
