// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.service.AccessDenial;
import dev.syncline.sim.service.AccessRequest;
import dev.syncline.sim.service.AccessTable;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.PassRole;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RoomAccess;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The permissions of IAM. Refusals name a resource by its kind and name. Source: the service
 * authorization reference; the form of refusals is recorded.
 */
record IamAccess(AccessTable table) implements RoomAccess {
  private static final String ROWS =
      """
      AddRoleToInstanceProfile RemoveRoleFromInstanceProfile CreateInstanceProfile \
      DeleteInstanceProfile GetInstanceProfile ListInstanceProfileTags TagInstanceProfile \
      UntagInstanceProfile                                                  | {instanceProfile}
      AddUserToGroup RemoveUserFromGroup AttachGroupPolicy DetachGroupPolicy CreateGroup \
      DeleteGroup GetGroup ListAttachedGroupPolicies ListGroupPolicies UpdateGroup \
      DeleteGroupPolicy GetGroupPolicy PutGroupPolicy                       | {group}
      AttachRolePolicy DetachRolePolicy CreateRole DeleteRole DeleteRolePermissionsBoundary \
      DeleteServiceLinkedRole GetRole ListAttachedRolePolicies ListInstanceProfilesForRole \
      ListRolePolicies ListRoleTags PutRolePermissionsBoundary TagRole UntagRole \
      UpdateAssumeRolePolicy UpdateRole UpdateRoleDescription DeleteRolePolicy GetRolePolicy \
      PutRolePolicy                                                         | {role}
      AttachUserPolicy DetachUserPolicy ChangePassword CreateAccessKey CreateLoginProfile \
      CreateUser DeleteAccessKey DeleteLoginProfile DeleteUser DeleteUserPermissionsBoundary \
      GetAccessKeyLastUsed GetLoginProfile GetUser ListAccessKeys ListAttachedUserPolicies \
      ListGroupsForUser ListMFADevices ListUserPolicies ListUserTags PutUserPermissionsBoundary \
      TagUser UntagUser UpdateAccessKey UpdateLoginProfile UpdateUser DeactivateMFADevice \
      EnableMFADevice ResyncMFADevice GetMFADevice DeleteUserPolicy GetUserPolicy \
      PutUserPolicy ListSSHPublicKeys ListServiceSpecificCredentials \
      ListSigningCertificates                                               | {user}
      CreatePolicy                                                          | {policy}
      CreatePolicyVersion DeletePolicy DeletePolicyVersion GetPolicy GetPolicyVersion \
      ListEntitiesForPolicy ListPolicyTags ListPolicyVersions SetDefaultPolicyVersion TagPolicy \
      UntagPolicy                                                           | {PolicyArn}
      AddClientIDToOpenIDConnectProvider DeleteOpenIDConnectProvider GetOpenIDConnectProvider \
      ListOpenIDConnectProviderTags RemoveClientIDFromOpenIDConnectProvider \
      TagOpenIDConnectProvider UntagOpenIDConnectProvider \
      UpdateOpenIDConnectProviderThumbprint           | {OpenIDConnectProviderArn}
      CreateOpenIDConnectProvider                     | {oidcProvider}
      CreateSAMLProvider                              | arn:aws:iam::{account}:saml-provider/{Name}
      DeleteSAMLProvider GetSAMLProvider ListSAMLProviderTags TagSAMLProvider \
      UntagSAMLProvider UpdateSAMLProvider                                  | {SAMLProviderArn}
      CreateServiceLinkedRole    | arn:aws:iam::{account}:role/aws-service-role/{AWSServiceName}/*
      CreateVirtualMFADevice              | arn:aws:iam::{account}:mfa/{VirtualMFADeviceName}
      DeleteVirtualMFADevice ListMFADeviceTags TagMFADevice UntagMFADevice  | {SerialNumber}
      GetContextKeysForPrincipalPolicy ListPoliciesGrantingServiceAccess \
      SimulatePrincipalPolicy                                               | {simulated}
      ListGroups                                      | arn:aws:iam::{account}:group{path}
      ListInstanceProfiles                            | arn:aws:iam::{account}:instance-profile{path}
      ListRoles                                       | arn:aws:iam::{account}:role{path}
      ListUsers                                       | arn:aws:iam::{account}:user{path}
      ListPolicies                                    | arn:aws:iam::{account}:policy{path}
      ListOpenIDConnectProviders           | arn:aws:iam::{account}:oidc-provider/*
      ListSAMLProviders                    | arn:aws:iam::{account}:saml-provider/*
      ListVirtualMFADevices                | arn:aws:iam::{account}:mfa/*
      CreateAccountAlias DeleteAccountAlias DeleteAccountPasswordPolicy GenerateCredentialReport \
      GetAccountAuthorizationDetails GetAccountPasswordPolicy GetAccountSummary \
      GetContextKeysForCustomPolicy GetCredentialReport GetServiceLastAccessedDetails \
      GetServiceLastAccessedDetailsWithEntities ListAccountAliases ListServerCertificates \
      SimulateCustomPolicy GenerateServiceLastAccessedDetails GetServiceLinkedRoleDeletionStatus \
      UpdateAccountPasswordPolicy                                           | *
      """;

  /** What stands before names, by the start of resources. */
  private static final List<String> KINDS =
      List.of("user", "role", "group", "policy", "instance-profile");

