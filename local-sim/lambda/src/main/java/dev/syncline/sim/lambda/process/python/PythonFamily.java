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
import java.util.concurrent.atomic.AtomicBoolean;

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
  private final AtomicBoolean told = new AtomicBoolean();

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
    if (spec.environmentConcurrency() > 1) {
      throw new CannotStartException(
          "the simulator does not run Python functions with more than one invocation at a time in"
              + " one environment; a capacity provider's functions must be Java here");
    }
    Interpreters.Choice choice = interpreters.find(Language.PYTHON, spec.runtime());
    Interpreter python = choice.interpreter();
    if (!choice.exact()) {
      requireLoadable(spec, python);
    }
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
    return new Child(
        command, defaults, included, python.program().getParent(), true, notices(python));
  }

  private List<String> notices(Interpreter python) {
    if (packages.sdk(python).isPresent() || interpreters.settings().hostPackages()) {
      return List.of();
    }
    return told.getAndSet(true)
        ? List.of()
        : List.of(
            "The AWS SDK that Lambda includes (boto3) is not on this machine for Python "
                + python.version()
                + ": pip install boto3, or start the simulator with --host-packages.");
  }

  private static void requireLoadable(FunctionSpec spec, Interpreter python)
      throws CannotStartException {
    Path module = NativeModules.ofOtherVersion(spec.code().directory(), python);
    if (module == null) {
      module = NativeModules.ofOtherVersion(spec.layers(), python);
    }
    if (module != null) {
      throw new CannotStartException(
          "no interpreter for "
              + spec.runtime()
              + " was found, and "
              + module.getFileName()
              + " cannot be loaded by "
              + python.program()
              + " ("
              + python.version()
              + "): install one, or give --runtime "
              + spec.runtime()
              + "=PATH");
    }
  }
}
