// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.contract;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the access keys whose secrets the simulator knows: {@code sts} provides it, {@code appsync}
 * verifies signatures with it, and {@code iam} finds the principal of a caller. Thread-safe.
 */
@FunctionalInterface
public interface AccessKeys {
  /**
   * A key.
   *
   * @param sessionToken must accompany a temporary key; null for a permanent one
   * @param principalArn the principal that signs with it
   * @param userId as {@code GetCallerIdentity} shows it
   * @param expires null for never
   * @param session what permissions of the session depend on; null for a key of a user
   */
  public record AccessKey(
      String id,
      String secret,
      @Nullable String sessionToken,
      String principalArn,
      String userId,
      @Nullable Instant expires,
      @Nullable SessionFacts session) {

    /** A key without facts of a session. */
    public AccessKey(
        String id,
        String secret,
        @Nullable String sessionToken,
        String principalArn,
        String userId,
        @Nullable Instant expires) {
      this(id, secret, sessionToken, principalArn, userId, expires, null);
    }

    /** Whether it has not expired at {@code now}. */
    public boolean valid(Instant now) {
      return expires == null || now.isBefore(expires);
    }

    @Override
    public String toString() {
      return "AccessKey[" + id + " of " + principalArn + "]";
    }
  }

  /**
   * What the permissions of a session depend on.
   *
   * @param roleArn the role with its path; null for a session of a user
   * @param userArn the user whose permissions the session has; null for a session of a role or of
   *     the account's root user
   * @param issued when the credentials were issued
   * @param policies session policies as JSON; the session has no more than they allow. Empty for
   *     none
   * @param tags session tags, over those of the role
   * @param transitiveTags the keys of those tags that sessions have too which this one begins
   * @param sourceIdentity null for none
   * @param mfa whether a device confirmed the caller
   * @param provider see {@link SessionIssuer.Session#provider()}
   * @param providerKeys see {@link SessionIssuer.Session#providerKeys()}
   */
  record SessionFacts(
      @Nullable String roleArn,
      @Nullable String userArn,
      Instant issued,
      List<String> policies,
      Map<String, String> tags,
      List<String> transitiveTags,
      @Nullable String sourceIdentity,
      boolean mfa,
      @Nullable String provider,
      Map<String, List<String>> providerKeys) {
    /** Copies the collections. */
    public SessionFacts {
      policies = List.copyOf(policies);
      tags = Map.copyOf(tags);
      transitiveTags = List.copyOf(transitiveTags);
      providerKeys = Map.copyOf(providerKeys);
    }
  }

  /** The key of that id. */
  Optional<AccessKey> find(String id);

  /** Keys that are not known yet; the supplier is asked at each use. */
  static AccessKeys later(Supplier<AccessKeys> keys) {
    return new AccessKeys() {
      @Override
      public Optional<AccessKey> find(String id) {
        return keys.get().find(id);
      }

      @Override
      public boolean isDisabled(String id) {
        return keys.get().isDisabled(id);
      }
    };
  }

  /**
   * Whether it is a user's key that is inactive or was deleted, which {@link #find} does not give.
   */
  default boolean isDisabled(String id) {
    return false;
  }
}
