// SPDX-License-Identifier: Apache-2.0
package dev.syncline.work.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class AwsEnvironmentTest {

  @Test
  void aClientIsMadeAsTheVariablesSay() {
    AwsEnvironment environment =
        AwsEnvironment.of(
            Map.of(
                "AWS_REGION", "eu-west-1",
                "AWS_ENDPOINT_URL", "http://127.0.0.1:4566",
                "AWS_ACCESS_KEY_ID", "AKIAEXAMPLE",
                "AWS_SECRET_ACCESS_KEY", "hush",
                "AWS_SESSION_TOKEN", "hush"));

    try (SecretsManagerClient client =
        environment
            .configure(SecretsManagerClient.builder())
            .httpClientBuilder(Apache5HttpClient.builder())
            .build()) {
      assertThat(client.serviceClientConfiguration().region()).isEqualTo(Region.EU_WEST_1);
      assertThat(client.serviceClientConfiguration().endpointOverride())
          .contains(URI.create("http://127.0.0.1:4566"));
    }
    assertThat(environment.toString()).contains("eu-west-1").doesNotContain("hush");
  }

  @Test
  void halfACredentialIsRefusedByName() {
    assertThatThrownBy(() -> AwsEnvironment.of(Map.of("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("AWS_SECRET_ACCESS_KEY is not set");
  }

  @Test
  void anEndpointThatIsNotAnAddressIsRefusedByName() {
    assertThatThrownBy(() -> AwsEnvironment.of(Map.of("AWS_ENDPOINT_URL", "localhost")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("AWS_ENDPOINT_URL must be an address");
  }
}
