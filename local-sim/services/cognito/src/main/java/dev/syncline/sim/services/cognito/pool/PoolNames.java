// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.pool;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of user names and aliases. Texts as recorded. Stateless; the methods that ask the store
 * are called while it is held ({@link PoolStore#exclusively}).
 */
public final class PoolNames {
  private PoolNames() {}

  /**
   * The name and the attributes of a new user.
   *
   * @param username the real user name: {@code sub} in a pool with UsernameAttributes
   */
  public record NewName(String username, Map<String, String> attributes) {}

  /**
   * Resolves the name that was given for a new user.
   *
   * @throws dev.syncline.sim.service.AwsException {@code InvalidParameterException} when the pool
   *     does not allow names of this form
   */
  public static NewName resolve(
      UserPool pool, String given, Map<String, String> attributes, String sub) {
    var all = new LinkedHashMap<>(attributes);
    List<String> named = pool.usernameAttributes();
    if (named.isEmpty()) {
      requireNoAddress(pool, given);
      requireNoAddress(pool, attributes.getOrDefault("preferred_username", ""));
      return new NewName(pool.caseSensitive() ? given : given.toLowerCase(Locale.ROOT), attributes);
    }
    if (named.contains("email") && PoolAttributes.isEmail(given)) {
      all.put("email", given);
    } else if (named.contains("phone_number") && PoolAttributes.isPhone(given)) {
      all.put("phone_number", given);
    } else {
      throw CognitoErrors.invalidParameter(
          named.size() > 1
              ? "Username should be either an email or a phone number."
              : named.contains("email")
                  ? "Username should be an email."
                  : "Username should be a phone number.");
    }
    return new NewName(sub, all);
  }

  /** Refuses a user name that could be mistaken for an alias. */
  public static void requireNoAddress(UserPool pool, String name) {
    List<String> aliases = pool.aliasAttributes();
    if (aliases.contains("email") && PoolAttributes.isEmail(name)) {
      throw CognitoErrors.invalidParameter(
          "Username cannot be of email format, since user pool is configured for email alias.");
    }
    if (aliases.contains("phone_number") && PoolAttributes.isPhone(name)) {
      throw CognitoErrors.invalidParameter(
          "Username cannot be of phone number format, since user pool is configured for phone"
              + " number alias.");
    }
  }

  /**
   * Refuses a new user whose name or address another user has.
   *
   * @param existsMessage the operation's own text for a user name that exists
   */
  public static void requireFree(
      PoolStore store, UserPool pool, NewName name, String given, String existsMessage) {
    if (pool.usernameAttributes().isEmpty()) {
      Optional<PoolUser> other = store.findUser(pool.id(), name.username(), false);
      if (other.isPresent()) {
        throw CognitoErrors.usernameExists(existsMessage);
      }
      return;
    }
    for (String attribute : pool.usernameAttributes()) {
      String address = name.attributes().getOrDefault(attribute, "");
      if (!address.isEmpty() && store.findUser(pool.id(), address, false).isPresent()) {
        throw CognitoErrors.usernameExists(
            address.equals(given) ? existsMessage : exists(attribute));
      }
    }
  }

  /**
   * Refuses attributes that would give a user the alias of another one.
   *
   * @param username the real name of the user who gets the attributes
   * @param force whether an address moves to this user; the other one keeps it unverified
   */
  public static void requireAliasesFree(
      PoolStore store,
      UserPool pool,
      String username,
      Map<String, String> attributes,
      boolean force,
      Instant now) {
    for (String alias : pool.aliasAttributes()) {
      String value = attributes.getOrDefault(alias, "");
      boolean preferred = alias.equals("preferred_username");
      if (value.isEmpty() || (!preferred && !"true".equals(attributes.get(alias + "_verified")))) {
        continue;
      }
      Optional<PoolUser> other =
          store.findUser(pool.id(), value, false).filter(user -> !user.username().equals(username));
      if (other.isEmpty()) {
        continue;
      }
      if (preferred || !force) {
        throw CognitoErrors.aliasExists(
            preferred ? "User account already exists for the alias." : exists(alias));
      }
      store.update(
          pool.id(),
          other.get().username(),
          user -> {
            var kept = new LinkedHashMap<>(user.attributes());
            kept.put(alias + "_verified", "false");
            return user.withAttributes(kept, now);
          });
    }
  }

  /**
   * Refuses a new address that is the user name of another user, in a pool with UsernameAttributes.
   */
  public static void requireAddressesFree(
      PoolStore store, UserPool pool, String username, Map<String, String> changes) {
    for (String attribute : pool.usernameAttributes()) {
      String value = changes.getOrDefault(attribute, "");
      if (!value.isEmpty()
          && store
              .findUser(pool.id(), value, false)
              .filter(user -> !user.username().equals(username))
              .isPresent()) {
        throw CognitoErrors.aliasExists(exists(attribute));
      }
    }
  }

  private static String exists(String attribute) {
    return "An account with the given " + attribute + " already exists.";
  }
}
