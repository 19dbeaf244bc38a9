// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DeploymentOptionsTest {
  private static final String WITH_BUCKET = "Parameters:\n  ArtifactBucket:\n    Type: String\n";

  @TempDir private Path directory = Path.of(".");

  @BeforeEach
  void shipATemplateAndAJar() throws Exception {
    Path artifacts = Files.createDirectories(directory.resolve("artifacts"));
    Files.writeString(artifacts.resolve("template.yaml"), WITH_BUCKET);
    Files.writeString(artifacts.resolve("bridge.jar"), "jar");
    System.setProperty(DeploymentOptions.DISTRIBUTION, directory.toString());
  }

  @AfterEach
  void shipNothing() {
    System.clearProperty(DeploymentOptions.DISTRIBUTION);
  }

  private static Deployment parsed(String... arguments) {
    var options = new DeploymentOptions();
    new CommandLine(new Probe(options)).parseArgs(arguments);
    return options.deployment();
  }

  @Test
  void theShippedTemplateComesWithTheFilesBesideIt() {
    Deployment deployment = parsed();
    assertThat(deployment.template()).isEqualTo(WITH_BUCKET);
    assertThat(deployment.uploads())
        .containsOnlyKeys("bridge.jar")
        .containsValue(directory.resolve("artifacts/bridge.jar"));
    assertThat(deployment.parameters())
        .containsExactly(java.util.Map.entry("ArtifactBucket", Deployment.BUCKET));
  }

  @Test
  void theBucketIsGivenOnlyToATemplateThatTakesOne() throws Exception {
    Path own = Files.writeString(directory.resolve("own.yaml"), "Resources: {}\n");
    assertThat(parsed("--template", own.toString()).parameters()).isEmpty();
  }

  @Test
  void aParameterMayHoldAnEqualsSignAndOverridesWhatIsFilledIn() {
    Deployment deployment =
        parsed("--backend", "worker", "--parameter", "Backend=other", "--parameter", "Key=a=b");
    assertThat(deployment.parameters())
        .containsEntry("Backend", "other")
        .containsEntry("Key", "a=b");
  }

  @Test
  void anUploadReplacesAShippedFileOfTheSameKey() throws Exception {
    Path own = Files.writeString(directory.resolve("mine.jar"), "mine");
    assertThat(parsed("--upload", "bridge.jar=" + own).uploads()).containsEntry("bridge.jar", own);
  }

  @CommandLine.Command(name = "probe")
  private static final class Probe {
    @CommandLine.Mixin private final DeploymentOptions options;

    Probe(DeploymentOptions options) {
      this.options = options;
    }
  }
}
