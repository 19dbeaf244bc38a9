// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process.provided;

import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.process.CannotStartException;
import dev.syncline.sim.lambda.process.Child;
import dev.syncline.sim.lambda.process.RuntimeFamily;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The OS-only runtimes: the package's {@code bootstrap}, or a layer's. */
public final class ProvidedFamily implements RuntimeFamily {
  private static final String BOOTSTRAP = "bootstrap";

  private final Path runtimeDirectory;

  /** {@code runtimeDirectory} stands for {@code /var/runtime}; it need not exist. */
  public ProvidedFamily(Path runtimeDirectory) {
    this.runtimeDirectory = runtimeDirectory;
  }

  @Override
  public boolean runs(String runtime) {
    return runtime.startsWith("provided");
  }

  @Override
  public Child child(FunctionSpec spec) throws CannotStartException {
    Path own = spec.code().directory().resolve(BOOTSTRAP);
    Path layers = spec.layers();
    Path bootstrap = Files.exists(own) || layers == null ? own : layers.resolve(BOOTSTRAP);
    if (!Files.isRegularFile(bootstrap)) {
      throw new CannotStartException(
          "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]");
    }
    return new Child(List.of(bootstrap.toString()), Map.of(), runtimeDirectory, null, false);
  }
}
