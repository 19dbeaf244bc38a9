// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.process;

/**
 * Starts {@link WorkerMain}, which needs Java {@value #NEEDED}, and reports an older Java. Compiled
 * for Java 11. Stateless.
 */
public final class Launcher {
  private static final int NEEDED = 21;

  private Launcher() {}

  /** The main class of {@code java -jar backend-worker.jar}. */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    int version = Runtime.version().feature();
    if (version < NEEDED) {
      System.err.println(
          "backend-worker: needs Java "
              + NEEDED
              + " or newer, but this is Java "
              + version
              + " ("
              + System.getProperty("java.home")
              + "); start it with the java of a newer JDK");
      System.exit(2);
    }
    Class.forName("dev.syncline.worker.process.WorkerMain")
        .getMethod("main", String[].class)
        .invoke(null, (Object) arguments);
  }
}
