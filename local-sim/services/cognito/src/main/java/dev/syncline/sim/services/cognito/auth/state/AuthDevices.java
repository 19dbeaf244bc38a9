// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.state;

import dev.syncline.sim.kernel.Exclusive;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The devices of users. At most {@link #MAX_DEVICES} for each user; the oldest is forgotten first.
 * Thread-safe.
 */
public final class AuthDevices {
  /** How many devices a user may have. */
  public static final int MAX_DEVICES = 50;

  /**
   * A device. Immutable.
   *
   * @param name null before it is confirmed, or when none was given
   * @param salt hexadecimal; null before it is confirmed
   * @param verifier hexadecimal; null before it is confirmed
   * @param remembered whether the user or the pool remembers it
   */
  public record Device(
      String poolId,
      String username,
      String key,
      String groupKey,
      @Nullable String name,
      @Nullable String salt,
      @Nullable String verifier,
      boolean remembered,
      Instant created,
      Instant modified,
      Instant authenticated) {
    /** This device, confirmed. */
    public Device confirmed(
        @Nullable String newName,
        String newSalt,
        String newVerifier,
        boolean isRemembered,
        Instant now) {
      return new Device(
          poolId,
          username,
          key,
          groupKey,
          newName,
          newSalt,
          newVerifier,
          isRemembered,
          created,
          now,
          authenticated);
    }

    /** This device, remembered or not. */
    public Device withRemembered(boolean isRemembered, Instant now) {
      return new Device(
          poolId,
          username,
          key,
          groupKey,
          name,
          salt,
          verifier,
          isRemembered,
          created,
          now,
          authenticated);
    }

    /** This device after a sign-in. */
    public Device used(Instant now) {
      return new Device(
          poolId,
          username,
          key,
          groupKey,
          name,
          salt,
          verifier,
          remembered,
          created,
          modified,
          now);
    }

    @Override
    public String toString() {
      return "Device[key=" + key + "]";
    }
  }

  private final Exclusive lock = new Exclusive();
  private final Map<String, Map<String, Device>> users = new LinkedHashMap<>();

  /** Adds or replaces a device. */
  public void put(Device device) {
    lock.call(
        () -> {
          Map<String, Device> own =
              users.computeIfAbsent(
                  user(device.poolId, device.username), unused -> new LinkedHashMap<>());
          if (!own.containsKey(device.key) && own.size() >= MAX_DEVICES) {
            own.remove(own.keySet().iterator().next());
          }
          return own.put(device.key, device);
        });
  }

  /** The device of that key. */
  public Optional<Device> find(String poolId, String username, String key) {
    return lock.call(
        () -> Optional.ofNullable(users.getOrDefault(user(poolId, username), Map.of()).get(key)));
  }

  /**
   * The device of that key.
   *
   * @throws dev.syncline.sim.service.AwsException {@code ResourceNotFoundException}
   */
  public Device require(String poolId, String username, String key) {
    return find(poolId, username, key).orElseThrow(AuthErrors::noDevice);
  }

  /** The devices of a user, in order of creation. */
  public List<Device> of(String poolId, String username) {
    return lock.call(
        () -> List.copyOf(users.getOrDefault(user(poolId, username), Map.of()).values()));
  }

  /** Forgets a device. */
  public void remove(Device device) {
    lock.call(
        () -> {
          Map<String, Device> own = users.get(user(device.poolId, device.username));
          return own == null ? null : own.remove(device.key);
        });
  }

  /** Forgets the devices of a user; of all users of the pool when the name is null. */
  public void forget(String poolId, @Nullable String username) {
    lock.call(
        () ->
            username == null
                ? users.keySet().removeIf(key -> key.startsWith(poolId + "\n"))
                : users.remove(user(poolId, username)) != null);
  }

  /** Every device, to save them. */
  public List<Device> all() {
    return lock.call(
        () -> {
          var devices = new ArrayList<Device>();
          users.values().forEach(own -> devices.addAll(own.values()));
          return devices;
        });
  }

  private static String user(String poolId, String username) {
    return poolId + "\n" + username;
  }
}
