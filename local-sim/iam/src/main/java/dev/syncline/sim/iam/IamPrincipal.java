// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

/** The principal of a request, as policies name it. Immutable. */
public sealed interface IamPrincipal {
  /** The principal without credentials. */
  IamPrincipal ANONYMOUS = new Anonymous();

  /** The root user of an account. */
  record Root(String account) implements IamPrincipal {}

  /**
   * An IAM user.
   *
   * @param arn with the user's path
   * @param id its unique id, {@code AIDA…}
   */
  record User(String arn, String id, String account) implements IamPrincipal {}

  /**
   * A session of a role.
   *
   * @param roleArn with the role's path
   * @param roleId the role's unique id, {@code AROA…}
   * @param sessionArn {@code arn:aws:sts::account:assumed-role/role/session}
   * @param provider the web identity provider; empty for none
   */
  record RoleSession(
      String roleArn, String roleId, String sessionArn, String account, String provider)
      implements IamPrincipal {}

  /** A federated user of {@code GetFederationToken}. */
  record FederatedUser(String arn, String account) implements IamPrincipal {}

  /**
   * A web identity that assumes a role.
   *
   * @param provider such as {@code cognito-identity.amazonaws.com}, or a provider's ARN
   */
  record WebIdentity(String provider) implements IamPrincipal {}

  /** A service that acts in its own name, such as {@code apigateway.amazonaws.com}. */
  record Service(String name) implements IamPrincipal {}

  /** See {@link #ANONYMOUS}. */
  record Anonymous() implements IamPrincipal {}
}
