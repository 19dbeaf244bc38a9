// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.services.appsync.common.AppSyncErrors;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

/** Every custom domain name of the account. Thread-safe; changes of one name are atomic. */
public final class DomainNameStore {
  private final ConcurrentSkipListMap<String, DomainNameRecord> byName =
      new ConcurrentSkipListMap<>();

  /** Every domain name by its name. */
  NavigableMap<String, DomainNameRecord> all() {
    return byName;
  }

  /**
   * Adds a domain name.
   *
   * @throws AwsException when it exists
   */
  DomainNameRecord add(DomainNameRecord created) {
    if (byName.putIfAbsent(created.domainName(), created) != null) {
      throw AppSyncErrors.badRequest(
          "The domain name " + created.domainName() + " exists already.");
    }
    return created;
  }

  /**
   * Replaces a domain name by the result of {@code change}.
   *
   * @throws AwsException when it does not exist, or as {@code change} does
   */
  DomainNameRecord update(String name, UnaryOperator<DomainNameRecord> change) {
    DomainNameRecord changed = byName.computeIfPresent(name, (key, old) -> change.apply(old));
    if (changed == null) {
      throw missing(name);
    }
    return changed;
  }

  /**
   * Deletes a domain name.
   *
   * @throws AwsException when it does not exist, or an API is associated with it
   */
  void delete(String name) {
    DomainNameRecord present = get(name);
    if (present.apiId() != null || !byName.remove(name, present)) {
      throw AppSyncErrors.badRequest(
          "The domain name " + name + " is associated with an API: disassociate it first.");
    }
  }

  /**
   * The domain name.
   *
   * @throws AwsException when it does not exist
   */
  DomainNameRecord get(String name) {
    DomainNameRecord found = byName.get(name);
    if (found == null) {
      throw missing(name);
    }
    return found;
  }

  /**
   * The ARN of a domain name.
   *
   * @throws AwsException when it does not exist
   */
  public String arn(String name) {
    return get(name).arn();
  }

  /**
   * The tags of a domain name.
   *
   * @throws AwsException when it does not exist
   */
  public Map<String, String> tags(String name) {
    return get(name).tags();
  }

  /**
   * Replaces the tags of a domain name.
   *
   * @throws AwsException when it does not exist, or as {@code change} does
   */
  public void changeTags(String name, UnaryOperator<Map<String, String>> change) {
    update(name, one -> one.withTags(change.apply(one.tags())));
  }

  /** Ends the associations of an API that is deleted. */
  public void forget(String apiId) {
    byName.replaceAll((name, one) -> apiId.equals(one.apiId()) ? one.withApi(null) : one);
  }

  private static AwsException missing(String name) {
    return AppSyncErrors.missing("Domain name " + name + " not found.");
  }
}
