// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints shell commands that point AWS's CLI and SDKs to a running simulator. */
@Command(
    name = "env",
    description = {
      "Print shell commands that point the AWS CLI and SDKs to the running simulator:",
      "  eval \"$(./syncline env)\""
    })
final class EnvCommand extends ClientCommand {
  /** The shells whose syntax is known. */
  enum Shell {
    /** POSIX shells: sh, bash, zsh. */
    SH,
    /** fish. */
    FISH,
    /** PowerShell. */
    POWERSHELL;

    String set(String name, String value) {
      return switch (this) {
        case SH -> "export " + name + "='" + value.replace("'", "'\\''") + "'";
        case FISH ->
            "set -gx " + name + " '" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
        case POWERSHELL -> "$Env:" + name + " = '" + value.replace("'", "''") + "'";
      };
    }

    String unset(String name) {
      return switch (this) {
        case SH -> "unset " + name;
        case FISH -> "set -e " + name;
        case POWERSHELL -> "Remove-Item Env:" + name + " -ErrorAction SilentlyContinue";
      };
    }
  }

  @Option(
      names = "--shell",
      paramLabel = "SHELL",
      description = "sh (also bash and zsh), fish or powershell. Default: sh.")
  private Shell shell = Shell.SH;

  @Override
  public Integer call() {
    ClientEnvironment environment = ClientEnvironment.of(connect().status());
    PrintWriter out = out();
    ClientEnvironment.UNSET.forEach(name -> out.println(shell.unset(name)));
    environment.variables().forEach((name, value) -> out.println(shell.set(name, value)));
    return 0;
  }
}
