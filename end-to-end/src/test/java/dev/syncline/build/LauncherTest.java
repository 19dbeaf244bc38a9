// SPDX-License-Identifier: Apache-2.0
package dev.syncline.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher in a checkout whose path has spaces, with a JDK and a Maven that are scripts: what
 * they are called with is written down.
 */
class LauncherTest {
  @TempDir private Path directory = Path.of(".");
  private Path checkout = Path.of(".");
  private Path calls = Path.of(".");

  private record Run(int status, String out, String err) {}

  @BeforeEach
  void prepare() throws Exception {
    checkout = Files.createDirectories(directory.resolve("a check out"));
    calls = directory.resolve("calls");
    Files.writeString(calls, "");
    Files.copy(
        Sources.root().resolve("syncline"),
        checkout.resolve("syncline"),
        StandardCopyOption.COPY_ATTRIBUTES);
    write("pom.xml", "<project/>");
    for (String file : List.of("template.yaml", "workflow.asl.json", "express.asl.json")) {
      write("cloudformation/" + file, "");
    }
    write("bridge-lambda/src/main/java/Bridge.java", "");
    write("bridge-lambda/pom.xml", "<project/>");
    write("local-sim/cli/pom.xml", "<project/>");
    jdk("21.0.2");
    script(
        "maven",
        """
        if [ "$1" = -v ]; then echo "Apache Maven 3.9.1 (abc)"; exit; fi
        echo "maven $* JAVA_HOME=$JAVA_HOME" >>"$CALLS"
        i=0
        while [ $i -lt 25 ]; do echo "Downloaded from somewhere: a-$i.jar"; i=$((i + 1)); done
        echo "[INFO] Building Syncline bridge 1.0   [1/2]"
        if [ -n "${BROKEN:-}" ]; then echo "[ERROR] a class is broken"; exit 1; fi
        mkdir -p local-sim/cli/target/syncline/lib bridge-lambda/target backend-worker/target
        : >local-sim/cli/target/syncline/lib/a.jar
        : >bridge-lambda/target/bridge-lambda.jar
        : >backend-worker/target/backend-worker.jar
        case $* in
          *backend-temporal*)
            echo "[INFO] Building Syncline Temporal backend 1.0   [2/2]"
            mkdir -p backend-temporal/target/lib
            : >backend-temporal/target/lib/temporal.jar
            ;;
        esac
        """);
  }

  private void jdk(String version) throws IOException {
    write("../jdk/release", "IMPLEMENTOR=\"A\"\nJAVA_VERSION=\"" + version + "\"\n");
    script("jdk/bin/javac", "");
    script("jdk/bin/java", "echo \"java $*\" >>\"$CALLS\"\necho ran\n");
  }

  private void write(String file, String text) throws IOException {
    Path path = checkout.resolve(file).normalize();
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void script(String file, String text) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "#!/bin/sh\nset -eu\n" + text);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Run run(String... arguments) throws Exception {
    return run(checkout.resolve("syncline").toString(), checkout, Map.of(), arguments);
  }

