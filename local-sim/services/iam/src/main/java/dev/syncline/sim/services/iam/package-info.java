// SPDX-License-Identifier: Apache-2.0
/** IAM: roles and policies, kept and returned; nothing is enforced. */
@NullMarked
package dev.syncline.sim.services.iam;

import org.jspecify.annotations.NullMarked;
