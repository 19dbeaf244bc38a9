// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import dev.syncline.sim.lambda.FunctionSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The command line and the environment of a child process, as in Lambda's Java runtimes. */
final class ChildCommand {
  private final RuntimeInterfaceClient client;
  private final ProcessOptions options;
  private final int javaVersion;

  ChildCommand(RuntimeInterfaceClient client, ProcessOptions options) {
    this.client = client;
    this.options = options;
    this.javaVersion = javaVersion(options.javaHome());
  }

  List<String> command(FunctionSpec spec) {
    var command = new ArrayList<String>();
    command.add(options.javaHome().resolve("bin").resolve("java").toString());
    // As Lambda starts Java: the C1 compiler only, and the serial collector.
    command.add("-XX:+TieredCompilation");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UseSerialGC");
    command.add("-Xshare:auto");
    command.add("-XX:-UsePerfData");
    command.add("-Xmx" + spec.memoryMb() * 85L * 1024 / 100 + "k");
    command.add(
        "-D" + RuntimeInterfaceClient.NATIVE_LIBRARY_PROPERTY + "=" + client.nativeLibrary());
    command.add("-Dstdout.encoding=UTF-8");
    command.add("-Dstderr.encoding=UTF-8");
    if (javaVersion >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(options.jvmArguments());
    command.add("-cp");
    command.add(classPath(spec));
    command.add(RuntimeInterfaceClient.MAIN_CLASS);
    command.add(spec.handler());
    return command;
  }

  /** All variables of the child; none of the simulator's environment. */
  Map<String, String> environment(FunctionSpec spec, String logStream, String runtimeApi) {
    var variables = new LinkedHashMap<String, String>();
    variables.put("PATH", "/usr/local/bin:/usr/bin/:/bin:/opt/bin");
    variables.put("LANG", "en_US.UTF-8");
    variables.put("TZ", ":UTC");
    variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + spec.runtime());
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", initialization(spec));
    variables.putAll(options.environment().get());
    variables.putAll(spec.environment());
    variables.put("_HANDLER", spec.handler());
    variables.put("LAMBDA_TASK_ROOT", spec.code().directory().toString());
    variables.put("LAMBDA_RUNTIME_DIR", String.valueOf(client.nativeLibrary().getParent()));
    variables.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
    variables.put("AWS_LAMBDA_FUNCTION_NAME", spec.name());
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", spec.version());
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(spec.memoryMb()));
    variables.put("AWS_LAMBDA_LOG_GROUP_NAME", spec.logGroup());
    variables.put("AWS_LAMBDA_LOG_STREAM_NAME", logStream);
    if (spec.environmentConcurrency() > 1) {
      variables.put("AWS_LAMBDA_MAX_CONCURRENCY", Integer.toString(spec.environmentConcurrency()));
    }
    return variables;
  }

  private static String initialization(FunctionSpec spec) {
    if (spec.snapStart()) {
      return "snap-start";
    }
    return spec.environmentConcurrency() > 1 ? "lambda-managed-instances" : "on-demand";
  }

  /**
   * The client, then the function. The client would load the function by itself from the working
   * directory; on the class path its classes can also come from a CDS or AOT archive.
   */
  private String classPath(FunctionSpec spec) {
    var entries = new ArrayList<String>();
    client.classPath().forEach(jar -> entries.add(jar.toString()));
    spec.code().classPath().forEach(entry -> entries.add(entry.toString()));
    return String.join(java.io.File.pathSeparator, entries);
  }

  private static int javaVersion(Path javaHome) {
    if (javaHome.equals(Path.of(System.getProperty("java.home")))) {
      return Runtime.version().feature();
    }
    var release = new Properties();
    try (var file = Files.newBufferedReader(javaHome.resolve("release"))) {
      release.load(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(
          javaHome + " is not a JDK or JRE: it has no readable file 'release'", failure);
    }
    String version = release.getProperty("JAVA_VERSION", "0").replace("\"", "");
    int feature = Runtime.Version.parse(version).feature();
    if (feature < 21) {
      throw new IllegalArgumentException(
          "functions need Java 21 or newer; " + javaHome + " is " + version);
    }
    return feature;
  }
}
