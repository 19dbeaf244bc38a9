// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import dev.syncline.sim.iam.Decision.Allowed;
import dev.syncline.sim.iam.Decision.ExplicitDeny;
import dev.syncline.sim.iam.Decision.ImplicitDeny;
import dev.syncline.sim.iam.Decision.Matched;
import dev.syncline.sim.iam.IamPrincipal.FederatedUser;
import dev.syncline.sim.iam.IamPrincipal.RoleSession;
import dev.syncline.sim.iam.IamPrincipal.Root;
import dev.syncline.sim.iam.IamPrincipal.User;
import dev.syncline.sim.iam.PrincipalPattern.Grade;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides requests in AWS's order: explicit denies of every policy, the resource's policy, the
 * identity's policies, its permissions boundary, its session policies. Pure and thread-safe.
 */
public final class PolicyEngine {
  /** Actions that need no permission and that no policy can refuse; in lower case. */
  private static final Set<String> UNCONTROLLED =
      Set.of("sts:getcalleridentity", "sts:getsessiontoken");

  private PolicyEngine() {}

  /** Decides one request. */
  public static Decision decide(AccessQuery query, PolicySources policies) {
    Request request = Request.of(query);
    if (UNCONTROLLED.contains(request.action())) {
      return new Allowed(Optional.empty());
    }
    Matched denied = denied(request, policies);
    if (denied != null) {
      return new ExplicitDeny(denied);
    }
    String account = account(query.principal());
    if (account == null) {
      return byResource(request, policies);
    }
    if (!account.equals(query.resourceAccount()) && !query.resourceAccount().isEmpty()) {
      return acrossAccounts(request, policies);
    }
    return inAccount(request, policies);
  }

  private static @Nullable String account(IamPrincipal principal) {
    return switch (principal) {
      case Root root -> root.account();
      case User user -> user.account();
      case RoleSession session -> session.account();
      case FederatedUser user -> user.account();
      case IamPrincipal.WebIdentity identity -> null;
      case IamPrincipal.Service service -> null;
      case IamPrincipal.Anonymous anonymous -> null;
    };
  }

  private static @Nullable Matched denied(Request request, PolicySources policies) {
    Matched denied = null;
    if (policies.resource().isPresent()) {
      denied = resourceDeny(request, policies.resource().get(), policies.boundary().isPresent());
    }
    if (request.query().principal() instanceof Root) {
      return denied;
    }
    Matched byIdentity = matching(request, policies.identity(), PolicyKind.IDENTITY, false);
    if (byIdentity != null) {
      return byIdentity;
    }
    if (denied == null && policies.boundary().isPresent()) {
      denied = matching(request, policies.boundary().get(), PolicyKind.BOUNDARY, false);
    }
    if (denied == null && policies.session().isPresent()) {
      denied = matching(request, policies.session().get(), PolicyKind.SESSION, false);
    }
    return denied;
  }

  private static @Nullable Matched resourceDeny(Request request, Policy policy, boolean bounded) {
    List<PolicyStatement> statements = policy.statements();
    for (int index = 0; index < statements.size(); index++) {
      PolicyStatement statement = statements.get(index);
      if (!statement.allow()
          && statement.grade(request.query().principal(), bounded) != Grade.NONE
          && statement.applies(request)) {
        return new Matched(PolicyKind.RESOURCE, policy.name(), index, statement.sid());
      }
    }
    return null;
  }

  /** A principal without an account: only the resource's policy can allow. */
  private static Decision byResource(Request request, PolicySources policies) {
    Grant grant = Grant.of(request, policies.resource());
    return grant.by() == null
        ? new ImplicitDeny(PolicyKind.RESOURCE)
        : new Allowed(Optional.of(grant.by()));
  }

  private static Decision inAccount(Request request, PolicySources policies) {
    if (request.query().principal() instanceof Root) {
      return new Allowed(Optional.empty());
    }
    Grant grant = Grant.of(request, policies.resource());
    if (grant.grade() == Grade.DIRECT) {
      return new Allowed(Optional.ofNullable(grant.by()));
    }
    if (policies.resourceMustAllow() && grant.grade() == Grade.NONE) {
      return new ImplicitDeny(PolicyKind.RESOURCE);
    }
    Matched by = matching(request, policies.identity(), PolicyKind.IDENTITY, true);
    if (by == null && grant.grade() == Grade.ROLE) {
      by = grant.by();
    }
    return by == null ? new ImplicitDeny(PolicyKind.IDENTITY) : limited(request, policies, by);
  }

  /** Both sides must allow; the identity's side is decided in its own account. */
  private static Decision acrossAccounts(Request request, PolicySources policies) {
    Matched granted = Grant.of(request, policies.resource()).by();
    if (!(request.query().principal() instanceof Root)) {
      Matched by = matching(request, policies.identity(), PolicyKind.IDENTITY, true);
      if (by == null) {
        return new ImplicitDeny(PolicyKind.IDENTITY);
      }
      Decision own = limited(request, policies, by);
      if (!own.allowed()) {
        return own;
      }
    }
    return granted == null
        ? new ImplicitDeny(PolicyKind.RESOURCE)
        : new Allowed(Optional.of(granted));
  }

  /** What a permissions boundary and session policies leave of an Allow. */
  private static Decision limited(Request request, PolicySources policies, Matched by) {
    if (policies.boundary().isPresent()
        && matching(request, policies.boundary().get(), PolicyKind.BOUNDARY, true) == null) {
      return new ImplicitDeny(PolicyKind.BOUNDARY);
    }
    if (policies.session().isPresent()
        && matching(request, policies.session().get(), PolicyKind.SESSION, true) == null) {
      return new ImplicitDeny(PolicyKind.SESSION);
    }
    return new Allowed(Optional.of(by));
  }

  private static @Nullable Matched matching(
      Request request, List<Policy> policies, PolicyKind kind, boolean allow) {
    for (Policy policy : policies) {
      Matched matched = matching(request, policy, kind, allow);
      if (matched != null) {
        return matched;
      }
    }
    return null;
  }

  private static @Nullable Matched matching(
      Request request, Policy policy, PolicyKind kind, boolean allow) {
    List<PolicyStatement> statements = policy.statements();
    for (int index = 0; index < statements.size(); index++) {
      PolicyStatement statement = statements.get(index);
      if (statement.allow() == allow && statement.applies(request)) {
        return new Matched(kind, policy.name(), index, statement.sid());
      }
    }
    return null;
  }

  /** The strongest Allow of a resource's policy. */
  private record Grant(Grade grade, @Nullable Matched by) {
    static Grant of(Request request, Optional<Policy> resource) {
      Grant best = new Grant(Grade.NONE, null);
      if (resource.isEmpty()) {
        return best;
      }
      List<PolicyStatement> statements = resource.get().statements();
      for (int index = 0; index < statements.size(); index++) {
        PolicyStatement statement = statements.get(index);
        Grade grade =
            statement.allow() ? statement.grade(request.query().principal(), false) : Grade.NONE;
        if (grade.compareTo(best.grade) > 0 && statement.applies(request)) {
          best =
              new Grant(
                  grade,
                  new Matched(PolicyKind.RESOURCE, resource.get().name(), index, statement.sid()));
        }
      }
      return best;
    }
  }
}
