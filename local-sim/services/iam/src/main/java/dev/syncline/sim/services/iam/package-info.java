// SPDX-License-Identifier: Apache-2.0
/**
 * AWS IAM: roles and managed policies.
 *
 * <p>Simulated: roles with their trust policies, inline policies, attachments, boundaries and tags,
 * customer managed policies with up to five versions, and the policies that AWS manages with their
 * documents. All are stored and returned.
 *
 * <p>Not simulated: policies are checked for their form only, and no permission is enforced. Groups
 * and instance profiles do not exist; the only user is {@code local}.
 *
 * <p>Sources: the API reference of IAM and its published model, version 2010-05-08; recorded
 * answers; AWS's list of managed policies.
 *
 * <p>Reading order: {@link dev.syncline.sim.services.iam.IamProvider}, {@link
 * dev.syncline.sim.services.iam.IamService}, the {@code …Operations}, {@code Role}, {@code
 * CustomerPolicy}, {@code IamStore}, {@code IamErrors}, {@code IamState}, {@code resources}. Beside
 * the plan are {@code ManagedPolicies} (AWS's own policies, read-only), {@code PolicyDocument} and
 * {@code IamNames} (checks of input), {@code IamArns} (ARNs without a region) and {@code IamPages}
 * (IAM's form of a page).
 */
@NullMarked
package dev.syncline.sim.services.iam;

import org.jspecify.annotations.NullMarked;
