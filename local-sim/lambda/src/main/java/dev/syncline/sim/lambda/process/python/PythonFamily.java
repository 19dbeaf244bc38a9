// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process.python;

import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.Suitability;
import dev.syncline.sim.lambda.process.CannotStartException;
import dev.syncline.sim.lambda.process.Child;
import dev.syncline.sim.lambda.process.ClientScripts;
import dev.syncline.sim.lambda.process.Interpreter;
import dev.syncline.sim.lambda.process.Interpreters;
import dev.syncline.sim.lambda.process.Language;
import dev.syncline.sim.lambda.process.RuntimeFamily;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The Python runtimes: the host's interpreter with our own client. The function has the packages
 * that Lambda has, and no others of the host, unless the user wants them.
 */
public final class PythonFamily implements RuntimeFamily {
  private static final List<String> SCRIPTS =
      List.of(
          "bootstrap.py",
          "syncline_runtime/__init__.py",
          "syncline_runtime/context.py",
          "syncline_runtime/faults.py",
          "syncline_runtime/marshal.py",
          "syncline_runtime/records.py",
          "syncline_runtime/runtime_api.py",
          "snapshot_restore_py/__init__.py");

  private final Interpreters interpreters;
  private final ClientScripts scripts;
  private final PythonPackages packages;

  /** Runs functions with the interpreters that are found. */
  public PythonFamily(Interpreters interpreters, ClientScripts scripts, PythonPackages packages) {
    this.interpreters = interpreters;
    this.scripts = scripts;
    this.packages = packages;
  }

  @Override
  public boolean runs(String runtime) {
    return Language.PYTHON.runs(runtime);
  }

  @Override
  public Suitability suitability(String runtime) {
    return interpreters.suitability(Language.PYTHON, runtime);
  }

  @Override
  public Child child(FunctionSpec spec) throws CannotStartException {
    Interpreter python = interpreters.find(Language.PYTHON, spec.runtime()).interpreter();
    Path client = scripts.directory("python", SCRIPTS);
    Path included = packages.directory(python, client.resolve("snapshot_restore_py"));
    var command = new ArrayList<String>();
    command.add(python.program().toString());
    command.add("-u");
    command.add("-s");
    if (!interpreters.settings().hostPackages()) {
      command.add("-S");
    }
    command.add("-X");
    command.add("utf8");
    command.add(client.resolve("bootstrap.py").toString());
    Path layers = spec.layers();
    Map<String, String> defaults =
        layers == null
            ? Map.of("PYTHONPATH", included.toString())
            : Map.of("PYTHONPATH", included.toString(), "_SYNCLINE_LAYERS", layers.toString());
    return new Child(command, defaults, included, python.program().getParent(), true);
  }
}
