// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Issues credentials of role sessions to services, without a call of {@code AssumeRole}: the
 * service has checked the trust policy. {@code sts} provides it; {@code lambda} and {@code
 * cognitoidentity} use it. Thread-safe.
 */
@FunctionalInterface
public interface SessionIssuer {
  /**
   * What the session is for.
   *
   * @param roleArn of the role
   * @param sessionName the last part of the session's ARN
   * @param lifetime how long the credentials are valid
   * @param policies session policies, as JSON; none when empty
   * @param tags session tags
   * @param provider the web identity provider, such as {@code cognito-identity.amazonaws.com}; null
   *     for a session of a service
   * @param providerKeys condition keys of that provider, such as {@code
   *     cognito-identity.amazonaws.com:sub}
   */
  record Session(
      String roleArn,
      String sessionName,
      Duration lifetime,
      List<String> policies,
      Map<String, String> tags,
      @Nullable String provider,
      Map<String, List<String>> providerKeys) {
    /** Copies the collections. */
    public Session {
      policies = List.copyOf(policies);
      tags = Map.copyOf(tags);
      providerKeys = Map.copyOf(providerKeys);
    }

    /** A session of a service. */
    public static Session ofService(String roleArn, String sessionName, Duration lifetime) {
      return new Session(roleArn, sessionName, lifetime, List.of(), Map.of(), null, Map.of());
    }
  }

  /** Creates a key; its session is known to {@link AccessKeys}. */
  AccessKeys.AccessKey issue(Session session);
}
