// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.sts;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The access keys whose secrets the simulator knows: those it issued and those it was told of. What
 * signs with them can be verified. Bounded: beyond {@value #MOST} the oldest are forgotten.
 *
 * <p>Thread-safe.
 */
public final class AccessKeys {
  private static final int MOST = 10_000;

  private final Map<String, AccessKey> byId =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, AccessKey> eldest) {
          return size() > MOST;
        }
      };

  /**
   * A key.
   *
   * @param sessionToken has to be shown along with a temporary key; null for a lasting one
   * @param principalArn who signs with it
   * @param userId as {@code GetCallerIdentity} shows it
   * @param expires null for never
   */
  public record AccessKey(
      String id,
      String secret,
      @Nullable String sessionToken,
      String principalArn,
      String userId,
      @Nullable Instant expires) {

    /** Whether it is still good at {@code now}. */
    public boolean valid(Instant now) {
      return expires == null || now.isBefore(expires);
    }

    @Override
    public String toString() {
      return "AccessKey[" + id + " of " + principalArn + "]";
    }
  }

  /** Takes note of a key; one of the same id is replaced. */
  public synchronized void add(AccessKey key) {
    byId.put(key.id(), key);
  }

  /** The key of that id. */
  public synchronized Optional<AccessKey> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }
}
