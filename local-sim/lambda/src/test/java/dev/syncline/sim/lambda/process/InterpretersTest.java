// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interpreters are scripts here, which print the version of an interpreter. */
class InterpretersTest {
  @TempDir private Path home;
  private final Map<String, String> host = new HashMap<>();

  @BeforeEach
  void needsAShell() {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "the scripts need /bin/sh");
    host.put("PATH", home.resolve("bin").toString());
  }

  private Path program(String path, String version) throws IOException {
    return script(path, "echo " + version + "; echo $0");
  }

  private Path script(String path, String body) throws IOException {
    Path file = home.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  private Interpreters interpreters(InterpreterSettings settings) {
    return new Interpreters(settings, host, home);
  }

  private Interpreters.Choice python(String runtime) throws CannotStartException {
    return interpreters(InterpreterSettings.DEFAULT).find(Language.PYTHON, runtime);
  }

  @Test
  void theSameVersionIsTakenFromTheFirstPlaceThatHasIt() throws Exception {
    Path managed = program(".pyenv/versions/3.12.1/bin/python3.12", "3.12.1");
    program("bin/python3", "3.11.7");
    assertThat(python("python3.12").interpreter().program()).isEqualTo(managed);

    Path newer = program(".pyenv/versions/3.12.10/bin/python3.12", "3.12.10");
    assertThat(python("python3.12").interpreter()).isEqualTo(new Interpreter(newer, "3.12.10"));

    // A shim of a version manager that has no such version.
    script("bin/python3.12", "echo not installed >&2; exit 127");
    assertThat(python("python3.12").interpreter().program()).isEqualTo(newer);

    Path onPath = program("other/python3.12", "3.12.4");
    host.put("PATH", home.resolve("bin") + ":" + home.resolve("other"));
    assertThat(python("python3.12").interpreter().program()).isEqualTo(onPath);

    Path environment = program("venv/bin/python", "3.12.0");
    host.put("VIRTUAL_ENV", home.resolve("venv").toString());
    assertThat(python("python3.12").interpreter().program()).isEqualTo(environment);
    assertThat(python("python3.12").exact()).isTrue();
  }

  @Test
  void aSetInterpreterIsUsedAndMustBeOne() throws Exception {
    Path set = program("set", "3.13.2");
    var settings = new InterpreterSettings(Map.of("python3.12", set), false, false, null);
    Interpreters.Choice choice = interpreters(settings).find(Language.PYTHON, "python3.12");
    assertThat(choice.interpreter().program()).isEqualTo(set);
    assertThat(choice.exact()).isFalse();

    Path wrong = script("wrong", "exit 3");
    var bad = new InterpreterSettings(Map.of("python3.12", wrong), false, false, null);
    assertThatThrownBy(() -> interpreters(bad).find(Language.PYTHON, "python3.12"))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("--runtime python3.12=" + wrong);
  }

  @Test
  void anotherVersionIsUsedAndToldUnlessVersionsMustBeExact() throws Exception {
    Path other = program("bin/python3", "3.11.7");
    Interpreters compatible = interpreters(InterpreterSettings.DEFAULT);
    assertThat(compatible.find(Language.PYTHON, "python3.12").interpreter().program())
        .isEqualTo(other);
    assertThat(compatible.suitability(Language.PYTHON, "python3.12").notices().toString())
        .contains("asks for python3.12", other.toString(), "3.11.7");

    Interpreters exact = interpreters(new InterpreterSettings(Map.of(), true, false, null));
    assertThat(exact.suitability(Language.PYTHON, "python3.12").refusal())
        .contains("no interpreter for python3.12", "--runtime-versions exact", "3.11.7");
    assertThatThrownBy(() -> exact.find(Language.PYTHON, "python3.12"))
        .isInstanceOf(CannotStartException.class);
  }

  @Test
  void withoutAnyTheMessageNamesWhatToDoAndWhereItWasLookedFor() throws Exception {
    script("bin/python3", "echo 2.7.18; echo $0");
    assertThatThrownBy(() -> python("python3.12"))
        .isInstanceOf(CannotStartException.class)
        .hasMessageStartingWith(
            "no interpreter for python3.12 was found: install one, or give --runtime"
                + " python3.12=PATH; looked at ")
        .hasMessageContaining("python3.12 on PATH")
        .hasMessageContaining(home.resolve(".pyenv/versions").toString())
        .hasMessageContaining("python3 on PATH");
    Interpreters none = interpreters(InterpreterSettings.DEFAULT);
    assertThat(none.suitability(Language.NODE, "nodejs22.x").refusal()).isNull();
    assertThat(none.suitability(Language.NODE, "nodejs22.x").notices().toString())
        .contains("no interpreter for nodejs22.x");
  }

  @Test
  void aFileThatChangesIsAskedAgain() throws Exception {
    Path file = program("bin/node", "20.1.0");
    Interpreters interpreters = interpreters(InterpreterSettings.DEFAULT);
    assertThat(interpreters.find(Language.NODE, "nodejs20.x").exact()).isTrue();

    program("bin/node", "22.1.0");
    Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(1));

    assertThat(interpreters.find(Language.NODE, "nodejs20.x").exact()).isFalse();
    assertThat(interpreters.find(Language.NODE, "nodejs22.x").exact()).isTrue();
    assertThat(interpreters.all(Language.NODE)).hasSize(1);
  }
}
