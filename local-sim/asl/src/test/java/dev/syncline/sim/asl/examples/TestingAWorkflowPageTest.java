// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The examples in docs/testing-a-workflow.md are those that {@link OrderWorkflowTest} runs. */
class TestingAWorkflowPageTest {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void everyExampleOfThePageIsCodeThatRuns() throws IOException {
    Path root = Objects.requireNonNull(root());
    String page = Files.readString(root.resolve("docs/testing-a-workflow.md"));
    String source =
        unindented(
            Files.readString(
                root.resolve(
                    "local-sim/asl/src/test/java/dev/syncline/sim/asl/examples/OrderWorkflowTest.java")));
    List<String> examples =
        JAVA.matcher(page).results().map((MatchResult found) -> found.group(1)).toList();

    assertThat(examples).hasSizeGreaterThan(6);
    assertThat(examples).allSatisfy(example -> assertThat(source).contains(unindented(example)));
  }

  private static String unindented(String code) {
    return code.lines().map(String::strip).collect(Collectors.joining("\n"));
  }

  private static @Nullable Path root() {
    Path folder = Path.of(System.getProperty("user.dir")).toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder.resolve("local-sim"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
