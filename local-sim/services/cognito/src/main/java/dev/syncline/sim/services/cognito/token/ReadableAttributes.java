// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.token;

import dev.syncline.sim.services.cognito.pool.AppClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The attributes that a token or the userInfo endpoint tells. Immutable.
 *
 * @param readable {@code ReadAttributes} of the client; empty for every attribute
 * @param scopes of a sign-in at the OAuth domain; empty for a sign-in by API
 */
public record ReadableAttributes(Set<String> readable, List<String> scopes) {
  private static final Set<String> EMAIL = Set.of("email", "email_verified");
  private static final Set<String> PHONE = Set.of("phone_number", "phone_number_verified");

  /** The attributes that a client may read with these scopes. */
  public static ReadableAttributes of(AppClient client, List<String> scopes) {
    return new ReadableAttributes(Set.copyOf(client.texts("ReadAttributes")), scopes);
  }

  /** Those of the attributes that may be told, in the same order. */
  public Map<String, String> select(Map<String, String> attributes) {
    var selected = new LinkedHashMap<String, String>();
    attributes.forEach(
        (name, value) -> {
          if ((readable.isEmpty() || readable.contains(name)) && inScope(name)) {
            selected.put(name, value);
          }
        });
    return selected;
  }

  /** The scope openid alone gives every attribute; email and phone restrict it. */
  private boolean inScope(String name) {
    boolean email = scopes.contains("email");
    boolean phone = scopes.contains("phone");
    if (scopes.isEmpty() || scopes.contains("profile") || (!email && !phone)) {
      return true;
    }
    return (email && EMAIL.contains(name)) || (phone && PHONE.contains(name));
  }
}
