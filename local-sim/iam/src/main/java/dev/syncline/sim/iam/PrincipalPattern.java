// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import dev.syncline.sim.iam.IamPrincipal.FederatedUser;
import dev.syncline.sim.iam.IamPrincipal.RoleSession;
import dev.syncline.sim.iam.IamPrincipal.Root;
import dev.syncline.sim.iam.IamPrincipal.Service;
import dev.syncline.sim.iam.IamPrincipal.User;
import dev.syncline.sim.iam.IamPrincipal.WebIdentity;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Principal} or {@code NotPrincipal} of a statement. Immutable.
 *
 * @param everyone whether one of the principals is {@code *}
 * @param aws ARNs, account ids and unique ids; an account's root ARN is kept as the account's id
 * @param services in lower case, without a region
 * @param federated providers
 */
record PrincipalPattern(
    boolean negated,
    boolean everyone,
    Set<String> aws,
    Set<String> services,
    Set<String> federated) {
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]");

  /** How a statement of a resource's policy names a principal, from the weakest. */
  enum Grade {
    /** Not at all. */
    NONE,
    /** By its account, which delegates to the account's own policies. */
    ACCOUNT,
    /** By the role of the session. */
    ROLE,
    /** By its own name, or as everyone. */
    DIRECT
  }

  PrincipalPattern {
    aws = Set.copyOf(aws);
    services = Set.copyOf(services);
    federated = Set.copyOf(federated);
  }

  /** An account's id for its root ARN; any other principal as it is. */
  static String normalized(String principal) {
    @Nullable String account = rootAccount(principal);
    return account == null ? principal : account;
  }

  /**
   * A service's principal in lower case and without a region: {@code
   * states.eu-west-1.amazonaws.com} is {@code states.amazonaws.com}.
   */
  static String service(String name) {
    String[] labels = name.toLowerCase(Locale.ROOT).split("\\.", -1);
    boolean regional = labels.length == 4 && REGION.matcher(labels[1]).matches();
    return regional ? labels[0] + "." + labels[2] + "." + labels[3] : String.join(".", labels);
  }

  private static @Nullable String rootAccount(String arn) {
    String[] fields = arn.split(":", 6);
    return fields.length == 6 && fields[2].equals("iam") && fields[5].equals("root")
        ? fields[4]
        : null;
  }

  /**
   * How the statement names the principal. {@code NotPrincipal} spares it from a denial only when
   * its account and each of its names are listed, and never when it has a permissions boundary; one
   * listed name is enough to except it from a permission.
   *
   * @param allow the statement's effect
   * @param bounded whether the principal has a permissions boundary
   */
  Grade grade(IamPrincipal principal, boolean allow, boolean bounded) {
    if (!negated) {
      return named(principal);
    }
    boolean spared = allow ? named(principal) != Grade.NONE : !bounded && listed(principal);
    return spared ? Grade.NONE : Grade.DIRECT;
  }

  private Grade named(IamPrincipal principal) {
    if (everyone) {
      return Grade.DIRECT;
    }
    return switch (principal) {
      case Root root -> account(root.account());
      case User user ->
          aws.contains(user.arn()) || aws.contains(user.id())
              ? Grade.DIRECT
              : account(user.account());
      case RoleSession session -> session(session);
      case FederatedUser user -> aws.contains(user.arn()) ? Grade.DIRECT : account(user.account());
      case WebIdentity identity -> direct(federated.contains(identity.provider()));
      case Service service -> direct(services.contains(service(service.name())));
      case IamPrincipal.Anonymous anonymous -> Grade.NONE;
    };
  }

  private Grade session(RoleSession session) {
    if (aws.contains(session.sessionArn())
        || (!session.provider().isEmpty() && federated.contains(session.provider()))) {
      return Grade.DIRECT;
    }
    return role(session) ? Grade.ROLE : account(session.account());
  }

  private boolean role(RoleSession session) {
    return aws.contains(session.roleArn()) || aws.contains(session.roleId());
  }

  private Grade account(String account) {
    return aws.contains(account) ? Grade.ACCOUNT : Grade.NONE;
  }

  private static Grade direct(boolean named) {
    return named ? Grade.DIRECT : Grade.NONE;
  }

  /** Whether the principal's account and each of its names are listed. */
  private boolean listed(IamPrincipal principal) {
    return everyone
        || switch (principal) {
          case Root root -> aws.contains(root.account());
          case User user ->
              aws.contains(user.account()) && (aws.contains(user.arn()) || aws.contains(user.id()));
          case RoleSession session ->
              aws.contains(session.account())
                  && role(session)
                  && aws.contains(session.sessionArn());
          case FederatedUser user -> aws.contains(user.account()) && aws.contains(user.arn());
          case WebIdentity identity -> federated.contains(identity.provider());
          case Service service -> services.contains(service(service.name()));
          case IamPrincipal.Anonymous anonymous -> false;
        };
  }
}
