// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import dev.syncline.sim.service.AccessTable;
import dev.syncline.sim.service.RoomAccess;

/**
 * The permissions of user pools. The operations of users need nothing, and no policy can deny them.
 * Source: the service authorization reference, and the published model for the operations of users.
 */
record CognitoAccess(AccessTable table) implements RoomAccess {
  private static final String ROWS =
      """
      AssociateSoftwareToken ChangePassword CompleteWebAuthnRegistration ConfirmDevice \
      ConfirmForgotPassword ConfirmSignUp DeleteUser DeleteUserAttributes \
      DeleteWebAuthnCredential ForgetDevice ForgotPassword GetDevice \
      GetTokensFromRefreshToken GetUser GetUserAttributeVerificationCode \
      GetUserAuthFactors GlobalSignOut InitiateAuth ListDevices \
      ListWebAuthnCredentials ResendConfirmationCode RespondToAuthChallenge \
      RevokeToken SetUserMFAPreference SetUserSettings SignUp \
      StartWebAuthnRegistration UpdateAuthEventFeedback UpdateDeviceStatus \
      UpdateUserAttributes VerifySoftwareToken VerifyUserAttribute | public
      AddCustomAttributes AddUserPoolClientSecret AdminAddUserToGroup \
      AdminConfirmSignUp AdminCreateUser AdminDeleteUser AdminDeleteUserAttributes \
      AdminDisableProviderForUser AdminDisableUser AdminEnableUser AdminForgetDevice \
      AdminGetDevice AdminGetUser AdminInitiateAuth AdminLinkProviderForUser \
      AdminListDevices AdminListGroupsForUser AdminListUserAuthEvents \
      AdminRemoveUserFromGroup AdminResetUserPassword AdminRespondToAuthChallenge \
      AdminSetUserMFAPreference AdminSetUserPassword AdminSetUserSettings \
      AdminUpdateAuthEventFeedback AdminUpdateDeviceStatus AdminUpdateUserAttributes \
      AdminUserGlobalSignOut CreateGroup CreateIdentityProvider \
      CreateManagedLoginBranding CreateResourceServer CreateTerms CreateUserImportJob \
      CreateUserPoolClient CreateUserPoolDomain DeleteGroup DeleteIdentityProvider \
      DeleteManagedLoginBranding DeleteResourceServer DeleteTerms DeleteUserPool \
      DeleteUserPoolClient DeleteUserPoolClientSecret DeleteUserPoolDomain \
      DescribeIdentityProvider DescribeManagedLoginBranding \
      DescribeManagedLoginBrandingByClient DescribeResourceServer \
      DescribeRiskConfiguration DescribeTerms DescribeUserImportJob DescribeUserPool \
      DescribeUserPoolClient GetCSVHeader GetGroup GetIdentityProviderByIdentifier \
      GetLogDeliveryConfiguration GetSigningCertificate GetUICustomization \
      GetUserPoolMfaConfig ListGroups ListIdentityProviders ListResourceServers \
      ListTerms ListUserImportJobs ListUserPoolClientSecrets ListUserPoolClients \
      ListUsers ListUsersInGroup SetLogDeliveryConfiguration SetRiskConfiguration \
      SetUICustomization SetUserPoolMfaConfig StartUserImportJob StopUserImportJob \
      UpdateGroup UpdateIdentityProvider UpdateManagedLoginBranding \
      UpdateResourceServer UpdateTerms UpdateUserPool UpdateUserPoolClient \
      UpdateUserPoolDomain | userpool/{UserPoolId}
      CreateUserPool DescribeUserPoolDomain ListUserPools | *
      ListTagsForResource TagResource UntagResource | {ResourceArn}
      """;

  CognitoAccess() {
    this(
        AccessTable.of("cognito-idp", ROWS)
            .tagging("CreateUserPool", "TagResource")
            .passing("CreateGroup UpdateGroup", "RoleArn", "cognito-identity.amazonaws.com")
            .passing(
                "CreateUserPool UpdateUserPool SetUserPoolMfaConfig",
                "SmsConfiguration.SnsCallerArn",
                "cognito-idp.amazonaws.com"));
  }

  /** As recorded: the operations of administrators need a signature in every mode. */
  @Override
  public boolean refusesUnsigned() {
    return true;
  }
}
