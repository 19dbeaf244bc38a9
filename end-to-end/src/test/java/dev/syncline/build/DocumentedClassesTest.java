// SPDX-License-Identifier: Apache-2.0
package dev.syncline.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages that lead through the code name classes that exist. */
class DocumentedClassesTest {
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern CLASS = Pattern.compile("(?<![\\w/.-])([A-Z][a-z]+[A-Z]\\w*)");
  private static final Pattern DECLARED =
      Pattern.compile("\\b(?:class|record|interface|enum) ([A-Z]\\w+)");

  /** Names of the JDK and of AWS. */
  private static final Set<String> NOT_OURS =
      Set.of(
          "AppSync",
          "CloudFormation",
          "EventBridge",
          "HttpClient",
          "ReentrantLock",
          "ServiceLoader",
          "WebSocket");

  @ParameterizedTest
  @ValueSource(strings = {"docs/architecture.md", "docs/concurrency.md"})
  void everyClassThatThePageNamesExists(String page) throws Exception {
    var declared = new HashSet<String>(NOT_OURS);
    for (Path file : Sources.java()) {
      Matcher names = DECLARED.matcher(Files.readString(file));
      while (names.find()) {
        declared.add(names.group(1));
      }
    }
    var unknown = new TreeSet<String>();
    // An operation of AWS has the form of a class name too: it stands in the coverage page.
    String coverage = Files.readString(Sources.root().resolve("docs/coverage.md"));
    Matcher code = CODE.matcher(Files.readString(Sources.root().resolve(page)));
    while (code.find()) {
      Matcher names = CLASS.matcher(code.group(1));
      while (names.find()) {
        String name = names.group(1);
        if (!declared.contains(name) && !coverage.contains("| " + name + " |")) {
          unknown.add(name);
        }
      }
    }
    assertThat(unknown).as("names in " + page + " without a class").isEmpty();
  }
}
