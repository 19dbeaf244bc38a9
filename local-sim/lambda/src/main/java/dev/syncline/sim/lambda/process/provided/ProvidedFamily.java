// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process.provided;

import dev.syncline.sim.kernel.HostPlatform;
import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.process.CannotStartException;
import dev.syncline.sim.lambda.process.Child;
import dev.syncline.sim.lambda.process.RuntimeFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The OS-only runtimes: the package's {@code bootstrap}, or a layer's. It is checked before it is
 * started, so that the errors are Lambda's on every machine, with Lambda's paths.
 */
public final class ProvidedFamily implements RuntimeFamily {
  private static final String BOOTSTRAP = "bootstrap";

  private final Path runtimeDirectory;
  private final HostPlatform platform;

  /** {@code runtimeDirectory} stands for {@code /var/runtime}; it need not exist. */
  public ProvidedFamily(Path runtimeDirectory, HostPlatform platform) {
    this.runtimeDirectory = runtimeDirectory;
    this.platform = platform;
  }

  @Override
  public boolean runs(String runtime) {
    return runtime.startsWith("provided");
  }

  @Override
  public Child child(FunctionSpec spec) throws CannotStartException {
    Path own = spec.code().directory().resolve(BOOTSTRAP);
    Path layers = spec.layers();
    Path bootstrap;
    String shown;
    if (Files.exists(own)) {
      bootstrap = own;
      shown = "/var/task/" + BOOTSTRAP;
    } else if (layers != null && Files.exists(layers.resolve(BOOTSTRAP))) {
      bootstrap = layers.resolve(BOOTSTRAP);
      shown = "/opt/" + BOOTSTRAP;
    } else {
      throw new CannotStartException(
          "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]");
    }
    if (!Files.isRegularFile(bootstrap) || !Files.isExecutable(bootstrap)) {
      throw refused(shown, "permission denied");
    }
    try {
      ProgramFile.of(bootstrap).requireRunnable(shown, platform);
    } catch (IOException unreadable) {
      throw refused(shown, "permission denied");
    }
    return new Child(List.of(bootstrap.toString()), Map.of(), runtimeDirectory, null, false);
  }

  /** As Lambda reports a program that the system does not start. */
  static CannotStartException refused(String shown, String reason) {
    return new CannotStartException("fork/exec " + shown + ": " + reason);
  }
}
