// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The entry point. Exit status: 0 done, 1 it failed, 2 it was called wrongly; every failure is one
 * line on standard error.
 */
@Command(
    name = "syncline",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "A local AWS for synchronous APIs over asynchronous backends.",
      "Start with 'syncline demo' to see it work, or 'syncline up' to work with it."
    },
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      LogsCommand.class,
      PublishCommand.class,
      SubscribeCommand.class,
      FaultCommand.class,
      MessagesCommand.class,
      CaCommand.class,
      DeployCommand.class,
      WaitCommand.class,
      EnvCommand.class,
      AwsCommand.class,
      PermissionsCommand.class,
      CoverageCommand.class,
      RuntimesCommand.class
    })
public final class Main implements Runnable {
  /** Set to any value, shows the stack trace of a defect. */
  static final String DEBUG_VARIABLE = "SYNCLINE_DEBUG";

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Runs the command line and exits with its status. */
  public static void main(String[] arguments) {
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    // The output of functions in this process must not mix with the lines of --json.
    System.setOut(System.err);
    int status = run(out, err, arguments);
    out.flush();
    err.flush();
    System.exit(status);
  }

  /** Runs the command line on the given writers. Returns the exit status. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    var commandLine = new CommandLine(new Main());
    commandLine.setOut(VisibleWriter.printer(out));
    commandLine.setErr(VisibleWriter.printer(err));
    commandLine.setExecutionStrategy(parsed -> execute(parsed, out, err));
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setUsageHelpAutoWidth(true);
    commandLine.setParameterExceptionHandler(Main::refuse);
    // Everything after the service's name belongs to the AWS CLI, options included.
    Objects.requireNonNull(commandLine.getSubcommands().get("aws")).setStopAtPositional(true);
    commandLine.setExecutionExceptionHandler(
        (failure, command, parsed) -> fail(failure, command.getErr()));
    return commandLine.execute(arguments);
  }

  /** Help is our own text and may be styled; everything else goes through the visible writers. */
  private static int execute(ParseResult parsed, PrintWriter out, PrintWriter err) {
    for (CommandLine command : parsed.asCommandLineList()) {
      if (command.isUsageHelpRequested() || command.isVersionHelpRequested()) {
        command.setOut(out);
        command.setErr(err);
      }
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  /** A subcommand is required. */
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name a command: " + String.join(", ", spec.subcommands().keySet()));
  }

  private static int refuse(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command
        .getErr()
        .println(name + ": " + oneLine(reason(failure)) + " (see '" + name + " --help')");
    return CommandLine.ExitCode.USAGE;
  }

  private static String reason(ParameterException failure) {
    CommandSpec called = failure.getCommandLine().getCommandSpec();
    if (failure instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      String first = unmatched.getUnmatched().getFirst();
      if (first.startsWith("-")) {
        return "there is no option "
            + first
            + SimilarNames.hint(first, called.optionsMap().keySet());
      }
      return called.subcommands().isEmpty()
          ? "unexpected argument '" + first + "'"
          : "there is no command '"
              + first
              + "'"
              + SimilarNames.hint(first, called.subcommands().keySet());
    }
    // The parser says "option option '--x'".
    return Failure.reason(failure).replace("option option", "option");
  }

  private static int fail(Exception failure, PrintWriter err) {
    if (failure instanceof Failure) {
      err.println("syncline: " + oneLine(Failure.reason(failure)));
      return CommandLine.ExitCode.SOFTWARE;
    }
    if (System.getenv(DEBUG_VARIABLE) != null) {
      failure.printStackTrace(err);
    } else {
      err.println(
          "syncline: a defect: "
              + oneLine(failure.toString())
              + " (set "
              + DEBUG_VARIABLE
              + "=1 to see the stack trace)");
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
