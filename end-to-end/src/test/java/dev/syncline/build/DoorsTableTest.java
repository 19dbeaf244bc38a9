// SPDX-License-Identifier: Apache-2.0
package dev.syncline.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * CONTRIBUTING shows the doors that {@link Doors} holds. {@code -Dsyncline.doors=apply} rewrites
 * its table.
 */
class DoorsTableTest {
  private static final String BEGIN = "<!-- doors:begin -->\n";
  private static final String END = "<!-- doors:end -->";

  @Test
  void theTableInContributingIsWhatTheTestsHold() throws Exception {
    Path page = Sources.root().resolve("CONTRIBUTING.md");
    String text = Files.readString(page);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    assertThat(end).as("place of " + END).isGreaterThanOrEqualTo(begin);
    if ("apply".equals(System.getProperty("syncline.doors"))) {
      Files.writeString(page, text.substring(0, begin) + Doors.markdown() + text.substring(end));
    } else {
      assertThat(text.substring(begin, end))
          .as("the doors table; write it with -Dtest=DoorsTableTest -Dsyncline.doors=apply")
          .isEqualTo(Doors.markdown());
    }
  }

  @Test
  void everyModuleWithClassesHasDoors() throws Exception {
    for (Path pom : Sources.files(name -> name.equals("pom.xml"))) {
      String module = Sources.shown(pom).replaceFirst("/?pom\\.xml$", "");
      boolean product =
          Files.isDirectory(pom.resolveSibling("src/main/java"))
              && !module.startsWith("examples/")
              && !module.equals("benchmarks");
      if (product) {
        assertThat(Doors.ALL).as("a line in Doors for " + module).containsKey(module);
      }
    }
  }
}
