// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * Buckets with everything that the provider configures on them. A step takes a minute, in which the
 * provider itself waits until S3 has answered the same lifecycle rules several times.
 */
final class TerraformBuckets implements TerraformPart {
  @Override
  public String name() {
    return "buckets";
  }

  @Override
  public List<String> steps() throws IOException {
    return List.of(configuration("first"), configuration("second"));
  }

  private static String configuration(String name) throws IOException {
    return Files.readString(
        Repository.path("end-to-end/src/test/resources/terraform/buckets_" + name + ".tf"));
  }

  @Override
  public void check(int step, Applied applied) {
    String versioning = get(applied, "GetBucketVersioning").path("Status").asText();
    if (step == 0) {
      assertThat(applied.output("arn")).isEqualTo("arn:aws:s3:::terraform-data");
      JsonNode rules = get(applied, "GetBucketLifecycleConfiguration").path("Rules");
      assertThat(rules.findValuesAsText("ID")).containsExactly("old", "uploads");
      assertThat(versioning).isEqualTo("Enabled");
      return;
    }
    assertThat(versioning).isEqualTo("Suspended");
    assertThat(
            get(applied, "GetBucketEncryption")
                .at("/ServerSideEncryptionConfiguration/Rules/0")
                .findValue("KMSMasterKeyID")
                .asText())
        .isEqualTo("alias/data");
    assertThat(get(applied, "GetBucketLogging")).isEmpty();
    assertThat(get(applied, "GetBucketPolicy").path("Policy").asText()).contains("OnlyTls");
  }

  private static JsonNode get(Applied applied, String operation) {
    return applied.call("s3", operation, Applied.object().put("Bucket", "terraform-data"));
  }
}
