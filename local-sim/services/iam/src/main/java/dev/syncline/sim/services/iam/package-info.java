// SPDX-License-Identifier: Apache-2.0
/**
 * AWS IAM: users, groups, roles, policies, and the decision point for permissions.
 *
 * <p>Simulated: users with access keys, groups, roles with their trust policies, inline policies,
 * attachments, boundaries and tags, customer managed policies with up to five versions, the
 * policies that AWS manages with their documents, OpenID Connect providers, and the evaluation of
 * all of them where permissions are recorded or enforced.
 *
 * <p>Records only: instance profiles, sign-in to the console, service-linked roles and the alias of
 * the account. The user {@code local} always exists.
 *
 * <p>Not simulated: MFA devices, SAML, certificates, SSH keys, organizations, and reports of
 * credentials and of last access.
 *
 * <p>Sources: the API reference of IAM and its published model, version 2010-05-08; recorded
 * answers; AWS's list of managed policies.
 *
 * <p>Reading order: {@link dev.syncline.sim.services.iam.IamProvider}, {@link
 * dev.syncline.sim.services.iam.IamService}, the {@code …Operations}, {@code PolicyHolder} with
 * {@code Role}, {@code IamUser} and {@code IamGroup}, {@code CustomerPolicy}, {@code IamStore},
 * {@code IamErrors}, {@code IamState}, {@code IamEvents}, {@code resources}; then {@code
 * DecisionPoint} with {@code IamCallers} (finds principals), {@code ContextKeys}, {@code
 * IamPolicies}, {@code CompiledPolicies} and {@code UsageReport}. Beside the plan are {@code
 * ManagedPolicies} (AWS's own policies, read-only), {@code PolicyDocument} and {@code IamNames}
 * (checks of input), {@code IamArns} (ARNs without a region), {@code IamJson} and {@code IamPages}
 * (forms of answers), {@code IamAccess} (permissions of calls), and {@code StoredRoles}, {@code
 * UserKeyring} and {@code RolePolicies} (what other rooms ask).
 */
@NullMarked
package dev.syncline.sim.services.iam;

import org.jspecify.annotations.NullMarked;
