// SPDX-License-Identifier: Apache-2.0
package dev.syncline.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every room of a service follows the plan in CONTRIBUTING. What does not yet is listed here, so
 * that the list can only get shorter.
 */
class RoomPlanTest {
  private static final int MAX_SERVICE_LINES = 120;
  private static final int MAX_OPERATIONS_LINES = 300;
  private static final int MAX_LINES = 400;
  private static final Pattern ERROR_MADE =
      Pattern.compile("new AwsException\\(|AwsException\\.badRequest\\(");

  static List<Path> rooms() throws IOException {
    try (Stream<Path> rooms = Files.list(Sources.root().resolve("local-sim/services"))) {
      return rooms
          .filter(room -> Files.isDirectory(room.resolve("src/main/java")))
          .sorted()
          .toList();
    }
  }

  private static List<Path> sources(Path room) throws IOException {
    try (Stream<Path> files = Files.walk(room.resolve("src/main/java"))) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("\\.java$", "");
  }

  private static String shown(Path room, Path file) {
    return room.getFileName() + "/" + name(file);
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void theRoomHasItsProviderServiceErrorsAndContractTest(Path room) throws Exception {
    List<String> names = sources(room).stream().map(RoomPlanTest::name).toList();
    assertThat(names).filteredOn(name -> name.endsWith("Provider")).hasSize(1);
    String prefix =
        names.stream()
            .filter(name -> name.endsWith("Provider"))
            .findFirst()
            .orElseThrow()
            .replaceFirst("Provider$", "");
    assertThat(names).contains("package-info", prefix + "Service");
    assertThat(names).anyMatch(name -> name.endsWith("Errors"));
    try (Stream<Path> tests = Files.walk(room.resolve("src/test/java"))) {
      assertThat(tests.map(RoomPlanTest::name).toList()).contains(prefix + "RoomTest");
    }
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void noClassOfTheRoomIsTooLong(Path room) throws Exception {
    var tooLong = new TreeSet<String>();
    List<String> names = sources(room).stream().map(RoomPlanTest::name).toList();
    for (Path file : sources(room)) {
      int lines = Files.readAllLines(file).size();
      String name = name(file);
      boolean service =
          name.endsWith("Service") && names.contains(name.replaceFirst("Service$", "Provider"));
      int max =
          service
              ? MAX_SERVICE_LINES
              : name.endsWith("Operations") ? MAX_OPERATIONS_LINES : MAX_LINES;
      if (lines > max) {
        tooLong.add(shown(room, file) + ": " + lines + " lines, at most " + max);
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void errorsAreMadeInOnePlace(Path room) throws Exception {
    var elsewhere = new TreeSet<String>();
    for (Path file : sources(room)) {
      if (!name(file).endsWith("Errors") && ERROR_MADE.matcher(Files.readString(file)).find()) {
        elsewhere.add(shown(room, file));
      }
    }
    assertThat(elsewhere).as("classes that make an AwsException").isEmpty();
  }
}