  private Run run(String launcher, Path from, Map<String, String> variables, String... arguments)
      throws Exception {
    var command = new ArrayList<>(List.of(launcher));
    command.addAll(List.of(arguments));
    Path err = directory.resolve("err");
    var builder = new ProcessBuilder(command).directory(from.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SYNCLINE_"));
    builder.environment().put("SYNCLINE_JAVA_HOME", directory.resolve("jdk").toString());
    builder.environment().put("MAVEN", directory.resolve("maven").toString());
    builder.environment().put("CALLS", calls.toString());
    builder.environment().putAll(variables);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), out, Files.readString(err));
  }

  private List<String> calls(String program) throws IOException {
    return Files.readAllLines(calls).stream().filter(c -> c.startsWith(program + " ")).toList();
  }

  @Test
  void itBuildsOnceOnTheJdkThatItFoundAndRunsTheCommand() throws Exception {
    Run first = run("status", "--port", "1 2");
    Run second = run("status");

    assertThat(first.status).as(first.err).isZero();
    assertThat(first.out).isEqualTo("ran\n");
    assertThat(first.err)
        .contains("Building with Maven 3.9.1 on JDK 21", "  building Syncline bridge 1.0", "Built.")
        .contains("  10 files downloaded", "  20 files downloaded");
    assertThat(second.err).isEmpty();
    assertThat(calls("maven"))
        .singleElement()
        .asString()
        .contains("-Dmaven.test.skip=true", "-pl local-sim/cli,bridge-lambda,backend-worker -am")
        .endsWith("JAVA_HOME=" + directory.resolve("jdk"));
    assertThat(calls("java")).hasSize(2).allMatch(call -> call.contains(" dev.syncline.sim.cli."));
    assertThat(calls("java").getFirst())
        .contains("-Dsyncline.dist=" + checkout + "/local-sim/cli/target/syncline")
        .endsWith("Main status --port 1 2");
  }

  @Test
  void anEditedSourceIsBuilt() throws Exception {
    run("status");
    Path stamp = checkout.resolve("local-sim/cli/target/syncline/built");
    Path source = checkout.resolve("bridge-lambda/src/main/java/Bridge.java");
    Files.setLastModifiedTime(
        source, FileTime.from(Files.getLastModifiedTime(stamp).toInstant().plusSeconds(2)));

    run("status");

    assertThat(calls("maven")).hasSize(2);
  }

  @Test
  void aBuildThatFailsShowsItsErrorsAndWhereTheRestIs() throws Exception {
    Run run = run(checkout.resolve("syncline").toString(), checkout, Map.of("BROKEN", "yes"));
    Run again = run("status");

    assertThat(run.status).isEqualTo(1);
    assertThat(run.err)
        .contains("[ERROR] a class is broken")
        .contains("syncline: the build failed; all of its output is in " + checkout);
    assertThat(calls("java")).hasSize(1);
    assertThat(again.status).as(again.err).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--backend=temporal", "--backend temporal"})
  void theTemporalPartIsBuiltWhenItIsAskedForAndShowsHowFarItIs(String option) throws Exception {
    run("status");
    String[] arguments = ("demo " + option).split(" ");

    Run first = run(arguments);
    Run second = run(arguments);

    assertThat(first.status).as(first.err).isZero();
    assertThat(first.err)
        .contains("Building the Temporal part", "  20 files downloaded")
        .contains("  building Syncline Temporal backend 1.0");
    assertThat(second.err).isEmpty();
    assertThat(calls("maven")).hasSize(2).last().asString().contains("-pl backend-temporal -am");
    assertThat(checkout.resolve("local-sim/cli/target/syncline/temporal/temporal.jar")).exists();
  }

  @Test
  void inAFreshCheckoutTheTemporalPartIsOfTheOneBuild() throws Exception {
    Run run = run("demo", "--backend", "temporal");

    assertThat(run.status).as(run.err).isZero();
    assertThat(calls("maven")).singleElement().asString().contains(",backend-temporal -am");
    assertThat(checkout.resolve("local-sim/cli/target/syncline/temporal/temporal.jar")).exists();
  }

  @Test
  void aTemporalBuildThatFailedIsTriedAgain() throws Exception {
    run("status");
    Run broken =
        run(
            checkout.resolve("syncline").toString(),
            checkout,
            Map.of("BROKEN", "yes"),
            "demo",
            "--backend=temporal");
    Run again = run("demo", "--backend=temporal");

    assertThat(broken.status).isEqualTo(1);
    assertThat(broken.err).contains("[ERROR] a class is broken", "build-temporal.log");
    assertThat(again.status).as(again.err).isZero();
  }

  @Test
  void itIsFoundThroughLinksAndWithAnyCdpath() throws Exception {
    Files.createSymbolicLink(directory.resolve("to it"), Path.of("a check out/syncline"));
    Files.createSymbolicLink(directory.resolve("link"), directory.resolve("to it"));
    Files.createDirectories(directory.resolve("elsewhere/a check out"));

    Run linked = run(directory.resolve("link").toString(), directory, Map.of(), "status");
    Run relative =
        run(
            "a check out/syncline",
            directory,
            Map.of("CDPATH", directory.resolve("elsewhere").toString()),
            "status");

    assertThat(linked.status).as(linked.err).isZero();
    assertThat(relative.status).as(relative.err).isZero();
    assertThat(calls("maven")).hasSize(1);
  }

  @Test
  void aCheckoutThatCannotBeWrittenToIsNamed() throws Exception {
    // A file where the directory would be: permissions do not hold for an administrator.
    write("local-sim/cli/target", "");

    Run run = run("status");

    assertThat(run.status).isEqualTo(1);
    assertThat(run.err.lines())
        .singleElement()
        .asString()
        .startsWith("syncline: needs to build, and cannot write to " + checkout);
  }

  @Test
  void aBuiltProgramRunsAlthoughNothingCanBePrepared() throws Exception {
    jdk("25.0.1");
    Path dist = checkout.resolve("local-sim/cli/target/syncline");
    Files.createDirectories(dist.resolve("classes-25.aot.tried/in-the-way"));
    Files.createDirectories(dist.resolve("classes-25.jsa/in-the-way"));

    Run run = run("status");

    assertThat(run.status).as(run.err).isZero();
    assertThat(run.out).isEqualTo("ran\n");
  }

  @Test
  void aJdkThatIsTooOldIsNamedWithItsVersion() throws Exception {
    jdk("17.0.15");

    Run run = run("status");

    assertThat(run.status).isEqualTo(1);
    assertThat(run.err)
        .contains("SYNCLINE_JAVA_HOME must name a JDK 21 or newer", "version 17")
        .doesNotContain("Building");
  }
}
