// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import java.time.Instant;

/** The members of a role or policy that never change. */
record IamIdentity(String name, String path, String id, String arn, Instant created) {}
