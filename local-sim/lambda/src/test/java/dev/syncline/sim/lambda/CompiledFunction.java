// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles a handler from source into a code directory, as an unpacked package would be. */
public final class CompiledFunction {
  private CompiledFunction() {}

  /** Compiles one class; the package is the unnamed one. */
  public static Path compile(Path directory, String className, String source) throws IOException {
    Files.createDirectories(directory);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var messages = new StringWriter();
    var unit =
        new SimpleJavaFileObject(
            URI.create("string:///" + className + ".java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    String classPath =
        Path.of(
                URI.create(
                    com.amazonaws.services.lambda.runtime.RequestStreamHandler.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString()))
            .toString();
    boolean compiled =
        compiler
            .getTask(
                messages,
                null,
                null,
                List.of("-d", directory.toString(), "-cp", classPath, "--release", "21"),
                null,
                List.of(unit))
            .call();
    if (!compiled) {
      throw new IllegalStateException(messages.toString());
    }
    return directory;
  }
}
