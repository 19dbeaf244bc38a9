// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Creates the configured work. Stateless and thread-safe. */
public final class WorkLoader {
  private WorkLoader() {}

  /**
   * The work of {@code WORK_CLASS}, or the sample's.
   *
   * @throws IllegalArgumentException naming the variable and the class's fault
   */
  public static Work fromEnvironment(Map<String, String> environment) {
    String name = WorkerSetting.WORK_CLASS.text(environment);
    return name.isEmpty() ? new FullName() : make(name);
  }

  private static Work make(String name) {
    Class<?> found;
    try {
      found = Class.forName(name, true, WorkLoader.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw wrong(name, "is not on the class path; put its jar beside the worker's", e);
    } catch (LinkageError e) {
      throw wrong(name, "cannot be loaded: " + e, e);
    }
    if (!Work.class.isAssignableFrom(found)) {
      throw wrong(name, "does not implement " + Work.class.getName(), null);
    }
    try {
      return (Work) found.getConstructor().newInstance();
    } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
      throw wrong(
          name,
          "must be public, not abstract, and have a public constructor without parameters",
          e);
    } catch (InvocationTargetException e) {
      throw wrong(name, "failed in its constructor: " + e.getCause(), e);
    }
  }

  private static IllegalArgumentException wrong(
      String name, String what, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        WorkerSetting.WORK_CLASS + " names " + name + ", which " + what, cause);
  }
}
