// SPDX-License-Identifier: Apache-2.0
package dev.syncline.work.aws;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/**
 * Region, credentials and endpoint of SDK clients, from a map of environment variables. The SDK
 * reads the same variables, but only those of the process, and a function that runs inside another
 * program has its own environment. A cold start also avoids the SDK's search through profile files.
 *
 * <p>Immutable and thread-safe.
 */
public final class AwsEnvironment {
  private static final String ENDPOINT = "AWS_ENDPOINT_URL";
  private static final String ACCESS_KEY = "AWS_ACCESS_KEY_ID";
  private static final String SECRET_KEY = "AWS_SECRET_ACCESS_KEY";

  private final @Nullable Region region;
  private final @Nullable URI endpoint;
  private final @Nullable AwsCredentials credentials;

  private AwsEnvironment(
      @Nullable Region region, @Nullable URI endpoint, @Nullable AwsCredentials credentials) {
    this.region = region;
    this.endpoint = endpoint;
    this.credentials = credentials;
  }

  /**
   * Reads {@code AWS_REGION} (else {@code AWS_DEFAULT_REGION}), {@code AWS_ENDPOINT_URL}, {@code
   * AWS_ACCESS_KEY_ID}, {@code AWS_SECRET_ACCESS_KEY} and {@code AWS_SESSION_TOKEN}. The SDK's
   * defaults apply to variables that are not set.
   *
   * @throws IllegalArgumentException naming the variable
   */
  public static AwsEnvironment of(Map<String, String> environment) {
    String region = read(environment, "AWS_REGION");
    if (region == null) {
      region = read(environment, "AWS_DEFAULT_REGION");
    }
    String endpoint = read(environment, ENDPOINT);
    return new AwsEnvironment(
        region == null ? null : Region.of(region),
        endpoint == null ? null : parse(endpoint),
        credentials(environment));
  }

  /** Configures the builder from the environment, and returns it. */
  public <B extends AwsClientBuilder<B, C>, C> B configure(B builder) {
    if (region != null) {
      builder.region(region);
    }
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    if (credentials != null) {
      builder.credentialsProvider(StaticCredentialsProvider.create(credentials));
    }
    return builder;
  }

  /** The environment's credentials; else the SDK's default provider. */
  public AwsCredentialsProvider credentialsProvider() {
    return credentials == null
        ? DefaultCredentialsProvider.builder().build()
        : StaticCredentialsProvider.create(credentials);
  }

  private static @Nullable AwsCredentials credentials(Map<String, String> environment) {
    String accessKey = read(environment, ACCESS_KEY);
    if (accessKey == null) {
      return null;
    }
    String secretKey = read(environment, SECRET_KEY);
    if (secretKey == null) {
      throw new IllegalArgumentException(
          SECRET_KEY + " is not set although " + ACCESS_KEY + " is; set both or neither");
    }
    String token = read(environment, "AWS_SESSION_TOKEN");
    return token == null
        ? AwsBasicCredentials.create(accessKey, secretKey)
        : AwsSessionCredentials.create(accessKey, secretKey, token);
  }

  private static URI parse(String endpoint) {
    try {
      URI uri = new URI(endpoint);
      if (uri.getScheme() != null && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Reported below.
    }
    throw new IllegalArgumentException(
        ENDPOINT
            + " must be an address such as http://127.0.0.1:4566, but is \""
            + endpoint
            + "\"");
  }

  private static @Nullable String read(Map<String, String> environment, String name) {
    String value = environment.getOrDefault(name, "").strip();
    return value.isEmpty() ? null : value;
  }

  /** Shows region and endpoint, never the credentials. */
  @Override
  public String toString() {
    return "AwsEnvironment[region=" + region + ", endpoint=" + endpoint + "]";
  }
}
