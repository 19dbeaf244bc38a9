// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** The options for the amount and the form of the output. */
final class OutputOptions {
  @Option(
      names = {"-q", "--quiet"},
      description = "Print results only, no progress.")
  private boolean quiet;

  @Option(names = "--json", description = "Print one JSON object a line, for programs.")
  private boolean json;

  /** The reporter that the options select. */
  Reporter reporter(PrintWriter out) {
    return new Reporter(
        out, json ? Reporter.Style.JSON : quiet ? Reporter.Style.QUIET : Reporter.Style.TEXT);
  }
}
