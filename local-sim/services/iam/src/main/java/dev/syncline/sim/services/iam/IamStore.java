// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.kernel.BoundedMap;
import dev.syncline.sim.kernel.Exclusive;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.OperationHandler;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Tolerances;
import dev.syncline.sim.service.settings.Tolerance;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The records of IAM. Thread-safe: the store has one lock, every method holds it, and {@link
 * #exclusively} holds it for a whole operation. Records are read and changed only there.
 */
final class IamStore {
  /** The earliest deleted ones are forgotten first. */
  private static final int MAX_DELETED_KEYS = 10_000;

  private final Exclusive lock = new Exclusive();
  private final Map<String, Role> roles = new TreeMap<>();
  private final Map<String, CustomerPolicy> policies = new TreeMap<>();
  private final AtomicLong version = new AtomicLong();

  /** By name. */
  final Records<IamUser> users = new Records<>(this, IamErrors::noSuchUser);

  /** By name. */
  final Records<IamGroup> groups = new Records<>(this, IamErrors::noSuchGroup);

  /** By name. */
  final Records<InstanceProfile> profiles = new Records<>(this, IamErrors::noSuchProfile);

  /** By ARN. */
  final Records<OidcProviderRecord> providers = new Records<>(this, IamErrors::noSuchProvider);

  /** Ids of keys that users had; they stay refused. Guarded by the lock. */
  final Set<String> deletedKeys = Collections.newSetFromMap(BoundedMap.byAge(MAX_DELETED_KEYS));

  /** The alias of the account; empty for none. Guarded by the lock. */
  String alias = "";

  private final Tolerances tolerances;

  IamStore(Tolerances tolerances) {
    this.tolerances = tolerances;
  }

  /** Runs {@code work} while no other thread uses the store, and returns its result. */
  <T> T exclusively(Supplier<T> work) {
    return lock.call(work);
  }

  /** A handler that runs {@link #exclusively}. */
  OperationHandler exclusive(Function<Input, Output> handler) {
    return (input, context) ->
        exclusively(
            () -> {
              try {
                return handler.apply(input);
              } finally {
                changed();
              }
            });
  }

  /** A number that grows with every change, and sometimes without one. */
  long version() {
    return version.get();
  }

  /** Counts a change. */
  void changed() {
    version.incrementAndGet();
  }

  /** Every role, by name. */
  Collection<Role> roles() {
    return exclusively(roles::values);
  }

  /** Every customer managed policy, by ARN. */
  Collection<CustomerPolicy> policies() {
    return exclusively(policies::values);
  }

  void add(Role role) {
    exclusively(() -> roles.put(role.identity.name(), role));
    changed();
  }

  void add(CustomerPolicy policy) {
    exclusively(() -> policies.put(policy.identity.arn(), policy));
    changed();
  }

  void remove(Role role) {
    exclusively(() -> roles.remove(role.identity.name()));
  }

  void remove(CustomerPolicy policy) {
    exclusively(() -> policies.remove(policy.identity.arn()));
  }

  /**
   * The role of that name.
   *
   * @throws AwsException {@code NoSuchEntity}
   */
  Role role(String name) {
    Role role = exclusively(() -> roles.get(name));
    if (role == null) {
      throw IamErrors.noSuchRole(name);
    }
    return role;
  }

  /** The role of that ARN; empty when there is no such role. */
  Optional<Role> roleOfArn(String roleArn) {
    String name = roleArn.substring(roleArn.lastIndexOf('/') + 1);
    return exclusively(() -> Optional.ofNullable(roles.get(name)))
        .filter(role -> role.identity.arn().equals(roleArn));
  }

  /**
   * The ARN of a kind and a name; empty for an unknown one.
   *
   * @param kind {@code role}, {@code user}, {@code group} or {@code instance-profile}
   */
  Optional<String> arnOf(String kind, String name) {
    return exclusively(
            () ->
                switch (kind) {
                  case "role" -> Optional.ofNullable(roles.get(name)).map(one -> one.identity);
                  case "user" -> users.find(name).map(one -> one.identity);
                  case "group" -> groups.find(name).map(one -> one.identity);
                  case "instance-profile" -> profiles.find(name).map(one -> one.identity);
                  default -> Optional.<IamIdentity>empty();
                })
        .map(IamIdentity::arn);
  }

  /** The boundary of the user or role of that ARN; empty for none. */
  Optional<String> boundaryOf(String arn) {
    return holders().stream()
        .filter(holder -> holder.identity.arn().equals(arn))
        .map(holder -> holder.boundary)
        .flatMap(Stream::ofNullable)
        .findFirst();
  }

  /** The groups that a user is in, by name. */
  List<IamGroup> groupsOf(IamUser user) {
    return exclusively(
        () ->
            groups.all().stream()
                .filter(group -> group.members.contains(user.identity.name()))
                .toList());
  }

  /** Every user, group and role. */
  List<PolicyHolder> holders() {
    return exclusively(
        () ->
            Stream.of(users.all(), groups.all(), roles.values())
                .<PolicyHolder>flatMap(Collection::stream)
                .toList());
  }

  /**
   * The customer managed policy of that ARN.
   *
   * @throws AwsException {@code NoSuchEntity}
   */
  CustomerPolicy policy(String arn) {
    CustomerPolicy policy = exclusively(() -> policies.get(arn));
    if (policy == null) {
      throw IamErrors.noSuchPolicy(arn);
    }
    return policy;
  }

  /**
   * The ARN of a policy that a user, group or role may have.
   *
   * @throws AwsException {@code NoSuchEntity}, {@code PolicyNotAttachable}
   */
  String attachable(String arn) {
    Optional<ManagedPolicies.Managed> managed = ManagedPolicies.find(arn);
    if (managed.isEmpty() && !hasPolicy(arn)) {
      AwsException refusal = IamErrors.noAttachablePolicy(arn);
      if (!ManagedPolicies.isManaged(arn)) {
        throw refusal;
      }
      tolerances.refuse(Tolerance.UNKNOWN_MANAGED_POLICIES, "ManagedPolicyArns", arn, refusal);
    }
    if (managed.isPresent() && managed.get().isServiceLinked()) {
      throw IamErrors.serviceRolePolicy();
    }
    return arn;
  }

  /**
   * The ARN of a policy that a user or role may have as its boundary.
   *
   * @throws AwsException {@code NoSuchEntity}
   */
  String boundary(String arn) {
    if (ManagedPolicies.find(arn).isEmpty() && !hasPolicy(arn)) {
      throw IamErrors.noBoundary(arn);
    }
    return arn;
  }

  /** The number of users and roles that have the policy as their boundary. */
  long boundaries(String policyArn) {
    return holders().stream().filter(holder -> policyArn.equals(holder.boundary)).count();
  }

  /** The number of users, groups and roles that the policy is attached to. */
  long attachments(String policyArn) {
    return holders().stream().filter(holder -> holder.attached.contains(policyArn)).count();
  }

  private boolean hasPolicy(String arn) {
    return exclusively(() -> policies.containsKey(arn));
  }
}
