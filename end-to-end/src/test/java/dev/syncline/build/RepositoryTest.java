// SPDX-License-Identifier: Apache-2.0
package dev.syncline.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Rules for every file of the repository. */
class RepositoryTest {
  private static final String LICENCE_LINE = "SPDX-License-Identifier: Apache-2.0";

  /** A place that exists on one machine only. */
  private static final Pattern MACHINE_PATH =
      Pattern.compile("(?<![\\w.$}~*])/(home|Users|root|work)/[A-Za-z0-9_.-]+");

  /** A jar of another module's tests, which a build that skips compiling tests does not make. */
  private static final Pattern TEST_JAR = Pattern.compile("test-jar|<classifier>tests");

  private static final Pattern POM = Pattern.compile("(^|/)pom\\.xml:");

  /** Where packages come from is the user's own setting, never the repository's. */
  private static final Pattern REGISTRY =
      Pattern.compile(
          "repo1?\\.maven\\.apache\\.org|central\\.sonatype|artifactory|jfrog|nexus\\."
              + "|<repositories>|<pluginRepositories>|<mirrors>");

  private static List<Path> texts() throws IOException {
    return Sources.files(
        name ->
            name.endsWith(".java")
                || name.endsWith(".xml")
                || name.endsWith(".md")
                || name.endsWith(".yaml")
                || name.endsWith(".yml")
                || name.endsWith(".json")
                || name.endsWith(".tf")
                || name.endsWith(".properties")
                || name.endsWith(".sh")
                || name.equals("syncline")
                || name.equals("run")
                || name.equals("outside"));
  }

  private static List<String> linesMatching(Pattern pattern) throws IOException {
    var found = new ArrayList<String>();
    for (Path file : texts()) {
      // This file has to spell out what it looks for.
      if (file.endsWith("RepositoryTest.java")) {
        continue;
      }
      try {
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
          if (pattern.matcher(lines.get(i)).find()) {
            found.add(Sources.shown(file) + ":" + (i + 1) + " " + lines.get(i).strip());
          }
        }
      } catch (MalformedInputException notText) {
        found.add(Sources.shown(file) + " is not UTF-8");
      }
    }
    return found;
  }

  @Test
  void everySourceFileNamesItsLicence() throws Exception {
    var without = new ArrayList<String>();
    for (Path file :
        Sources.files(
            name -> name.endsWith(".java") || name.endsWith(".tf") || name.equals("syncline"))) {
      if (Files.readAllLines(file).stream()
          .limit(3)
          .noneMatch(line -> line.contains(LICENCE_LINE))) {
        without.add(Sources.shown(file));
      }
    }
    assertThat(without).as("files without a licence line").isEmpty();
  }

  @Test
  void theLicenceItselfIsThere() throws Exception {
    assertThat(Files.readString(Sources.root().resolve("LICENSE")))
        .contains("Apache License")
        .contains("Version 2.0");
  }

  @Test
  void noFileNamesAPlaceOfOneMachine() throws Exception {
    assertThat(linesMatching(MACHINE_PATH)).isEmpty();
  }

  @Test
  void noFileSaysWherePackagesComeFrom() throws Exception {
    assertThat(linesMatching(REGISTRY)).isEmpty();
  }

  /** The launcher builds with {@code -Dmaven.test.skip=true}, and Maven resolves test scope too. */
  @Test
  void noModuleNeedsTheTestClassesOfAnother() throws Exception {
    assertThat(linesMatching(TEST_JAR))
        .filteredOn(line -> POM.matcher(line).find())
        .as("shared test code belongs to the module testing")
        .isEmpty();
  }

  @Test
  void theLauncherCanBeRun() {
    assertThat(Sources.root().resolve("syncline")).isExecutable();
  }
}
