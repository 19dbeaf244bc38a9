// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.service.settings.FunctionRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FunctionRuleOptionsTest {
  private static final String ARN = "arn:aws:lambda:us-east-1:017000801446:layer:Powertools:7";

  @TempDir Path directory;

  private static FunctionRules rules(String... arguments) {
    return CommandLine.populateCommand(new FunctionRuleOptions(), arguments).settings();
  }

  @Test
  void eachOptionSetsOneRule() throws Exception {
    assertThat(rules()).isEqualTo(FunctionRules.DEFAULT);
    Path zip = Files.createFile(directory.resolve("layer.zip"));

    assertThat(
            rules(
                "--ended-runtimes", "refuse", "--url-permissions", "2", "--layer", ARN + "=" + zip))
        .isEqualTo(new FunctionRules(true, true, Map.of(ARN, zip)));
  }

  @Test
  void aWrongLayerIsNamed() {
    assertThatThrownBy(() -> rules("--layer", ARN + "=" + directory.resolve("no.zip")))
        .hasMessageContaining("--layer " + ARN + ": cannot read");
    assertThatThrownBy(() -> rules("--layer", "Powertools=layer.zip"))
        .hasMessageContaining("--layer must be the ARN of a layer version, = and a zip file");
  }
}