  private static final String BOUNDARIES =
      "CreateRole CreateUser PutRolePermissionsBoundary PutUserPermissionsBoundary";
  private static final String BOUNDED =
      "AttachRolePolicy AttachUserPolicy DeleteRolePermissionsBoundary"
          + " DeleteUserPermissionsBoundary DetachRolePolicy DetachUserPolicy PutRolePolicy"
          + " PutUserPolicy DeleteRolePolicy DeleteUserPolicy";

  /**
   * The permissions.
   *
   * @param arns the ARN of a kind and a name, such as {@code role} and {@code Admin}; empty for an
   *     unknown one
   * @param owners the ARN of the user who has an access key; empty for another key
   * @param boundaries the permissions boundary of a user's or role's ARN; empty for none
   */
  static IamAccess of(
      BiFunction<String, String, Optional<String>> arns,
      Function<String, Optional<String>> owners,
      Function<String, Optional<String>> boundaries) {
    return new IamAccess(
        AccessTable.of("iam", ROWS)
            .naming("role", request -> named(request, "role", "RoleName", arns))
            .naming("user", request -> user(request, arns, owners))
            .naming("group", request -> named(request, "group", "GroupName", arns))
            .naming("policy", request -> named(request, "policy", "PolicyName", arns))
            .naming(
                "instanceProfile",
                request -> named(request, "instance-profile", "InstanceProfileName", arns))
            .naming("oidcProvider", IamAccess::provider)
            .naming(
                "simulated",
                request ->
                    request.text("PolicySourceArn").orElseGet(() -> request.textOrAny("Arn")))
            .naming("path", request -> request.text("PathPrefix").orElse("/"))
            .adding(
                "AddRoleToInstanceProfile",
                PassRole.ACTION,
                request ->
                    List.of(
                        PassRole.to(named(request, "role", "RoleName", arns), "ec2.amazonaws.com")))
            .tagging("CreateRole", "TagRole")
            .tagging("CreateUser", "TagUser")
            .tagging("CreatePolicy", "TagPolicy")
            .tagging("CreateInstanceProfile", "TagInstanceProfile")
            .tagging("CreateOpenIDConnectProvider", "TagOpenIDConnectProvider")
            .keyOf(BOUNDARIES, "iam:PermissionsBoundary", "PermissionsBoundary")
            .keys(
                BOUNDED,
                request ->
                    boundaries
                        .apply(
                            request.text("RoleName").isPresent()
                                ? named(request, "role", "RoleName", arns)
                                : user(request, arns, owners))
                        .map(arn -> Map.of("iam:PermissionsBoundary", List.of(arn)))
                        .orElse(Map.of()))
            .keyOf(
                "AttachRolePolicy AttachUserPolicy AttachGroupPolicy DetachRolePolicy"
                    + " DetachUserPolicy DetachGroupPolicy",
                "iam:PolicyARN",
                "PolicyArn")
            .keyOf("CreateServiceLinkedRole", "iam:AWSServiceName", "AWSServiceName"));
  }

  private static String named(
      AccessRequest request,
      String kind,
      String member,
      BiFunction<String, String, Optional<String>> arns) {
    Optional<String> name = request.text(member);
    return name.flatMap(known -> arns.apply(kind, known))
        .orElseGet(() -> iam(request, kind + request.text("Path").orElse("/") + name.orElse("*")));
  }

  /** A call without a user's name is about the caller. */
  private static String user(
      AccessRequest request,
      BiFunction<String, String, Optional<String>> arns,
      Function<String, Optional<String>> owners) {
    return request.text("UserName").isPresent()
        ? named(request, "user", "UserName", arns)
        : owners.apply(request.context().accessKeyId()).orElseGet(() -> iam(request, "user/*"));
  }

  private static String iam(AccessRequest request, String resource) {
    return Arn.aws("iam", "", request.context().account(), resource);
  }

  private static String provider(AccessRequest request) {
    return iam(request, "oidc-provider/" + request.textOrAny("Url").replaceFirst("^https?://", ""));
  }

  @Override
  public AwsException denied(Protocol protocol, AccessDenial denial) {
    return RoomAccess.super.denied(
        protocol,
        new AccessDenial(denial.principal(), denial.action(), shown(denial), denial.tail()));
  }

  /** {@code role NAME}, also {@code policy ARN} where the call gave the ARN. */
  private static String shown(AccessDenial denial) {
    String resource = denial.resource();
    if (!resource.startsWith("arn:")
        || denial.action().equals(PassRole.ACTION)
        || listing(denial)) {
      return resource;
    }
    String path = resource.split(":", 6)[5];
    for (String kind : KINDS) {
      if (path.startsWith(kind + "/")) {
        String word = kind.replace('-', ' ');
        boolean byArn = kind.equals("policy") && !denial.action().equals("iam:CreatePolicy");
        return word + " " + (byArn ? resource : path.substring(path.lastIndexOf('/') + 1));
      }
    }
    return resource;
  }

  private static boolean listing(AccessDenial denial) {
    return List.of(
            "iam:ListRoles",
            "iam:ListUsers",
            "iam:ListGroups",
            "iam:ListPolicies",
            "iam:ListInstanceProfiles")
        .contains(denial.action());
  }
}
