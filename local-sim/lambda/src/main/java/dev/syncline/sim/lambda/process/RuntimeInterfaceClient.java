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
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * AWS's runtime interface client for Java, prepared for a child's class path.
 *
 * <p>Its jars are resources of this module (put there by the build), so that they are found in
 * every packaging of the program and are only on the child's class path. The client would unpack
 * its native library to one fixed path for all processes; it is unpacked here instead, once.
 *
 * <p>Its native library carries two of its calls. Where it has none for the machine, a class of
 * ours in Java alone takes the place of its native class, and all other code stays AWS's.
 *
 * @param classPath its jars, and before them what replaces classes of theirs
 * @param nativeLibrary its native library for this machine; null when it runs without one
 */
public record RuntimeInterfaceClient(List<Path> classPath, @Nullable Path nativeLibrary) {
  /** The class with {@code main}. */
  public static final String MAIN_CLASS =
      "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  /** The system property that names the native library, so that the client does not unpack it. */
  public static final String NATIVE_LIBRARY_PROPERTY =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  /** Our classes, and the package of those that they replace. */
  private static final String OURS = "dev/syncline/sim/lambda/process/java/client/";

  private static final String AWS = "com/amazonaws/services/lambda/runtime/api/client/runtimeapi/";

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
    nativeLibrary = nativeLibrary == null ? null : nativeLibrary.toAbsolutePath();
  }

  /** Unpacks the client into {@code directory}, with its native library where it has one. */
  public static RuntimeInterfaceClient unpack(Path directory) {
    return unpack(directory, HostPlatform.current());
  }

  /** The same for a given platform. */
  static RuntimeInterfaceClient unpack(Path directory, HostPlatform platform) {
    if (!hasNativeLibrary(platform)) {
      return unpackWithoutNativeLibrary(directory);
    }
    try {
      List<Path> jars = unpackJars(directory);
      Path library = unpackLibrary(jars.get(0), nativeLibraryName(platform), directory);
      return new RuntimeInterfaceClient(jars, library);
    } catch (IOException failure) {
      throw failed(directory, failure);
    }
  }

  /** Unpacks the client with Java code in place of its native library, for any machine. */
  public static RuntimeInterfaceClient unpackWithoutNativeLibrary(Path directory) {
    try {
      List<Path> jars = unpackJars(directory);
      Path replaced = directory.resolve("replaced");
      RenamedClasses.write(
          replaced,
          RuntimeInterfaceClient.class,
          List.of(
              OURS + "DNSManager",
              OURS + "NativeClient",
              OURS + "NativeClient$Connection",
              OURS + "NativeClient$Response"),
          Map.of(
              OURS + "DNSManager", "com/amazonaws/services/lambda/crac/DNSManager",
              OURS + "NativeClient", AWS + "NativeClient",
              OURS + "InvocationRequest", AWS + "dto/InvocationRequest",
              OURS + "LambdaRuntimeClientException", AWS + "LambdaRuntimeClientException"));
      var classPath = new ArrayList<Path>();
      classPath.add(replaced);
      classPath.addAll(jars);
      return new RuntimeInterfaceClient(classPath, null);
    } catch (IOException failure) {
      throw failed(directory, failure);
    }
  }

  private static UncheckedIOException failed(Path directory, IOException failure) {
    return new UncheckedIOException(
        "cannot unpack the Lambda runtime interface client into " + directory, failure);
  }

  /** The directory of its jars, in place of {@code /var/runtime}. */
  public Path directory() {
    return Objects.requireNonNull(classPath.get(classPath.size() - 1).getParent());
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

  /** Whether it has a native library for {@code platform}: Linux on x86-64 or arm64. */
  static boolean hasNativeLibrary(HostPlatform platform) {
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
    String musl = platform.isX64() ? "x86_64" : "aarch64";
    return "libaws-lambda-jni."
        + (Files.exists(Path.of("/lib/ld-musl-" + musl + ".so.1")) ? "linux_musl-" : "linux-")
        + (platform.isX64() ? "x86_64" : "aarch_64")
        + ".so";
  }
}
