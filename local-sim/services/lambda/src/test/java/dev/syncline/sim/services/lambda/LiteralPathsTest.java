// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiteralPathsTest {
  @TempDir private Path code;

  private void write(String path, String text) throws IOException {
    Path file = code.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void ownTextFilesThatNameLambdasDirectoriesAreFound() throws IOException {
    write("app.py", "open('/var/task/data.json')");
    write("src/tool.mjs", "spawn('/opt/bin/tool')");
    write("bootstrap", "#!/bin/sh\nexec /var/runtime/x\n");

    assertThat(LiteralPaths.in(code))
        .containsExactlyInAnyOrder("app.py", "src/tool.mjs", "bootstrap");
  }

  @Test
  void otherFilesAndPackagesThatTheFunctionBringsAreNotLookedAt() throws IOException {
    write("fine.py", "'/optional/', '/var/tasks', '/var/log'");
    write("data.json", "/opt/x");
    write("node_modules/one/index.js", "/opt/x");
    write("library/module.py", "/opt/x");
    write("library-1.0.dist-info/METADATA", "");

    assertThat(LiteralPaths.in(code)).isEmpty();
    assertThat(LiteralPaths.in(code.resolve("absent"))).isEmpty();
  }

  @Test
  void noMoreThanThreeAreNamed() throws IOException {
    for (int i = 0; i < 10; i++) {
      write("f" + i + ".py", "/opt/x");
    }

    assertThat(LiteralPaths.in(code)).hasSize(3);
  }
}
