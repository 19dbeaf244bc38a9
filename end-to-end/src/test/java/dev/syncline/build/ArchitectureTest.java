// SPDX-License-Identifier: Apache-2.0
package dev.syncline.build;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The doors between the rooms, and the rules inside them that a compiler does not know. */
class ArchitectureTest {
  private static final String INTERNALS = "..internal..";

  /**
   * Classes that read real time because programs outside depend on it: child processes by their
   * deadline, TLS clients by the certificate's dates.
   */
  private static final Set<String> FOR_THE_REAL_WORLD =
      Set.of(
          "dev.syncline.sim.lambda.process.ProcessOptions",
          "dev.syncline.sim.port.PortServer",
          "dev.syncline.sim.port.TlsSetup");

  private static JavaClasses everything = new ClassFileImporter().importClasses();

  @BeforeAll
  static void importEveryRoom() {
    List<Path> outputs =
        Doors.ALL.keySet().stream()
            .map(ArchitectureTest::output)
            .filter(Files::isDirectory)
            .toList();
    everything = new ClassFileImporter().importPaths(outputs);
  }

  private static Path output(String room) {
    return Sources.root().resolve(room).resolve("target/classes");
  }

  static Stream<String> rooms() {
    return Doors.ALL.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void everyRoomHoldsItsOwnPackagesAndSomethingInThem(String room) {
    JavaClasses inside = new ClassFileImporter().importPath(output(room));
    assertThat(inside).as("classes of " + room).isNotEmpty();
    classes().should().resideInAPackage(Doors.packageOf(room)).check(inside);
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void aRoomUsesOnlyTheRoomsItHasADoorTo(String room) {
    String[] closed =
        Doors.ALL.keySet().stream()
            .filter(other -> !other.equals(room))
            .filter(other -> !Doors.ALL.getOrDefault(room, Set.of()).contains(other))
            .map(Doors::packageOf)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(Doors.packageOf(room))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(closed)
        .check(everything);
  }

  /**
   * A package may use its own internals, which may use what it gives to the outside: that is a
   * front, not a circle.
   */
  @Test
  void packagesFormNoCircles() {
    slices()
        .matching("dev.syncline.(**)")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(resideOutsideOfPackage(INTERNALS), resideInAPackage(INTERNALS))
        .check(everything);
  }

  static Stream<Arguments> heavyLibraries() {
    return Stream.of(
        Arguments.of("io.netty..", List.of("local-sim/port")),
        Arguments.of("org.bouncycastle..", List.of("local-sim/port")),
        Arguments.of("org.snakeyaml..", List.of("local-sim/services/cloudformation")),
        Arguments.of(
            "com.nimbusds..",
            List.of(
                "local-sim/services/appsync",
                "local-sim/services/cognito",
                "local-sim/services/cognitoidentity")),
        Arguments.of("org.graalvm..", List.of("local-sim/handlers")),
        Arguments.of("picocli..", List.of("local-sim/cli")));
  }

  @ParameterizedTest
  @MethodSource("heavyLibraries")
  void aHeavyLibraryReachesItsRoomsOnly(String library, List<String> rooms) {
    noClasses()
        .that()
        .resideInAPackage("dev.syncline..")
        .and()
        .resideOutsideOfPackages(rooms.stream().map(Doors::packageOf).toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(everything);
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void internalsAreUsedOnlyByTheirOwnRoom(String room) {
    String inside = Doors.packageOf(room);
    noClasses()
        .that()
        .resideOutsideOfPackage(inside)
        .should()
        .dependOnClassesThat(resideInAPackage(inside).and(resideInAPackage(INTERNALS)))
        .check(everything);
  }

  @Test
  void onlyTheKernelReadsRealTimeAndRandomNumbers() {
    noClasses()
        .that()
        .resideInAPackage("dev.syncline.sim..")
        .and()
        .resideOutsideOfPackage("dev.syncline.sim.kernel..")
        // A private key that repeats under a seed would be none.
        .and()
        .doNotHaveFullyQualifiedName("dev.syncline.sim.port.CertificateAuthority")
        .should()
        .accessTargetWhere(readsTimeOrRandomNumbers())
        .check(everything);
  }

  private static DescribedPredicate<JavaAccess<?>> readsTimeOrRandomNumbers() {
    return describe(
        "read the system's clock, sleep or draw at random",
        access -> {
          if (!(access.getTarget() instanceof CodeUnitAccessTarget target)) {
            return false;
          }
          JavaClass owner = target.getOwner();
          String name = target.getName();
          return (owner.isEquivalentTo(System.class)
                  && (name.equals("currentTimeMillis") || name.equals("nanoTime")))
              || (owner.isEquivalentTo(Thread.class) && name.equals("sleep"))
              || (owner.isEquivalentTo(UUID.class) && name.equals("randomUUID"))
              || (owner.isEquivalentTo(Math.class) && name.equals("random"))
              // With a seed it is as good as a constant; and keys must not follow one.
              || (owner.isAssignableTo(Random.class)
                  && !owner.isEquivalentTo(SecureRandom.class)
                  && name.equals("<init>")
                  && target.getRawParameterTypes().isEmpty())
              || owner.getName().equals("java.util.concurrent.ThreadLocalRandom")
              || (owner.getPackageName().equals("java.time")
                  && name.equals("now")
                  && target.getRawParameterTypes().isEmpty())
              || (owner.isEquivalentTo(java.time.Clock.class)
                  && name.startsWith("system")
                  && !FOR_THE_REAL_WORLD.contains(access.getOriginOwner().getName()));
        });
  }

  @Test
  void theEnginesArePure() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.syncline.sim.asl..", "dev.syncline.sim.events..", "dev.syncline.sim.iam..")
        // It reads a table that is in its own jar.
        .and()
        .doNotHaveSimpleName("AuthorizationData")
        .should()
        .dependOnClassesThat(
            resideInAPackage("java.net..")
                .and(isNot(java.net.URLDecoder.class, java.net.URLEncoder.class))
                .or(resideInAPackage("java.nio.file.."))
                .or(resideInAPackage("java.nio.channels.."))
                .or(
                    resideInAPackage("java.io..")
                        .and(
                            isNot(
                                java.io.Serializable.class,
                                java.io.IOException.class,
                                java.io.UncheckedIOException.class,
                                java.io.ObjectStreamException.class)))
                .or(isOneOf(Thread.class, java.util.concurrent.Executors.class, Process.class)))
        .check(everything);
  }

  private static DescribedPredicate<JavaClass> isOneOf(Class<?>... types) {
    List<String> names = Stream.of(types).map(Class::getName).toList();
    return describe("one of " + names, type -> names.contains(type.getName()));
  }

  private static DescribedPredicate<JavaClass> isNot(Class<?>... types) {
    return DescribedPredicate.not(isOneOf(types));
  }

  @Test
  void everyPackageSaysWhatMayBeNull() throws Exception {
    var silent = new TreeSet<String>();
    for (Path file : Sources.java()) {
      String shown = Sources.shown(file);
      if (shown.startsWith("examples/") || shown.startsWith("tools/")) {
        // An example shows the least that works; a tool is one file that the JDK runs.
        continue;
      }
      String info = Sources.shown(file.resolveSibling("package-info.java"));
      // The annotation of the main package also covers its tests.
      String main = info.replace("/src/test/java/", "/src/main/java/");
      if (!isMarked(info) && !isMarked(main)) {
        silent.add(info);
      }
    }
    assertThat(silent).as("packages without @NullMarked").isEmpty();
  }

  private static boolean isMarked(String info) throws IOException {
    Path file = Sources.root().resolve(info);
    return Files.isRegularFile(file) && Files.readString(file).contains("@NullMarked");
  }
}
