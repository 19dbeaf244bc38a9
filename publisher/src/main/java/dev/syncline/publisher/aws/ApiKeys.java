// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher.aws;

import dev.syncline.publisher.ApiKeySource;
import dev.syncline.work.aws.SecretText;
import java.util.Map;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The source of a program's AppSync API key, from environment variables. */
public final class ApiKeys {
  /** The variable that holds the ARN or name of the secret whose text is the key. */
  public static final String SECRET_VARIABLE = "APPSYNC_API_KEY_SECRET_ARN";

  /** The variable that holds the key itself, for tests. */
  public static final String LITERAL_VARIABLE = "APPSYNC_API_KEY";

  private ApiKeys() {}

  /**
   * Reads {@code APPSYNC_API_KEY} or {@code APPSYNC_API_KEY_SECRET_ARN}. Does no I/O: the secret is
   * fetched at the key's first use, and again after a refusal.
   *
   * @throws IllegalArgumentException naming the variables if neither or both are set
   */
  public static ApiKeySource fromEnvironment(Map<String, String> environment) {
    String literal = environment.getOrDefault(LITERAL_VARIABLE, "").strip();
    String secret = environment.getOrDefault(SECRET_VARIABLE, "").strip();
    if (literal.isEmpty() == secret.isEmpty()) {
      throw new IllegalArgumentException(
          literal.isEmpty()
              ? SECRET_VARIABLE
                  + " and "
                  + LITERAL_VARIABLE
                  + " are not set; set the first to the ARN of the Secrets Manager secret that"
                  + " holds the Event API's key"
              : "Both " + SECRET_VARIABLE + " and " + LITERAL_VARIABLE + " are set; remove one");
    }
    if (!literal.isEmpty()) {
      return ApiKeySource.fixed(literal);
    }
    // Created now, although used later: the SDK's start-up, most of a first fetch, then happens
    // during the function's initialisation.
    return inSecretsManager(SecretText.client(environment), secret);
  }

  /** A key in the text of a Secrets Manager secret. The caller closes the client. */
  public static ApiKeySource inSecretsManager(SecretsManagerClient client, String secretId) {
    return ApiKeySource.cached(() -> SecretText.fetch(client, secretId, "The API key"));
  }
}
