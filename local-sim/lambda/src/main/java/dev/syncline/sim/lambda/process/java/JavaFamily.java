// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process.java;

import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.process.Child;
import dev.syncline.sim.lambda.process.ProcessEnvironments;
import dev.syncline.sim.lambda.process.ProcessOptions;
import dev.syncline.sim.lambda.process.RuntimeFamily;
import dev.syncline.sim.lambda.process.RuntimeInterfaceClient;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The Java runtimes, started as Lambda starts them. */
public final class JavaFamily implements RuntimeFamily {
  private final RuntimeInterfaceClient client;
  private final ProcessOptions options;
  private final int javaVersion;

  /** A family; {@code client} is on the class path of every child. */
  public JavaFamily(RuntimeInterfaceClient client, ProcessOptions options) {
    this.client = client;
    this.options = options;
    this.javaVersion = javaVersion(options.javaHome());
  }

  /** Environments of this family only. */
  public static ProcessEnvironments environments(
      RuntimeInterfaceClient client, ProcessOptions options) {
    return new ProcessEnvironments(List.of(new JavaFamily(client, options)), options);
  }

  @Override
  public boolean runs(String runtime) {
    return runtime.startsWith("java");
  }

  @Override
  public Child child(FunctionSpec spec) {
    return new Child(command(spec), Map.of(), client.directory(), null, true);
  }

  private List<String> command(FunctionSpec spec) {
    var command = new ArrayList<String>();
    command.add(options.javaHome().resolve("bin").resolve("java").toString());
    // As Lambda starts Java: the C1 compiler only, and the serial collector.
    command.add("-XX:+TieredCompilation");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UseSerialGC");
    command.add("-Xshare:auto");
    command.add("-XX:-UsePerfData");
    command.add("-Xmx" + spec.memoryMb() * 85L * 1024 / 100 + "k");
    Path library = client.nativeLibrary();
    if (library != null) {
      command.add("-D" + RuntimeInterfaceClient.NATIVE_LIBRARY_PROPERTY + "=" + library);
    }
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

  /**
   * The client, then the function. The client would load the function by itself from the working
   * directory; on the class path its classes can also come from a CDS or AOT archive.
   */
  private String classPath(FunctionSpec spec) {
    var entries = new ArrayList<String>();
    client.classPath().forEach(jar -> entries.add(jar.toString()));
    spec.classPath().forEach(entry -> entries.add(entry.toString()));
    return String.join(File.pathSeparator, entries);
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
