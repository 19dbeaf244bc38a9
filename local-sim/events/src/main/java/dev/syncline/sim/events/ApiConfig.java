// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The data plane's view of an API: an immutable snapshot that the control plane replaces.
 *
 * @param apiId the API
 * @param authProviders what the API can verify, in the order given
 * @param connectModes the modes that may open a realtime connection
 * @param publishModes the modes that may publish where a namespace sets none
 * @param subscribeModes the modes that may subscribe where a namespace sets none
 * @param namespaces by name
 * @param keys by id
 */
public record ApiConfig(
    String apiId,
    List<AuthProvider> authProviders,
    Set<AuthMode> connectModes,
    Set<AuthMode> publishModes,
    Set<AuthMode> subscribeModes,
    Map<String, NamespaceConfig> namespaces,
    Map<String, ApiKey> keys) {
  /** Copies the collections. */
  public ApiConfig {
    authProviders = List.copyOf(authProviders);
    connectModes = Set.copyOf(connectModes);
    publishModes = Set.copyOf(publishModes);
    subscribeModes = Set.copyOf(subscribeModes);
    namespaces = Map.copyOf(namespaces);
    keys = Map.copyOf(keys);
  }

  /** The modes that the API can verify. */
  public Set<AuthMode> providers() {
    return authProviders.stream().map(AuthProvider::mode).collect(Collectors.toUnmodifiableSet());
  }
}
