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
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The doors between the rooms, and the rules inside them that a compiler does not know. */
class ArchitectureTest {
  /** The rooms by directory, with what each may use of the others. */
  private static final Map<String, Set<String>> DOORS =
      Map.ofEntries(
          // For tests only: it is behind no door of the others.
          Map.entry("testing", Set.of()),
          Map.entry("work-store", Set.of()),
          Map.entry("publisher", Set.of("work-store")),
          Map.entry("bridge-lambda", Set.of("publisher", "work-store")),
          Map.entry("backend-worker", Set.of("publisher", "work-store")),
          Map.entry(
              "backend-temporal",
              Set.of("publisher", "work-store", "backend-worker", "bridge-lambda")),
          Map.entry("local-sim/kernel", Set.of()),
          Map.entry("local-sim/asl", Set.of("local-sim/kernel")),
          Map.entry("local-sim/events", Set.of("local-sim/kernel")),
          Map.entry("local-sim/handlers", Set.of("local-sim/kernel", "local-sim/events")),
          Map.entry("local-sim/lambda", Set.of("local-sim/kernel")),
          Map.entry("local-sim/service", Set.of("local-sim/kernel")),
          Map.entry("local-sim/port", Set.of("local-sim/service", "local-sim/kernel")),
          Map.entry(
              "local-sim/services/apigateway", Set.of("local-sim/service", "local-sim/kernel")),
          Map.entry(
              "local-sim/services/appsync",
              Set.of(
                  "local-sim/service",
                  "local-sim/kernel",
                  "local-sim/events",
                  "local-sim/handlers")),
          Map.entry(
              "local-sim/services/cloudformation", Set.of("local-sim/service", "local-sim/kernel")),
          Map.entry(
              "local-sim/services/cloudwatch", Set.of("local-sim/service", "local-sim/kernel")),
          Map.entry(
              "local-sim/services/eventbridge", Set.of("local-sim/service", "local-sim/kernel")),
          Map.entry("local-sim/services/iam", Set.of("local-sim/service", "local-sim/kernel")),
          Map.entry(
              "local-sim/services/lambda",
              Set.of("local-sim/service", "local-sim/kernel", "local-sim/lambda")),
          Map.entry("local-sim/services/logs", Set.of("local-sim/service", "local-sim/kernel")),
          Map.entry("local-sim/services/s3", Set.of("local-sim/service", "local-sim/kernel")),
          Map.entry(
              "local-sim/services/secretsmanager", Set.of("local-sim/service", "local-sim/kernel")),
          Map.entry("local-sim/services/sqs", Set.of("local-sim/service", "local-sim/kernel")),
          Map.entry(
              "local-sim/services/stepfunctions",
              Set.of("local-sim/service", "local-sim/kernel", "local-sim/asl")),
          Map.entry("local-sim/services/sts", Set.of("local-sim/service", "local-sim/kernel")),
          // The simulator finds rooms at run time only.
          Map.entry(
              "local-sim/simulator",
              Set.of("local-sim/port", "local-sim/service", "local-sim/kernel")),
          // Simulator and rooms show clock, journal, faults, settings and port options.
          Map.entry(
              "local-sim/junit",
              Set.of(
                  "local-sim/simulator",
                  "local-sim/service",
                  "local-sim/port",
                  "local-sim/kernel")),
          Map.entry(
              "local-sim/cli",
              Set.of(
                  "local-sim/simulator",
                  "local-sim/service",
                  "local-sim/port",
                  "local-sim/kernel")));

  private static final Map<String, String> PACKAGES =
      Map.ofEntries(
          Map.entry("testing", "dev.syncline.testing.."),
          Map.entry("work-store", "dev.syncline.work.."),
          Map.entry("publisher", "dev.syncline.publisher.."),
          Map.entry("bridge-lambda", "dev.syncline.bridge.."),
          Map.entry("backend-worker", "dev.syncline.worker.."),
          Map.entry("backend-temporal", "dev.syncline.temporal.."),
          Map.entry("local-sim/kernel", "dev.syncline.sim.kernel.."),
          Map.entry("local-sim/asl", "dev.syncline.sim.asl.."),
          Map.entry("local-sim/events", "dev.syncline.sim.events.."),
          Map.entry("local-sim/handlers", "dev.syncline.sim.handlers.."),
          Map.entry("local-sim/lambda", "dev.syncline.sim.lambda.."),
          Map.entry("local-sim/service", "dev.syncline.sim.service.."),
          Map.entry("local-sim/port", "dev.syncline.sim.port.."),
          Map.entry("local-sim/simulator", "dev.syncline.sim.simulator.."),
          Map.entry("local-sim/services/apigateway", "dev.syncline.sim.services.apigateway.."),
          Map.entry("local-sim/services/appsync", "dev.syncline.sim.services.appsync.."),
          Map.entry(
              "local-sim/services/cloudformation", "dev.syncline.sim.services.cloudformation.."),
          Map.entry("local-sim/services/cloudwatch", "dev.syncline.sim.services.cloudwatch.."),
          Map.entry("local-sim/services/eventbridge", "dev.syncline.sim.services.eventbridge.."),
          Map.entry("local-sim/services/iam", "dev.syncline.sim.services.iam.."),
          Map.entry("local-sim/services/lambda", "dev.syncline.sim.services.lambda.."),
          Map.entry("local-sim/services/logs", "dev.syncline.sim.services.logs.."),
          Map.entry("local-sim/services/s3", "dev.syncline.sim.services.s3.."),
          Map.entry(
              "local-sim/services/secretsmanager", "dev.syncline.sim.services.secretsmanager.."),
          Map.entry("local-sim/services/sqs", "dev.syncline.sim.services.sqs.."),
          Map.entry(
              "local-sim/services/stepfunctions", "dev.syncline.sim.services.stepfunctions.."),
          Map.entry("local-sim/services/sts", "dev.syncline.sim.services.sts.."),
          Map.entry("local-sim/junit", "dev.syncline.sim.junit.."),
          Map.entry("local-sim/cli", "dev.syncline.sim.cli.."));

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
        DOORS.keySet().stream().map(ArchitectureTest::output).filter(Files::isDirectory).toList();
    everything = new ClassFileImporter().importPaths(outputs);
  }

  private static Path output(String room) {
    return Sources.root().resolve(room).resolve("target/classes");
  }

  static Stream<String> rooms() {
    return DOORS.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void everyRoomHoldsItsOwnPackagesAndSomethingInThem(String room) {
    JavaClasses inside = new ClassFileImporter().importPath(output(room));
    assertThat(inside).as("classes of " + room).isNotEmpty();
    classes().should().resideInAPackage(packageOf(room)).check(inside);
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void aRoomUsesOnlyTheRoomsItHasADoorTo(String room) {
    String[] closed =
        PACKAGES.entrySet().stream()
            .filter(other -> !other.getKey().equals(room))
            .filter(other -> !DOORS.getOrDefault(room, Set.of()).contains(other.getKey()))
            .map(Map.Entry::getValue)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(packageOf(room))
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

  @ParameterizedTest
  @MethodSource("rooms")
  void internalsAreUsedOnlyByTheirOwnRoom(String room) {
    String inside = packageOf(room);
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
        .resideInAnyPackage("dev.syncline.sim.asl..", "dev.syncline.sim.events..")
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

  private static String packageOf(String room) {
    String name = PACKAGES.get(room);
    if (name == null) {
      throw new IllegalStateException("no package is given for " + room);
    }
    return name;
  }
}
