// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher.aws;

import dev.syncline.publisher.ApiKeySource;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Where a program's AppSync API key comes from, by the variables that the templates set. */
public final class ApiKeys {
  /** The variable that holds the ARN or name of the secret whose text is the key. */
  public static final String SECRET_VARIABLE = "APPSYNC_API_KEY_SECRET_ARN";

  /** The variable that holds the key itself; for tests and trials. */
  public static final String LITERAL_VARIABLE = "APPSYNC_API_KEY";

  private ApiKeys() {}

  /**
   * Reads {@code APPSYNC_API_KEY} or {@code APPSYNC_API_KEY_SECRET_ARN}. Does no I/O: a secret is
   * fetched when the key is first needed, and again after the service has refused it.
   *
   * @throws IllegalArgumentException naming the variables if neither or both are set
   */
  public static ApiKeySource fromEnvironment(Map<String, String> environment) {
    String literal = environment.getOrDefault(LITERAL_VARIABLE, "").strip();
    String secret = environment.getOrDefault(SECRET_VARIABLE, "").strip();
    if (literal.isEmpty() == secret.isEmpty()) {
      throw new IllegalArgumentException(
          literal.isEmpty()
              ? "Neither "
                  + SECRET_VARIABLE
                  + " nor "
                  + LITERAL_VARIABLE
                  + " is set; set the first to the ARN of the Secrets Manager secret that holds the"
                  + " Event API's key"
              : "Both " + SECRET_VARIABLE + " and " + LITERAL_VARIABLE + " are set; remove one");
    }
    if (!literal.isEmpty()) {
      return ApiKeySource.fixed(literal);
    }
    return inSecretsManager(client(AwsEnvironment.of(environment)), secret);
  }

  /**
   * A key kept as the text of a Secrets Manager secret, through a client of the caller's, who also
   * closes it.
   */
  public static ApiKeySource inSecretsManager(SecretsManagerClient client, String secretId) {
    return ApiKeySource.cached(() -> fetch(client, secretId));
  }

  /**
   * Made at once, though used later: the SDK's own start-up, most of a first fetch, then falls into
   * a function's initialisation. Holds no socket or thread while unused, so nobody has to close it.
   */
  private static SecretsManagerClient client(AwsEnvironment aws) {
    return aws.configure(SecretsManagerClient.builder())
        .httpClientBuilder(
            Apache5HttpClient.builder()
                .connectionTimeout(Duration.ofSeconds(2))
                .socketTimeout(Duration.ofSeconds(5))
                .maxConnections(1)
                .connectionMaxIdleTime(Duration.ofSeconds(10))
                .useIdleConnectionReaper(false))
        .build();
  }

  private static String fetch(SecretsManagerClient client, String secretId) {
    String text;
    try {
      text = client.getSecretValue(request -> request.secretId(secretId)).secretString();
    } catch (SdkException e) {
      throw new IllegalStateException(
          "The API key cannot be read from the secret " + secretId + ": " + e.getMessage(), e);
    }
    if (text == null || text.isBlank()) {
      throw new IllegalStateException(
          "The secret " + secretId + " has no text; put the Event API's key in its SecretString");
    }
    return text.strip();
  }
}
