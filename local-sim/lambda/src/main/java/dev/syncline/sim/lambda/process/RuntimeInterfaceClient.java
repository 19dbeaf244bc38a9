// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import dev.syncline.sim.kernel.HostPlatform;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * AWS's runtime interface client for Java, prepared for a child's class path.
 *
 * <p>Its jars are resources of this module (put there by the build), so that they are found in
 * every packaging of the program and are only on the child's class path. The client would unpack
 * its native library to one fixed path for all processes; it is unpacked here instead, once.
 *
 * @param classPath its jars
 * @param nativeLibrary its native library for this machine
 */
public record RuntimeInterfaceClient(List<Path> classPath, Path nativeLibrary) {
  /** The class with {@code main}. */
  public static final String MAIN_CLASS =
      "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  /** The system property that names the native library, so that the client does not unpack it. */
  public static final String NATIVE_LIBRARY_PROPERTY =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  private static final String CLIENT = "aws-lambda-java-runtime-interface-client";
  private static final List<String> JARS =
      List.of(
          CLIENT + ".jar",
          "aws-lambda-java-core.jar",
          "aws-lambda-java-serialization.jar",
          "utils-lite.jar");

  /** Makes paths absolute: a child's working directory is not ours. */
  public RuntimeInterfaceClient {
    classPath = classPath.stream().map(Path::toAbsolutePath).toList();
    nativeLibrary = nativeLibrary.toAbsolutePath();
  }

  /**
   * Unpacks the jars of this module into {@code directory}.
   *
   * @throws UnsupportedOperationException on a machine that the client has no native library for
   */
  public static RuntimeInterfaceClient unpack(Path directory) {
    return unpack(directory, HostPlatform.current());
  }

  /** The same for a given platform. */
  static RuntimeInterfaceClient unpack(Path directory, HostPlatform platform) {
    String library = nativeLibraryName(platform);
    try {
      List<Path> jars = unpackJars(directory);
      return new RuntimeInterfaceClient(jars, unpackLibrary(jars.get(0), library, directory));
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "cannot unpack the Lambda runtime interface client into " + directory, failure);
    }
  }

  /** Unpacks the jars only, which any machine can read, into {@code directory}. */
  public static List<Path> unpackJars(Path directory) throws IOException {
    Files.createDirectories(directory);
    var jars = new ArrayList<Path>();
    for (String jar : JARS) {
      Path target = directory.resolve(jar);
      try (InputStream resource =
          RuntimeInterfaceClient.class.getResourceAsStream("client/" + jar)) {
        if (resource == null) {
          throw new IllegalStateException(
              "the resource client/" + jar + " is missing; build local-sim/lambda with Maven");
        }
        Files.copy(resource, target, StandardCopyOption.REPLACE_EXISTING);
      }
      jars.add(target);
    }
    return List.copyOf(jars);
  }

  /** Whether this machine can run it: Linux on x86-64 or arm64. */
  public static boolean supported() {
    return supported(HostPlatform.current());
  }

  /** Whether {@code platform} can run it: Linux on x86-64 or arm64. */
  public static boolean supported(HostPlatform platform) {
    return platform.isLinux64();
  }

  private static Path unpackLibrary(Path jar, String library, Path directory) throws IOException {
    Path target = directory.resolve(library);
    try (var zip = new ZipFile(jar.toFile())) {
      ZipEntry entry = zip.getEntry("jni/" + library);
      if (entry == null) {
        throw new IllegalArgumentException(jar + " has no jni/" + library);
      }
      try (InputStream content = zip.getInputStream(entry)) {
        Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return target;
  }

  private static String nativeLibraryName(HostPlatform platform) {
    if (!supported(platform)) {
      throw new UnsupportedOperationException(
          "AWS's runtime interface client runs on Linux x86-64 and arm64 only; this is "
              + platform
              + ". Use the in-process executor here.");
    }
    String musl = platform.isX64() ? "x86_64" : "aarch64";
    return "libaws-lambda-jni."
        + (Files.exists(Path.of("/lib/ld-musl-" + musl + ".so.1")) ? "linux_musl-" : "linux-")
        + (platform.isX64() ? "x86_64" : "aarch_64")
        + ".so";
  }
}
