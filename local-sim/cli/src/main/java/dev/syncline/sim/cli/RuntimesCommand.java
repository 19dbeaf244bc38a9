// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.syncline.sim.service.contract.HostRuntimes;
import java.io.PrintWriter;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lists what functions of each runtime would run on; needs no simulator. */
@Command(
    name = "runtimes",
    mixinStandardHelpOptions = true,
    description = {
      "List the interpreters and AWS SDKs of this machine that functions run on.",
      "Java functions run on the Java of the simulator, and provided runtimes on their bootstrap."
          + " Nothing is installed or changed."
    })
final class RuntimesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private InterpreterOptions interpreters = new InterpreterOptions();

  @Option(names = "--json", description = "Print it as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    List<HostRuntimes.Found> found;
    try {
      found =
          ServiceLoader.load(HostRuntimes.class)
              .findFirst()
              .orElseThrow()
              .find(interpreters.settings());
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), Failure.reason(wrong));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(asJson(found));
    } else {
      found.forEach(one -> print(out, one));
    }
    return 0;
  }

  private static ArrayNode asJson(List<HostRuntimes.Found> found) {
    ArrayNode all = CliJson.array();
    for (HostRuntimes.Found one : found) {
      all.addObject()
          .put("runtime", one.runtime())
          .put("program", one.program())
          .put("version", one.version())
          .put("note", one.note())
          .put("sdk", one.sdk());
    }
    return all;
  }

  private static void print(PrintWriter out, HostRuntimes.Found one) {
    if (one.program().isEmpty()) {
      out.printf("%-11s none: %s%n", one.runtime(), one.note());
      return;
    }
    out.printf(
        "%-11s %s %s%s; AWS SDK: %s%n",
        one.runtime(),
        one.version(),
        one.program(),
        one.note().isEmpty() ? "" : " (" + one.note() + ")",
        one.sdk().isEmpty() ? "none found" : one.sdk());
  }
}
