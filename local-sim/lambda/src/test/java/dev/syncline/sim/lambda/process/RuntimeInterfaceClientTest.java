// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.kernel.HostPlatform;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuntimeInterfaceClientTest {
  @TempDir private Path directory = Path.of(".");

  @ParameterizedTest
  @CsvSource({
    "amd64, x86_64.so",
    "x86_64, x86_64.so",
    "aarch64, aarch_64.so",
    "arm64, aarch_64.so"
  })
  void theLibraryIsTheOneForTheProcessor(String architecture, String ending) {
    RuntimeInterfaceClient client =
        RuntimeInterfaceClient.unpack(directory, new HostPlatform("Linux", architecture));

    assertThat(client.nativeLibrary()).isNotEmptyFile();
    assertThat(String.valueOf(client.nativeLibrary())).endsWith(ending);
    assertThat(client.classPath()).allSatisfy(jar -> assertThat(jar).isNotEmptyFile());
  }

  @Test
  void aPlatformWithoutALibraryGetsAClassInItsPlace() {
    RuntimeInterfaceClient client =
        RuntimeInterfaceClient.unpack(directory, new HostPlatform("Mac OS X", "aarch64"));

    assertThat(client.nativeLibrary()).isNull();
    assertThat(
            client
                .classPath()
                .get(0)
                .resolve(
                    "com/amazonaws/services/lambda/runtime/api/client/runtimeapi/NativeClient.class"))
        .isNotEmptyFile();
    assertThat(client.directory()).isEqualTo(directory.toAbsolutePath());
  }
}
