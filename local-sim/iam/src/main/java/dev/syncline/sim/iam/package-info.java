// SPDX-License-Identifier: Apache-2.0
/**
 * Evaluates IAM policies. Pure: the result depends on the arguments only.
 *
 * <p>Sources: AWS's documentation of policy evaluation, of the elements of policies and of
 * condition keys, and recorded decisions.
 *
 * <p>Reading order: {@link dev.syncline.sim.iam.Policy}, {@link dev.syncline.sim.iam.AccessQuery},
 * {@link dev.syncline.sim.iam.PolicySources}, {@link dev.syncline.sim.iam.PolicyEngine}, {@link
 * dev.syncline.sim.iam.Decision}; then {@code PolicyParser}, {@code PolicyStatement} with its
 * patterns and {@code PolicyCondition}. Beside them: {@link
 * dev.syncline.sim.iam.AuthorizationData}, {@link dev.syncline.sim.iam.LeastPrivilege} and {@link
 * dev.syncline.sim.iam.PolicyInspection}. {@code docs/iam-evaluation.md} has every rule with its
 * source and its test.
 */
@NullMarked
package dev.syncline.sim.iam;

import org.jspecify.annotations.NullMarked;
