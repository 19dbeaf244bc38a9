// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.lambda.process.CannotStartException;
import dev.syncline.sim.lambda.process.Interpreter;
import dev.syncline.sim.lambda.process.Interpreters;
import dev.syncline.sim.lambda.process.Language;
import dev.syncline.sim.lambda.process.node.NodeSdk;
import dev.syncline.sim.lambda.process.python.PythonPackages;
import dev.syncline.sim.service.contract.HostRuntimes;
import dev.syncline.sim.service.settings.FunctionInterpreters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The interpreters and SDKs of this machine, as functions would get them. */
public final class FoundRuntimes implements HostRuntimes {
  @Override
  public List<Found> find(FunctionInterpreters settings) {
    Interpreters interpreters = Interpreters.ofThisProcess(HostProcesses.settings(settings));
    var packages = new PythonPackages(interpreters, Path.of(""));
    NodeSdk nodeSdk = NodeSdk.ofThisProcess(settings.nodeSdk());
    var found = new ArrayList<Found>();
    for (String runtime : FunctionRuntimes.RUN) {
      if (Language.PYTHON.runs(runtime)) {
        found.add(
            find(
                interpreters,
                Language.PYTHON,
                runtime,
                python -> packages.sdk(python).map(sdk -> "boto3 " + sdk.version()).orElse("")));
      } else if (Language.NODE.runs(runtime)) {
        found.add(
            find(
                interpreters,
                Language.NODE,
                runtime,
                node ->
                    nodeSdk.directories(node.program()).stream()
                        .map(Path::toString)
                        .collect(Collectors.joining(", "))));
      }
    }
    return found;
  }

  private static Found find(
      Interpreters interpreters,
      Language language,
      String runtime,
      Function<Interpreter, String> sdk) {
    try {
      Interpreters.Choice choice = interpreters.find(language, runtime);
      Interpreter found = choice.interpreter();
      return new Found(
          runtime,
          found.program().toString(),
          found.version(),
          choice.exact() ? "" : "another version",
          sdk.apply(found));
    } catch (CannotStartException none) {
      return new Found(runtime, "", "", String.valueOf(none.getMessage()), "");
    }
  }
}
