// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.inprocess;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Loads classes that see their own code, the JDK and Lambda's core interfaces, but no class of the
 * simulator. Their calls of process-wide methods go to their own {@link FunctionSystem}.
 * Thread-safe.
 */
final class FunctionClassLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  private static final String SYSTEM = FunctionSystem.class.getName();

  private final List<Place> places = new ArrayList<>();

  FunctionClassLoader(String name, List<Path> classPath) throws IOException {
    super(name, urls(classPath), CoreOnly.INSTANCE);
    for (Path entry : classPath) {
      places.add(new Place(entry, entry.toUri().toURL(), open(entry)));
    }
  }

  /** A directory or a jar of classes. */
  private record Place(Path path, URL url, @Nullable JarFile jar) {
    byte @Nullable [] read(String resource) throws IOException {
      if (jar == null) {
        Path file = path.resolve(resource);
        return Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
      }
      JarEntry entry = jar.getJarEntry(resource);
      if (entry == null) {
        return null;
      }
      try (InputStream content = jar.getInputStream(entry)) {
        return content.readAllBytes();
      }
    }
  }

  /** Opened here and not by URL: a jar opened by URL is shared, and closed, by all its loaders. */
  private static @Nullable JarFile open(Path entry) throws IOException {
    if (!Files.isRegularFile(entry)) {
      return null;
    }
    try {
      return new JarFile(entry.toFile(), false, ZipFile.OPEN_READ, Runtime.version());
    } catch (ZipException damaged) {
      // As in a class path, a place that cannot be read is empty.
      return null;
    }
  }

  private static URL[] urls(List<Path> classPath) throws IOException {
    var urls = new ArrayList<URL>();
    for (Path entry : classPath) {
      urls.add(entry.toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }

  /** The class that replaces {@link System} for this loader's classes. */
  Class<?> system() throws ClassNotFoundException {
    return loadClass(SYSTEM);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    try {
      if (name.equals(SYSTEM)) {
        return defineSystem();
      }
      String resource = name.replace('.', '/') + ".class";
      for (Place place : places) {
        byte[] found = place.read(resource);
        if (found != null) {
          byte[] rewritten = ClassRewriter.rewrite(found);
          definePackage(name, place);
          var source = new CodeSource(place.url(), (Certificate[]) null);
          return defineClass(name, rewritten, 0, rewritten.length, source);
        }
      }
    } catch (IOException | IllegalStateException unreadableOrClosed) {
      throw new ClassNotFoundException(name, unreadableOrClosed);
    }
    throw new ClassNotFoundException(name);
  }

  private Class<?> defineSystem() throws IOException {
    try (InputStream own = FunctionSystem.class.getResourceAsStream("FunctionSystem.class")) {
      if (own == null) {
        throw new IOException("FunctionSystem.class is not among the simulator's resources");
      }
      byte[] bytes = own.readAllBytes();
      return defineClass(SYSTEM, bytes, 0, bytes.length);
    }
  }

  /** With the manifest's data of the package, such as the version of a library. */
  private void definePackage(String className, Place place) throws IOException {
    int dot = className.lastIndexOf('.');
    if (dot < 0 || getDefinedPackage(className.substring(0, dot)) != null) {
      return;
    }
    String name = className.substring(0, dot);
    Manifest manifest = place.jar() == null ? null : place.jar().getManifest();
    try {
      if (manifest == null) {
        definePackage(name, null, null, null, null, null, null, null);
      } else {
        definePackage(name, manifest, place.url());
      }
    } catch (IllegalArgumentException definedMeanwhile) {
      // Another thread has defined the same package.
    }
  }

  @Override
  public void close() throws IOException {
    super.close();
    for (Place place : places) {
      if (place.jar() != null) {
        place.jar().close();
      }
    }
  }

  /** The JDK, and Lambda's interfaces, which both sides must share. */
  private static final class CoreOnly extends ClassLoader {
    static final CoreOnly INSTANCE = new CoreOnly();
    private static final String CORE = "com.amazonaws.services.lambda.runtime.";

    CoreOnly() {
      super("lambda-core", getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith(CORE)) {
        String rest = name.substring(CORE.length());
        if (rest.indexOf('.') < 0 || rest.startsWith("logging.")) {
          return Context.class.getClassLoader().loadClass(name);
        }
      }
      throw new ClassNotFoundException(name);
    }
  }
}
