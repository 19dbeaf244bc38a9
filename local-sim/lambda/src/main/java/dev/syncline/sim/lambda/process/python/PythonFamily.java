// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process.python;

import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.process.CannotStartException;
import dev.syncline.sim.lambda.process.Child;
import dev.syncline.sim.lambda.process.ClientScripts;
import dev.syncline.sim.lambda.process.Interpreters;
import dev.syncline.sim.lambda.process.Language;
import dev.syncline.sim.lambda.process.RuntimeFamily;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The Python runtimes. */
public final class PythonFamily implements RuntimeFamily {
  private static final List<String> SCRIPTS = List.of("client.py");

  private final Interpreters interpreters;
  private final ClientScripts scripts;

  /** Runs functions with the interpreters that are found. */
  public PythonFamily(Interpreters interpreters, ClientScripts scripts) {
    this.interpreters = interpreters;
    this.scripts = scripts;
  }

  @Override
  public boolean runs(String runtime) {
    return Language.PYTHON.runs(runtime);
  }

  @Override
  public Child child(FunctionSpec spec) throws CannotStartException {
    Path python = interpreters.find(Language.PYTHON, spec.runtime()).interpreter().program();
    Path client = scripts.directory("python", SCRIPTS);
    return new Child(
        List.of(python.toString(), client.resolve("client.py").toString()),
        Map.of(),
        client,
        python.getParent(),
        true);
  }
}
