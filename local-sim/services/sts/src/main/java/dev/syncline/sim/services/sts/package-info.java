// SPDX-License-Identifier: Apache-2.0
/**
 * AWS STS: the identity of the caller and temporary credentials.
 *
 * <p>Simulated: sessions of roles, web identities, federated users and users. Each has the ids and
 * the ARN that AWS gives it, keeps its session policies, tags and source identity, and expires. A
 * call that is signed with a session's or an IAM user's key is answered as that principal; every
 * other caller is the local user of the one account. Whether a role may be assumed is decided by
 * {@code iam} where permissions are enforced; otherwise any role can be. Web identities are those
 * of identity pools and of user pools that IAM has as a provider.
 *
 * <p>Not simulated: SAML, and the MFA devices of users: a serial number with a code counts as
 * confirmed.
 *
 * <p>Sources: the API reference of AWS STS and its published model, version 2011-06-15.
 *
 * <p>Reading order: {@link dev.syncline.sim.services.sts.StsProvider}, {@link
 * dev.syncline.sim.services.sts.StsService}, {@code CallerOperations}, {@code SessionOperations},
 * {@code WebIdentityOperations}, {@link dev.syncline.sim.services.sts.AccessKeyStore}, {@code
 * StsErrors}, {@code StsArns}. Beside the plan are {@code StsArns} (ARNs of principals, which are
 * in no region), {@code SessionFactory} (creates credentials), {@code StsCallers} (finds the
 * caller), {@code SessionOptions} (session policies and tags), {@code WebIdentityTokens} (verifies
 * tokens) and {@code StsAccess} (permissions of calls). There is no saved state: credentials end
 * with the process.
 */
@NullMarked
package dev.syncline.sim.services.sts;

import org.jspecify.annotations.NullMarked;
