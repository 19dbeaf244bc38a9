// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.simulator.Simulator;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Buckets of Terraform's provider with everything that it configures on them: made, changed in each
 * way, and destroyed. Each step takes a minute, in which the provider itself waits until S3 has
 * answered the same lifecycle rules several times.
 */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(900)
class TerraformBucketsTest {
  @TempDir Path scratch;

  @Test
  void bucketsAreMadeChangedInEachWayAndDestroyed() throws Exception {
    try (var simulator =
        Simulator.start(Deployed.config().withPort(0, -1).withClock(new ClockMode.Real()))) {
      Terraform terraform =
          Terraform.of(
              configuration("first"),
              scratch,
              Map.of("AWS_ENDPOINT_URL", simulator.endpoint().toString()));
      terraform.apply();
      assertThat(terraform.output("arn")).isEqualTo("arn:aws:s3:::terraform-data");
      JsonNode rules = call(simulator, "GetBucketLifecycleConfiguration").path("Rules");
      assertThat(rules.findValuesAsText("ID")).containsExactly("old", "uploads");
      assertThat(call(simulator, "GetBucketVersioning").path("Status").asText())
          .isEqualTo("Enabled");

      Files.writeString(terraform.file("main.tf"), configuration("second"));
      terraform.apply();
      assertThat(call(simulator, "GetBucketVersioning").path("Status").asText())
          .isEqualTo("Suspended");
      assertThat(
              call(simulator, "GetBucketEncryption")
                  .at("/ServerSideEncryptionConfiguration/Rules/0")
                  .findValue("KMSMasterKeyID")
                  .asText())
          .isEqualTo("alias/data");
      assertThat(call(simulator, "GetBucketLogging")).isEmpty();
      assertThat(call(simulator, "GetBucketPolicy").path("Policy").asText()).contains("OnlyTls");

      terraform.run("destroy", "-auto-approve").succeeded("destroy");
      assertThat(call(simulator, "ListBuckets").path("Buckets")).isEmpty();
    }
  }

  private static String configuration(String name) throws Exception {
    String file = "/terraform/buckets_" + name + ".tf";
    try (InputStream stream = TerraformBucketsTest.class.getResourceAsStream(file)) {
      return new String(
          Objects.requireNonNull(stream, file).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static JsonNode call(Simulator simulator, String operation) {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    if (!operation.equals("ListBuckets")) {
      input.put("Bucket", "terraform-data");
    }
    return simulator.dispatcher().call("s3", operation, input, simulator.internalCall()).json();
  }
}
