// SPDX-License-Identifier: Apache-2.0
/** Secrets Manager: secrets and their versions. */
@NullMarked
package dev.syncline.sim.services.secretsmanager;

import org.jspecify.annotations.NullMarked;
