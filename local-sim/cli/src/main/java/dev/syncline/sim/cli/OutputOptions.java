// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** The options that say how much is told, and in which form. */
final class OutputOptions {
  @Option(
      names = {"-q", "--quiet"},
      description = "Print results only, no progress.")
  private boolean quiet;

  @Option(names = "--json", description = "Print one JSON object a line, for programs.")
  private boolean json;

  /** A reporter as asked for. */
  Reporter reporter(PrintWriter out) {
    return new Reporter(
        out, json ? Reporter.Style.JSON : quiet ? Reporter.Style.QUIET : Reporter.Style.TEXT);
  }
}
