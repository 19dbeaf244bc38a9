// SPDX-License-Identifier: Apache-2.0
/**
 * AWS STS: the identity of the caller and temporary credentials.
 *
 * <p>Simulated: sessions of roles, federated users and the local user. Each has the ids and the ARN
 * that AWS gives it, and expires. A call that is signed with a session's key is answered as that
 * session; every other caller is the local user of the one account.
 *
 * <p>Not simulated: permissions. Any role can be assumed, and session policies, tags and external
 * ids are accepted and not evaluated. Web identity and SAML are not supported.
 *
 * <p>Sources: the API reference of AWS STS and its published model, version 2011-06-15.
 *
 * <p>Reading order: {@link dev.syncline.sim.services.sts.StsProvider}, {@link
 * dev.syncline.sim.services.sts.StsService}, {@code CallerOperations}, {@code SessionOperations},
 * {@link dev.syncline.sim.services.sts.AccessKeyStore}, {@code StsErrors}, {@code StsArns}. {@code
 * StsArns} is beside the plan: it has the ARNs of principals, which are in no region. There is no
 * saved state: credentials end with the process.
 */
@NullMarked
package dev.syncline.sim.services.sts;

import org.jspecify.annotations.NullMarked;
