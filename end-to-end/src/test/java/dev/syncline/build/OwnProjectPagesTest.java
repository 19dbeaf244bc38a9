// SPDX-License-Identifier: Apache-2.0
package dev.syncline.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The lines that let another project use the extension and the engine name what exists. {@code
 * .ci/outside} runs them.
 */
class OwnProjectPagesTest {
  private static final Pattern INSTALL =
      Pattern.compile("^mvn .*\\binstall\\b.* -pl (\\S+) -am$", Pattern.MULTILINE);

  @ParameterizedTest
  @CsvSource({
    "README.md, local-sim/junit",
    "docs/testing-with-junit.md, local-sim/junit",
    "docs/testing-a-workflow.md, local-sim/asl"
  })
  void aPageInstallsTheModuleItIsAbout(String page, String module) throws Exception {
    List<MatchResult> lines = INSTALL.matcher(text(page)).results().toList();

    assertThat(lines)
        .singleElement()
        .satisfies(line -> assertThat(line.group(1)).isEqualTo(module));
    assertThat(Sources.root().resolve(module).resolve("pom.xml")).exists();
  }

  @ParameterizedTest
  @CsvSource({
    "docs/testing-with-junit.md, local-sim/junit",
    "docs/testing-a-workflow.md, local-sim/asl"
  })
  void aPageDependsOnWhatTheModuleIsCalled(String page, String module) throws Exception {
    assertThat(text(page))
        .contains(
            """
            <dependency>
              <groupId>dev.syncline</groupId>
              <artifactId>%s</artifactId>
              <version>%s</version>
              <scope>test</scope>
            </dependency>
            """
                .formatted(artifact(module), version()));
  }

  @Test
  void theReadmeNamesBoth() throws Exception {
    for (String module : List.of("local-sim/junit", "local-sim/asl")) {
      assertThat(text("README.md")).contains("dev.syncline:" + artifact(module) + ":" + version());
    }
  }

  private static String text(String file) throws Exception {
    return Files.readString(Sources.root().resolve(Path.of(file)));
  }

  private static String version() throws Exception {
    return first("<artifactId>syncline-parent</artifactId>\\s*<version>([^<]+)", text("pom.xml"));
  }

  private static String artifact(String module) throws Exception {
    return first("</parent>\\s*<artifactId>([^<]+)", text(module + "/pom.xml"));
  }

  private static String first(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .findFirst()
        .map(match -> match.group(1))
        .orElseThrow();
  }
}
