// SPDX-License-Identifier: Apache-2.0
package dev.syncline.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.cli.CoverageTable;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * README and docs/coverage.md list what the running services support. {@code
 * -Dsyncline.coverage=apply} rewrites both.
 */
class CoverageTest {
  private static final String BEGIN = "<!-- coverage:begin -->\n";
  private static final String END = "<!-- coverage:end -->";
  private static final String SERVICES = "local-sim/services/";

  @TempDir private static Path directory = Path.of(".");
  private static Simulator simulator;

  /** The text of the main sources of a room, by path from the root. */
  private static final Map<String, Map<String, String>> SOURCES = new HashMap<>();

  @BeforeAll
  static void start() {
    simulator = Simulator.start(SimulatorConfig.defaults(directory).withPort(0, -1));
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  @Test
  void theReadmeHasALineForEachService() throws Exception {
    check("README.md", CoverageTable.summary(simulator.dispatcher()));
  }

  @Test
  void thePageHasALineForEachOperationOfAws() throws Exception {
    check("docs/coverage.md", CoverageTable.page(simulator.dispatcher(), CoverageTest::link));
  }

  private static void check(String page, String table) throws IOException {
    Path file = Sources.root().resolve(page);
    String text = Files.readString(file);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    assertThat(end).as("place of " + END).isGreaterThanOrEqualTo(begin);
    if ("apply".equals(System.getProperty("syncline.coverage"))) {
      Files.writeString(file, text.substring(0, begin) + table + text.substring(end));
    } else {
      assertThat(text.substring(begin, end))
          .as(page + "; write it with -Dtest=CoverageTest -Dsyncline.coverage=apply")
          .isEqualTo(table);
    }
  }

  /** The file that declares {@code "Name"} or {@code "Name: members"}, also in a text block. */
  private static Optional<String> declaration(String room, String name) {
    Pattern declared = Pattern.compile("(?m)(?:\"|^\\s+)" + name + "(?:\"|:)");
    return SOURCES.computeIfAbsent(room, CoverageTest::read).entrySet().stream()
        .filter(file -> declared.matcher(file.getValue()).find())
        .map(Map.Entry::getKey)
        .min(CoverageTest::operationsFirst);
  }

  /**
   * The file with the operation: the first whose text names it, operation classes before others.
   */
  private static String link(AwsService service, String operation) {
    String room = service.getClass().getPackageName().replaceAll(".*\\.services\\.(\\w+).*", "$1");
    return declaration(room, operation)
        // Some tables declare a noun, whose operations have the same verbs as its neighbours'.
        .or(() -> declaration(room, operation.replaceFirst("^(Put|Get|Delete)", "")))
        .or(() -> declaration(room, operation.replaceFirst("(User|Role|Group)Polic(y|ies)$", "")))
        .map(path -> "[" + name(path) + "](../" + path + ")")
        .orElseThrow(
            () -> new AssertionError("no file of " + room + " names the operation " + operation));
  }

  private static int operationsFirst(String one, String other) {
    int byKind = Integer.compare(rank(one), rank(other));
    return byKind == 0 ? one.compareTo(other) : byKind;
  }

  private static int rank(String path) {
    String name = name(path);
    List<String> kinds = List.of("Operations", "Operation", "Queries", "Service");
    for (int i = 0; i < kinds.size(); i++) {
      if (name.endsWith(kinds.get(i))) {
        return i;
      }
    }
    return kinds.size();
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1, path.length() - ".java".length());
  }

  private static Map<String, String> read(String room) {
    var texts = new HashMap<String, String>();
    Path root = Sources.root();
    try (Stream<Path> files = Files.walk(root.resolve(SERVICES + room + "/src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        texts.put(root.relativize(file).toString().replace('\\', '/'), Files.readString(file));
      }
    } catch (IOException unreadable) {
      throw new AssertionError("cannot read the sources of " + room, unreadable);
    }
    return texts;
  }
}
