// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.inprocess;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TimeZone;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the process-wide parts of {@link System} and {@link Runtime} in the code of one function
 * that runs in this process. {@link ClassRewriter} redirects the function's calls here. Each
 * function's class loader defines this class for itself, so its static state is that of one
 * execution environment. Public because the function's classes call it; it uses types of the JDK
 * only, because a function's class loader has no others. Thread-safe.
 */
public final class FunctionSystem {
  /** The function's {@code System.out}: a line goes to the function's log. */
  public static volatile PrintStream out = System.out;

  /** The function's {@code System.err}: a line goes to the function's log. */
  public static volatile PrintStream err = System.err;

  /** The function's {@code System.in}: empty, as on Lambda. */
  public static volatile InputStream in = InputStream.nullInputStream();

  private static volatile Map<String, String> environment = Map.of();
  private static volatile Properties properties = new Properties();
  private static volatile IntConsumer exit =
      status -> {
        throw new IllegalStateException("exit before the start");
      };
  private static volatile Consumer<String> notice = text -> {};

  private FunctionSystem() {}

  /**
   * Sets up the state of an environment; the properties are a copy of the process's own.
   *
   * @param exits ends the environment with an exit status; must throw
   * @param notices receives a note for each call without an effect
   */
  public static void start(
      Map<String, String> variables,
      PrintStream output,
      IntConsumer exits,
      Consumer<String> notices) {
    environment = Map.copyOf(variables);
    out = output;
    err = output;
    exit = exits;
    notice = notices;
    var copy = new Properties();
    copy.putAll(System.getProperties());
    properties = copy;
  }

  /** {@link System#exit}. */
  public static void exit(int status) {
    exit.accept(status);
  }

  /** {@link Runtime#exit}. */
  public static void exit(Runtime runtime, int status) {
    exit.accept(status);
  }

  /** {@link Runtime#halt}. */
  public static void halt(Runtime runtime, int status) {
    exit.accept(status);
  }

  /** {@link Runtime#addShutdownHook}: Lambda runs no hooks when it ends an environment. */
  public static void addShutdownHook(Runtime runtime, Thread hook) {}

  /** {@link Runtime#removeShutdownHook}. */
  public static boolean removeShutdownHook(Runtime runtime, Thread hook) {
    return false;
  }

  /** {@link System#getenv(String)}. */
  public static @Nullable String getenv(String name) {
    return environment.get(name);
  }

  /** {@link System#getenv()}. */
  public static Map<String, String> getenv() {
    return environment;
  }

  /** {@link System#getProperties}. */
  public static Properties getProperties() {
    return properties;
  }

  /** {@link System#setProperties}. */
  public static void setProperties(@Nullable Properties replacement) {
    properties = replacement == null ? new Properties() : replacement;
  }

  /** {@link System#getProperty(String)}. */
  public static @Nullable String getProperty(String key) {
    return properties.getProperty(key);
  }

  /** {@link System#getProperty(String, String)}. */
  public static @Nullable String getProperty(String key, @Nullable String otherwise) {
    String value = properties.getProperty(key);
    return value == null ? otherwise : value;
  }

  /** {@link System#setProperty}. */
  public static @Nullable String setProperty(String key, String value) {
    return (String) properties.setProperty(key, value);
  }

  /** {@link System#clearProperty}. */
  public static @Nullable String clearProperty(String key) {
    return (String) properties.remove(key);
  }

  /** {@link Boolean#getBoolean}. */
  public static boolean getBoolean(String key) {
    return Boolean.parseBoolean(properties.getProperty(key));
  }

  /** {@link Integer#getInteger(String)}. */
  public static @Nullable Integer getInteger(String key) {
    String value = properties.getProperty(key);
    try {
      return value == null ? null : Integer.decode(value);
    } catch (NumberFormatException noNumber) {
      return null;
    }
  }

  /** {@link Integer#getInteger(String, int)}. */
  public static Integer getInteger(String key, int otherwise) {
    Integer value = getInteger(key);
    return value == null ? Integer.valueOf(otherwise) : value;
  }

  /** {@link System#setOut}. */
  public static void setOut(PrintStream replacement) {
    out = replacement;
  }

  /** {@link System#setErr}. */
  public static void setErr(PrintStream replacement) {
    err = replacement;
  }

  /** {@link System#setIn}. */
  public static void setIn(InputStream replacement) {
    in = replacement;
  }

  /** {@link Throwable#printStackTrace()}. */
  public static void printStackTrace(Throwable thrown) {
    thrown.printStackTrace(err);
  }

  /** {@link TimeZone#setDefault}: has no effect, because the whole process would have that zone. */
  public static void setDefault(@Nullable TimeZone zone) {
    if (zone != null && !zone.getID().equals(TimeZone.getDefault().getID())) {
      notice.accept("TimeZone.setDefault(" + zone.getID() + ") has no effect: " + sharedBecause());
    }
  }

  /** {@link Locale#setDefault(Locale)}: has no effect, as above. */
  public static void setDefault(Locale locale) {
    if (!locale.equals(Locale.getDefault())) {
      notice.accept("Locale.setDefault(" + locale + ") has no effect: " + sharedBecause());
    }
  }

  /** {@link java.security.Security#setProperty}: has no effect, as above. */
  public static void setSecurityProperty(String key, String value) {
    notice.accept("Security.setProperty(" + key + ") has no effect: " + sharedBecause());
  }

  private static String sharedBecause() {
    return "the function runs in the simulator's process; use the executor 'process'";
  }
}
