// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import java.util.Locale;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The available backends: the shipped ones, and those that {@link ServiceLoader} finds. Stateless
 * and thread-safe.
 */
public final class Backends {

  private static final Supplier<Stream<BackendFactory>> SHIPPED =
      () ->
          Stream.of(
              new StepFunctionsFactory(),
              new ExpressFactory(),
              new LambdaFactory(),
              new SqsFactory(),
              new HttpFactory());

  private Backends() {}

  /**
   * The factory of a backend.
   *
   * @param name the value of {@code BACKEND}; case-insensitive
   * @throws IllegalArgumentException naming {@code BACKEND} and the available names
   */
  public static BackendFactory named(String name) {
    String wanted = name.strip().toLowerCase(Locale.ROOT);
    // The loader scans every jar, so it is used only for a backend that is not shipped.
    return SHIPPED
        .get()
        .filter(factory -> factory.name().equals(wanted))
        .findFirst()
        .orElseGet(() -> added(wanted));
  }

  private static BackendFactory added(String wanted) {
    TreeSet<String> names =
        SHIPPED.get().map(BackendFactory::name).collect(Collectors.toCollection(TreeSet::new));
    for (BackendFactory factory :
        ServiceLoader.load(BackendFactory.class, Backends.class.getClassLoader())) {
      if (factory.name().equals(wanted)) {
        return factory;
      }
      names.add(factory.name());
    }
    throw new IllegalArgumentException(
        (wanted.isEmpty() ? "BACKEND is not set" : "Unknown backend \"" + wanted + "\"")
            + "; set BACKEND to one of "
            + String.join(", ", names));
  }
}
