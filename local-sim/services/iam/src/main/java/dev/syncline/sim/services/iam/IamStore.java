// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.kernel.Exclusive;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.OperationHandler;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Tolerances;
import dev.syncline.sim.service.settings.Tolerance;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Roles by name and customer managed policies by ARN. Thread-safe: the store has one lock, every
 * method holds it, and {@link #exclusively} holds it for a whole operation. Roles and policies are
 * read and changed only there.
 */
final class IamStore {
  private final Exclusive lock = new Exclusive();
  private final Map<String, Role> roles = new TreeMap<>();
  private final Map<String, CustomerPolicy> policies = new TreeMap<>();
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
    return (input, context) -> exclusively(() -> handler.apply(input));
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
  }

  void add(CustomerPolicy policy) {
    exclusively(() -> policies.put(policy.identity.arn(), policy));
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

  /**
   * The ARN of a kind and a name; empty for an unknown one.
   *
   * @param kind such as {@code role}
   */
  Optional<String> arnOf(String kind, String name) {
    return kind.equals("role")
        ? exclusively(() -> Optional.ofNullable(roles.get(name)).map(role -> role.identity.arn()))
        : Optional.empty();
  }

  /** The unique id of the role of that ARN; empty when there is no such role. */
  Optional<String> roleId(String roleArn) {
    return exclusively(
        () ->
            roles.values().stream()
                .filter(role -> role.identity.arn().equals(roleArn))
                .map(role -> role.identity.id())
                .findFirst());
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
   * The ARN of a policy that a role may have.
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
   * The ARN of a policy that a role may have as its boundary.
   *
   * @throws AwsException {@code NoSuchEntity}
   */
  String boundary(String arn) {
    if (ManagedPolicies.find(arn).isEmpty() && !hasPolicy(arn)) {
      throw IamErrors.noBoundary(arn);
    }
    return arn;
  }

  /** The number of roles that have the policy as their boundary. */
  long boundaries(String policyArn) {
    return exclusively(
        () -> roles.values().stream().filter(role -> policyArn.equals(role.boundary)).count());
  }

  /** The number of roles that the policy is attached to. */
  long attachments(String policyArn) {
    return exclusively(
        () -> roles.values().stream().filter(role -> role.attached.contains(policyArn)).count());
  }

  private boolean hasPolicy(String arn) {
    return exclusively(() -> policies.containsKey(arn));
  }
}
