// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every command has: {@code --help}, {@code --version}, its output and its refusals. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class)
abstract class Subcommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Standard output. */
  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Standard error. */
  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** The error for an option or argument that cannot be used; prints the usage too. */
  final ParameterException refused(String reason) {
    return new ParameterException(spec.commandLine(), reason);
  }

  /** All arguments of the process, the command's name included. */
  final List<String> processArguments() {
    return spec.commandLine().getParent().getParseResult().originalArgs();
  }
}
