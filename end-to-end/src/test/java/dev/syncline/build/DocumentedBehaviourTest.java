// SPDX-License-Identifier: Apache-2.0
package dev.syncline.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every test that the documentation names exists. */
class DocumentedBehaviourTest {
  private static final Path PAGE = Sources.root().resolve("docs/appsync-events.md");
  private static final String HEAD = "| behaviour | source | test |";
  private static final Pattern ROW = Pattern.compile("\\| (.+) \\| (.+) \\| (.+) \\|");
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+)#(\\w+)`");
  private static final Pattern ANY_TEST = Pattern.compile("`([A-Z]\\w+Test)(?:#(\\w+))?`");
  private static final Pattern LIST_OF_NAMES = Pattern.compile(NAMED + "(, " + NAMED + ")*");

  /** A row of the table: what is so, and the tests that hold it. */
  private record Row(String behaviour, String tests) {}

  @Test
  void everyBehaviourNamesItsSourceAndItsTests() throws Exception {
    List<Row> rows = rows();

    assertThat(rows).hasSizeGreaterThan(80);
    assertThat(rows)
        .allSatisfy(row -> assertThat(row.tests).as(row.behaviour).matches(LIST_OF_NAMES));
    assertThat(rows).extracting(Row::behaviour).doesNotHaveDuplicates();
  }

  @Test
  void everyTestThatIsNamedExists() throws Exception {
    Map<String, String> sources = testSources();
    var missing = new ArrayList<String>();
    for (Row row : rows()) {
      Matcher named = NAMED.matcher(row.tests);
      while (named.find()) {
        if (!isTest(sources.getOrDefault(named.group(1), ""), named.group(2))) {
          missing.add(row.behaviour + ": " + named.group());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  /** On every page, with or without its method. */
  @Test
  void everyTestClassThatAPageNamesExists() throws Exception {
    Map<String, String> sources = testSources();
    var missing = new ArrayList<String>();
    for (Path page : pages()) {
      Matcher named = ANY_TEST.matcher(Files.readString(page));
      while (named.find()) {
        String source = sources.get(named.group(1));
        if (source == null || (named.group(2) != null && !isTest(source, named.group(2)))) {
          missing.add(page.getFileName() + ": " + named.group());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static List<Path> pages() throws Exception {
    try (Stream<Path> files = Files.list(Sources.root().resolve("docs"))) {
      return files.filter(file -> file.toString().endsWith(".md")).toList();
    }
  }

  /** Whether the method is there, with its annotation between it and the one before. */
  private static boolean isTest(String source, String method) {
    int at = source.indexOf("  void " + method + "(");
    if (at < 0) {
      return false;
    }
    String before = source.substring(Math.max(0, source.lastIndexOf("\n  }\n", at)), at);
    return before.contains("@Test") || before.contains("@ParameterizedTest");
  }

  private static List<Row> rows() throws Exception {
    var rows = new ArrayList<Row>();
    boolean inTable = false;
    for (String line : Files.readAllLines(PAGE)) {
      if (line.equals(HEAD)) {
        inTable = true;
      } else if (!line.startsWith("|")) {
        inTable = false;
      } else if (inTable && !line.startsWith("|---")) {
        Matcher row = ROW.matcher(line);
        assertThat(row.matches()).as(line).isTrue();
        rows.add(new Row(row.group(1), row.group(3)));
      }
    }
    return rows;
  }

  private static Map<String, String> testSources() throws Exception {
    var sources = new HashMap<String, String>();
    for (Path file : Sources.files(name -> name.endsWith("Test.java"))) {
      String name = file.getFileName().toString();
      String text = Files.readString(file);
      sources.merge(name.substring(0, name.length() - ".java".length()), text, String::concat);
    }
    return sources;
  }
}
