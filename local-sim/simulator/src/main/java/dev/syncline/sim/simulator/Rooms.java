// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator;

import dev.syncline.sim.service.ServiceProvider;
import java.util.Collection;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Finds the rooms of all services on the class path. Thread-safe. */
final class Rooms {
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*");

  /** Loaded once: the class path of a process does not change. */
  private static final class Found {
    static final List<ServiceProvider> PROVIDERS =
        sorted(
            ServiceLoader.load(ServiceProvider.class, Rooms.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
  }

  private Rooms() {}

  /** Every provider, in order of id. */
  static List<ServiceProvider> providers() {
    return Found.PROVIDERS;
  }

  /**
   * The providers in order of id.
   *
   * @throws IllegalStateException for an id of another form, and for two providers with one id
   */
  static List<ServiceProvider> sorted(Collection<ServiceProvider> providers) {
    var byId = new TreeMap<String, ServiceProvider>();
    for (ServiceProvider provider : providers) {
      if (!ID.matcher(provider.id()).matches()) {
        throw new IllegalStateException(
            provider.getClass().getName()
                + " has the id '"
                + provider.id()
                + "'; an id is lower-case letters and digits");
      }
      ServiceProvider other = byId.put(provider.id(), provider);
      if (other != null) {
        throw new IllegalStateException(
            "two rooms have the id '"
                + provider.id()
                + "': "
                + other.getClass().getName()
                + " and "
                + provider.getClass().getName()
                + "; give one of them another id");
      }
    }
    return List.copyOf(byId.values());
  }
}
